import { join } from 'node:path';
import type { Calculation } from '../calculation.js';
import { axisValues, StoredDisaggregation, type DisaggregationKind } from '../stored-disaggregation.js';
import { commentValue, exponential, writeCsv } from './csv.js';
import type { Output } from './export.js';

/** One file per table and site; tables of zeros are not written. */
function disaggregation(type: string, name: string, kind: DisaggregationKind, mark: string, shares: boolean): Output {
  return {
    type,
    name,
    formats: ['csv'],
    present: (calculation) => new StoredDisaggregation(calculation).has(kind),
    write(calculation, _format, folder) {
      const stored = new StoredDisaggregation(calculation);
      const paths: string[] = [];
      for (const table of stored.tables(kind))
        for (let site = 0; site < calculation.siteCount; site++) {
          const values = shares ? stored.shares(table, kind, site) : stored.table(kind, table, site);
          if (values.every((value) => value === 0)) continue;
          const path = join(folder, `${table}${mark}-${site}_${calculation.id}.csv`);
          const axes = table.split('_');
          const header = [
            'imt',
            'iml',
            'poe',
            ...axes.map((axis) => axis.toLowerCase()),
            ...stored.columns(kind, site),
          ];
          writeCsv(
            path,
            calculation,
            comment(calculation, stored, kind, site),
            header,
            rows(calculation, stored, axes, site, values),
          );
          paths.push(path);
        }
      return paths;
    },
  };
}

export const disaggregationRealizations = disaggregation(
  'disagg-rlzs',
  'Disaggregation Outputs Per Realization',
  'rlzs',
  '',
  false,
);
export const disaggregationShares = disaggregation(
  'disagg-rlzs-traditional',
  'Traditional Disaggregation Outputs Per Realization',
  'rlzs',
  '-traditional',
  true,
);
export const disaggregationStatistics = disaggregation(
  'disagg-stats',
  'Statistical Disaggregation Outputs',
  'stats',
  '-mean',
  false,
);

function comment(
  calculation: Calculation,
  stored: StoredDisaggregation,
  kind: DisaggregationKind,
  site: number,
): string[] {
  const edges = stored.edges(site);
  const { columns } = calculation.sites();
  const pairs = (['Mag', 'Dist', 'Lon', 'Lat', 'Eps'] as const).map(
    (axis) => `${axis.toLowerCase()}_bin_edges=${commentValue([...edges[axis]])}`,
  );
  const texts = [
    `investigation_time=${commentValue(calculation.parameters.investigation_time)}`,
    ...pairs,
    `tectonic_region_types=${commentValue(edges.TRT)}`,
    ...['lon', 'lat'].map((name) => `${name}=${commentValue(columns[name][site])}`),
  ];
  if (kind === 'stats') return texts;
  const { numbers, weights } = stored.realizations(site);
  return [...texts, `weights=${commentValue(weights)}`, `rlz_ids=[${numbers.join(', ')}]`];
}

/** Measures in the order of the job, probabilities ascending, then the bins, the last axis fastest. */
function* rows(
  calculation: Calculation,
  stored: StoredDisaggregation,
  axes: readonly string[],
  site: number,
  values: Float64Array,
): Generator<string[]> {
  const { imts } = calculation;
  const { poes } = stored;
  const edges = stored.edges(site);
  const levels = stored.levels(site);
  const cells = product(axes.map((axis) => cellTexts(axisValues(edges, axis))));
  const columns = values.length / (cells.length * imts.length * poes.length);
  const order = Array.from(poes, (_, p) => p).sort((a, b) => poes[a] - poes[b] || a - b);
  for (const [m, imt] of imts.entries())
    for (const p of order) {
      const level = m * poes.length + p;
      const head = [imt, exponential(levels[level], 5), exponential(poes[p], 5)];
      for (const [c, cell] of cells.entries()) {
        const first = (c * imts.length * poes.length + level) * columns;
        yield [
          ...head,
          ...cell,
          ...Array.from(values.subarray(first, first + columns), (value) => exponential(value, 5)),
        ];
      }
    }
}

function cellTexts(values: readonly string[] | Float64Array): string[] {
  return [...values].map((value: string | number) => (typeof value === 'string' ? value : exponential(value, 5)));
}

/** All combinations, the last list fastest. */
function product(lists: readonly (readonly string[])[]): string[][] {
  let rows: string[][] = [[]];
  for (const list of lists) rows = rows.flatMap((row) => list.map((item) => [...row, item]));
  return rows;
}
