import { logLinearRelation } from '../scaling-relation.js';

/** Thingbaijam, Mai & Goda (2017), reverse faults. */
export const thingbaijam2017ReverseFault = logLinearRelation(
  'ThingbaijamReverseFault',
  { constant: -4.362, slope: 1.049, sigma: 0.121 },
  { constant: 4.362 / 1.049, slope: 1 / 1.049, sigma: 0.121 },
);
