import { PROBABILITY, type Scope } from '../../nrml/scope.js';
import type { Element } from '../../nrml/xml.js';

const SUM_TOLERANCE = 1e-9;

/** P(0), P(1), ... of a rupture; all ruptures of a source have the same number of terms. */
export function readProbabilities(element: Element, scope: Scope, terms: number | undefined): Float64Array {
  const values = scope.attributeNumbers(element, 'probs_occur', PROBABILITY);
  const sum = values.reduce((total, value) => total + value, 0);
  const detail = { key: 'probs_occur', value: scope.word(element, 'probs_occur') };
  if (values.length > 0 && Math.abs(sum - 1) > SUM_TOLERANCE)
    scope.fault(element, `the probabilities sum to ${sum}`, {
      code: 'INVALID_WEIGHTS',
      ...detail,
      allowed: 'a sum of 1',
    });
  if (terms !== undefined && values.length !== terms)
    scope.fault(element, `${values.length} probabilities`, {
      code: 'INVALID_WEIGHTS',
      ...detail,
      allowed: `${terms}, as in the other ruptures of the source`,
    });
  return values;
}
