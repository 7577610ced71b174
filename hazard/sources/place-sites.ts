import { EARTH_RADIUS } from '../geo/constants.js';
import type { Hypocentre } from '../contexts/hypocentral-distances.js';
import type { SitePoints } from '../site/site-points.js';

/** Lists of sites around one place; only the first entries count. */
export interface PlaceSites {
  readonly boxed: Int32Array;
  readonly sites: Int32Array;
  /** straight distance of each site to the place at the surface, km */
  readonly distance: Float64Array;
  readonly near: Int32Array;
  readonly far: Int32Array;
}

/** Room for the lists of `size` sites. */
export function placeSites(size: number): PlaceSites {
  return {
    boxed: new Int32Array(size),
    sites: new Int32Array(size),
    distance: new Float64Array(size),
    near: new Int32Array(size),
    far: new Int32Array(size),
  };
}

/**
 * Divides the first `count` sites into near ones, that see every rupture, and far ones, that see one rupture per magnitude;
 * returns the number of near ones. With few sites a single near one makes all of them near.
 */
export function divideSites(scratch: PlaceSites, count: number, threshold: number, fewSites: boolean): number {
  let near = 0;
  let far = 0;
  for (let i = 0; i < count; i++) {
    if (scratch.distance[i] > threshold) scratch.far[far++] = scratch.sites[i];
    else scratch.near[near++] = scratch.sites[i];
  }
  return fewSites && near > 0 ? count : near;
}

/** Keeps the boxed sites within a straight distance (km) of a place (unit vector) at a depth. Returns their number. */
export function sitesWithin(
  sites: SitePoints,
  scratch: PlaceSites,
  boxed: number,
  { x, y, z, depth }: Hypocentre,
  reach: number,
): number {
  const radius = EARTH_RADIUS - depth;
  let count = 0;
  for (let i = 0; i < boxed; i++) {
    const s = scratch.boxed[i];
    const dx = sites.x[s] - radius * x;
    const dy = sites.y[s] - radius * y;
    const dz = sites.z[s] - radius * z;
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (distance > reach) continue;
    scratch.sites[count] = s;
    scratch.distance[count++] = distance;
  }
  return count;
}
