import { logLinearRelation } from '../scaling-relation.js';

/** Allen & Hayes (2017), interface ruptures, linear form of the area. */
export const allenHayes2017InterfaceLinear = logLinearRelation(
  'AllenHayesInterfaceLinear',
  { constant: -3.63, slope: 0.96, sigma: 0.255 },
  { constant: 3.63 / 0.96, slope: 1 / 0.96, sigma: 0.266 },
);
