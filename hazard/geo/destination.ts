import { azimuth, modulo } from './azimuth.js';
import type { Vector } from './cartesian.js';
import { DEGREES_TO_RADIANS, EARTH_RADIUS, RADIANS_TO_DEGREES } from './constants.js';
import { distance3d, greatCircleDistance } from './distance.js';
import { roundHalfAway, roundToDecimals } from './rounding.js';

/** Longitude (in [-180, 180)) and latitude reached from a point along an azimuth (degrees) after a distance (km). */
export function destination(lon: number, lat: number, azimuthDegrees: number, distance: number): [number, number] {
  const lambda = lon * DEGREES_TO_RADIANS;
  const phi = lat * DEGREES_TO_RADIANS;
  // 360 - azimuth rather than -azimuth: from a pole the longitude is decided by the sign of rounding noise
  const course = (360 - azimuthDegrees) * DEGREES_TO_RADIANS;
  const angle = distance / EARTH_RADIUS;
  const sinAngle = Math.sin(angle);
  const cosAngle = Math.cos(angle);
  const sinLat = Math.sin(phi);
  const cosLat = Math.cos(phi);
  const sinLat2 = sinLat * cosAngle + cosLat * sinAngle * Math.cos(course);
  const dLon = Math.atan2(Math.sin(course) * sinAngle * cosLat, cosAngle - sinLat * sinLat2);
  const lon2 = modulo(lambda - dLon + Math.PI, 2 * Math.PI) - Math.PI;
  return [lon2 * RADIANS_TO_DEGREES, Math.asin(sinLat2) * RADIANS_TO_DEGREES];
}

/** Flat polyline [lon, lat, depth, ...] of n points along an azimuth, over a horizontal and a vertical extent in km. */
export function pointsTowards(
  start: Vector,
  azimuthDegrees: number,
  horizontal: number,
  vertical: number,
  n: number,
): Float64Array {
  const points = new Float64Array(3 * n);
  points.set(start);
  for (let i = 1; i < n; i++) {
    const fraction = i / (n - 1);
    const [lon, lat] = destination(start[0], start[1], azimuthDegrees, horizontal * fraction);
    points[3 * i] = lon;
    points[3 * i + 1] = lat;
    points[3 * i + 2] = start[2] + vertical * fraction;
  }
  return points;
}

/** n equally spaced points from one point to another, both ends exact; flat [lon, lat, depth, ...]. */
export function pointsBetween(start: Vector, end: Vector, n: number): Float64Array {
  const horizontal = greatCircleDistance(start[0], start[1], end[0], end[1]);
  const points = pointsTowards(start, azimuth(start[0], start[1], end[0], end[1]), horizontal, end[2] - start[2], n);
  points.set(end, 3 * (n - 1));
  return points;
}

/**
 * Points from one point towards another at an exact step (km). The end point is not hit in general: the last point may lie
 * up to half a step before or behind it. Flat [lon, lat, depth, ...], only the start when the step is too long.
 */
export function pointsAtStep(start: Vector, end: Vector, step: number): Float64Array {
  const distance = roundToDecimals(distance3d(...start, ...end), 7);
  const intervals = roundHalfAway(distance / step);
  if (intervals === 0) return Float64Array.from(start);
  const stretch = (step * intervals) / distance;
  const horizontal = greatCircleDistance(start[0], start[1], end[0], end[1]) * stretch;
  const vertical = (end[2] - start[2]) * stretch;
  const direction = azimuth(start[0], start[1], end[0], end[1]);
  return pointsTowards(start, direction, horizontal, vertical, intervals + 1);
}

/** Midpoint of the great circle between two points; identical points are returned unchanged. */
export function midpoint(lon1: number, lat1: number, lon2: number, lat2: number): [number, number] {
  if (lon1 === lon2 && lat1 === lat2) return [lon1, lat1];
  const half = greatCircleDistance(lon1, lat1, lon2, lat2) / 2;
  return destination(lon1, lat1, azimuth(lon1, lat1, lon2, lat2), half);
}
