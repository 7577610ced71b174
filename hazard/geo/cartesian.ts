import { DEGREES_TO_RADIANS, EARTH_RADIUS } from './constants.js';

/** x, y, z. */
export type Vector = [number, number, number];

/** Cartesian position in km of a point given in degrees and km of depth. */
export function toCartesian(lon: number, lat: number, depth: number): Vector {
  const radius = EARTH_RADIUS - depth;
  const lambda = lon * DEGREES_TO_RADIANS;
  const phi = lat * DEGREES_TO_RADIANS;
  const cosLat = Math.cos(phi);
  return [radius * cosLat * Math.cos(lambda), radius * cosLat * Math.sin(lambda), radius * Math.sin(phi)];
}

/** Unit vector from the Earth's centre through a point in degrees. */
export function unitVector(lon: number, lat: number): Vector {
  const lambda = lon * DEGREES_TO_RADIANS;
  const phi = lat * DEGREES_TO_RADIANS;
  const cosLat = Math.cos(phi);
  return [cosLat * Math.cos(lambda), cosLat * Math.sin(lambda), Math.sin(phi)];
}

/** Unit vector tangent to the Earth at a point, in the direction of an azimuth (degrees). */
export function direction(lon: number, lat: number, azimuth: number): Vector {
  const lambda = lon * DEGREES_TO_RADIANS;
  const phi = lat * DEGREES_TO_RADIANS;
  const alpha = azimuth * DEGREES_TO_RADIANS;
  const sinAlpha = Math.sin(alpha);
  const cosAlpha = Math.cos(alpha);
  const sinLon = Math.sin(lambda);
  const cosLon = Math.cos(lambda);
  const sinLat = Math.sin(phi);
  return [
    -sinLon * sinAlpha - sinLat * cosLon * cosAlpha,
    cosLon * sinAlpha - sinLat * sinLon * cosAlpha,
    Math.cos(phi) * cosAlpha,
  ];
}
