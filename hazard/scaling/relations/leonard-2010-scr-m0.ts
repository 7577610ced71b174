import { logLinearRelation } from '../scaling-relation.js';

/** Leonard (2010), stable continental regions: log10 A = m - 4.22. */
export const leonard2010ScrM0 = logLinearRelation(
  'Leonard2010_SCR_M0',
  { constant: -4.22, slope: 1, sigma: 0 },
  { constant: 4.22, slope: 1, sigma: 0 },
);
