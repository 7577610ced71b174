import { POSITIVE } from '../../nrml/scope.js';
import type { ReadingContext } from '../source-reader.js';
import type { Element } from '../../nrml/xml.js';

const MODELS = 'PoissonTOM, NegativeBinomialTOM';

/** The element that states the occurrence model of a source: the source itself, else its group. */
function stating(source: Element, { group, scope }: ReadingContext): Element | undefined {
  if (scope.word(source, 'tom') !== undefined) return source;
  return group.element && scope.word(group.element, 'tom') !== undefined ? group.element : undefined;
}

/** Mean rate and dispersion, when the source or its group asks for the negative binomial model. */
export function readNegativeBinomial(
  source: Element,
  context: ReadingContext,
): { mu: number; alpha: number } | undefined {
  const { scope } = context;
  const element = stating(source, context);
  const tom = element && scope.word(element, 'tom');
  if (!element || tom === 'PoissonTOM') return undefined;
  if (tom === 'NegativeBinomialTOM')
    return { mu: scope.attribute(element, 'mu', POSITIVE), alpha: scope.attribute(element, 'alpha', POSITIVE) };
  scope.fault(element, 'unknown model of temporal occurrence', {
    code: 'INVALID_VALUE',
    key: 'tom',
    value: tom,
    allowed: MODELS,
  });
  return undefined;
}

/** For sources whose ruptures occur as a Poisson process only. */
export function refuseOtherOccurrence(source: Element, context: ReadingContext): void {
  const element = stating(source, context);
  const tom = element && context.scope.word(element, 'tom');
  if (!element || tom === 'PoissonTOM') return;
  const known = tom === 'NegativeBinomialTOM';
  context.scope.fault(
    element,
    known ? 'only point-like sources take this model' : 'unknown model of temporal occurrence',
    { code: 'INVALID_VALUE', key: 'tom', value: tom, allowed: known ? 'PoissonTOM' : MODELS },
  );
}
