import type { ScalingRelation } from '../scaling-relation.js';

/** The parametric relation log10 A = m - C, written `CScalingMSR.C=4.2`. */
export function constantScaling(c: number): ScalingRelation {
  return { name: `CScalingMSR.C=${c}`, medianArea: (magnitude) => 10 ** (magnitude - c) };
}
