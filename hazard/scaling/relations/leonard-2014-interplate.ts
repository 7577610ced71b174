import { faultingStyle, type ScalingRelation } from '../scaling-relation.js';

/** Leonard (2014), plate boundaries: log10 A = m - c by style of faulting. */
export const leonard2014Interplate: ScalingRelation = {
  name: 'Leonard2014_Interplate',
  medianArea: (magnitude, rake) => 10 ** (magnitude - CONSTANTS[faultingStyle(rake)]),
  standardDeviationArea: () => 0,
  medianMagnitude: (area, rake) => Math.log10(area) + CONSTANTS[faultingStyle(rake)],
  standardDeviationMagnitude: () => 0,
};

const CONSTANTS = { strikeSlip: 3.99, reverse: 4, normal: 4, undefined: 3.995 } as const;
