import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { commentValue, writeCsv } from './csv.js';
import { exportedKinds, fileStem, siteCells, type Output } from './export.js';
import { mapRows } from './hmaps.js';

/** Numbers of the measures of a uniform hazard spectrum: PGA and SA, by ascending period as the measures of a calculation are ordered. */
export function spectralMeasures(calculation: Calculation): number[] {
  return calculation.imts.flatMap((imt, m) => (imt === 'PGA' || /^SA\([\d.]+\)$/.test(imt) ? [m] : []));
}

/** Uniform hazard spectra: one file per kind, columns POE~IMT with the probability outer. */
export const uhs: Output = {
  type: 'uhs',
  name: 'Uniform Hazard Spectra',
  formats: ['csv'],
  present: (calculation) => Boolean(calculation.parameters.uniform_hazard_spectra) && calculation.poes.length > 0,
  write(calculation, _format, folder) {
    const imts = spectralMeasures(calculation);
    return exportedKinds(calculation).map((kind) => {
      const path = join(folder, `${fileStem('uhs', kind)}_${calculation.id}.csv`);
      const { header, cells } = siteCells(calculation, 'off sea level');
      const columns = calculation.poes.flatMap((poe) => imts.map((m) => `${poe.toFixed(6)}~${calculation.imts[m]}`));
      const comment = [
        `kind=${commentValue(kind.name)}`,
        `investigation_time=${commentValue(calculation.parameters.investigation_time)}`,
      ];
      writeCsv(path, calculation, comment, [...header, ...columns], mapRows(calculation, kind, imts, 'poe', cells));
      return path;
    });
  },
};
