import type { ScalingRelation } from './scaling-relation.js';

/** Ruptures as points: 1e-4 km2 whatever the magnitude. */
export const pointRelation: ScalingRelation = {
  name: 'PointMSR',
  medianArea: () => 1e-4,
};
