import type { Hypocentre } from '../contexts/hypocentral-distances.js';
import type { Vector } from '../geo/cartesian.js';
import { DEGREES_TO_RADIANS, EARTH_RADIUS, RADIANS_TO_DEGREES } from '../geo/constants.js';
import { destination } from '../geo/destination.js';
import { completeFrame, FRAME } from './planar-frame.js';
import { PlanarSurface } from './planar.js';

/** Length along strike and width down dip in km of a rupture of point-like seismicity. */
export interface RuptureSize {
  readonly length: number;
  readonly width: number;
}

/** Size for an area (km2) and an aspect ratio: where the layer caps the width, the length grows to keep the area. */
export function ruptureSize(
  area: number,
  aspectRatio: number,
  dip: number,
  upperDepth: number,
  lowerDepth: number,
): RuptureSize {
  const length = Math.sqrt(area * aspectRatio);
  const width = area / length;
  const widest = (lowerDepth - upperDepth) / Math.sin(dip * DEGREES_TO_RADIANS);
  return width <= widest ? { length, width } : { length: area / widest, width: widest };
}

/** How far (km, positive downwards) the centre of a rupture of given vertical extent moves to stay within the layer. */
function verticalShift(depth: number, extent: number, upperDepth: number, lowerDepth: number): number {
  const up = upperDepth - depth + extent / 2;
  return up < 0 ? Math.min(0, lowerDepth - depth - extent / 2) : up;
}

/** The centre of the rupture around a hypocentre, moved along the dip to stay within the layer: lon, lat, depth. */
export function ruptureCentre(
  [lon, lat, depth]: Vector,
  size: RuptureSize,
  strike: number,
  dip: number,
  upperDepth: number,
  lowerDepth: number,
): Vector {
  const shift = verticalShift(depth, size.width * Math.sin(dip * DEGREES_TO_RADIANS), upperDepth, lowerDepth);
  if (shift === 0) return [lon, lat, depth];
  const distance = Math.abs(shift) / Math.tan(dip * DEGREES_TO_RADIANS);
  return [...destination(lon, lat, strike + (shift > 0 ? 90 : 270), distance), depth + shift];
}

/** The plane of a size around a centre (lon, lat, depth). */
export function planarRupture(centre: Vector, size: RuptureSize, strike: number, dip: number): PlanarSurface {
  const across = size.width * Math.cos(dip * DEGREES_TO_RADIANS);
  const half = (size.width * Math.sin(dip * DEGREES_TO_RADIANS)) / 2;
  const theta = Math.atan(across / size.length) * RADIANS_TO_DEGREES;
  const distance = Math.sqrt(size.length * size.length + across * across) / 2;
  const [lon, lat, depth] = centre;
  const corners = [
    ...destination(lon, lat, strike + 180 + theta, distance),
    depth - half,
    ...destination(lon, lat, strike - theta, distance),
    depth - half,
    ...destination(lon, lat, strike + 180 - theta, distance),
    depth + half,
    ...destination(lon, lat, strike + theta, distance),
    depth + half,
  ];
  return new PlanarSurface(Float64Array.from(corners), strike, dip);
}

/** A plane's orientation in degrees, with its sines and cosines. */
export interface Orientation {
  readonly strike: number;
  readonly dip: number;
  readonly rake: number;
  readonly sinStrike: number;
  readonly cosStrike: number;
  readonly sinDip: number;
  readonly cosDip: number;
}

/** Angles of a plane (degrees) with their sines and cosines. */
export function orientation(strike: number, dip: number, rake: number): Orientation {
  return {
    strike,
    dip,
    rake,
    sinStrike: Math.sin(strike * DEGREES_TO_RADIANS),
    cosStrike: Math.cos(strike * DEGREES_TO_RADIANS),
    sinDip: Math.sin(dip * DEGREES_TO_RADIANS),
    cosDip: Math.cos(dip * DEGREES_TO_RADIANS),
  };
}

/**
 * What the size of a rupture contributes to its frame, in numbers from the start of a shape: length, width and projected
 * width in km; sine and cosine of half the diagonal of the projection over the Earth's radius; length and projected width
 * over that diagonal.
 */
export const SHAPE = {
  length: 0,
  width: 1,
  across: 2,
  sinDiagonal: 3,
  cosDiagonal: 4,
  alongShare: 5,
  acrossShare: 6,
  size: 7,
} as const;

/** Writes the shape of a rupture of an area (km2), as `ruptureSize` has it, at a place of a table. */
export function putShape(
  table: Float64Array,
  at: number,
  area: number,
  aspectRatio: number,
  { sinDip, cosDip }: Orientation,
  thickness: number,
): void {
  let length = Math.sqrt(area * aspectRatio);
  let width = area / length;
  const widest = thickness / sinDip;
  if (width > widest) {
    width = widest;
    length = area / widest;
  }
  const across = width * cosDip;
  const diagonal = Math.sqrt(length * length + across * across);
  const angle = diagonal / 2 / EARTH_RADIUS;
  table[at + SHAPE.length] = length;
  table[at + SHAPE.width] = width;
  table[at + SHAPE.across] = across;
  table[at + SHAPE.sinDiagonal] = Math.sin(angle);
  table[at + SHAPE.cosDiagonal] = Math.cos(angle);
  table[at + SHAPE.alongShare] = length / diagonal;
  table[at + SHAPE.acrossShare] = across / diagonal;
}

/** A hypocentre in the seismogenic layer, km. */
export interface RupturePosition extends Hypocentre {
  readonly upperDepth: number;
  readonly lowerDepth: number;
}

/**
 * The plane of `ruptureCentre` and `planarRupture` as a frame, without trigonometric functions, from the shape at a place of
 * a table; `centre` receives the unit vector and the depth of the moved centre.
 */
export function fillRuptureFrame(
  frame: Float64Array,
  centre: Float64Array,
  table: Float64Array,
  at: number,
  plane: Orientation,
  { x, y, z, depth, upperDepth, lowerDepth }: RupturePosition,
): void {
  const { sinStrike, cosStrike } = plane;
  const extent = table[at + SHAPE.width] * plane.sinDip;
  const shift = verticalShift(depth, extent, upperDepth, lowerDepth);
  let cx = x;
  let cy = y;
  let cz = z;
  if (shift !== 0) {
    // along the dip direction for a shift downwards, against it for one upwards
    const angle = (shift * plane.cosDip) / plane.sinDip / EARTH_RADIUS;
    const sine = Math.sin(angle);
    const cosine = Math.cos(angle);
    const cosLat = Math.sqrt(x * x + y * y);
    const east = cosStrike;
    const north = -sinStrike;
    cx = x * cosine + sine * ((-y / cosLat) * east - ((z * x) / cosLat) * north);
    cy = y * cosine + sine * ((x / cosLat) * east - ((z * y) / cosLat) * north);
    cz = z * cosine + sine * cosLat * north;
  }
  centre[0] = cx;
  centre[1] = cy;
  centre[2] = cz;
  centre[3] = depth + shift;
  const cosLat = Math.sqrt(cx * cx + cy * cy);
  const ex = -cy / cosLat;
  const ey = cx / cosLat;
  const nx = (-cz * cx) / cosLat;
  const ny = (-cz * cy) / cosLat;
  const sinDiagonal = table[at + SHAPE.sinDiagonal];
  const cosDiagonal = table[at + SHAPE.cosDiagonal];
  const alongShare = table[at + SHAPE.alongShare];
  const acrossShare = table[at + SHAPE.acrossShare];
  const c = FRAME.corners;
  for (let k = 0; k < 4; k++) {
    // top left, top right, bottom left, bottom right
    const along = k % 2 === 0 ? -alongShare : alongShare;
    const across = k < 2 ? -acrossShare : acrossShare;
    const east = (along * sinStrike + across * cosStrike) * sinDiagonal;
    const north = (along * cosStrike - across * sinStrike) * sinDiagonal;
    frame[c + 3 * k] = cx * cosDiagonal + ex * east + nx * north;
    frame[c + 3 * k + 1] = cy * cosDiagonal + ey * east + ny * north;
    frame[c + 3 * k + 2] = cz * cosDiagonal + cosLat * north;
  }
  frame[FRAME.ztor] = depth + shift - extent / 2;
  frame[FRAME.zbot] = depth + shift + extent / 2;
  completeFrame(frame, 0, sinStrike, cosStrike);
}
