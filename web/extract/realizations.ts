import type { Extraction } from './extraction.js';
import { bytesArray, numbersArray, recordArray } from './npy.js';
import { refusal } from '../../hazard/refusal.js';

const MOST_EXTRACTED = 2 ** 20;

/** Number, path and weight of every realization. */
export const realizations: Extraction = {
  summary: 'number, path and weight of every realization',
  extract(calculation) {
    const all = calculation.realizations();
    if (all.length > MOST_EXTRACTED)
      throw refusal('TOO_LARGE', `${all.length} realizations are too many for one array (at most ${MOST_EXTRACTED})`);
    const rows = all.slice(0, all.length);
    const columns = [
      ['rlz_id', numbersArray(Uint32Array.from(rows, (_, number) => number))],
      ['branch_path', bytesArray(rows.map(({ path }) => path))],
      ['weight', numbersArray(Float32Array.from(rows, ({ weight }) => weight))],
    ] as const;
    return { array: recordArray(columns, rows.length) };
  },
};
