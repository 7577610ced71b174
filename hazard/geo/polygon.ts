import { azimuth, wrapDegrees } from './azimuth.js';
import { boundingBoxOfPoints } from './bounding-box.js';
import { destination } from './destination.js';
import { greatCircleDistance } from './distance.js';
import { meetsItself, strictlyInsideRing } from './planar-polygon.js';
import { Orthographic } from './projection.js';
import { refusal } from '../refusal.js';

/** Edges longer than this get intermediate vertices, km. */
const LONGEST_EDGE = 200;
const VERTEX_SPACING = 100;

/** A ring [lon, lat, ...] with intermediate vertices on long edges, so that its planar image follows the great circles. */
export function densifiedRing(ring: Float64Array): Float64Array {
  const n = ring.length / 2;
  const out: number[] = [];
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    const [lon, lat, lon2, lat2] = [ring[2 * i], ring[2 * i + 1], ring[2 * j], ring[2 * j + 1]];
    // a ring may repeat its first vertex at the end
    if (lon === lon2 && lat === lat2) continue;
    out.push(lon, lat);
    const length = greatCircleDistance(lon, lat, lon2, lat2);
    if (length <= LONGEST_EDGE) continue;
    const intervals = Math.floor(length / VERTEX_SPACING);
    const course = azimuth(lon, lat, lon2, lat2);
    for (let k = 1; k < intervals; k++) out.push(...destination(lon, lat, course, (length * k) / intervals));
  }
  return Float64Array.from(out);
}

/**
 * Grid points strictly inside a ring [lon, lat, ...] at a spacing in km: rows from north to south, points from west to east,
 * [lon, lat, ...]. Each step is a destination along the parallel whose slight change of latitude is dropped.
 * Errors: Refusal for a ring that meets itself.
 */
export function gridInside(ring: Float64Array, spacing: number): Float64Array {
  const vertices = densifiedRing(ring);
  const box = boundingBoxOfPoints(vertices, 2);
  const projection = Orthographic.ofBox(box);
  const plane = new Float64Array(vertices.length);
  for (let i = 0; i < vertices.length; i += 2) {
    [plane[i], plane[i + 1]] = projection.project(vertices[i], vertices[i + 1]);
  }
  if (meetsItself(plane, true)) throw refusal('INVALID_GEOMETRY', 'the perimeter of the polygon meets itself');
  const [west, south, east, north] = box;
  const points: number[] = [];
  for (let lat = north; lat > south; [, lat] = destination(west, lat, 180, spacing)) {
    for (let lon = west; wrapDegrees(east - lon) > 0; [lon] = destination(lon, lat, 90, spacing)) {
      const [x, y] = projection.project(lon, lat);
      if (strictlyInsideRing(plane, x, y)) points.push(lon, lat);
    }
  }
  return Float64Array.from(points);
}
