import { join } from 'node:path';
import type { Calculation, CurveKind } from '../calculation.js';
import { commentValue, coordinate, exponential, writeCsv } from './csv.js';
import { exportedKinds, fileStem, siteCells, SITES_PER_SLICE, type Output } from './export.js';

/** Hazard curves: one file per kind and measure, one row per site, one column per level. */
export const hcurves: Output = {
  type: 'hcurves',
  name: 'Hazard Curves',
  formats: ['csv'],
  present: (calculation) => calculation.has('hcurves-stats') || calculation.has('hcurves-rlzs'),
  write(calculation, _format, folder) {
    return exportedKinds(calculation).flatMap((kind) =>
      calculation.imts.map((imt, m) => {
        const path = join(folder, `${fileStem('curve', kind)}-${imt}_${calculation.id}.csv`);
        const { header, cells } = siteCells(calculation, 'always');
        const comment = [
          `kind=${commentValue(kind.name)}`,
          `investigation_time=${commentValue(calculation.parameters.investigation_time)}`,
          `imt=${commentValue(imt)}`,
        ];
        const levels = Array.from(calculation.levels[m], (level) => `poe-${level.toFixed(7)}`);
        writeCsv(path, calculation, comment, [...header, ...levels], rows(calculation, kind, m, cells));
        return path;
      }),
    );
  },
};

function* rows(
  calculation: Calculation,
  kind: CurveKind,
  imt: number,
  cells: (site: number, format: (value: number) => string) => string[],
): Generator<string[]> {
  const count = calculation.siteCount;
  const levels = calculation.levels[imt].length;
  for (let first = 0; first < count; first += SITES_PER_SLICE) {
    const last = Math.min(count, first + SITES_PER_SLICE);
    const slice = calculation.curves(kind, imt, first, last);
    for (let site = first; site < last; site++) {
      const row = cells(site, coordinate);
      for (let l = 0; l < levels; l++) row.push(exponential(slice[(site - first) * levels + l], 6));
      yield row;
    }
  }
}
