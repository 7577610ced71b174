import type { Interdependence } from '../../hazard/logictree/logic-tree.js';
import { NOT_NEGATIVE, POSITIVE, POSITIVE_PROBABILITY, type Scope } from '../nrml/scope.js';
import type { Element } from '../nrml/xml.js';

/** Groups that say nothing. */
export const INDEPENDENT: Interdependence = { sources: 'independent', ruptures: 'independent', probability: 1 };

/** How sources and ruptures of a group depend on one another, from the attributes of its element. */
export function readInterdependence(group: Element, scope: Scope): Interdependence {
  const probability = scope.optionalAttribute(group, 'grp_probability', POSITIVE_PROBABILITY) ?? 1;
  const dependence = {
    sources: readWord(group, 'src_interdep', scope),
    ruptures: readWord(group, 'rup_interdep', scope),
    probability,
  };
  const cluster = scope.word(group, 'cluster');
  if (cluster === undefined || cluster === 'false') return dependence;
  if (cluster !== 'true')
    scope.fault(group, 'not a truth value', {
      code: 'INVALID_VALUE',
      key: 'cluster',
      value: cluster,
      allowed: 'true, false',
    });
  const tom = scope.word(group, 'tom');
  if (tom === undefined)
    scope.fault(group, 'a cluster needs a model of temporal occurrence', {
      code: 'MISSING_ATTRIBUTE',
      key: 'tom',
      allowed: 'PoissonTOM',
    });
  else if (tom !== 'PoissonTOM')
    scope.fault(group, 'unknown model for a cluster', {
      code: 'INVALID_VALUE',
      key: 'tom',
      value: tom,
      allowed: 'PoissonTOM',
    });
  return { ...dependence, clusterRate: scope.attribute(group, 'occurrence_rate', POSITIVE) };
}

function readWord(group: Element, key: string, scope: Scope): 'independent' | 'mutex' {
  const value = scope.word(group, key) ?? 'indep';
  if (value !== 'indep' && value !== 'mutex')
    scope.fault(group, 'unknown interdependence', { code: 'INVALID_VALUE', key, value, allowed: 'indep, mutex' });
  return value === 'mutex' ? 'mutex' : 'independent';
}

/** Weights of the sources of a group in the order of the file, where it states them. */
export function readSourceWeights(group: Element, scope: Scope): Float64Array | undefined {
  return scope.word(group, 'srcs_weights') === undefined
    ? undefined
    : scope.attributeNumbers(group, 'srcs_weights', NOT_NEGATIVE);
}
