import { EARTH_RADIUS } from '../geo/constants.js';
import type { SitePoints } from '../site/site-points.js';

/**
 * Distances in km from the hypocentre (unit vector x, y, z and depth in km) to the sites indices[0..count): the 3-D one with
 * `depth`, the great-circle one of the epicentre without. Written to out[offset..offset + count).
 */
export function hypocentralDistances(
  x: number,
  y: number,
  z: number,
  depth: number | undefined,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  const { unitX, unitY, unitZ } = sites;
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const dx = unitX[s] - x;
    const dy = unitY[s] - y;
    const dz = unitZ[s] - z;
    const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const horizontal = 2 * EARTH_RADIUS * Math.asin(Math.min(1, chord / 2));
    if (depth === undefined) {
      out[offset + i] = horizontal;
    } else {
      const vertical = depth - sites.depth[s];
      out[offset + i] = Math.sqrt(horizontal * horizontal + vertical * vertical);
    }
  }
}
