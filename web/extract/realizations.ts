import type { Extraction } from './extraction.js';
import { bytesArray, numbersArray, recordArray } from './npy.js';

/** Number, path and weight of every realization. */
export const realizations: Extraction = {
  extract(calculation) {
    const rows = calculation.realizations();
    const columns = [
      ['rlz_id', numbersArray(Uint32Array.from(rows, (_, number) => number))],
      ['branch_path', bytesArray(rows.map(({ path }) => path))],
      ['weight', numbersArray(Float32Array.from(rows, ({ weight }) => weight))],
    ] as const;
    return { array: recordArray(columns, rows.length) };
  },
};
