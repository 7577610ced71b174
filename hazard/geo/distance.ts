import { DEGREES_TO_RADIANS, EARTH_RADIUS } from './constants.js';

/** Great-circle distance in km between two points in degrees (haversine formula). */
export function greatCircleDistance(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const sinLat = Math.sin((lat1 - lat2) * DEGREES_TO_RADIANS * 0.5);
  const sinLon = Math.sin((lon1 - lon2) * DEGREES_TO_RADIANS * 0.5);
  const cosines = Math.cos(lat1 * DEGREES_TO_RADIANS) * Math.cos(lat2 * DEGREES_TO_RADIANS);
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(sinLat * sinLat + cosines * sinLon * sinLon)));
}

/** Hypotenuse of the great-circle distance and the difference of depths, km. */
export function distance3d(
  lon1: number,
  lat1: number,
  depth1: number,
  lon2: number,
  lat2: number,
  depth2: number,
): number {
  const horizontal = greatCircleDistance(lon1, lat1, lon2, lat2);
  const vertical = depth1 - depth2;
  return Math.sqrt(horizontal * horizontal + vertical * vertical);
}

/** Straight distance through the Earth between two points, km. */
export function chordDistance(
  lon1: number,
  lat1: number,
  depth1: number,
  lon2: number,
  lat2: number,
  depth2: number,
): number {
  const radius1 = EARTH_RADIUS - depth1;
  const radius2 = EARTH_RADIUS - depth2;
  const cosLat1 = Math.cos(lat1 * DEGREES_TO_RADIANS);
  const cosLat2 = Math.cos(lat2 * DEGREES_TO_RADIANS);
  const dx =
    radius1 * cosLat1 * Math.cos(lon1 * DEGREES_TO_RADIANS) - radius2 * cosLat2 * Math.cos(lon2 * DEGREES_TO_RADIANS);
  const dy =
    radius1 * cosLat1 * Math.sin(lon1 * DEGREES_TO_RADIANS) - radius2 * cosLat2 * Math.sin(lon2 * DEGREES_TO_RADIANS);
  const dz = radius1 * Math.sin(lat1 * DEGREES_TO_RADIANS) - radius2 * Math.sin(lat2 * DEGREES_TO_RADIANS);
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
