import type { RateRows } from '../contexts/rate-rows.js';
import { RowProductKernel } from './row-product-kernel.js';

/** With fewer rows than this the kernel's memory is not worth its while. */
const LEAST_ROWS = 8;

/** By levels and rows: the kernel, which has the memory for them. */
const KERNELS = new Map<string, RowProductKernel | undefined>();

function kernelOf(levels: number, rows: number): RowProductKernel | undefined {
  const key = `${levels} ${rows}`;
  if (!KERNELS.has(key)) KERNELS.set(key, RowProductKernel.of(levels, rows));
  return KERNELS.get(key);
}

/** Sums over ruptures of factor x P(exceedance), [sites x levels] for each row of a RateRows table. */
export class RowSums {
  /** by row; arrays of rows that have not been used yet are missing */
  private readonly arrays: Float64Array[] = [];

  constructor(
    private readonly sites: number,
    private readonly levels: number,
  ) {}

  /** The arrays of the first `count` rows, to be added to. */
  rows(count: number): readonly Float64Array[] {
    while (this.arrays.length < count) this.arrays.push(new Float64Array(this.sites * this.levels));
    return this.arrays;
  }

  /** Adds the sums of the rows, times the rates of each column, to the columns [sites x levels]; the sums become 0. */
  addTo(columns: readonly Float64Array[], rateRows: RateRows): void {
    const { count } = rateRows;
    const arrays = this.rows(count);
    const kernel = count >= LEAST_ROWS ? kernelOf(this.levels, rateRows.capacity) : undefined;
    if (kernel) kernel.addTo(columns, rateRows, arrays, this.sites, (site, used) => this.usedRows(count, site, used));
    else this.addPlainly(columns, rateRows);
    for (let row = 0; row < count; row++) arrays[row].fill(0);
  }

  /** The plain twin of the kernel (docs/decisions/kernels.md), which leaves the sums as they are: the same bits. */
  addPlainly(columns: readonly Float64Array[], { rates, count, columns: size }: RateRows): void {
    const { levels } = this;
    const arrays = this.rows(count);
    const used = new Int32Array(count);
    // both factors of the product lie row by row, padded to whole tiles
    const sums = new Float64Array((levels + (levels % 2)) * count);
    const factors = new Float64Array(Math.ceil(size / 4) * 4 * count);
    const tile = new Float64Array(8);
    for (let site = 0; site < this.sites; site++) {
      const from = site * levels;
      const n = this.usedRows(count, site, used);
      if (n === 0) continue;
      sums.fill(0);
      factors.fill(0);
      for (let k = 0; k < n; k++) {
        const array = arrays[used[k]];
        const at = used[k] * size;
        for (let l = 0; l < levels; l++) sums[l * n + k] = array[from + l];
        for (let c = 0; c < size; c++) factors[c * n + k] = rates[at + c];
      }
      for (let c = 0; c < size; c += 4) {
        const wide = Math.min(4, size - c);
        for (let l = 0; l < levels; l += 2) {
          multiplyTile(sums, l * n, factors, c * n, n, tile);
          for (let j = 0; j < wide; j++) {
            columns[c + j][from + l] += tile[j];
            if (l + 1 < levels) columns[c + j][from + l + 1] += tile[4 + j];
          }
        }
      }
    }
  }

  /** Numbers of the rows among the first `count` that are not 0 at a site: how many. */
  private usedRows(count: number, site: number, used: Int32Array): number {
    const from = site * this.levels;
    const arrays = this.rows(count);
    let n = 0;
    for (let row = 0; row < count; row++) if (anyPositive(arrays[row], from, from + this.levels)) used[n++] = row;
    return n;
  }

  /** Copies of the sums of the first `count` rows. */
  state(count: number): Float64Array[] {
    return this.rows(count)
      .slice(0, count)
      .map((sums) => sums.slice());
  }

  restore(sums: readonly Float64Array[]): void {
    const arrays = this.rows(sums.length);
    sums.forEach((values, row) => arrays[row].set(values));
  }
}

function anyPositive(values: Float64Array, from: number, to: number): boolean {
  for (let k = from; k < to; k++) if (values[k] > 0) return true;
  return false;
}

/** Products of two rows of `sums` and four rows of `factors`, n numbers each: as many as fit into registers. */
function multiplyTile(
  sums: Float64Array,
  sumsAt: number,
  factors: Float64Array,
  factorsAt: number,
  n: number,
  out: Float64Array,
): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  for (let k = 0; k < n; k++) {
    const a = sums[sumsAt + k];
    const b = sums[sumsAt + n + k];
    const f0 = factors[factorsAt + k];
    const f1 = factors[factorsAt + n + k];
    const f2 = factors[factorsAt + 2 * n + k];
    const f3 = factors[factorsAt + 3 * n + k];
    a0 += a * f0;
    a1 += a * f1;
    a2 += a * f2;
    a3 += a * f3;
    b0 += b * f0;
    b1 += b * f1;
    b2 += b * f2;
    b3 += b * f3;
  }
  out[0] = a0;
  out[1] = a1;
  out[2] = a2;
  out[3] = a3;
  out[4] = b0;
  out[5] = b1;
  out[6] = b2;
  out[7] = b3;
}
