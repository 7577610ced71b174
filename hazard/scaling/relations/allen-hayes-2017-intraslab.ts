import { logLinearRelation } from '../scaling-relation.js';

/** Allen & Hayes (2017), intraslab ruptures. */
export const allenHayes2017Intraslab = logLinearRelation(
  'AllenHayesIntraslab',
  { constant: -3.89, slope: 0.96, sigma: 0.19 },
  { constant: 3.89 / 0.96, slope: 1 / 0.96, sigma: 0.19 },
);
