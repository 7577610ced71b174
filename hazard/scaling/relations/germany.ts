import { logLinearRelation } from '../scaling-relation.js';

/** Relation of the German hazard model: log10 A = 0.59 m - 2.44. */
export const germany = logLinearRelation('GermanyMSR', { constant: -2.44, slope: 0.59, sigma: 0.16 });
