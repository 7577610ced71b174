import type { Table } from './table.js';

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** The figure that is furthest off, in units of what is allowed (above 1 = fail). */
interface Deviation {
  readonly ratio: number;
  readonly where: string;
}

/** What the comparison of a case came to. */
export interface Comparison {
  readonly figures: number;
  readonly worst: Deviation;
  /** things that are simply different: names, paths, numbers of rows */
  readonly mismatches: readonly string[];
  /** expected tables that the engine does not make: kind of output */
  readonly missing: readonly string[];
}

const WEIGHT_TOLERANCE = 1e-6;
/** tables that describe how the reference worked inside, compared as sets */
const INTERNAL = 'trt_gsim';

type Tables = ReadonlyMap<string, Table>;

export function compareTables(got: Tables, expected: Tables, tolerance: Tolerance): Comparison {
  const state = new Comparer(got, expected, tolerance);
  for (const name of [...expected.keys()].sort()) state.compare(name);
  return state.result();
}

class Comparer {
  private figures = 0;
  private worst: Deviation = { ratio: 0, where: '' };
  private readonly mismatches: string[] = [];
  private readonly missing = new Set<string>();

  constructor(
    private readonly got: Tables,
    private readonly expected: Tables,
    private readonly tolerance: Tolerance,
  ) {}

  result(): Comparison {
    const { figures, worst, mismatches } = this;
    return { figures, worst, mismatches, missing: [...this.missing].sort() };
  }

  compare(name: string): void {
    const expected = this.expected.get(name)!;
    if (name === INTERNAL) return;
    const got = this.got.get(name);
    if (!got) {
      const kind = outputKind(name);
      if (kind === undefined) this.mismatches.push(`${name} was not written`);
      else this.missing.add(kind);
      return;
    }
    if (name === 'mean_rates_by_src' || name.startsWith('mean_rates_by_src-')) this.compareByKey(name, got, expected);
    else this.compareRows(name, got, expected);
  }

  private compareRows(name: string, got: Table, expected: Table): void {
    if (got.rows.length !== expected.rows.length) {
      this.mismatches.push(`${name}: ${got.rows.length} rows instead of ${expected.rows.length}`);
      return;
    }
    expected.header.forEach((column, k) => {
      const mine = got.header.indexOf(column);
      const cellsOf = (row: number): string => expected.rows[row][k];
      if (mine < 0) {
        // parameters that the reference carries along unset
        if (expected.rows.every((_, row) => cellsOf(row) === 'nan')) return;
        this.mismatches.push(`${name}: no column '${column}'`);
        return;
      }
      for (let row = 0; row < expected.rows.length; row++)
        this.compareCell(name, column, row, got.rows[row][mine], cellsOf(row));
    });
    if (name === 'sites' || name === 'site_model') return;
    for (const column of got.header)
      if (!expected.header.includes(column)) this.mismatches.push(`${name}: unexpected column '${column}'`);
  }

  private compareCell(table: string, column: string, row: number, got: string, expected: string): void {
    if (expected === 'nan') return;
    if (column === 'branch_path') {
      if (withoutDots(got) !== withoutDots(expected)) this.differ(table, column, row, got, expected);
      return;
    }
    const want = figure(expected);
    const have = figure(got);
    if (want === undefined || have === undefined) {
      if (got !== expected) this.differ(table, column, row, got, expected);
      return;
    }
    this.figures++;
    const { rtol, atol } = toleranceOf(table, column) ?? this.tolerance;
    const ratio = Math.abs(have - want) / (atol + rtol * Math.abs(want));
    if (ratio <= this.worst.ratio) return;
    if (ratio > 1 && this.isExcused(table, column, row, have)) return;
    const percent = want === 0 ? '' : ` (${(((have - want) / want) * 100).toPrecision(3)} %)`;
    this.worst = {
      ratio: Number.isNaN(ratio) ? Infinity : ratio,
      where: `${table} row ${row + 1} ${column}: ${got} instead of ${expected}${percent}`,
    };
  }

  /** Sorted by source, measure and level; rates above one per year are not compared. */
  private compareByKey(name: string, got: Table, expected: Table): void {
    const rows = new Map(got.rows.map((row) => [keyOf(row), row]));
    const value = expected.header.indexOf('afoe');
    expected.rows.forEach((row, k) => {
      const mine = rows.get(keyOf(row));
      if (Number(row[value]) > 1) return;
      if (mine) this.compareCell(name, 'afoe', k, mine[got.header.indexOf('afoe')], row[value]);
      else if (Number(row[value]) > this.tolerance.atol)
        this.mismatches.push(`${name}: no row for ${row.slice(0, 3).join(' ')}`);
    });
  }

  /** A map value may lie anywhere where the curve is flat at the wanted probability. */
  private isExcused(table: string, column: string, row: number, level: number): boolean {
    const map = /^(hazard_map|quantile_map|hazard_uhs|quantile_uhs)-(.+)$/.exec(table);
    if (!map) return false;
    const [poe, imt] = map[1].endsWith('map')
      ? [column.slice(column.lastIndexOf('-') + 1), column.slice(0, column.lastIndexOf('-'))]
      : column.split('~');
    const curve = this.expected.get(`${map[1].replace(/_.*/, '_curve')}-${map[2]}-${imt}`);
    if (!curve) return false;
    const points = curve.header.flatMap((name, k) =>
      name.startsWith('poe-') ? [{ level: Number(name.slice(4)), poe: Number(curve.rows[row][k]) }] : [],
    );
    const wanted = Number(poe);
    const above = points.findIndex((point) => point.level >= level);
    if (above < 0) return false;
    const near = points.slice(Math.max(0, above - 1), above + 1);
    return near.every((point) => Math.abs(point.poe - wanted) <= this.tolerance.atol + this.tolerance.rtol * wanted);
  }

  private differ(table: string, column: string, row: number, got: string, expected: string): void {
    this.mismatches.push(`${table} row ${row + 1} ${column}: '${got}' instead of '${expected}'`);
  }
}

/** Weights and coordinates have tolerances of their own; the table of sites was written with seven digits. */
function toleranceOf(table: string, column: string): Tolerance | undefined {
  if (column === 'weight') return { rtol: 0, atol: WEIGHT_TOLERANCE };
  if (/^(lon|lat|depth)$/.test(column)) return { rtol: 0, atol: table === 'sites' ? 1e-4 : 1.1e-5 };
  return undefined;
}

/** True and False, 1 and 0 and all other numbers. */
function figure(text: string): number | undefined {
  if (text === 'True') return 1;
  if (text === 'False') return 0;
  const value = Number(text);
  return text.trim() === '' || (Number.isNaN(value) && text !== 'nan') ? undefined : value;
}

function withoutDots(path: string): string {
  return path.replaceAll('.', '');
}

function keyOf(row: readonly string[]): string {
  return [row[0], row[1], Number(row[2]).toPrecision(5)].join(' ');
}

/** The feature behind a table that the engine may not make yet; undefined for those it always makes. */
function outputKind(table: string): string | undefined {
  if (/^(hazard|quantile)_(curve|map|uhs)-|^realizations$|^sites$|^site_model$/.test(table)) return undefined;
  if (/^(TRT|Mag|Dist|Lon|Eps)/.test(table)) return 'disaggregation';
  return `output ${table.replace(/-.*/, '')}`;
}
