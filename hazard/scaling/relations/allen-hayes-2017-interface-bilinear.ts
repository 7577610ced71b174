import type { ScalingRelation } from '../scaling-relation.js';

/** Allen & Hayes (2017), interface ruptures, bilinear form of the area. */
export const allenHayes2017InterfaceBilinear: ScalingRelation = {
  name: 'AllenHayesInterfaceBilinear',
  medianArea: (m) => 10 ** (m <= BREAK_MAGNITUDE ? -5.62 + 1.22 * m : 2.23 + 0.31 * m),
  standardDeviationArea: () => 0.256,
  medianMagnitude: (area) => (area <= BREAK_AREA ? (Math.log10(area) + 5.62) / 1.22 : (Math.log10(area) - 2.23) / 0.31),
  standardDeviationMagnitude: () => 0.266,
};

const BREAK_MAGNITUDE = 8.63;
/** km2 */
const BREAK_AREA = 74000;
