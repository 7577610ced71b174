import { logLinearRelation } from '../scaling-relation.js';

/** Strasser, Arango & Bommer (2010), interface ruptures. */
export const strasser2010Interface = logLinearRelation(
  'StrasserInterface',
  { constant: -3.476, slope: 0.952, sigma: 0.304 },
  { constant: 4.441, slope: 0.846, sigma: 0.286 },
);
