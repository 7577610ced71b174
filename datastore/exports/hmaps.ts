import { join } from 'node:path';
import type { Calculation, CurveKind } from '../calculation.js';
import { commentValue, coordinate, exponential, writeCsv } from './csv.js';
import { writeGeoJson, type Properties } from './geojson.js';
import { exportedKinds, fileStem, siteCells, SITES_PER_SLICE, type Output } from './export.js';

/** Hazard maps: one file per kind with a value for each measure and probability, IMT-POE with the measure outer. */
export const hmaps: Output = {
  type: 'hmaps',
  name: 'Hazard Maps',
  formats: ['csv', 'geojson'],
  present: (calculation) => Boolean(calculation.parameters.hazard_maps) && calculation.poes.length > 0,
  write(calculation, format, folder) {
    return exportedKinds(calculation).map((kind) => {
      const path = join(folder, `${fileStem('map', kind)}_${calculation.id}.${format}`);
      if (format === 'geojson') writeMapGeoJson(path, calculation, kind);
      else writeMapCsv(path, calculation, kind);
      return path;
    });
  },
};

const columnNames = ({ imts, poes }: Calculation): string[] =>
  imts.flatMap((imt) => poes.map((poe) => `${imt}-${poe}`));

function writeMapCsv(path: string, calculation: Calculation, kind: CurveKind): void {
  const { header, cells } = siteCells(calculation, 'off sea level');
  const comment = [
    `kind=${commentValue(kind.name)}`,
    `investigation_time=${commentValue(calculation.parameters.investigation_time)}`,
  ];
  const imts = calculation.imts.map((_, m) => m);
  const rows = mapRows(calculation, kind, imts, 'imt', cells);
  writeCsv(path, calculation, comment, [...header, ...columnNames(calculation)], rows);
}

function writeMapGeoJson(path: string, calculation: Calculation, kind: CurveKind): void {
  const names = columnNames(calculation);
  const imts = calculation.imts.map((_, m) => m);
  const facts = { kind: kind.name, investigation_time: calculation.parameters.investigation_time };
  const rows = mapRows(calculation, kind, imts, 'imt', () => []);
  writeGeoJson(path, calculation, facts, propertiesOf(names, rows));
}

/** The digits of the CSV file as numbers; null where there is no level (NaN). */
function* propertiesOf(names: readonly string[], rows: Iterable<readonly string[]>): Generator<Properties> {
  for (const row of rows)
    yield Object.fromEntries(
      row.map((text, k) => [names[k], Number.isFinite(Number(text)) ? Number(text) : null] as const),
    );
}

/** Rows of map values by site; `outer` says whether measures or probabilities change slowest. */
export function* mapRows(
  calculation: Calculation,
  kind: CurveKind,
  imts: readonly number[],
  outer: 'imt' | 'poe',
  cells: (site: number, format: (value: number) => string) => string[],
): Generator<string[]> {
  const count = calculation.siteCount;
  const poes = calculation.poes.length;
  for (let first = 0; first < count; first += SITES_PER_SLICE) {
    const last = Math.min(count, first + SITES_PER_SLICE);
    const slices = imts.map((imt) => calculation.maps(kind, imt, first, last));
    for (let site = first; site < last; site++) {
      const value = (m: number, p: number): string => exponential(slices[m][(site - first) * poes + p], 6);
      const row = cells(site, coordinate);
      if (outer === 'imt') for (let m = 0; m < imts.length; m++) for (let p = 0; p < poes; p++) row.push(value(m, p));
      else for (let p = 0; p < poes; p++) for (let m = 0; m < imts.length; m++) row.push(value(m, p));
      yield row;
    }
  }
}
