import { DEGREES_TO_RADIANS, EARTH_RADIUS, RADIANS_TO_DEGREES } from './constants.js';

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

/** Longitude, latitude (degrees) and depth (km) of a Cartesian position in km. */
export function fromCartesian(x: number, y: number, z: number): Vector {
  const horizontal = Math.sqrt(x * x + y * y);
  return [
    Math.atan2(y, x) * RADIANS_TO_DEGREES,
    Math.atan2(z, horizontal) * RADIANS_TO_DEGREES,
    EARTH_RADIUS - Math.sqrt(horizontal * horizontal + z * z),
  ];
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

/**
 * Pole of the great circle through a point with an azimuth (degrees), on its right-hand side: the signed distance of a
 * unit vector p to that circle is R asin(pole . p), positive to the right.
 */
export function poleOnTheRight(lon: number, lat: number, azimuth: number): Vector {
  return direction(lon, lat, azimuth + 90);
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function subtract(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** The vector scaled to length 1. */
export function normalized(a: Vector): Vector {
  const length = Math.sqrt(dot(a, a));
  return [a[0] / length, a[1] / length, a[2] / length];
}
