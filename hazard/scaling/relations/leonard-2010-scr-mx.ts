import { logLinearRelation } from '../scaling-relation.js';

/** Leonard (2010), stable continental regions: log10 A = m - 4. */
export const leonard2010ScrMx = logLinearRelation(
  'Leonard2010_SCR_MX',
  { constant: -4, slope: 1, sigma: 0 },
  { constant: 4, slope: 1, sigma: 0 },
);
