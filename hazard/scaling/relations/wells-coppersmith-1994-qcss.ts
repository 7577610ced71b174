import type { ScalingRelation } from '../scaling-relation.js';

/** Fifth-generation model of Canada (Adams et al. 2015), Queen Charlotte fault: the subsurface length of strike-slip ruptures of Wells & Coppersmith (1994), times a width of at most 20 km. */
export const wellsCoppersmith1994Qcss: ScalingRelation = {
  name: 'WC1994_QCSS',
  medianArea(magnitude) {
    const length = 10 ** (-2.57 + 0.62 * magnitude);
    return length * Math.min(length, WIDTH);
  },
  standardDeviationArea: () => 0.15,
};

/** km */
const WIDTH = 20;
