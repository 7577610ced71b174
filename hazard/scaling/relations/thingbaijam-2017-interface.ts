import { logLinearRelation } from '../scaling-relation.js';

/** Thingbaijam, Mai & Goda (2017), subduction interface. */
export const thingbaijam2017Interface = logLinearRelation(
  'ThingbaijamInterface',
  { constant: -3.292, slope: 0.949, sigma: 0.15 },
  { constant: 3.292 / 0.949, slope: 1 / 0.949, sigma: 0.15 },
);
