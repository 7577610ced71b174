/**
 * Distances to the top edge of a surface made of nodes: rx across it, ry0 beyond its ends. Everything is dot products of unit
 * vectors: the sine of the distance to a great circle is the product of the point with the circle's pole.
 */
import { azimuth } from '../geo/azimuth.js';
import { DEGREES_TO_RADIANS, EARTH_RADIUS } from '../geo/constants.js';
import type { SitePoints } from '../site/site-points.js';

/**
 * Vectors of the segments of a poly-line, [segments x STRIDE]: for segment i from node i to node i + 1 with azimuth a at its
 * start: unit vector of node i; tangent at node i with azimuth a and its right-hand normal; tangent at node i + 1 with azimuth
 * a; tangent at node i + 1 back to node i and its right-hand normal. One more row holds the last node.
 */
export type EdgeVectors = Float64Array;
const STRIDE = 18;
const TANGENT = 3;
const RIGHT = 6;
const END_TANGENT = 9;
const BACK_TANGENT = 12;
const BACK_RIGHT = 15;

/** Vectors of the poly-line through n nodes given in degrees. */
export function edgeVectors(lon: ArrayLike<number>, lat: ArrayLike<number>): EdgeVectors {
  const n = lon.length;
  const vectors = new Float64Array(n * STRIDE);
  for (let i = 0; i < n; i++) {
    const cosLat = Math.cos(lat[i] * DEGREES_TO_RADIANS);
    vectors[i * STRIDE] = cosLat * Math.cos(lon[i] * DEGREES_TO_RADIANS);
    vectors[i * STRIDE + 1] = cosLat * Math.sin(lon[i] * DEGREES_TO_RADIANS);
    vectors[i * STRIDE + 2] = Math.sin(lat[i] * DEGREES_TO_RADIANS);
    if (i === n - 1) break;
    const ahead = azimuth(lon[i], lat[i], lon[i + 1], lat[i + 1]);
    const back = azimuth(lon[i + 1], lat[i + 1], lon[i], lat[i]);
    putTangent(vectors, i * STRIDE + TANGENT, lon[i], lat[i], ahead);
    putTangent(vectors, i * STRIDE + RIGHT, lon[i], lat[i], ahead + 90);
    putTangent(vectors, i * STRIDE + END_TANGENT, lon[i + 1], lat[i + 1], ahead);
    putTangent(vectors, i * STRIDE + BACK_TANGENT, lon[i + 1], lat[i + 1], back);
    putTangent(vectors, i * STRIDE + BACK_RIGHT, lon[i + 1], lat[i + 1], back + 90);
  }
  return vectors;
}

/** Unit vector tangent to the sphere at a point, in a direction given by its azimuth; degrees. */
function putTangent(out: Float64Array, at: number, lon: number, lat: number, direction: number): void {
  const sinLon = Math.sin(lon * DEGREES_TO_RADIANS);
  const cosLon = Math.cos(lon * DEGREES_TO_RADIANS);
  const sinLat = Math.sin(lat * DEGREES_TO_RADIANS);
  const cosLat = Math.cos(lat * DEGREES_TO_RADIANS);
  const north = Math.cos(direction * DEGREES_TO_RADIANS);
  const east = Math.sin(direction * DEGREES_TO_RADIANS);
  out[at] = -north * sinLat * cosLon - east * sinLon;
  out[at + 1] = -north * sinLat * sinLon + east * cosLon;
  out[at + 2] = north * cosLat;
}

/**
 * rx: signed distance (km, positive on the right) of a point, a unit vector, to the part of a poly-line that consists of
 * `segments` segments from number `first` on. Its ends are prolonged along great circles.
 */
export function distanceAcross(
  v: EdgeVectors,
  first: number,
  segments: number,
  px: number,
  py: number,
  pz: number,
): number {
  if (segments === 1) return EARTH_RADIUS * Math.asin(dot(v, first * STRIDE + RIGHT, px, py, pz));
  // First segment: looked at from its end, so that it is prolonged beyond its start.
  let best = -semiArc(v, first * STRIDE + BACK_TANGENT, (first + 1) * STRIDE, px, py, pz);
  for (let i = first + 1; i < first + segments - 1; i++) {
    const at = i * STRIDE;
    const side = dot(v, at + RIGHT, px, py, pz);
    const limit = Math.abs(best);
    let distance;
    if (dot(v, at + TANGENT, px, py, pz) >= 0 && dot(v, at + END_TANGENT, px, py, pz) <= 0) {
      // asin(x) >= x, so most segments are passed without it
      if (EARTH_RADIUS * Math.abs(side) >= limit) continue;
      distance = EARTH_RADIUS * Math.asin(Math.abs(side));
    } else {
      distance = EARTH_RADIUS * Math.min(separation(v, at, px, py, pz), separation(v, at + STRIDE, px, py, pz));
    }
    if (distance < limit) best = side < 0 ? -distance : distance;
  }
  const last = (first + segments - 1) * STRIDE;
  const end = semiArc(v, last + TANGENT, last, px, py, pz);
  return Math.abs(end) < Math.abs(best) ? end : best;
}

/** Signed distance to the half great circle from a node along a tangent (its right-hand normal follows it), km. */
function semiArc(v: EdgeVectors, tangent: number, node: number, px: number, py: number, pz: number): number {
  const side = dot(v, tangent + 3, px, py, pz);
  if (dot(v, tangent, px, py, pz) > 0) return EARTH_RADIUS * Math.asin(side);
  const arc = 2 * EARTH_RADIUS * Math.asin(Math.min(1, 0.5 * separation(v, node, px, py, pz)));
  return side < 0 ? -arc : arc;
}

/**
 * ry0: distance (km) beyond the great circles that pass through the two ends of an edge across its strike; 0 between them.
 * `ends` holds the poles of both circles, see `endPoles`.
 */
export function distanceBeyond(ends: Float64Array, at: number, px: number, py: number, pz: number): number {
  const one = dot(ends, at, px, py, pz);
  const other = dot(ends, at + 3, px, py, pz);
  if (one > 0 !== other > 0) return 0;
  return EARTH_RADIUS * Math.asin(Math.min(Math.abs(one), Math.abs(other)));
}

/** Poles of the great circles across the strike (degrees) through nodes `first` and `last`: 6 numbers. */
export function putEndPoles(
  out: Float64Array,
  at: number,
  strike: number,
  { lon, lat }: { readonly lon: Float64Array; readonly lat: Float64Array },
  first: number,
  last: number,
): void {
  putTangent(out, at, lon[first], lat[first], strike);
  putTangent(out, at + 3, lon[last], lat[last], strike);
}

/** The top edge of one surface, through nodes in degrees, with the strike of the surface. */
export class TopEdge {
  private readonly vectors: EdgeVectors;
  private readonly segments: number;
  private readonly poles = new Float64Array(6);

  constructor(lon: Float64Array, lat: Float64Array, strike: number) {
    this.vectors = edgeVectors(lon, lat);
    this.segments = lon.length - 1;
    putEndPoles(this.poles, 0, strike, { lon, lat }, 0, this.segments);
  }

  /** Distances (km) of the sites indices[0..count), written to out[offset..offset + count). */
  distances(
    kind: 'rx' | 'ry0',
    { unitX, unitY, unitZ }: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    for (let k = 0; k < count; k++) {
      const site = indices[k];
      out[offset + k] =
        kind === 'rx'
          ? distanceAcross(this.vectors, 0, this.segments, unitX[site], unitY[site], unitZ[site])
          : distanceBeyond(this.poles, 0, unitX[site], unitY[site], unitZ[site]);
    }
  }
}

/** Straight distance between two unit vectors. */
function separation(v: Float64Array, at: number, px: number, py: number, pz: number): number {
  const dx = px - v[at];
  const dy = py - v[at + 1];
  const dz = pz - v[at + 2];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

function dot(v: Float64Array, at: number, px: number, py: number, pz: number): number {
  return v[at] * px + v[at + 1] * py + v[at + 2] * pz;
}
