import type { SitePoints } from '../hazard/site/site-points.js';
import { EARTH_RADIUS } from '../hazard/geo/constants.js';

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
  const nearest = new Int32Array(points.size);
  const distances = new Float64Array(points.size);
  for (let i = 0; i < points.size; i++) {
    const x = points.cosLat[i] * Math.cos(points.lonRad[i]);
    const y = points.cosLat[i] * Math.sin(points.lonRad[i]);
    const z = points.sinLat[i];
    let up = lowerBound(order, candidates.sinLat, z);
    let down = up - 1;
    let best = -1;
    let bestSquare = Infinity;
    // chord on the unit sphere >= difference of sin(lat)
    while (up < order.length || down >= 0) {
      const gapUp = up < order.length ? candidates.sinLat[order[up]] - z : Infinity;
      const gapDown = down >= 0 ? z - candidates.sinLat[order[down]] : Infinity;
      const gap = Math.min(gapUp, gapDown);
      if (gap * gap > bestSquare) break;
      const candidate = order[gapUp <= gapDown ? up++ : down--];
      const dx = candidates.cosLat[candidate] * Math.cos(candidates.lonRad[candidate]) - x;
      const dy = candidates.cosLat[candidate] * Math.sin(candidates.lonRad[candidate]) - y;
      const dz = candidates.sinLat[candidate] - z;
      const square = dx * dx + dy * dy + dz * dz;
      if (square < bestSquare || (square === bestSquare && candidate < best)) {
        bestSquare = square;
        best = candidate;
      }
    }
    nearest[i] = best;
    distances[i] = EARTH_RADIUS * Math.sqrt(bestSquare);
  }
  return { nearest, distances };
}

function lowerBound(order: Int32Array, values: Float64Array, target: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[order[middle]] < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
