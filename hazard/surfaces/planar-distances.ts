import { modulo } from '../geo/azimuth.js';
import { EARTH_RADIUS, RADIANS_TO_DEGREES } from '../geo/constants.js';
import type { SitePoints } from '../site/site-points.js';
import { FRAME } from './planar-frame.js';

/*
 * Every distance here goes from the sites indices[0..count) to the plane of a frame, and is written to
 * out[offset..offset + count); km.
 */

/** Closest distance to the rupture plane. */
export function planarRrup(
  frame: Float64Array,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  const ox = frame[0];
  const oy = frame[1];
  const oz = frame[2];
  const nx = frame[3];
  const ny = frame[4];
  const nz = frame[5];
  const ux = frame[6];
  const uy = frame[7];
  const uz = frame[8];
  const wx = frame[9];
  const wy = frame[10];
  const wz = frame[11];
  const length = frame[FRAME.length];
  const width = frame[FRAME.width];
  const { x, y, z } = sites;
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const qx = x[s] - ox;
    const qy = y[s] - oy;
    const qz = z[s] - oz;
    const n = qx * nx + qy * ny + qz * nz;
    let u = qx * ux + qy * uy + qz * uz;
    let w = qx * wx + qy * wy + qz * wz;
    u = u > length ? u - length : u > 0 ? 0 : u;
    w = w > width ? w - width : w > 0 ? 0 : w;
    out[offset + i] = Math.sqrt(n * n + u * u + w * w);
  }
}

/** Closest horizontal distance to the surface projection of the plane (Joyner-Boore). */
export function planarRjb(
  frame: Float64Array,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  const p = FRAME.poleBottom;
  const c = FRAME.corners;
  const { unitX, unitY, unitZ } = sites;
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const px = unitX[s];
    const py = unitY[s];
    const pz = unitZ[s];
    const bottom = px * frame[p] + py * frame[p + 1] + pz * frame[p + 2];
    const top = px * frame[p + 3] + py * frame[p + 4] + pz * frame[p + 5];
    const left = px * frame[p + 6] + py * frame[p + 7] + pz * frame[p + 8];
    const right = px * frame[p + 9] + py * frame[p + 10] + pz * frame[p + 11];
    const beside = sameSign(bottom, top);
    const beyond = sameSign(left, right);
    let distance = 0;
    if (beside && beyond) {
      const sx = sites.x[s];
      const sy = sites.y[s];
      const sz = sites.z[s];
      let least = Infinity;
      for (let k = c; k < c + 12; k += 3) {
        const dx = sx - EARTH_RADIUS * frame[k];
        const dy = sy - EARTH_RADIUS * frame[k + 1];
        const dz = sz - EARTH_RADIUS * frame[k + 2];
        const squared = dx * dx + dy * dy + dz * dz;
        if (squared < least) least = squared;
      }
      distance = Math.sqrt(least);
    } else if (beside) {
      distance = EARTH_RADIUS * Math.asin(Math.min(1, Math.abs(bottom), Math.abs(top)));
    } else if (beyond) {
      distance = EARTH_RADIUS * Math.asin(Math.min(1, Math.abs(left), Math.abs(right)));
    }
    out[offset + i] = distance;
  }
}

/** Radians below which a distance to a great circle is rounding noise. */
const NOISE = 1e-13;

/** Whether two signed distances (radians) lie on the same side; zero counts as a side of its own. */
function sameSign(a: number, b: number): boolean {
  if (a > NOISE) return b > NOISE;
  if (a < -NOISE) return b < -NOISE;
  return b <= NOISE && b >= -NOISE;
}

/** Signed distance to the great circle of the top edge, positive on the hanging wall. */
export function planarRx(
  frame: Float64Array,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  const px = frame[FRAME.poleTop];
  const py = frame[FRAME.poleTop + 1];
  const pz = frame[FRAME.poleTop + 2];
  const { unitX, unitY, unitZ } = sites;
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    out[offset + i] = EARTH_RADIUS * Math.asin(unitX[s] * px + unitY[s] * py + unitZ[s] * pz);
  }
}

/** Distance along strike beyond the ends of the plane, 0 beside it. */
export function planarRy0(
  frame: Float64Array,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  const p = FRAME.poleLeft;
  const { unitX, unitY, unitZ } = sites;
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const left = unitX[s] * frame[p] + unitY[s] * frame[p + 1] + unitZ[s] * frame[p + 2];
    const right = unitX[s] * frame[p + 3] + unitY[s] * frame[p + 4] + unitZ[s] * frame[p + 5];
    out[offset + i] = sameSign(left, right)
      ? EARTH_RADIUS * Math.asin(Math.min(1, Math.abs(left), Math.abs(right)))
      : 0;
  }
}

/** Longitude and latitude of the point of the plane closest to each site, degrees; written from 0 on. */
export function planarClosestPoints(
  frame: Float64Array,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  lon: Float64Array,
  lat: Float64Array,
): void {
  const length = frame[FRAME.length];
  const width = frame[FRAME.width];
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const qx = sites.x[s] - frame[0];
    const qy = sites.y[s] - frame[1];
    const qz = sites.z[s] - frame[2];
    let u = qx * frame[6] + qy * frame[7] + qz * frame[8];
    let w = qx * frame[9] + qy * frame[10] + qz * frame[11];
    u = u < 0 ? 0 : u > length ? length : u;
    w = w < 0 ? 0 : w > width ? width : w;
    const x = frame[0] + u * frame[6] + w * frame[9];
    const y = frame[1] + u * frame[7] + w * frame[10];
    const z = frame[2] + u * frame[8] + w * frame[11];
    lon[i] = Math.atan2(y, x) * RADIANS_TO_DEGREES;
    lat[i] = Math.atan2(z, Math.sqrt(x * x + y * y)) * RADIANS_TO_DEGREES;
  }
}

/** A point that azimuths are taken at, and the strike (degrees) that is taken off. */
export interface AzimuthOrigin {
  readonly lon: number;
  readonly lat: number;
  readonly strike: number;
}

/** Azimuths from one point (degrees) to sites, less a strike, in [0, 360). */
export function azimuthsFromPoint(
  { lon, lat, strike }: AzimuthOrigin,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  const sinLat = Math.sin(lat / RADIANS_TO_DEGREES);
  const cosLat = Math.cos(lat / RADIANS_TO_DEGREES);
  const lonRad = lon / RADIANS_TO_DEGREES;
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const dLon = lonRad - sites.lonRad[s];
    const course = Math.atan2(
      Math.sin(dLon) * sites.cosLat[s],
      cosLat * sites.sinLat[s] - sinLat * sites.cosLat[s] * Math.cos(dLon),
    );
    out[offset + i] = modulo(-course * RADIANS_TO_DEGREES - strike, 360);
  }
}

/** Azimuths from sites to one point each, degrees in [0, 360). */
export function azimuthsToPoints(
  { lon, lat }: { readonly lon: Float64Array; readonly lat: Float64Array },
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  offset: number,
): void {
  for (let i = 0; i < count; i++) {
    const s = indices[i];
    const phi = lat[i] / RADIANS_TO_DEGREES;
    const dLon = sites.lonRad[s] - lon[i] / RADIANS_TO_DEGREES;
    const course = Math.atan2(
      Math.sin(dLon) * Math.cos(phi),
      sites.cosLat[s] * Math.sin(phi) - sites.sinLat[s] * Math.cos(phi) * Math.cos(dLon),
    );
    out[offset + i] = modulo(-course * RADIANS_TO_DEGREES, 360);
  }
}
