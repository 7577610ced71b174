import { dilatedBox, insideBox, type BoundingBox } from '../geo/bounding-box.js';
import type { SitePoints } from '../site/site-points.js';
import { refusal } from '../refusal.js';

/** Distances and magnitudes that matter for one tectonic region type (docs/hazard.md, Filtering). */
export interface DistanceFilter {
  /** (magnitude, km) pairs, magnitudes ascending; beyond the ends nothing counts */
  readonly magnitudes: Float64Array;
  readonly distances: Float64Array;
  /** distances below are raised to it, km */
  readonly minimumDistance: number;
  readonly minimumMagnitude: number;
}

/** D(m): the largest distance at which a rupture of this magnitude counts, km; 0 outside the magnitudes given. */
export function maximumDistance(filter: DistanceFilter, magnitude: number): number {
  const { magnitudes, distances } = filter;
  const last = magnitudes.length - 1;
  if (!(magnitude >= magnitudes[0] && magnitude <= magnitudes[last])) return 0;
  let k = 1;
  while (k < last && magnitudes[k] < magnitude) k++;
  if (last === 0) return distances[0];
  const fraction = (magnitude - magnitudes[k - 1]) / (magnitudes[k] - magnitudes[k - 1]);
  return distances[k - 1] + fraction * (distances[k] - distances[k - 1]);
}

/** Magnitudes that pairs of (magnitude, distance) may lie between. */
const SMALLEST_MAGNITUDE = 2.5;
const LARGEST_MAGNITUDE = 10.2;

/** The pairs that the word `magdist` stands for. */
const MAGDIST: readonly (readonly [number, number])[] = [
  [3, 0],
  [6, 150],
  [10, 600],
];

/** A maximum distance as jobs give it: km, pairs of (magnitude, km), or the word `magdist`. */
export type MaximumDistance = number | 'magdist' | readonly (readonly [number, number])[];

/**
 * The filter of one tectonic region type. Pairs are sorted and cut at the minimum magnitude, where the interpolated distance
 * comes first. Errors: Refusal for no pairs or magnitudes outside 2.5 to 10.2.
 */
export function distanceFilter(maximum: MaximumDistance, minimumMagnitude = 0, minimumDistance = 0): DistanceFilter {
  return filterOfPairs(cutPairs(distancePairs(maximum), minimumMagnitude), minimumMagnitude, minimumDistance);
}

/** A pair of magnitude and distance, km. */
export type DistancePair = readonly [magnitude: number, distance: number];

/** The filter of pairs in ascending order that are cut already. */
export function filterOfPairs(
  pairs: readonly DistancePair[],
  minimumMagnitude: number,
  minimumDistance: number,
): DistanceFilter {
  return {
    magnitudes: Float64Array.from(pairs, ([magnitude]) => magnitude),
    distances: Float64Array.from(pairs, ([, distance]) => distance),
    minimumDistance,
    minimumMagnitude,
  };
}

/** Pairs in ascending order from a minimum magnitude on, which takes the distance between its neighbours; none beyond the last. */
export function cutPairs(pairs: readonly DistancePair[], minimum: number): readonly DistancePair[] {
  if (pairs.length === 0 || minimum <= pairs[0][0]) return pairs;
  const above = pairs.findIndex(([magnitude]) => magnitude > minimum);
  if (above === -1) {
    const last = pairs[pairs.length - 1];
    return last[0] === minimum ? [last] : [];
  }
  const [m0, d0] = pairs[above - 1];
  const [m1, d1] = pairs[above];
  return [[minimum, d0 + ((d1 - d0) * (minimum - m0)) / (m1 - m0)], ...pairs.slice(above)];
}

function distancePairs(maximum: MaximumDistance): (readonly [number, number])[] {
  if (typeof maximum === 'number') {
    return [
      [SMALLEST_MAGNITUDE, maximum],
      [LARGEST_MAGNITUDE, maximum],
    ];
  }
  const pairs = maximum === 'magdist' ? [...MAGDIST] : [...maximum].sort((a, b) => a[0] - b[0]);
  if (pairs.length === 0) throw refusal('INVALID_VALUE', 'maximum_distance has no (magnitude, distance) pairs');
  const outside = pairs.find(([magnitude]) => !(magnitude >= SMALLEST_MAGNITUDE && magnitude <= LARGEST_MAGNITUDE));
  if (outside) {
    throw refusal(
      'INVALID_VALUE',
      `magnitude ${outside[0]} of maximum_distance must be between ${SMALLEST_MAGNITUDE} and ${LARGEST_MAGNITUDE}`,
    );
  }
  return pairs;
}

/** Distance of the last pair: how far sources are sought at all, km. */
export function largestDistance(filter: DistanceFilter): number {
  return filter.distances[filter.distances.length - 1];
}

/** Whether ruptures of a magnitude are computed at all; both ends of the pairs are included. */
export function magnitudeCounts(filter: DistanceFilter, magnitude: number): boolean {
  const { magnitudes } = filter;
  return magnitude >= magnitudes[0] && magnitude <= magnitudes[magnitudes.length - 1];
}

/**
 * Writes the numbers of the sites strictly inside a box dilated by a distance (km) to `indices`, and returns how many: all
 * of them when the dilated box is wider than 180 degrees.
 */
export function sitesInDilatedBox(box: BoundingBox, distance: number, sites: SitePoints, indices: Int32Array): number {
  const dilated = dilatedOrNone(box, distance);
  let count = 0;
  for (let s = 0; s < sites.size; s++) {
    if (dilated && !insideBox(dilated, sites.lon[s], sites.lat[s])) continue;
    indices[count++] = s;
  }
  return count;
}

function dilatedOrNone(box: BoundingBox, distance: number): BoundingBox | undefined {
  try {
    return dilatedBox(box, distance);
  } catch {
    return undefined;
  }
}
