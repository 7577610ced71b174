import { readFileSync } from 'node:fs';
import type { SourceGroup } from '../../hazard/logictree/logic-tree.js';
import type { Source } from '../../hazard/sources/source.js';
import { readCsv } from '../files/csv.js';
import { checkColumns } from '../files/csv-columns.js';
import type { InputReport } from '../report.js';
import type { JobFiles } from '../files/job-files.js';
import { readFinite } from '../parameters/parameter-values.js';
import type { Parameters } from '../parameters/parameters.js';
import { shownPath } from '../files/paths.js';
import { sourceKind } from '../../hazard/sources/registry.js';

const COLUMNS = ['source_id', 'rup_id', 'delta'];
const MOST_RUPTURES = 100_000_000;

/**
 * Adds the rate changes of `delta_rates_file` to the sources: a table `source_id,rup_id,delta` whose deltas (1/yr) are added to the
 * rates of single ruptures, aftershocks for example. Ruptures are numbered in the order of generation. Faults go to the report.
 */
export async function changeRates(
  groups: readonly SourceGroup[],
  parameters: Parameters,
  files: JobFiles,
  report: InputReport,
): Promise<readonly SourceGroup[]> {
  const path = files.byKind.get('delta_rates')?.[0];
  if (path === undefined) return groups;
  const file = shownPath(files.folder, path);
  const changes = await report.collect({ file }, () => readChanges(readFileSync(path), file, report));
  if (!changes) return groups;
  if (Number(parameters.number('ps_grid_spacing')) > 0)
    report.fault({
      code: 'CONFLICTING_PARAMETERS',
      ...parameters.where('ps_grid_spacing'),
      message: 'must be 0 with delta_rates_file',
    });

  const met = new Set<string>();
  // sources that branches share stay shared
  const changed = new Map<Source, Source>();
  const change = (source: Source): Source => {
    const known = changed.get(source);
    if (known) return known;
    const id = changes.has(source.id) ? source.id : source.id.replace(/[!;].*$/, '');
    const rateChanges = changes.get(id);
    met.add(id);
    if (!rateChanges) return source;
    if (!hasRates(source))
      report.fault({
        code: 'INVALID_SOURCE',
        file,
        key: 'source_id',
        value: id,
        message: 'the ruptures of this source have probabilities, not rates that could be changed',
      });
    const result = { ...source, rateChanges };
    changed.set(source, result);
    return result;
  };
  const result = groups.map((group) => ({ ...group, sources: group.sources.map(change) }));
  for (const id of changes.keys())
    if (!met.has(id)) report.warn({ file, message: `there is no source ${id}: its rate changes are left out` });
  return result;
}

function hasRates(source: Source): boolean {
  if (sourceKind(source.type).explicitProbabilities) return false;
  return !source.negativeBinomial;
}

/** Changes by rupture, 1/yr, 0 where there is none, by source. */
function readChanges(bytes: Uint8Array, file: string, report: InputReport): Map<string, Float64Array> | undefined {
  const before = report.faults.length;
  const { rows, lines } = readCsv(bytes, file);
  const header = (rows[0] ?? []).map((cell) => cell.trim());
  const places = COLUMNS.map((name) => header.indexOf(name));
  checkColumns(header, { file, line: lines[0] ?? 1 }, COLUMNS, report);
  COLUMNS.forEach((name, k) => {
    if (places[k] < 0)
      report.fault({ code: 'MISSING_COLUMN', file, line: lines[0] ?? 1, key: name, message: 'the column is missing' });
  });
  if (report.faults.length > before) return undefined;
  const read = new Map<string, Map<number, number>>();
  for (let i = 1; i < rows.length; i++) {
    const [id, number, text] = places.map((place) => (rows[i][place] ?? '').trim());
    const where = { file, line: lines[i] };
    if (rows[i].length !== header.length)
      report.fault({
        code: 'BROKEN_CSV',
        ...where,
        message: `the line has ${rows[i].length} values, the header ${header.length}`,
      });
    if (!/^\d+$/.test(number) || Number(number) >= MOST_RUPTURES) {
      report.fault({
        code: 'INVALID_VALUE',
        ...where,
        key: 'rup_id',
        value: number,
        message: 'not the number of a rupture',
        allowed: '0, 1, ...',
      });
      continue;
    }
    const ofSource = read.get(id) ?? new Map<number, number>();
    read.set(id, ofSource);
    if (ofSource.has(Number(number)))
      report.fault({ code: 'REPEATED_ID', ...where, message: `rupture ${number} of source ${id} stands twice` });
    ofSource.set(Number(number), 0);
    try {
      ofSource.set(Number(number), readFinite(text));
    } catch (error) {
      report.absorb(error, { ...where, key: 'delta', value: text });
    }
  }
  if (report.faults.length > before) return undefined;
  return new Map([...read].map(([id, ofSource]) => [id, changesOf(ofSource)]));
}

function changesOf(byRupture: ReadonlyMap<number, number>): Float64Array {
  let last = 0;
  for (const number of byRupture.keys()) last = Math.max(last, number);
  const changes = new Float64Array(last + 1);
  for (const [number, delta] of byRupture) changes[number] = delta;
  return changes;
}
