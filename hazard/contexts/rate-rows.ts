import type { MagnitudeBins } from '../mfd/rates.js';

/** Rows that differ by less, relative to each of their rates, are one row: what rounding leaves of equal formulas. */
const SAME_RATIO = 1e-13;

/** The rows of a table and its sums, as plain data: what an unfinished task passes on. */
export interface RateRowsState {
  /** [rows x columns] */
  readonly rates: Float64Array;
}

/**
 * Occurrence rates in several columns as multiples of few rows: ruptures of one magnitude bin, and bins of sources that the
 * columns change by the same factors, share a row. What is summed over ruptures is then summed once per row instead of once
 * per column, and multiplied with the rates of the columns at the end.
 */
export class RateRows {
  /** rows in use */
  count = 0;
  /** [capacity x columns]: rates in parts of the largest one of the row */
  readonly rates: Float64Array;
  /** what `find` found: number of the row, and what it is to be multiplied with (1/yr) */
  row = 0;
  factor = 0;
  private readonly known = new Map<MagnitudeBins, { rows: Int32Array; factors: Float64Array }>();
  private lastBins: MagnitudeBins | undefined;
  private lastKnown: { rows: Int32Array; factors: Float64Array } | undefined;
  private readonly byKey = new Map<string, number[]>();

  /** `capacity` rows at most; the owner empties the table once it is full. */
  constructor(
    readonly columns: number,
    readonly capacity: number,
  ) {
    this.rates = new Float64Array(capacity * columns);
  }

  get isFull(): boolean {
    return this.count === this.capacity;
  }

  /** Sets `row` and `factor` for a bin. The table must not be full when the bin is new. */
  find(bins: MagnitudeBins, bin: number): void {
    if (bins !== this.lastBins) {
      let known = this.known.get(bins);
      if (!known) {
        const size = bins.magnitudes.length;
        known = { rows: new Int32Array(size).fill(-1), factors: new Float64Array(size) };
        this.known.set(bins, known);
      }
      this.lastBins = bins;
      this.lastKnown = known;
    }
    const { rows, factors } = this.lastKnown!;
    if (rows[bin] < 0) {
      factors[bin] = this.largest(bins, bin);
      rows[bin] = this.register(bins, bin, factors[bin]);
    }
    this.row = rows[bin];
    this.factor = factors[bin];
  }

  /** Weighted sum of the columns of each row [rows]. */
  weighted(weights: readonly number[]): Float64Array {
    const { rates, columns } = this;
    return Float64Array.from({ length: this.count }, (_, row) =>
      weights.reduce((sum, weight, c) => sum + weight * rates[row * columns + c], 0),
    );
  }

  /** Empties the table. */
  clear(): void {
    this.count = 0;
    this.known.clear();
    this.byKey.clear();
    this.lastBins = undefined;
    this.lastKnown = undefined;
  }

  state(): RateRowsState {
    return { rates: this.rates.slice(0, this.count * this.columns) };
  }

  /** Takes up where a table of the same columns and capacity was left. */
  restore({ rates }: RateRowsState): void {
    this.clear();
    this.rates.set(rates);
    this.count = rates.length / this.columns;
    for (let row = 0; row < this.count; row++) this.index(row);
  }

  private largest({ rates }: MagnitudeBins, bin: number): number {
    const { columns } = this;
    let most = 0;
    for (let c = bin * columns; c < (bin + 1) * columns; c++) if (rates[c] > most) most = rates[c];
    return most === 0 ? 1 : most;
  }

  private register(bins: MagnitudeBins, bin: number, factor: number): number {
    const { rates, columns, count } = this;
    for (let c = 0; c < columns; c++) rates[count * columns + c] = bins.rates[bin * columns + c] / factor;
    const same = this.byKey.get(this.key(count))?.find((row) => this.areSame(row, count));
    if (same !== undefined) return same;
    this.index(count);
    return this.count++;
  }

  private index(row: number): void {
    const key = this.key(row);
    const list = this.byKey.get(key);
    if (list) list.push(row);
    else this.byKey.set(key, [row]);
  }

  /** Equal for most rows that are the same: where rounding tells their keys apart, a row too many is kept. */
  private key(row: number): string {
    const { rates, columns } = this;
    const at = row * columns;
    return [0, columns >> 1, columns - 1].map((c) => rates[at + c].toPrecision(9)).join(' ');
  }

  private areSame(a: number, b: number): boolean {
    const { rates, columns } = this;
    for (let c = 0; c < columns; c++) {
      const left = rates[a * columns + c];
      if (Math.abs(left - rates[b * columns + c]) > SAME_RATIO * left) return false;
    }
    return true;
  }
}
