import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { commentValue, exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';
import { periods, siteComment } from './spectrum-cells.js';

const GROUP = 'median_spectrum';
const KINDS = ['mea', 'sig', 'wei'];

/**
 * Median spectra: per site and probability a file median_spectrum with the whole (spec = exp(mea)), and a file median_spectra
 * with the parts of the source groups.
 */
export const medianSpectra: Output = {
  type: 'median_spectra',
  name: 'Median Spectra per Site and PoE',
  formats: ['csv'],
  present: (calculation) => calculation.has(GROUP),
  write(calculation, _format, folder) {
    return calculation.hdf5.members(GROUP).flatMap((name) => {
      const site = Number(calculation.hdf5.attributes(`${GROUP}/${name}`).site_id);
      const groups = [...calculation.hdf5.readNumbers(`${GROUP}/${name}/grp_id`)].map(Number);
      return calculation.poes.flatMap((poe, p) => {
        const parts = groups.map((_, k) => part(calculation, name, k, p));
        const comment = [...siteComment(calculation, site), `poe=${commentValue(poe)}`];
        const ending = `${site}-${p}_${calculation.id}.csv`;
        const [whole, byGroup] = ['median_spectrum', 'median_spectra'].map((stem) => join(folder, `${stem}-${ending}`));
        writeCsv(
          byGroup,
          calculation,
          comment,
          ['grp_id', 'kind', 'period', 'value'],
          groupRows(calculation, groups, parts),
        );
        writeCsv(whole, calculation, comment, ['period', 'spec', ...KINDS], wholeRows(calculation, parts));
        return [byGroup, whole];
      });
    });
  },
};

/** Moments [measures x 3] of a source group at a probability. */
function part(calculation: Calculation, name: string, group: number, poe: number): Float64Array {
  const ranges = [
    [group, group + 1],
    [poe, poe + 1],
  ] as const;
  return calculation.hdf5.readFloats(`${GROUP}/${name}/array`, ranges);
}

function* groupRows(calculation: Calculation, groups: readonly number[], parts: readonly Float64Array[]) {
  for (const [k, group] of groups.entries())
    for (const { m, period } of periods(calculation))
      for (const [kind, name] of KINDS.entries()) {
        const value = parts[k][m * KINDS.length + kind];
        if (value !== 0) yield [String(group), name, exponential(period, 5), exponential(value, 5)];
      }
}

function* wholeRows(calculation: Calculation, parts: readonly Float64Array[]) {
  for (const { m, period } of periods(calculation)) {
    const moments = KINDS.map((_, kind) => parts.reduce((sum, row) => sum + row[m * KINDS.length + kind], 0));
    yield [period, Math.exp(moments[0]), ...moments].map((value) => exponential(value, 5));
  }
}
