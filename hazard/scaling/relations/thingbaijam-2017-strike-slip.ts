import { logLinearRelation } from '../scaling-relation.js';

/** Thingbaijam, Mai & Goda (2017), strike-slip ruptures. */
export const thingbaijam2017StrikeSlip = logLinearRelation(
  'ThingbaijamStrikeSlip',
  { constant: -3.486, slope: 0.942, sigma: 0.184 },
  { constant: 3.486 / 0.942, slope: 1 / 0.942, sigma: 0.184 },
);
