import type { Calculation } from '../../datastore/calculation.js';
import type { NpyArray } from './npy.js';

/** Members of the NPZ, in order. `extra` is added by the registry. */
export type Members = Record<string, NpyArray>;

/** One thing that can be extracted: a file in this folder and a line in the registry. */
export interface Extraction {
  /** what it holds and which query it takes, for the documentation */
  readonly summary: string;
  /** Errors: Refusal for a query that cannot be answered. */
  extract(calculation: Calculation, query: URLSearchParams): Members;
}
