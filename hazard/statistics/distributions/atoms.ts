import { sortTogether } from '../weighted.js';

/** A discrete distribution, or a part of one: values (not negative, ascending) and their probabilities. */
export interface Atoms {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** bound on the largest difference of the distribution function to that of the quantity it stands for */
  readonly error: number;
}

/** Atoms moved by `shift` and weighing `factor`. */
export interface AtomRow {
  readonly atoms: Atoms;
  readonly shift: number;
  readonly factor: number;
}

/** Values with their weights as a distribution; both arrays are sorted in place. */
export function sortedAtoms(values: Float64Array, weights: Float64Array): Atoms {
  sortTogether(values, weights);
  return { values, weights, error: 0 };
}
