import { MersenneTwister } from './mersenne-twister.js';

/** early: branches are drawn by weight; late: by equal chances, the weights count afterwards. */
export const SAMPLING_METHODS = ['early_weights', 'late_weights', 'early_latin', 'late_latin'] as const;
/** `sampling_method` of a job. */
export type SamplingMethod = (typeof SAMPLING_METHODS)[number];

/** Early methods draw branches by weight, late ones with equal chances. */
export function isEarly(method: SamplingMethod): boolean {
  return method.startsWith('early');
}

/**
 * Random numbers in [0, 1), [samples x columns], drawn row by row. The latin methods then spread every column evenly: entry i
 * becomes (p_i + x_i) / samples, p being the permutation that sorts the column (p_0 is the place of its smallest value).
 */
export function randomArray(samples: number, columns: number, seed: number, method: SamplingMethod): Float64Array {
  const generator = new MersenneTwister(seed);
  const values = new Float64Array(samples * columns);
  for (let i = 0; i < values.length; i++) values[i] = generator.nextDouble();
  if (!method.endsWith('latin')) return values;
  const rows = Array.from({ length: samples }, (_, row) => row);
  for (let column = 0; column < columns; column++) {
    const at = (row: number): number => values[row * columns + column];
    const order = rows.toSorted((a, b) => at(a) - at(b));
    const spread = order.map((place, row) => (place + at(row)) / samples);
    spread.forEach((value, row) => (values[row * columns + column] = value));
  }
  return values;
}

/** Number of the branch that a random number falls on. */
export function pickBranch(weights: readonly number[], random: number, method: SamplingMethod): number {
  const last = weights.length - 1;
  let sum = 0;
  for (let i = 0; i < last; i++) {
    sum = isEarly(method) ? sum + weights[i] : (i + 1) / weights.length;
    if (sum >= random) return i;
  }
  return last;
}
