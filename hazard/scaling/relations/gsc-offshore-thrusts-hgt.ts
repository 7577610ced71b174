import { DEGREES_TO_RADIANS } from '../../geo/constants.js';
import { logLinearRelation } from '../scaling-relation.js';

/** Fifth-generation model of Canada (Adams et al. 2015), Haida Gwaii thrust: a layer of 19 km with a dip of 25 degrees. */
const WIDTH = 19 / Math.sin(25 * DEGREES_TO_RADIANS);

/** The relation, for jobs that name it. */
export const gscOffshoreThrustsHgt = logLinearRelation('GSCOffshoreThrustsHGT', {
  constant: -2.943 + Math.log10(WIDTH),
  slope: 0.677,
  sigma: 0.2,
});
