import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { commentValue, exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';

const ARRAY = 'mean_rates_by_src/array';

/** Mean annual rates of exceedance by source: one file per site, sorted by source, measure and level, zeros left out. */
export const meanRatesBySource: Output = {
  type: 'mean_rates_by_src',
  name: 'Hazard Curves per Source',
  formats: ['csv'],
  present: (calculation) => calculation.has(ARRAY),
  write(calculation, _format, folder) {
    const { columns, size } = calculation.sites();
    return Array.from({ length: size }, (_, site) => {
      const path = join(folder, `mean_rates_by_src-${site}_${calculation.id}.csv`);
      const place = ['lon', 'lat', 'vs30'].flatMap((name) => {
        const column = columns[name];
        return column ? [`${name}=${commentValue(column[site])}`] : [];
      });
      writeCsv(path, calculation, place, ['source_id', 'imt', 'iml', 'afoe'], rows(calculation, site));
      return path;
    });
  },
};

function* rows(calculation: Calculation, site: number): Generator<string[]> {
  const ids = calculation.hdf5.readTexts('mean_rates_by_src/src_id');
  const values = calculation.hdf5.readFloats(ARRAY, [[site, site + 1]]);
  const levels = calculation.rateLevels[0].length;
  const imts = calculation.imts.map((name, m) => ({ name, m })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (let s = 0; s < ids.length; s++) {
    for (const { name, m } of imts) {
      for (let l = 0; l < levels; l++) {
        const rate = values[(m * levels + l) * ids.length + s];
        if (rate > 0) yield [ids[s], name, exponential(calculation.rateLevels[m][l], 5), exponential(rate, 5)];
      }
    }
  }
}
