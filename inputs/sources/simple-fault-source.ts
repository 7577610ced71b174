import type { HypocentreWeight, SimpleFaultSource, SlipWeight } from '../../hazard/sources/source.js';
import { readFaultProperties } from './elements/fault-properties.js';
import { PROBABILITY, RAKE, type Scope } from '../nrml/scope.js';
import type { ReadingContext } from './source-reader.js';
import { readSimpleFaultGeometry } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

const SUM_TOLERANCE = 1e-7;

/** Reads `simpleFaultSource`. */
export function readSimpleFaultSource(element: Element, context: ReadingContext): SimpleFaultSource {
  const { scope } = context;
  const lists = readLists(element, scope);
  return {
    type: 'simpleFault',
    ...context.base,
    ...readFaultProperties(element, context),
    geometry: readSimpleFaultGeometry(scope.need(element, 'simpleFaultGeometry'), scope),
    ...lists,
  };
}

/** Lists of hypocentres and slip directions: both or none. */
function readLists(
  element: Element,
  scope: Scope,
): { hypocentres: HypocentreWeight[]; slips: SlipWeight[] } | undefined {
  const hypoList = scope.child(element, 'hypoList');
  const slipList = scope.child(element, 'slipList');
  if (!hypoList && !slipList) return undefined;
  if (!hypoList || !slipList)
    throw scope.refusal(element, '<hypoList> and <slipList> must be given together', { code: 'INVALID_SOURCE' });
  const hypocentres = scope.childrenNamed(hypoList, 'hypo').map((hypo) => ({
    alongStrike: scope.attribute(hypo, 'alongStrike', PROBABILITY),
    downDip: scope.attribute(hypo, 'downDip', PROBABILITY),
    weight: scope.attribute(hypo, 'weight', PROBABILITY),
  }));
  const slips = scope.childrenNamed(slipList, 'slip').map((slip) => ({
    slip: scope.number(slip, RAKE),
    weight: scope.attribute(slip, 'weight', PROBABILITY),
  }));
  checkWeights(hypoList, scope, hypocentres);
  checkWeights(slipList, scope, slips);
  return { hypocentres, slips };
}

function checkWeights(list: Element, scope: Scope, parts: readonly { readonly weight: number }[]): void {
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > SUM_TOLERANCE)
    scope.fault(list, `the weights of <${list.name}> sum to ${sum}`, {
      code: 'INVALID_WEIGHTS',
      allowed: 'a sum of 1',
    });
}
