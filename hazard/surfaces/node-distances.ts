/** Distances from sites to clouds of nodes. */
import { azimuth } from '../geo/azimuth.js';
import { EARTH_RADIUS } from '../geo/constants.js';
import type { AzimuthOrigin } from './planar-distances.js';
import type { SitePoints } from '../site/site-points.js';

/** Positions of nodes, arrays of equal length; undefined nodes are NaN and never the closest. */
export interface Nodes {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Cartesian position, km */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** unit vector from the centre of the Earth */
  readonly ux: Float64Array;
  readonly uy: Float64Array;
  readonly uz: Float64Array;
}

/** Number of the node closest to a site in a straight line, at the depths of both. */
function closestNode(nodes: Nodes, sites: SitePoints, site: number): number {
  const { x, y, z } = nodes;
  const px = sites.x[site];
  const py = sites.y[site];
  const pz = sites.z[site];
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - px;
    const dy = y[i] - py;
    const dz = z[i] - pz;
    const square = dx * dx + dy * dy + dz * dz;
    if (square < least) {
      least = square;
      best = i;
    }
  }
  return best;
}

/** Least straight distance (km) from a site to the nodes, at the depths of both. */
export function leastDistance(nodes: Nodes, sites: SitePoints, site: number): number {
  const node = closestNode(nodes, sites, site);
  const dx = nodes.x[node] - sites.x[site];
  const dy = nodes.y[node] - sites.y[site];
  const dz = nodes.z[node] - sites.z[site];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

/** Least straight distance (km) from a site, a unit vector, to the nodes, all brought to the surface of the Earth. */
export function leastSurfaceDistance(nodes: Nodes, px: number, py: number, pz: number): number {
  const { ux, uy, uz } = nodes;
  let least = Infinity;
  for (let i = 0; i < ux.length; i++) {
    const dx = ux[i] - px;
    const dy = uy[i] - py;
    const dz = uz[i] - pz;
    const square = dx * dx + dy * dy + dz * dz;
    if (square < least) least = square;
  }
  return EARTH_RADIUS * Math.sqrt(least);
}

/** Fills longitudes, latitudes (degrees) or azimuths from the site of the closest nodes, from out[0] on. */
export function fillClosest(
  nodes: Nodes,
  kind: 'azimuthcp' | 'clon' | 'clat',
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    const site = indices[k];
    const node = closestNode(nodes, sites, site);
    if (kind === 'clon') out[k] = nodes.lon[node];
    else if (kind === 'clat') out[k] = nodes.lat[node];
    else out[k] = azimuth(sites.lon[site], sites.lat[site], nodes.lon[node], nodes.lat[node]);
  }
}

/** Azimuths of sites seen from a point, relative to a strike: degrees in [0, 360). */
export function fillAzimuth(
  { lon, lat, strike }: AzimuthOrigin,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  for (let k = 0; k < count; k++) {
    const angle = azimuth(lon, lat, sites.lon[indices[k]], sites.lat[indices[k]]) - strike;
    out[offset + k] = ((angle % 360) + 360) % 360;
  }
}
