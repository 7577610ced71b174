import { DEGREES_TO_RADIANS } from '../../geo/constants.js';
import { logLinearRelation } from '../scaling-relation.js';

/** Fifth-generation model of Canada (Adams et al. 2015), Winona segment: a layer of 3 km with a dip of 15 degrees. */
const WIDTH = 3 / Math.sin(15 * DEGREES_TO_RADIANS);

/** The relation, for jobs that name it. */
export const gscOffshoreThrustsWin = logLinearRelation('GSCOffshoreThrustsWIN', {
  constant: -2.943 + Math.log10(WIDTH),
  slope: 0.677,
  sigma: 0.2,
});
