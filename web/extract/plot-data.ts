import type { Calculation } from '../../datastore/calculation.js';
import { refusal } from '../../hazard/refusal.js';

/** What the page draws for one site. */
export interface PlotData {
  readonly siteCount: number;
  readonly site: { readonly number: number; readonly lon: number; readonly lat: number; readonly name: string };
  readonly investigationTime: number;
  readonly poes: readonly number[];
  readonly measures: readonly {
    readonly imt: string;
    readonly levels: readonly number[];
    /** statistic -> probability of exceedance by level */
    readonly curves: Readonly<Record<string, readonly number[]>>;
    /** statistic -> level by probability of `poes`; absent without poes */
    readonly maps?: Readonly<Record<string, readonly number[]>>;
  }[];
}

/** Curves of the statistics at one site, and the map values where the job asked for them. Errors: Refusal for an unknown site. */
export function plotData(calculation: Calculation, site: number): PlotData {
  const { columns, size } = calculation.sites();
  if (!(site >= 0 && site < size)) throw refusal('INVALID_QUERY', `site ${site} must lie between 0 and ${size - 1}`);
  const stored = calculation.kinds();
  const statistics = stored.filter(({ dataset }) => dataset === 'stats');
  const kinds = statistics.length > 0 ? statistics : stored.slice(0, 1);
  const withMaps = calculation.has('hmaps-stats');
  const rows = (read: (kind: (typeof kinds)[number]) => Float64Array) =>
    Object.fromEntries(kinds.map((kind) => [kind.name, Array.from(read(kind))]));
  const names = columns.custom_site_id as readonly string[] | undefined;
  return {
    siteCount: size,
    site: {
      number: site,
      lon: (columns.lon as Float64Array)[site],
      lat: (columns.lat as Float64Array)[site],
      name: names?.[site] ?? '',
    },
    investigationTime: calculation.parameters.investigation_time,
    poes: calculation.poes,
    measures: calculation.imts.map((imt, m) => ({
      imt,
      levels: Array.from(calculation.levels[m]),
      curves: rows((kind) => calculation.curves(kind, m, site, site + 1)),
      ...(withMaps ? { maps: rows((kind) => calculation.maps(kind, m, site, site + 1)) } : {}),
    })),
  };
}
