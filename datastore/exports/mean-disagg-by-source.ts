import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { commentValue, exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';

const GROUP = 'mean_disagg_by_src';

/**
 * Disaggregation of the relevant sources: one row per source, bin and measure, zeros left out. One file for a single site,
 * else one per site. As in the reference, `afoe` counts exceedances in the investigation time, which stands in the comment.
 */
export const meanDisaggBySource: Output = {
  type: GROUP,
  name: 'Mag-Dist-Eps Disaggregation per Source',
  formats: ['csv'],
  present: (calculation) => calculation.has(GROUP),
  write(calculation, _format, folder) {
    const sites = calculation.hdf5.members(GROUP);
    return sites.map((name) => {
      const group = `${GROUP}/${name}`;
      const site = Number(calculation.hdf5.attributes(group).site_id);
      const part = sites.length === 1 ? '' : `-${site}`;
      const path = join(folder, `${GROUP}${part}_${calculation.id}.csv`);
      const header = ['source_id', 'mag', 'dist', 'eps', 'imt', 'afoe'];
      writeCsv(path, calculation, comment(calculation, group, site), header, rows(calculation, group));
      return path;
    });
  },
};

function comment(calculation: Calculation, group: string, site: number): string[] {
  const { columns } = calculation.sites();
  const place = ['lon', 'lat', 'vs30'].flatMap((name) => {
    const column = columns[name];
    return column ? [`${name}=${commentValue(column[site])}`] : [];
  });
  const imts = calculation.hdf5.readTexts(`${group}/imt`);
  const levels = calculation.hdf5.readFloats(`${group}/iml`);
  const pairs = imts.map((imt, k) => `'${imt}': ${commentValue(levels[k])}`);
  const time = calculation.parameters.investigation_time;
  return [...place, `iml_disagg={${pairs.join(', ')}}`, `investigation_time=${commentValue(time)}`];
}

function* rows(calculation: Calculation, group: string): Generator<string[]> {
  const { hdf5 } = calculation;
  const ids = hdf5.readTexts(`${group}/source_id`);
  const imts = hdf5.readTexts(`${group}/imt`);
  const [mag, dist, eps] = ['mag', 'dist', 'eps'].map((axis) => hdf5.readFloats(`${group}/${axis}`));
  for (let s = 0; s < ids.length; s++) {
    const values = hdf5.readFloats(`${group}/array`, [[s, s + 1]]);
    let k = 0;
    for (const m of mag)
      for (const d of dist)
        for (const e of eps)
          for (const imt of imts) {
            const value = values[k++];
            if (value > 0) yield [ids[s], ...[m, d, e].map((x) => exponential(x, 5)), imt, exponential(value, 5)];
          }
  }
}
