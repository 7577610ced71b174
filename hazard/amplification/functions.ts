/** Amplification functions: how soil changes ground motion on rock, by kind of soil (docs/hazard.md, Site amplification). */
import { normalCdf } from '../exceedance/normal.js';

/** Amplification of one measure as a function of its level on rock. All arrays are [points], one point at least. */
export interface AmplificationCurve {
  /** g on rock, ascending; a single point holds for all levels, whatever its level */
  readonly levels: Float64Array;
  /** median of the factor soil / rock */
  readonly medians: Float64Array;
  /** standard deviation of the natural logarithm of the factor */
  readonly sigmas: Float64Array;
}

/** Curves for the ruptures from a magnitude and from a distance on. */
export interface AmplificationClass {
  readonly fromMagnitude: number;
  /** km, rrup */
  readonly fromDistance: number;
  /** [measures of the calculation] */
  readonly curves: readonly AmplificationCurve[];
}

/** One kind of soil. */
export interface AmplificationFunction {
  readonly code: string;
  /** sorted by magnitude, then by distance; one class at least */
  readonly classes: readonly AmplificationClass[];
}

/** What a calculation needs to amplify the ground motion of its sites. Plain data. */
export interface SiteAmplification {
  readonly method: 'convolution' | 'kernel';
  readonly functions: readonly AmplificationFunction[];
  /** [sites]: number of the function of each site */
  readonly siteFunctions: Int32Array;
  /** largest standard deviation in the whole table, measures that the calculation does not use included */
  readonly largestSigma: number;
  /** g, ascending: levels of the curves after a convolution; the levels of the calculation with a kernel */
  readonly soilLevels: Float64Array;
}

/**
 * Number of the class that holds for a rupture: the nearest magnitude below or at its own, and among the classes of that magnitude
 * the nearest distance below or at its own. Ruptures below all classes take the lowest.
 */
export function classOfRupture(
  classes: readonly AmplificationClass[],
  magnitude: number,
  /** km, rrup */
  distance: number,
): number {
  let first = 0;
  for (let k = 1; k < classes.length && classes[k].fromMagnitude <= magnitude; k++)
    if (classes[k].fromMagnitude !== classes[first].fromMagnitude) first = k;
  let found = first;
  for (let k = first + 1; k < classes.length; k++) {
    const { fromMagnitude, fromDistance } = classes[k];
    if (fromMagnitude !== classes[first].fromMagnitude || fromDistance > distance) break;
    found = k;
  }
  return found;
}

/** Value at a rock level: linear between the points, constant outside of them. `values` is [points]. */
export function interpolateAtLevel(levels: Float64Array, values: Float64Array, level: number): number {
  const last = levels.length - 1;
  if (last === 0 || level <= levels[0]) return values[0];
  if (level >= levels[last]) return values[last];
  let k = 1;
  while (levels[k] < level) k++;
  const fraction = (level - levels[k - 1]) / (levels[k] - levels[k - 1]);
  return values[k - 1] + fraction * (values[k] - values[k - 1]);
}

/**
 * P(motion on the soil > level z | motion on rock) for each pair: [rock levels x soil levels], soil levels contiguous. The factor
 * is lognormal; without a standard deviation it is a step, which counts half at the level itself.
 */
export function soilExceedance(
  curve: AmplificationCurve,
  rockLevels: Float64Array,
  soilLevels: Float64Array,
): Float64Array {
  const size = soilLevels.length;
  const result = new Float64Array(rockLevels.length * size);
  for (let n = 0; n < rockLevels.length; n++) {
    const median = interpolateAtLevel(curve.levels, curve.medians, rockLevels[n]);
    const sigma = interpolateAtLevel(curve.levels, curve.sigmas, rockLevels[n]);
    for (let l = 0; l < size; l++) {
      const factor = soilLevels[l] / rockLevels[n];
      result[n * size + l] =
        sigma > 0
          ? normalCdf((Math.log(median) - Math.log(factor)) / sigma)
          : factor < median
            ? 1
            : factor === median
              ? 0.5
              : 0;
    }
  }
  return result;
}
