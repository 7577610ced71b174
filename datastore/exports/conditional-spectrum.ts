import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';
import { periods, siteComment } from './spectrum-cells.js';

const GROUP = 'conditional_spectrum';

/** Mean conditional spectrum, one file per site: value at each period and standard deviation of its logarithm. */
export const conditionalSpectra: Output = {
  type: 'cs-stats',
  name: 'Mean Conditional Spectra',
  formats: ['csv'],
  present: (calculation) => calculation.has(GROUP),
  write(calculation, _format, folder) {
    return calculation.hdf5.members(GROUP).map((name) => {
      const site = Number(calculation.hdf5.attributes(`${GROUP}/${name}`).site_id);
      const path = join(folder, `conditional-spectrum-${site}_${calculation.id}.csv`);
      const header = ['poe', 'stat', 'period', 'mea', 'std'];
      writeCsv(path, calculation, siteComment(calculation, site), header, rows(calculation, `${GROUP}/${name}`));
      return path;
    });
  },
};

function* rows(calculation: Calculation, group: string): Generator<string[]> {
  const [mean, std] = ['mean', 'std'].map((name) => calculation.hdf5.readFloats(`${group}/${name}`));
  const measures = calculation.imts.length;
  for (const [p, poe] of calculation.poes.entries())
    for (const { m, period } of periods(calculation)) {
      const cell = p * measures + m;
      yield [exponential(poe, 5), 'mean', ...[period, mean[cell], std[cell]].map((value) => exponential(value, 5))];
    }
}
