/*
 * Volcanic fronts of Japan as lines in the plane of longitude and latitude: M. Bahrampouri, A. Rodriguez-Marek, R. A. Green
 * (2021), Earthquake Spectra 37(1), 428-448.
 */

/** Coordinates in degrees, alternately longitude and latitude. */
export type Front = Float64Array;

/** The volcanic front from the Kuril islands to Izu, lon, lat in degrees. */
export const HONSHU_FRONT: Front = Float64Array.of(
  ...[148.583, 45.417, 146.917, 44.45, 144.717, 43.683, 144.017, 43.6, 142.683, 43.5, 141.517, 43.4],
  ...[140.667, 42.05, 141.117, 41.267, 141, 40.45, 140.583, 39.033, 140.133, 37.733, 138.367, 36.6],
  ...[138.733, 35.383, 139.75, 33.133, 140.3, 30.483, 140.567, 28.317, 141.267, 25.417],
);
/** The volcanic front of Kyushu and the Ryukyu islands, lon, lat in degrees. */
export const KYUSHU_FRONT: Front = Float64Array.of(
  ...[127.067, 27.25, 128.983, 28.8, 130.217, 30.433, 130.817, 32.767, 131.6, 33.567, 131.85, 34.367],
);

/** True if the straight line from point 1 to point 2 (degrees) meets the front. */
export function crosses(front: Front, lon1: number, lat1: number, lon2: number, lat2: number): boolean {
  const dx = lon2 - lon1;
  const dy = lat2 - lat1;
  let before = dx * (front[1] - lat1) - dy * (front[0] - lon1);
  for (let k = 2; k < front.length; k += 2) {
    const after = dx * (front[k + 1] - lat1) - dy * (front[k] - lon1);
    // the ends of the segment must lie on both sides of the line, and the points on both sides of the segment
    if (before * after <= 0) {
      const ex = front[k] - front[k - 2];
      const ey = front[k + 1] - front[k - 1];
      const first = ex * (lat1 - front[k - 1]) - ey * (lon1 - front[k - 2]);
      const second = ex * (lat2 - front[k - 1]) - ey * (lon2 - front[k - 2]);
      if (first * second <= 0) return true;
    }
    before = after;
  }
  return false;
}

/** Where a place lies with respect to a front. */
export interface SideOfFront {
  /** from the front, degrees */
  readonly distance: number;
  /** on the right of the front, closer than 3 degrees, and not beyond its ends */
  readonly near: boolean;
}

/** Where a point (degrees) lies with respect to a front. */
export function sideOfFront(front: Front, lon: number, lat: number): SideOfFront {
  let distance = Infinity;
  let right = false;
  let beyond = false;
  const last = front.length - 2;
  for (let k = 2; k <= last; k += 2) {
    const ex = front[k] - front[k - 2];
    const ey = front[k + 1] - front[k - 1];
    const px = lon - front[k - 2];
    const py = lat - front[k - 1];
    const along = (px * ex + py * ey) / (ex * ex + ey * ey);
    const bounded = Math.min(Math.max(along, 0), 1);
    const here = Math.hypot(px - bounded * ex, py - bounded * ey);
    if (here >= distance) continue;
    distance = here;
    right = ex * py - ey * px < 0;
    beyond = (k === 2 && along < 0) || (k === last && along > 1);
  }
  return { distance, near: right && distance < 3 && !beyond };
}
