import { DEGREES_TO_RADIANS } from '../../geo/constants.js';
import { logLinearRelation } from '../scaling-relation.js';

/** Fifth-generation model of Canada (Adams et al. 2015), Explorer segment of Cascadia, inboard estimate, down to 28 km from 5 km, dip 18 degrees. */
const WIDTH = 23 / Math.sin(18 * DEGREES_TO_RADIANS);

/** The relation, for jobs that name it. */
export const gscEisi = logLinearRelation('GSCEISI', {
  constant: 1.9 + Math.log10(WIDTH),
  slope: 0.001,
  sigma: 0.01,
});
