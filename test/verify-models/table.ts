import { readFileSync } from 'node:fs';
import { ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { Requirements } from '../../hazard/contexts/context-batch.js';
import type { SiteParameters } from '../../hazard/site/site-parameters.js';
import { parseImt, type Imt } from '../../hazard/gmm/imt.js';

export type ResultType = 'MEAN' | 'TOTAL_STDDEV' | 'INTER_EVENT_STDDEV' | 'INTRA_EVENT_STDDEV';

/** A verification table: contexts (one per row), what each row gives, and the expected values by measure. */
export interface VerificationTable {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly resultTypes: readonly ResultType[];
  readonly imts: readonly Imt[];
  /** [imts][rows] */
  readonly expected: readonly Float64Array[];
}

const PLAIN_IMTS = new Map(
  ['PGA', 'PGV', 'PGD', 'IA', 'CAV', 'RSD575', 'RSD595', 'RSD2080', 'RSD', 'MMI', 'AvgSA', 'JMA', 'LSD'].map((kind) => [
    kind.toLowerCase(),
    kind,
  ]),
);
const PERIODIC_IMTS = new Map(
  ['SA', 'AvgSA', 'EAS', 'FAS', 'DRVT', 'Sa_avg2', 'Sa_avg3', 'FIV3', 'SDi'].map((kind) => [kind.toLowerCase(), kind]),
);

/** Intensity measure type of a column name, in any case; undefined for a column of another kind. */
function columnImt(name: string, damping: number): Imt | undefined {
  const period = Number(name);
  if (name !== '' && Number.isFinite(period))
    return parseImt(damping === 5 ? `SA(${period})` : `SA(${period},${damping})`);
  const plain = PLAIN_IMTS.get(name);
  if (plain) return parseImt(plain);
  const match = /^(\w+)(\(.*\))$/.exec(name);
  const kind = match && PERIODIC_IMTS.get(match[1]);
  return kind ? parseImt(kind + match[2]) : undefined;
}

/** Reads a table. Errors: Error naming file and line. */
export function readTable(path: string): VerificationTable {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  // a comma in a name, as in "SDi(0.5,2.0)", stands between quotes; parameters are in any case
  const header = lines[0]
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((name) => name.trim().replaceAll('"', '').toLowerCase());
  const cells: string[][] = header.map(() => []);
  let rows = 0;
  for (let k = 1; k < lines.length; k++) {
    if (lines[k].trim() === '') continue;
    const row = lines[k].split(',');
    if (row.length < header.length) throw new Error(`${path}, line ${k + 1}: ${row.length} cells of ${header.length}`);
    for (let c = 0; c < header.length; c++) cells[c].push(row[c]);
    rows++;
  }
  const columns = new Map(header.map((name, c) => [name, cells[c]] as const));
  const resultTypes = (columns.get('result_type') ?? []).map((text) => text.trim().toUpperCase() as ResultType);
  if (resultTypes.length !== rows) throw new Error(`${path}: no column result_type`);
  const damping = Number(columns.get('damping')?.[0] ?? 5);
  const imts: Imt[] = [];
  const expected: Float64Array[] = [];
  header.forEach((name, c) => {
    const imt = columnImt(name, damping);
    if (!imt) return;
    imts.push(imt);
    expected.push(Float64Array.from(cells[c], Number));
  });
  return { rows, columns, resultTypes, imts, expected };
}

const FLAGS: Readonly<Record<string, number>> = { true: 1, false: 0 };

function numbers(cells: readonly string[]): Float64Array {
  return Float64Array.from(
    cells,
    (cell) => FLAGS[cell.trim().toLowerCase()] ?? (cell.trim() === '' ? NaN : Number(cell)),
  );
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Every row becomes a rupture of its own with one site of its own. Errors: Error naming a parameter that the table lacks. */
export function contextsOf(
  table: VerificationTable,
  requires: Requirements,
): { batch: ContextBatch; sites: SiteParameters } {
  const { rows, columns } = table;
  // only what the model requires is there: what it takes beyond its declaration comes out as NaN
  const batch = new ContextBatch(rows, new Set(requires.rupture), new Set(requires.distances));
  for (const name of requires.rupture) {
    const cells = columns.get(`rup_${snakeCase(name)}`);
    if (cells) batch[name].set(numbers(cells)); // a rupture parameter that the table lacks is 0
  }
  for (const name of requires.distances) {
    let cells = columns.get(`dist_${name}`);
    if (!cells && name === 'rrup')
      cells = columns.get('dist_rjb') ?? columns.get('dist_rhypo') ?? columns.get('dist_repi');
    if (!cells) throw new Error(`the table has no distance ${name}`);
    batch[name].set(numbers(cells));
  }
  for (let r = 0; r < rows; r++) {
    batch.site[r] = r;
    batch.commitRupture(1);
  }
  const numeric: Record<string, Float64Array> = {};
  const text: Record<string, readonly string[]> = {};
  for (const name of requires.site) {
    const cells = columns.get(`site_${name.toLowerCase()}`);
    if (!cells) {
      numeric[name] = new Float64Array(rows).fill(NaN); // what is made of it is no number
      continue;
    }
    text[name] = cells.map((cell) => cell.trim());
    const values = numbers(cells);
    if (values.every((value) => !Number.isNaN(value))) numeric[name] = values;
  }
  return { batch, sites: { size: rows, numeric, text } };
}
