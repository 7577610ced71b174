/** Which realizations stand for the mean (docs/hazard.md, Disaggregation). */

const SMALLEST_PROBABILITY = 1e-12;

/**
 * Root of the summed squares of the differences of ln P over all levels. curve: the probabilities at all levels of all measures;
 * mean: the same of the mean curve.
 */
export function distanceFromMean(curve: ArrayLike<number>, mean: ArrayLike<number>): number {
  let sum = 0;
  for (let l = 0; l < mean.length; l++) {
    const difference =
      Math.log(Math.max(curve[l], SMALLEST_PROBABILITY)) - Math.log(Math.max(mean[l], SMALLEST_PROBABILITY));
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
