import type { SitePoints } from '../../hazard/site/site-points.js';
import { EARTH_RADIUS } from '../../hazard/geo/constants.js';

/**
 * For each point the nearest of the candidates, by straight distance at zero depth (the first on ties): candidates are sorted
 * by latitude, and the search goes outwards until the difference in latitude alone is larger than the best distance.
 * Answers candidate numbers and distances in km, each [points].
 */
export function nearestPoints(
  points: SitePoints,
  candidates: SitePoints,
): { readonly nearest: Int32Array; readonly distances: Float64Array } {
  const order = Int32Array.from({ length: candidates.size }, (_, i) => i).sort(
    (a, b) => candidates.sinLat[a] - candidates.sinLat[b] || a - b,
  );
  // unit vectors in the order of the search
  const cx = Float64Array.from(order, (k) => candidates.cosLat[k] * Math.cos(candidates.lonRad[k]));
  const cy = Float64Array.from(order, (k) => candidates.cosLat[k] * Math.sin(candidates.lonRad[k]));
  const cz = Float64Array.from(order, (k) => candidates.sinLat[k]);
  const nearest = new Int32Array(points.size);
  const distances = new Float64Array(points.size);
  for (let i = 0; i < points.size; i++) {
    const x = points.cosLat[i] * Math.cos(points.lonRad[i]);
    const y = points.cosLat[i] * Math.sin(points.lonRad[i]);
    const z = points.sinLat[i];
    let up = lowerBound(cz, z);
    let down = up - 1;
    let best = -1;
    let bestSquare = Infinity;
    // chord on the unit sphere >= difference of sin(lat)
    while (up < cz.length || down >= 0) {
      const gapUp = up < cz.length ? cz[up] - z : Infinity;
      const gapDown = down >= 0 ? z - cz[down] : Infinity;
      const gap = Math.min(gapUp, gapDown);
      if (gap * gap > bestSquare) break;
      const k = gapUp <= gapDown ? up++ : down--;
      const dx = cx[k] - x;
      const dy = cy[k] - y;
      const dz = cz[k] - z;
      const square = dx * dx + dy * dy + dz * dz;
      if (square < bestSquare || (square === bestSquare && order[k] < best)) {
        bestSquare = square;
        best = order[k];
      }
    }
    nearest[i] = best;
    distances[i] = EARTH_RADIUS * Math.sqrt(bestSquare);
  }
  return { nearest, distances };
}

/** First place whose value is not below the target. */
function lowerBound(values: Float64Array, target: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
