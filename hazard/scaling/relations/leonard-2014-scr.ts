import { faultingStyle, type ScalingRelation } from '../scaling-relation.js';

/** Leonard (2014), stable continental regions: log10 A = m - c by style of faulting. */
export const leonard2014Scr: ScalingRelation = {
  name: 'Leonard2014_SCR',
  medianArea: (magnitude, rake) => 10 ** (magnitude - CONSTANTS[faultingStyle(rake)]),
  standardDeviationArea: () => 0,
  medianMagnitude: (area, rake) => Math.log10(area) + CONSTANTS[faultingStyle(rake)],
  standardDeviationMagnitude: () => 0,
};

const CONSTANTS = { strikeSlip: 4.18, reverse: 4.19, normal: 4.19, undefined: 4.185 } as const;
