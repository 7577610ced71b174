import { DEGREES_TO_RADIANS, RADIANS_TO_DEGREES } from './constants.js';

/** x modulo m with the sign of m, as mathematicians mean it. */
export function modulo(x: number, m: number): number {
  const rest = x % m;
  return rest !== 0 && rest < 0 !== m < 0 ? rest + m : rest;
}

/** An angle brought into [-180, 180). */
export function wrapDegrees(angle: number): number {
  return modulo(angle + 180, 360) - 180;
}

/** Initial azimuth of the great circle from point 1 to point 2: degrees clockwise from north, in [0, 360). */
export function azimuth(lon1: number, lat1: number, lon2: number, lat2: number): number {
  return modulo(signedAzimuth(lon1, lat1, lon2, lat2), 360);
}

/** `azimuth` before it is wrapped: in [-180, 180]. */
export function signedAzimuth(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const phi1 = lat1 * DEGREES_TO_RADIANS;
  const phi2 = lat2 * DEGREES_TO_RADIANS;
  const difference = (lon1 - lon2) * DEGREES_TO_RADIANS;
  const cosLat2 = Math.cos(phi2);
  const course = Math.atan2(
    Math.sin(difference) * cosLat2,
    Math.cos(phi1) * Math.sin(phi2) - Math.sin(phi1) * cosLat2 * Math.cos(difference),
  );
  return -course * RADIANS_TO_DEGREES;
}
