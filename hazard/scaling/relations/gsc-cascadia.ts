import { logLinearRelation } from '../scaling-relation.js';

/** Fifth-generation model of Canada (Adams et al. 2015), Cascadia interface: a width of 125 km and a length that is almost fixed. */
export const gscCascadia = logLinearRelation('GSCCascadia', {
  constant: 3.01 + Math.log10(125),
  slope: 0.001,
  sigma: 0.01,
});
