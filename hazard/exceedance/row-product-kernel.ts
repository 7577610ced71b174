import { kernel, type Kernel } from '../kernels/kernel.js';
import type { RateRows } from '../contexts/rate-rows.js';

/** Columns whose factors lie in the memory of the kernel at a time. */
const COLUMNS = 256;
/** Bytes that a kernel may take. */
const BYTES = 1 << 24;

interface Functions {
  multiply(
    rows: number,
    used: number,
    sums: number,
    levels: number,
    factors: number,
    all: number,
    columns: number,
    out: number,
  ): void;
}

const padded = (count: number): number => Math.ceil(count / 4) * 4;

/** Products of sums by rate row and the rates of columns, in the memory of the kernel; the bits are those of the twin. */
export class RowProductKernel {
  private readonly stride: number;
  private readonly at: { readonly used: number; readonly sums: number; readonly factors: number; readonly out: number };
  private readonly used: Int32Array;
  private readonly sums: Float64Array;
  private readonly factors: Float64Array;
  private readonly out: Float64Array;

  private constructor(
    { memory, functions }: Kernel<Functions>,
    private readonly levels: number,
    /** rows that fit */
    readonly rows: number,
    [used, sums, factors, out]: number[],
  ) {
    const { buffer } = memory;
    this.stride = padded(levels);
    this.multiply = functions.multiply;
    this.at = { used, sums, factors, out };
    this.used = new Int32Array(buffer, used, rows);
    this.sums = new Float64Array(buffer, sums, rows * this.stride);
    this.factors = new Float64Array(buffer, factors, rows * COLUMNS);
    this.out = new Float64Array(buffer, out, COLUMNS * this.stride);
  }
  private readonly multiply: Functions['multiply'];

  /** A kernel for this many levels and rows; undefined where they are too many, or the machine runs none. */
  static of(levels: number, rows: number): RowProductKernel | undefined {
    let bytes = 0;
    const sizes = [4 * rows, 8 * rows * padded(levels), 8 * rows * COLUMNS, 8 * COLUMNS * padded(levels)];
    const offsets = sizes.map((size) => {
      const at = bytes;
      bytes += Math.ceil(size / 16) * 16;
      return at;
    });
    if (bytes > BYTES) return undefined;
    const made = kernel<Functions>('row-products', bytes);
    return made && new RowProductKernel(made, levels, rows, offsets);
  }

  /**
   * Adds the sums of the rows [sites x levels], times the rates of each column, to the columns [sites x levels].
   * `usedRows` gives the rows of a site that are not 0 everywhere, ascending: how many, and their numbers in the list.
   */
  addTo(
    columns: readonly Float64Array[],
    { rates, count, columns: size }: RateRows,
    arrays: readonly Float64Array[],
    sites: number,
    usedRows: (site: number, used: Int32Array) => number,
  ): void {
    for (let first = 0; first < size; first += COLUMNS) {
      const wide = Math.min(COLUMNS, size - first);
      this.setFactors(rates, count, size, first, wide);
      for (let site = 0; site < sites; site++) {
        const n = usedRows(site, this.used);
        if (n === 0) continue;
        this.setSums(arrays, site, n);
        this.multiply(n, this.at.used, this.at.sums, this.stride, this.at.factors, count, padded(wide), this.at.out);
        this.addOut(columns, site, first, wide);
      }
    }
  }

  /** Factors of columns first .. first + wide - 1, four columns at a time. */
  private setFactors(rates: Float64Array, count: number, size: number, first: number, wide: number): void {
    const { factors } = this;
    const columns = padded(wide);
    for (let c = 0; c < columns; c++) {
      const to = (c >> 2) * count * 4 + (c & 3);
      for (let row = 0; row < count; row++) factors[to + 4 * row] = c < wide ? rates[row * size + first + c] : 0;
    }
  }

  private setSums(arrays: readonly Float64Array[], site: number, n: number): void {
    const { sums, used, levels, stride } = this;
    const from = site * levels;
    for (let k = 0; k < n; k++) {
      const array = arrays[used[k]];
      const to = k * stride;
      for (let l = 0; l < levels; l++) sums[to + l] = array[from + l];
    }
  }

  private addOut(columns: readonly Float64Array[], site: number, first: number, wide: number): void {
    const { out, levels, stride } = this;
    const to = site * levels;
    for (let c = 0; c < wide; c++) {
      const column = columns[first + c];
      const from = c * stride;
      for (let l = 0; l < levels; l++) column[to + l] += out[from + l];
    }
  }
}
