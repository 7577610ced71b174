import { faultingStyle, type ScalingRelation } from '../scaling-relation.js';

/** Wells & Coppersmith (1994), table 2A: rupture area by style of faulting. */
export const wellsCoppersmith1994: ScalingRelation = {
  name: 'WC1994',
  medianArea(magnitude, rake) {
    const { constant, slope } = AREA[faultingStyle(rake)];
    return 10 ** (constant + slope * magnitude);
  },
  standardDeviationArea: (_, rake) => AREA[faultingStyle(rake)].sigma,
  medianMagnitude(area, rake) {
    const { constant, slope } = MAGNITUDE[faultingStyle(rake)];
    return constant + slope * Math.log10(area);
  },
  standardDeviationMagnitude: (_, rake) => MAGNITUDE[faultingStyle(rake)].sigma,
};

const AREA = {
  undefined: { constant: -3.49, slope: 0.91, sigma: 0.24 },
  strikeSlip: { constant: -3.42, slope: 0.9, sigma: 0.22 },
  reverse: { constant: -3.99, slope: 0.98, sigma: 0.26 },
  normal: { constant: -2.87, slope: 0.82, sigma: 0.22 },
} as const;

const MAGNITUDE = {
  undefined: { constant: 4.07, slope: 0.98, sigma: 0.24 },
  strikeSlip: { constant: 3.98, slope: 1.02, sigma: 0.23 },
  reverse: { constant: 4.33, slope: 0.9, sigma: 0.25 },
  normal: { constant: 3.93, slope: 1.02, sigma: 0.25 },
} as const;
