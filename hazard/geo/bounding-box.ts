import { modulo } from './azimuth.js';
import { DEGREES_PER_KM, DEGREES_TO_RADIANS } from './constants.js';
import { refusal } from '../refusal.js';

/** West, south, east, north in degrees; west > east when the box crosses the date line. */
export type BoundingBox = [number, number, number, number];

/** Extent in longitude from west to east, degrees in [-180, 180). */
function longitudeExtent(west: number, east: number): number {
  return modulo(east - west + 180, 360) - 180;
}

/**
 * Box of points given in separate arrays; when they lie on both sides of the date line, west is the smallest positive and
 * east the largest negative longitude. Errors: Refusal when the box is wider than 180 degrees.
 */
export function boundingBox(
  lons: ArrayLike<number>,
  lats: ArrayLike<number>,
  first = 0,
  last: number = lons.length,
): BoundingBox {
  let west = Infinity;
  let east = -Infinity;
  let south = Infinity;
  let north = -Infinity;
  for (let i = first; i < last; i++) {
    if (lons[i] < west) west = lons[i];
    if (lons[i] > east) east = lons[i];
    if (lats[i] < south) south = lats[i];
    if (lats[i] > north) north = lats[i];
  }
  if (longitudeExtent(west, east) < 0) {
    west = Infinity;
    east = -Infinity;
    for (let i = first; i < last; i++) {
      if (lons[i] > 0 && lons[i] < west) west = lons[i];
      if (lons[i] < 0 && lons[i] > east) east = lons[i];
    }
    if (longitudeExtent(west, east) < 0) {
      throw refusal('INVALID_GEOMETRY', 'points spread over more than 180 degrees of longitude');
    }
  }
  return [west, south, east, north];
}

/** `boundingBox` of a flat array of points with a stride of 2 (lon, lat) or 3 (lon, lat, depth). */
export function boundingBoxOfPoints(points: Float64Array, stride: 2 | 3): BoundingBox {
  const n = points.length / stride;
  const lons = new Float64Array(n);
  const lats = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    lons[i] = points[stride * i];
    lats[i] = points[stride * i + 1];
  }
  return boundingBox(lons, lats);
}

/** The smallest box around several boxes. Errors: Refusal when it is wider than 180 degrees. */
export function enclosingBox(boxes: readonly BoundingBox[]): BoundingBox {
  const lons = new Float64Array(2 * boxes.length);
  const lats = new Float64Array(2 * boxes.length);
  boxes.forEach(([west, south, east, north], i) => {
    lons[2 * i] = west;
    lons[2 * i + 1] = east;
    lats[2 * i] = south;
    lats[2 * i + 1] = north;
  });
  return boundingBox(lons, lats);
}

/** The box with east > west: a box across the date line ends beyond 180 degrees. */
export function unrolledBox([west, south, east, north]: BoundingBox): BoundingBox {
  return [west, south, east < west ? east + 360 : east, north];
}

/**
 * A box grown by a distance in km on all sides, as source filters do: longitudes are not wrapped at the date line.
 * Errors: Refusal when the result is wider than 180 degrees.
 */
export function dilatedBox([west, south, east, north]: BoundingBox, distance: number): BoundingBox {
  const degrees = distance * DEGREES_PER_KM;
  const along = Math.min(degrees, 90);
  const across = Math.min(degrees / Math.cos(Math.max(Math.abs(south), Math.abs(north)) * DEGREES_TO_RADIANS), 180);
  if (east - west + 2 * across > 180) throw refusal('INVALID_GEOMETRY', 'the bounding box is wider than 180 degrees');
  return [west - across, south - along, east + across, north + along];
}

/**
 * Whether a position lies strictly inside a filter box. A box that reaches beyond the date line is compared on longitudes
 * counted from 0 to 360.
 */
export function insideBox(box: BoundingBox, lon: number, lat: number): boolean {
  const [west, south, east, north] = unrolledBox(box);
  if (!(lat > south && lat < north)) return false;
  if (lon > west && lon < east) return true;
  if (west >= -180 && east <= 180) return false;
  return (lon + 360 > west && lon + 360 < east) || (lon - 360 > west && lon - 360 < east);
}
