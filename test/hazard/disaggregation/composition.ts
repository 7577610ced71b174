/** The plain twin of how a calculation composes tables: from expected numbers in bins to probabilities (docs/hazard.md, Disaggregation). */
import { probabilityToNumber } from '../../../hazard/exceedance/occurrence.js';

/**
 * Probabilities of a table over some axes: 1 - exp(-sum over the other axes). `numbers` is row-major with this `shape`;
 * `axes` are positions in the shape, in the order of the table. Such tables compose: 1 minus the product of (1 - P) over all
 * bins is the same for each of them.
 */
export function tableProbabilities(
  numbers: ArrayLike<number>,
  shape: readonly number[],
  axes: readonly number[],
): Float64Array {
  // step of each axis of `shape` in the table; 0 for axes that are summed
  const steps = new Array<number>(shape.length).fill(0);
  let size = 1;
  for (const axis of [...axes].reverse()) {
    steps[axis] = size;
    size *= shape[axis];
  }
  const sums = new Float64Array(size);
  const position = new Int32Array(shape.length);
  let cell = 0;
  for (let k = 0; k < numbers.length; k++) {
    sums[cell] += numbers[k];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      cell += steps[axis];
      if (++position[axis] < shape[axis]) break;
      cell -= steps[axis] * shape[axis];
      position[axis] = 0;
    }
  }
  return sums.map((number) => (number === 0 ? 0 : -Math.expm1(-number)));
}

/** Expected numbers of a group of exclusive sources: -ln(1 - sum of weight x P) with P = 1 - exp(-number) of each source, bin by bin. */
export function exclusiveSources(numbers: readonly ArrayLike<number>[], weights: readonly number[]): Float64Array {
  const total = new Float64Array(numbers[0]?.length ?? 0);
  numbers.forEach((row, s) => {
    for (let k = 0; k < total.length; k++) total[k] += weights[s] * -Math.expm1(-row[k]);
  });
  return total.map((probability) => (probability === 0 ? 0 : probabilityToNumber(probability)));
}

/** Share of each bin in the whole: ln(1 - P) / ln(1 - total). */
export function shares(probabilities: Float64Array, total: number): Float64Array {
  const whole = Math.log1p(-total);
  return probabilities.map((probability) => (probability === 0 ? 0 : Math.log1p(-probability) / whole));
}
