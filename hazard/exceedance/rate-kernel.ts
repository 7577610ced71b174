import type { ContextBatch } from '../contexts/context-batch.js';
import type { GroundMotion } from '../gmm/model.js';
import { kernel, type Kernel } from '../kernels/kernel.js';
import type { LevelGrid } from './level-grid.js';
import type { ExceedanceTable } from './truncated-normal.js';

/** Contexts that the kernel takes at a time. */
const CONTEXTS = 2048;
/** Numbers that the sums of the sites of these contexts may have: 512 kB, which stays in the cache. */
const SUMS = 65536;
/** Pairs of site and rate row that the table of places may have: 16 MB. */
const PLACES = 1 << 22;
/** With fewer contexts for each row of sums, copying the rows costs more than the kernel saves. */
const CONTEXTS_PER_ROW = 8;

interface Functions {
  addRates(
    contexts: number,
    mean: number,
    sigma: number,
    weight: number,
    row: number,
    ln: number,
    first: number,
    last: number,
    table: number,
    scale: number,
    offset: number,
  ): void;
}

/**
 * Sums of exceedance rates in the memory of the kernel: contexts and the sums of their sites are copied in, some thousand
 * contexts at a time, and the sums out again. The order of all additions is that of the twin, and so are the bits.
 */
export class RateKernel {
  private readonly mean: Float64Array;
  private readonly sigma: Float64Array;
  private readonly weight: Float64Array;
  private readonly row: Int32Array;
  private readonly sums: Float64Array;
  private readonly at: {
    mean: number;
    sigma: number;
    weight: number;
    row: number;
    ln: number;
    table: number;
    sums: number;
  };
  /** rows of sums that fit */
  private readonly rows: number;
  /** by place (rate row x sites + site): number of its row of sums and 1 more, 0 for none */
  private placeRow = new Int32Array(0);
  /** places of the rows of sums in use */
  private readonly places: Int32Array;

  private constructor(
    { memory, functions }: Kernel<Functions>,
    private readonly grid: LevelGrid,
    private readonly table: ExceedanceTable,
    offsets: number[],
  ) {
    const { buffer } = memory;
    const [mean, sigma, weight, row, ln, table0, sums] = offsets;
    this.at = { mean, sigma, weight, row, ln, table: table0, sums };
    this.functions = functions;
    this.mean = new Float64Array(buffer, mean, CONTEXTS);
    this.sigma = new Float64Array(buffer, sigma, CONTEXTS);
    this.weight = new Float64Array(buffer, weight, CONTEXTS);
    this.row = new Int32Array(buffer, row, CONTEXTS);
    this.sums = new Float64Array(buffer, sums, SUMS);
    new Float64Array(buffer, ln, grid.size).set(grid.ln);
    const { values } = table;
    const pairs = new Float64Array(buffer, table0, 2 * (values.length - 1));
    for (let k = 0; k + 1 < values.length; k++) {
      pairs[2 * k] = values[k];
      pairs[2 * k + 1] = values[k + 1] - values[k];
    }
    this.rows = Math.floor(SUMS / grid.size);
    this.places = new Int32Array(this.rows);
  }
  private readonly functions: Functions;

  /** A kernel for the levels; undefined where there are too many levels, or the machine runs none. */
  static of(grid: LevelGrid, table: ExceedanceTable): RateKernel | undefined {
    if (grid.size === 0 || grid.size > SUMS / 16) return undefined;
    let bytes = 0;
    const sizes = [
      8 * CONTEXTS,
      8 * CONTEXTS,
      8 * CONTEXTS,
      4 * CONTEXTS,
      8 * grid.size,
      16 * table.values.length,
      8 * SUMS,
    ];
    const offsets = sizes.map((size) => {
      const at = bytes;
      bytes += Math.ceil(size / 16) * 16;
      return at;
    });
    const made = kernel<Functions>('exceedance', bytes);
    return made && new RateKernel(made, grid, table, offsets);
  }

  /** As addPoissonRatesPlainly; false, with nothing added, where that would be faster. */
  add(batch: ContextBatch, motion: GroundMotion, weight: number, targets: readonly Float64Array[]): boolean {
    const sites = targets[0].length / this.grid.size;
    if (sites * targets.length > PLACES) return false;
    if (this.placeRow.length < sites * targets.length) this.placeRow = new Int32Array(sites * targets.length);
    let rupture = 0;
    for (let from = 0; from < batch.size;) {
      while (batch.start[rupture + 1] <= from) rupture++;
      const { end, rows } = this.take(batch, from, rupture, weight, sites);
      if (from === 0 && end < CONTEXTS_PER_ROW * rows) {
        this.forget(rows);
        return false;
      }
      this.copyIn(targets, rows, sites);
      this.run(motion, from, end);
      this.copyOut(targets, rows, sites);
      this.forget(rows);
      from = end;
    }
    return true;
  }

  /** Weights and places of the contexts from a number on, as many as fit: where they end, and how many rows of sums they have. */
  private take(
    batch: ContextBatch,
    from: number,
    firstRupture: number,
    weight: number,
    sites: number,
  ): { end: number; rows: number } {
    const { start, site, row: rateRow, rates } = batch;
    const { placeRow, places, row } = this;
    const rowBytes = 8 * this.grid.size;
    let rows = 0;
    let i = from;
    for (let r = firstRupture; r < batch.ruptures; r++) {
      const rate = weight * rates[r];
      const base = rateRow[r] * sites;
      const end = Math.min(start[r + 1], from + CONTEXTS);
      for (; i < end; i++) {
        const place = base + site[i];
        let number = placeRow[place];
        if (number === 0) {
          if (rows === this.rows) return { end: i, rows };
          places[rows] = place;
          number = placeRow[place] = ++rows;
        }
        this.weight[i - from] = rate;
        row[i - from] = this.at.sums + (number - 1) * rowBytes;
      }
      if (i === from + CONTEXTS) break;
    }
    return { end: i, rows };
  }

  private run(motion: GroundMotion, from: number, end: number): void {
    const { mean, sigma, at, table } = this;
    const { first } = this.grid;
    const n = end - from;
    for (let m = 0; m + 1 < first.length; m++) {
      const means = motion.mean[m];
      const sigmas = motion.total[m];
      mean.set(means.subarray(from, end));
      sigma.set(sigmas.subarray(from, end));
      const offset = table.limit * table.scale;
      this.functions.addRates(
        n,
        at.mean,
        at.sigma,
        at.weight,
        at.row,
        at.ln,
        first[m],
        first[m + 1],
        at.table,
        table.scale,
        offset,
      );
    }
  }

  private copyIn(targets: readonly Float64Array[], rows: number, sites: number): void {
    const { sums, places } = this;
    const { size } = this.grid;
    for (let k = 0; k < rows; k++) {
      const place = places[k];
      const target = targets[Math.floor(place / sites)];
      const from = (place % sites) * size;
      const to = k * size;
      for (let l = 0; l < size; l++) sums[to + l] = target[from + l];
    }
  }

  private copyOut(targets: readonly Float64Array[], rows: number, sites: number): void {
    const { sums, places } = this;
    const { size } = this.grid;
    for (let k = 0; k < rows; k++) {
      const place = places[k];
      const target = targets[Math.floor(place / sites)];
      const to = (place % sites) * size;
      const from = k * size;
      for (let l = 0; l < size; l++) target[to + l] = sums[from + l];
    }
  }

  private forget(rows: number): void {
    for (let k = 0; k < rows; k++) this.placeRow[this.places[k]] = 0;
  }
}
