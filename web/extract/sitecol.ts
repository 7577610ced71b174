import type { Calculation } from '../../datastore/calculation.js';
import type { Extraction } from './extraction.js';
import { bytesArray, numbersArray, recordArray, type NpyArray } from './npy.js';
import { refusal } from '../../hazard/refusal.js';

/** Columns that are booleans for clients. */
const FLAGS = new Set(['vs30measured', 'backarc']);

/** The sites: one record each, or one column with ?field=NAME. */
export const sitecol: Extraction = {
  summary: 'sites with their parameters; `field=vs30` is one column',
  extract(calculation, query) {
    const columns = siteColumns(calculation);
    const field = query.get('field');
    if (field === null) return { array: recordArray(columns, calculation.siteCount) };
    const column = columns.find(([name]) => name === field);
    if (!column)
      throw refusal(
        'INVALID_QUERY',
        `no site column '${field}' (there are: ${columns.map(([name]) => name).join(', ')})`,
      );
    return { array: column[1] };
  },
};

/** Columns of the sites as NPY arrays, in the order of the file. */
function siteColumns(calculation: Calculation): [name: string, array: NpyArray][] {
  const { names, columns } = calculation.sites();
  return names.map((name) => {
    const column = columns[name];
    if (!(column instanceof Float64Array)) return [name, bytesArray(column)];
    if (name === 'sids') return [name, numbersArray(Uint32Array.from(column))];
    if (FLAGS.has(name)) return [name, { ...numbersArray(Uint8Array.from(column)), type: '|b1' }];
    return [name, numbersArray(column)];
  });
}
