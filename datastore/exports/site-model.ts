import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { coordinate, exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';

/** The sites as the calculation saw them, with their parameters. */
export const siteModel: Output = {
  type: 'site_model',
  name: 'Site Model',
  formats: ['csv'],
  present: (calculation) => Boolean((calculation.parameters.inputs as Record<string, unknown> | undefined)?.site_model),
  write(calculation, _format, folder) {
    const path = join(folder, `site_model_${calculation.id}.csv`);
    writeCsv(path, calculation, [], calculation.sites().names, rows(calculation));
    return [path];
  },
};

function* rows(calculation: Calculation): Generator<string[]> {
  const { names, size, columns } = calculation.sites();
  for (let site = 0; site < size; site++) {
    yield names.map((name) => {
      const value = columns[name][site];
      if (typeof value === 'string') return value;
      if (name === 'sids' || name === 'vs30measured' || name === 'backarc') return String(value);
      return name === 'lon' || name === 'lat' || name === 'depth' ? coordinate(value) : exponential(value, 5);
    });
  }
}
