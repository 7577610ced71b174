import { insideRing } from './planar-polygon.js';

/** Outline of the Canterbury region where the New Zealand models take other terms (lon, lat). */
const CANTERBURY = Float64Array.from([171.6, -43.3, 173.2, -43.3, 173.2, -43.9, 171.6, -43.9]);

/** Whether any of the points (degrees) lies in the Canterbury region. */
export function inCanterbury(lon: ArrayLike<number>, lat: ArrayLike<number>): boolean {
  for (let i = 0; i < lon.length; i++) if (insideRing(CANTERBURY, lon[i], lat[i])) return true;
  return false;
}
