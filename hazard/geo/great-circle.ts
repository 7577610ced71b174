import { signedAzimuth } from './azimuth.js';
import { DEGREES_TO_RADIANS, EARTH_RADIUS } from './constants.js';
import { chordDistance, greatCircleDistance } from './distance.js';

/** Signed distance in km of a target to the great circle through (lon, lat) with an azimuth; positive to the right. */
export function distanceToGreatCircle(lon: number, lat: number, azimuth: number, lon2: number, lat2: number): number {
  const difference = (signedAzimuth(lon, lat, lon2, lat2) - azimuth) * DEGREES_TO_RADIANS;
  const angle = greatCircleDistance(lon, lat, lon2, lat2) / EARTH_RADIUS;
  return EARTH_RADIUS * Math.asin(Math.sin(difference) * Math.sin(angle));
}

/** Like `distanceToGreatCircle`, but behind the origin it is the distance to the origin, with the sign of the side. */
export function distanceToSemiArc(lon: number, lat: number, azimuth: number, lon2: number, lat2: number): number {
  const difference = (azimuth - signedAzimuth(lon, lat, lon2, lat2)) * DEGREES_TO_RADIANS;
  if (Math.cos(difference) > 0) return distanceToGreatCircle(lon, lat, azimuth, lon2, lat2);
  const distance = greatCircleDistance(lon, lat, lon2, lat2);
  return Math.sin(difference) > 0 ? -distance : distance;
}

/** Signed distance to the segment 1-2; beyond its ends the chord to the nearest end. Positive to the right. */
export function distanceToSegment(
  lon1: number,
  lat1: number,
  lon2: number,
  lat2: number,
  lon: number,
  lat: number,
): number {
  const along = signedAzimuth(lon1, lat1, lon2, lat2);
  const from1 = signedAzimuth(lon1, lat1, lon, lat);
  const from2 = signedAzimuth(lon2, lat2, lon, lat);
  const inside =
    Math.cos((along - from1) * DEGREES_TO_RADIANS) >= 0 && Math.cos((along - from2) * DEGREES_TO_RADIANS) <= 0;
  const distance = inside
    ? Math.abs(distanceToGreatCircle(lon1, lat1, along, lon, lat))
    : Math.min(chordDistance(lon1, lat1, 0, lon, lat, 0), chordDistance(lon2, lat2, 0, lon, lat, 0));
  return Math.sin((from1 - along) * DEGREES_TO_RADIANS) < 0 ? -distance : distance;
}
