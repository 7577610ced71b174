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

/** Distances in km from a hypocentre to the sites indices[0..count), in three dimensions (rhypo), written to out from `at` on. */
export function hypocentralDistances(
  hypocentre: Hypocentre,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  at: number,
): void {
  epicentralDistances(hypocentre, sites, indices, count, out, at);
  for (let i = 0; i < count; i++) {
    const horizontal = out[at + i];
    const vertical = hypocentre.depth - sites.depth[indices[i]];
    out[at + i] = Math.sqrt(horizontal * horizontal + vertical * vertical);
  }
}

/** The same along the great circle (repi). */
export function epicentralDistances(
  { x, y, z }: Hypocentre,
  { unitX, unitY, unitZ }: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  at: number,
): void {
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const dx = unitX[s] - x;
    const dy = unitY[s] - y;
    const dz = unitZ[s] - z;
    const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    out[at + i] = 2 * EARTH_RADIUS * Math.asin(Math.min(1, chord / 2));
  }
}
