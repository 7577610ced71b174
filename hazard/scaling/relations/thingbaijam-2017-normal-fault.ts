import { logLinearRelation } from '../scaling-relation.js';

/** Thingbaijam, Mai & Goda (2017), normal faults. */
export const thingbaijam2017NormalFault = logLinearRelation(
  'ThingbaijamNormalFault',
  { constant: -2.551, slope: 0.808, sigma: 0.181 },
  { constant: 2.551 / 0.808, slope: 1 / 0.808, sigma: 0.181 },
);
