import { logLinearRelation } from '../scaling-relation.js';

/** Leonard (2010), stable continental regions: log10 A = m - 4.19. */
export const leonard2010Scr = logLinearRelation(
  'Leonard2010_SCR',
  { constant: -4.19, slope: 1, sigma: 0 },
  { constant: 4.19, slope: 1, sigma: 0 },
);
