import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Imt } from './imt.js';
import type { ImtRange } from './model.js';
import { unsupportedMeasure } from './refusals.js';

/**
 * A data file `<publication>.json` beside the model: { "source": ..., "tables": { name: { columns, rows, interpolation } } }.
 * The first column is `imt` (PGA, PGV, SA(0.1) ...). This is the one place where hazard/ reads a file: its own data.
 */
export interface TableFile {
  readonly source: string;
  readonly tables: Readonly<Record<string, RawTable>>;
  readonly constants?: Readonly<Record<string, unknown>>;
}
/** A table as it stands in the data file of a model: rows by measure, the names of the columns said once. */
export interface RawTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** between two periods each coefficient is interpolated on its own; linearInLnPeriod unless said otherwise */
  readonly interpolation?: Interpolation;
  /** percent; 5 unless said otherwise */
  readonly damping?: number;
}
/** How coefficients between two tabulated periods are found: linear in ln T, linear in T, or by a cubic spline in log10 T. */
export type Interpolation = 'linearInLnPeriod' | 'linearInPeriod' | 'cubicInLog10Period';
/** Coefficients of one measure by the names of the columns. */
export type Coefficients = Readonly<Record<string, number>>;

/** Reads the data file of a model: `readTables(import.meta.url, 'models/boore-2014')`. */
export function readTables(moduleUrl: string, name: string): TableFile {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`./${name}.json`, moduleUrl)), 'utf8')) as TableFile;
}

/** A measure with a period (s) or a frequency (Hz). */
const SPECTRAL = /^(SA|FAS|EAS|DRVT)\(([^,)]+)/;

/** Coefficients by intensity measure type, interpolated between the tabulated periods, never extrapolated. */
export class CoefficientTable {
  readonly columns: readonly string[];
  private readonly plain = new Map<string, Coefficients>();
  private readonly periods: number[] = [];
  private readonly spectral: Coefficients[] = [];
  private readonly interpolation: Interpolation;
  private readonly damping: number;
  /** kind of the rows between which coefficients are interpolated */
  private readonly spectralKind: string;
  private readonly blank: string;

  constructor(raw: RawTable) {
    this.columns = raw.columns.slice(1);
    this.interpolation = raw.interpolation ?? 'linearInLnPeriod';
    this.damping = raw.damping ?? 5;
    this.blank = JSON.stringify(Object.fromEntries(this.columns.map((column) => [column, 0.5])));
    let spectralKind = 'SA';
    const byPeriod: { period: number; row: Coefficients }[] = [];
    for (const [imt, ...values] of raw.rows) {
      const row = this.blankRow();
      this.columns.forEach((column, k) => (row[column] = Number(values[k])));
      const match = SPECTRAL.exec(String(imt));
      if (match) {
        spectralKind = match[1];
        byPeriod.push({ period: Number(match[2]), row });
      } else this.plain.set(String(imt), row);
    }
    this.spectralKind = spectralKind;
    byPeriod.sort((a, b) => a.period - b.period);
    for (const { period, row } of byPeriod) {
      this.periods.push(period);
      this.spectral.push(row);
    }
  }

  /**
   * A row to be filled in. Made by the JSON parser, which lays out all properties at once: an object grown property by
   * property becomes a hash table, and reading a coefficient from it costs as much as a logarithm.
   */
  private blankRow(): Record<string, number> {
    return JSON.parse(this.blank) as Record<string, number>;
  }

  /** Kinds of measure with the range of periods. */
  get imts(): ImtRange[] {
    const kinds: ImtRange[] = [...this.plain.keys()].map((name) => ({ kind: name }));
    if (this.periods.length)
      kinds.push({ kind: this.spectralKind, minimum: this.periods[0], maximum: this.periods[this.periods.length - 1] });
    return kinds;
  }

  has(imt: Imt): boolean {
    if (imt.kind !== this.spectralKind) return this.plain.has(imt.name);
    const last = this.periods.length - 1;
    return (
      last >= 0 && imt.damping === this.damping && imt.period >= this.periods[0] && imt.period <= this.periods[last]
    );
  }

  /** Coefficients of one measure. Errors: Refusal naming model, measure and what the table covers. */
  row(imt: Imt, model: string): Coefficients {
    if (!this.has(imt)) {
      const covered = this.imts
        .map(({ kind, minimum, maximum }) => (minimum === undefined ? kind : `${kind}(${minimum} to ${maximum} s)`))
        .join(', ');
      throw unsupportedMeasure(model, imt, `${covered} at ${this.damping}% damping`);
    }
    if (imt.kind !== this.spectralKind) return this.plain.get(imt.name)!;
    const { periods, spectral } = this;
    let upper = 0;
    while (periods[upper] < imt.period) upper++;
    if (periods[upper] === imt.period) return spectral[upper];
    if (this.interpolation === 'cubicInLog10Period') return this.cubicRow(imt.period);
    const t = (p: number) => (this.interpolation === 'linearInPeriod' ? p : Math.log(p));
    const lower = upper - 1;
    const fraction = (t(imt.period) - t(periods[lower])) / (t(periods[upper]) - t(periods[lower]));
    const row = this.blankRow();
    for (const column of this.columns) {
      const below = spectral[lower][column];
      row[column] = below + fraction * (spectral[upper][column] - below);
    }
    return row;
  }

  /** Natural-boundary-free cubic: not-a-knot spline of each coefficient in log10 of the period. */
  private cubicRow(period: number): Coefficients {
    const x = this.periods.map((p) => Math.log10(p));
    const row = this.blankRow();
    for (const column of this.columns)
      row[column] = notAKnot(
        x,
        this.spectral.map((s) => s[column]),
        Math.log10(period),
      );
    return row;
  }
}

/** Cubic spline with not-a-knot ends through (x, y), evaluated at t; x ascending, at least 4 points. */
export function notAKnot(x: readonly number[], y: readonly number[], t: number): number {
  const n = x.length;
  // unknowns: second derivatives m[0..n-1]; rows are the usual continuity equations, the ends equate third derivatives
  const a = Array.from({ length: n }, () => new Float64Array(n + 1));
  const h = (i: number) => x[i + 1] - x[i];
  a[0][0] = h(1);
  a[0][1] = -(h(0) + h(1));
  a[0][2] = h(0);
  a[n - 1][n - 3] = h(n - 2);
  a[n - 1][n - 2] = -(h(n - 3) + h(n - 2));
  a[n - 1][n - 1] = h(n - 3);
  for (let i = 1; i < n - 1; i++) {
    a[i][i - 1] = h(i - 1);
    a[i][i] = 2 * (h(i - 1) + h(i));
    a[i][i + 1] = h(i);
    a[i][n] = 6 * ((y[i + 1] - y[i]) / h(i) - (y[i] - y[i - 1]) / h(i - 1));
  }
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) pivot = r;
    [a[c], a[pivot]] = [a[pivot], a[c]];
    for (let r = c + 1; r < n; r++) {
      const factor = a[r][c] / a[c][c];
      if (factor !== 0) for (let k = c; k <= n; k++) a[r][k] -= factor * a[c][k];
    }
  }
  const m = new Float64Array(n);
  for (let r = n - 1; r >= 0; r--) {
    let sum = a[r][n];
    for (let k = r + 1; k < n; k++) sum -= a[r][k] * m[k];
    m[r] = sum / a[r][r];
  }
  let i = 0;
  while (i < n - 2 && x[i + 1] < t) i++;
  const dx = t - x[i];
  const slope = (y[i + 1] - y[i]) / h(i) - (h(i) * (2 * m[i] + m[i + 1])) / 6;
  return y[i] + dx * (slope + dx * (m[i] / 2 + (dx * (m[i + 1] - m[i])) / (6 * h(i))));
}
