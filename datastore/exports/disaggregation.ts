import { join } from 'node:path';
import { binCentres } from '../../hazard/disaggregation/edges.js';
import type { Calculation } from '../calculation.js';
import { StoredDisaggregation, type DisaggregationKind } from '../stored-disaggregation.js';
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
      const names = stored.tables(kind);
      const paths: string[] = [];
      for (const site of sitesOf(calculation, stored, kind))
        for (const table of names) {
          const values = shares ? stored.shares(table, kind, site.number) : stored.table(kind, table, site.number);
          if (values.every((value) => value === 0)) continue;
          const path = join(folder, `${table}${mark}-${site.number}_${calculation.id}.csv`);
          const axes = table.split('_');
          const header = ['imt', 'iml', 'poe', ...axes.map((axis) => axis.toLowerCase()), ...site.columns];
          writeCsv(
            path,
            calculation,
            site.comment,
            header,
            rows(calculation, stored.poes(site.number), site, axes, values),
          );
          paths.push(path);
        }
      return paths.sort();
    },
  };
}

/** `disagg-rlzs`: tables of single realizations. */
export const disaggregationRealizations = disaggregation(
  'disagg-rlzs',
  'Disaggregation Outputs Per Realization',
  'rlzs',
  '',
  false,
);
/** `disagg-rlzs-traditional`: shares of the cells by realization. */
export const disaggregationShares = disaggregation(
  'disagg-rlzs-traditional',
  'Traditional Disaggregation Outputs Per Realization',
  'rlzs',
  '-traditional',
  true,
);
/** `disagg-stats`: tables of the mean. */
export const disaggregationStatistics = disaggregation(
  'disagg-stats',
  'Statistical Disaggregation Outputs',
  'stats',
  '-mean',
  false,
);

/** What all tables of a site have in common. */
interface Site {
  readonly number: number;
  readonly comment: readonly string[];
  /** names of the columns of values */
  readonly columns: readonly string[];
  /** texts of the bins by axis */
  readonly bins: Readonly<Record<string, readonly string[]>>;
  /** [measures x probabilities] */
  readonly levels: Float64Array;
}

function* sitesOf(calculation: Calculation, stored: StoredDisaggregation, kind: DisaggregationKind): Generator<Site> {
  const { columns, size } = calculation.sites();
  for (let number = 0; number < size; number++) {
    const edges = stored.edges(number);
    const comment = [
      `investigation_time=${commentValue(calculation.parameters.investigation_time)}`,
      ...NUMERIC_AXES.map((axis) => `${axis.toLowerCase()}_bin_edges=${commentValue([...edges[axis]])}`),
      `tectonic_region_types=${commentValue(edges.TRT)}`,
      ...['lon', 'lat'].map((name) => `${name}=${commentValue(columns[name][number])}`),
    ];
    const realizations = kind === 'rlzs' ? stored.realizations(number) : undefined;
    if (realizations)
      comment.push(`weights=${commentValue(realizations.weights)}`, `rlz_ids=[${realizations.numbers.join(', ')}]`);
    const bins = Object.fromEntries(
      NUMERIC_AXES.map((axis): [string, string[]] => [
        axis,
        Array.from(binCentres(edges[axis]), (centre) => exponential(centre, 5)),
      ]),
    );
    yield {
      number,
      comment,
      columns: realizations?.numbers.map((rlz) => `rlz${rlz}`) ?? ['mean'],
      bins: { ...bins, TRT: edges.TRT },
      levels: stored.levels(number),
    };
  }
}

const NUMERIC_AXES = ['Mag', 'Dist', 'Lon', 'Lat', 'Eps'] as const;
const ZERO = exponential(0, 5);

/** Measures in the order of the job, probabilities ascending, then the bins, the last axis fastest. */
function* rows(
  { imts }: Calculation,
  poes: Float64Array,
  { bins, levels, columns }: Site,
  axes: readonly string[],
  values: Float64Array,
): Generator<string[]> {
  const cells = product(axes.map((axis) => bins[axis]));
  const order = Array.from(poes, (_, p) => p).sort((a, b) => poes[a] - poes[b] || a - b);
  for (const [m, imt] of imts.entries())
    for (const p of order) {
      const level = m * poes.length + p;
      const head = [imt, exponential(levels[level], 5), exponential(poes[p], 5)];
      for (const [c, cell] of cells.entries()) {
        const row = [...head, ...cell];
        const first = (c * imts.length * poes.length + level) * columns.length;
        for (let k = first; k < first + columns.length; k++)
          row.push(values[k] === 0 ? ZERO : exponential(values[k], 5));
        yield row;
      }
    }
}

/** All combinations, the last list fastest. */
function product(lists: readonly (readonly string[])[]): string[][] {
  let rows: string[][] = [[]];
  for (const list of lists) rows = rows.flatMap((row) => list.map((item) => [...row, item]));
  return rows;
}
