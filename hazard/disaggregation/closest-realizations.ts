/** Which realizations stand for the mean (POSTPROCESSING.md 1.1). */

const SMALLEST_PROBABILITY = 1e-12;

/**
 * Numbers of all realizations, the one whose curve is nearest to the mean first: root of the summed squares of the differences
 * of ln P over all levels. Equal distances go by number.
 * curves: per realization the probabilities at all levels of all measures; mean: the same of the mean curve.
 */
export function closestToMean(curves: readonly ArrayLike<number>[], mean: ArrayLike<number>): number[] {
  const distances = curves.map((curve) => distanceFromMean(curve, mean));
  return curves.map((_, number) => number).sort((a, b) => distances[a] - distances[b] || a - b);
}

export function distanceFromMean(curve: ArrayLike<number>, mean: ArrayLike<number>): number {
  let sum = 0;
  for (let l = 0; l < mean.length; l++) {
    const difference =
      Math.log(Math.max(curve[l], SMALLEST_PROBABILITY)) - Math.log(Math.max(mean[l], SMALLEST_PROBABILITY));
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
