import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';

/** Longer lists are looked at page by page (`terrane show ID realizations`), not exported. */
const MOST_EXPORTED = 2 ** 20;

/** Paths and weights of the realizations, in order. */
export const realizations: Output = {
  type: 'realizations',
  name: 'Realizations',
  formats: ['csv'],
  present: (calculation) => {
    const { length } = calculation.realizations();
    return length > 1 && length <= MOST_EXPORTED;
  },
  write(calculation, _format, folder) {
    const path = join(folder, `realizations_${calculation.id}.csv`);
    writeCsv(path, calculation, [], ['rlz_id', 'branch_path', 'weight'], rows(calculation));
    return [path];
  },
};

function* rows(calculation: Calculation): Generator<string[]> {
  let number = 0;
  for (const { path, weight } of calculation.realizations())
    yield [String(number++), path, exponential(weight, 7).toLowerCase()];
}
