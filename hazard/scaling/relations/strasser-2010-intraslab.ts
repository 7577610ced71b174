import { logLinearRelation } from '../scaling-relation.js';

/** Strasser, Arango & Bommer (2010), intraslab ruptures. */
export const strasser2010Intraslab = logLinearRelation(
  'StrasserIntraslab',
  { constant: -3.225, slope: 0.89, sigma: 0.184 },
  { constant: 4.054, slope: 0.981, sigma: 0.193 },
);
