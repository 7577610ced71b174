import { join } from 'node:path';
import { exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';

/** Paths and weights of the realizations, in order. */
export const realizations: Output = {
  type: 'realizations',
  name: 'Realizations',
  formats: ['csv'],
  present: (calculation) => calculation.has('realizations') && calculation.hdf5.shape('realizations')[0] > 1,
  write(calculation, _format, folder) {
    const path = join(folder, `realizations_${calculation.id}.csv`);
    const rows = calculation
      .realizations()
      .map(({ path: branches, weight }, number) => [String(number), branches, exponential(weight, 7).toLowerCase()]);
    writeCsv(path, calculation, [], ['rlz_id', 'branch_path', 'weight'], rows);
    return [path];
  },
};
