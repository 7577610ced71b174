import { unitVector } from '../geo/cartesian.js';
import { EARTH_RADIUS } from '../geo/constants.js';
import type { SitePoints } from '../site/site-points.js';

/** A hypocentre: unit vector and depth (km). */
export interface Hypocentre {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly depth: number;
}

/** The hypocentre at a place (degrees) and depth (km). */
export function hypocentreAt([lon, lat, depth]: readonly [number, number, number]): Hypocentre {
  const [x, y, z] = unitVector(lon, lat);
  return { x, y, z, depth };
}

/**
 * Distances in km from a hypocentre to the sites indices[0..count): rhypo in three dimensions, repi along the great circle.
 * Written to out[0..count).
 */
export function hypocentralDistances(
  kind: 'rhypo' | 'repi',
  { x, y, z, depth }: Hypocentre,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
): void {
  const { unitX, unitY, unitZ } = sites;
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const dx = unitX[s] - x;
    const dy = unitY[s] - y;
    const dz = unitZ[s] - z;
    const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const horizontal = 2 * EARTH_RADIUS * Math.asin(Math.min(1, chord / 2));
    if (kind === 'repi') {
      out[i] = horizontal;
    } else {
      const vertical = depth - sites.depth[s];
      out[i] = Math.sqrt(horizontal * horizontal + vertical * vertical);
    }
  }
}
