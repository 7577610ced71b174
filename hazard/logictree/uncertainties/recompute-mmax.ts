import { scalingRelation } from '../../scaling/registry.js';
import { changeOf, numberOf, type Uncertainty } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/**
 * The largest magnitude that the scaling relation gives the whole fault, plus a number of its standard deviations. Of the
 * distributions only truncated Gutenberg-Richter ones have such a magnitude; the result is not compared with the smallest one.
 */
export const recomputeMmax: Uncertainty = {
  type: 'recomputeMmax',
  valueKind: 'number',
  requires: 'none',
  apply(source, value, discretization) {
    const relation = scalingRelation(changeOf(source, 'scalingRelation').get(source));
    const rake = changeOf(source, 'rake').get(source);
    if (!relation.medianMagnitude || !relation.standardDeviationMagnitude)
      throw refusal('TREE_UNCERTAINTY', `the scaling relation ${relation.name} does not give magnitudes of areas`);
    if (source.mfd?.kind !== 'truncatedGutenbergRichter') return source;
    const area = changeOf(source, 'faultArea')(source, discretization);
    const sigma = relation.standardDeviationMagnitude(area, rake);
    const maxMag = relation.medianMagnitude(area, rake) + numberOf(value) * sigma;
    return { ...source, mfd: { ...source.mfd, maxMag } };
  },
};
