/** extract/hcurves, hmaps and uhs: by kind (?kind=mean&kind=rlz-3), or without a query all statistics as one table. */
import { realizationName, type Calculation, type CurveKind } from '../../datastore/calculation.js';
import { spectralMeasures } from '../../datastore/exports/uhs.js';
import type { Extraction, Members } from './extraction.js';
import { booleanValue, bytesArray, numbersArray, recordArray, textArray, type Field, type NpyArray } from './npy.js';
import { refusal } from '../../hazard/refusal.js';

type What = 'hcurves' | 'hmaps' | 'uhs';

/** Extraction of curves, maps or spectra by statistic. */
export function curves(what: What): Extraction {
  return {
    summary:
      'statistics of all measures and sites as one table, or those of the query: `kind=mean` (or `stats`, `rlzs`; several times), `imt=PGA`, `site_id=0`',
    extract(calculation, query) {
      if (what !== 'hcurves' && calculation.poes.length === 0)
        throw refusal('INVALID_QUERY', `the calculation has no ${what}: the job names no poes`);
      const kinds = query.getAll('kind');
      if (kinds.length === 0) {
        if ([...query.keys()].length > 0) throw refusal('INVALID_QUERY', 'kind is missing (for example kind=mean)');
        return allStatistics(what, calculation);
      }
      return byKind(what, calculation, kinds, query);
    },
  };
}

/** One member per kind and the query echoed. */
function byKind(what: What, calculation: Calculation, wanted: readonly string[], query: URLSearchParams): Members {
  const stored = calculation.kinds();
  const kinds = wanted.flatMap((kind) => kindsOf(kind, stored));
  const imt = query.get('imt') ?? undefined;
  const imts = imt === undefined ? calculation.imts.map((_, k) => k) : [indexOfImt(calculation, imt)];
  const siteText = query.get('site_id') ?? undefined;
  const [first, last] = siteText === undefined ? [0, calculation.siteCount] : siteRange(calculation, siteText);
  const members: Members = {};
  for (const kind of kinds)
    members[kind.name] =
      what === 'uhs' ? spectra(calculation, kind, first, last) : arrayOf(what, calculation, kind, imts, first, last);
  // `stats` and `rlzs` are told by the names they stand for
  members.kind = textArray(
    wanted.flatMap((kind) => (GROUPS.includes(kind) ? kindsOf(kind, stored).map(({ name }) => name) : [kind])),
  );
  if (imt !== undefined) members.imt = textArray([imt]);
  if (siteText !== undefined) members.site_id = numbersArray(BigInt64Array.of(BigInt(first)));
  members.k = numbersArray(BigInt64Array.from(kinds, ({ row }) => BigInt(row)));
  members.rlzs = booleanValue(kinds.some(({ dataset }) => dataset === 'rlzs'));
  return members;
}

/** Words for several kinds. */
const GROUPS = ['stats', 'rlzs'];

function kindsOf(kind: string, stored: readonly CurveKind[]): readonly CurveKind[] {
  const statistics = stored.filter(({ dataset }) => dataset === 'stats');
  const single = stored.filter(({ dataset }) => dataset === 'rlzs');
  const number = /^rlz-(\d+)$/.exec(kind);
  const name = number ? realizationName(Number(number[1])) : kind;
  const found = kind === 'stats' ? statistics : kind === 'rlzs' ? single : stored.filter((one) => one.name === name);
  if (found.length > 0) return found;
  const names = statistics.map((one) => one.name).join(', ');
  throw refusal('INVALID_QUERY', `no kind '${kind}' (there are: ${names}, ${single.length} single realizations)`);
}

function indexOfImt(calculation: Calculation, imt: string): number {
  const index = calculation.imts.indexOf(imt);
  if (index < 0) throw refusal('INVALID_QUERY', `no imt '${imt}' (there are: ${calculation.imts.join(', ')})`);
  return index;
}

function siteRange(calculation: Calculation, text: string): [number, number] {
  const site = Number(text);
  if (!/^\d+$/.test(text) || site >= calculation.siteCount)
    throw refusal('INVALID_QUERY', `site_id=${text} must be an integer from 0 to ${calculation.siteCount - 1}`);
  return [site, site + 1];
}

/** [sites, measures, levels or poes]; rows shorter than the longest end in zeros. */
function arrayOf(
  what: 'hcurves' | 'hmaps',
  calculation: Calculation,
  kind: CurveKind,
  imts: readonly number[],
  first: number,
  last: number,
): NpyArray {
  const sites = last - first;
  const width = what === 'hmaps' ? calculation.poes.length : Math.max(...imts.map((m) => calculation.levels[m].length));
  const values = new Float32Array(sites * imts.length * width);
  imts.forEach((m, k) => {
    const read = what === 'hmaps' ? calculation.maps(kind, m, first, last) : calculation.curves(kind, m, first, last);
    const size = read.length / sites;
    for (let site = 0; site < sites; site++)
      values.set(read.subarray(site * size, (site + 1) * size), (site * imts.length + k) * width);
  });
  return numbersArray(values, [sites, imts.length, width]);
}

function spectra(calculation: Calculation, kind: CurveKind, first: number, last: number): NpyArray {
  const imts = spectralMeasures(calculation);
  const rows = calculation.poes.map((_, p) => imts.map((m) => ({ m, p })));
  const type = calculation.poes.map((poe): Field => [
    poe.toFixed(6),
    imts.map((m): Field => [calculation.imts[m], '<f4']),
  ]);
  const maps = new Map(imts.map((m) => [m, calculation.maps(kind, m, first, last)]));
  return nested(type, last - first, rows.flat(), ({ m, p }, site) => maps.get(m)![site * calculation.poes.length + p]);
}

/** A column of packed float32 records, value by value in the order of `cells`. */
function nested<T>(
  type: readonly Field[],
  rows: number,
  cells: readonly T[],
  value: (cell: T, row: number) => number,
): NpyArray {
  const values = new Float32Array(rows * cells.length);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < cells.length; k++) values[row * cells.length + k] = value(cells[k], row);
  return { type, shape: [rows], data: numbersArray(values).data };
}

/** The table of all statistics, in alphabetical order, after the coordinates. */
function allStatistics(what: What, calculation: Calculation): Members {
  const sites = calculation.siteCount;
  const { columns } = calculation.sites();
  const depth = columns.depth as Float64Array;
  const table: [string, NpyArray][] = [];
  if (columns.custom_site_id) table.push(['custom_site_id', bytesArray(columns.custom_site_id as readonly string[])]);
  for (const name of ['lon', 'lat'] as const) table.push([name, numbersArray(columns[name] as Float64Array)]);
  if (depth.some((value) => value !== 0)) table.push(['depth', numbersArray(depth)]);
  const statistics = calculation.kinds().filter(({ dataset }) => dataset === 'stats');
  for (const kind of [...statistics].sort((a, b) => (a.name < b.name ? -1 : 1)))
    table.push([kind.name, statistic(what, calculation, kind, sites)]);
  return {
    all: recordArray(table, sites),
    investigation_time: { ...numbersArray(Float64Array.of(calculation.parameters.investigation_time)), shape: [] },
  };
}

/** measure -> level or poe; for spectra poe -> measure */
function statistic(what: What, calculation: Calculation, kind: CurveKind, sites: number): NpyArray {
  if (what === 'uhs') return spectra(calculation, kind, 0, sites);
  const labels = calculation.imts.map((_, m) =>
    what === 'hmaps' ? calculation.poes.map(decimal) : Array.from(calculation.levels[m], decimal),
  );
  const read = calculation.imts.map((_, m) =>
    what === 'hmaps' ? calculation.maps(kind, m, 0, sites) : calculation.curves(kind, m, 0, sites),
  );
  const type = calculation.imts.map((imt, m): Field => [imt, labels[m].map((label): Field => [label, '<f4'])]);
  const cells = labels.flatMap((row, m) => row.map((_, k) => ({ m, k, width: row.length })));
  return nested(type, sites, cells, ({ m, k, width }, site) => read[m][site * width + k]);
}

/** Shortest decimal text of a number, never with an exponent, `2.0` for whole ones: clients cut such names at - and _. */
export function decimal(value: number): string {
  const text = String(value);
  if (/^-?\d+$/.test(text)) return `${text}.0`;
  const parts = /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  return parts ? `0.${'0'.repeat(Number(parts[3]) - 1)}${parts[1]}${parts[2] ?? ''}` : text;
}
