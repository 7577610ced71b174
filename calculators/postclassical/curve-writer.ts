import type { CalculationFile } from '../../datastore/calculation-file.js';
import { levelAtProbability } from '../../hazard/statistics/hazard-map.js';

/** Floats of curves that are gathered before they are written. */
const FLOATS_PER_WRITE = 500_000;

/**
 * Writes curves, and the maps read off them, of one site after another, rows in order: rows of statistics, or realizations.
 * Sites are gathered until a slice is worth writing; the rows of one site may come in several slices.
 */
export class CurveWriter {
  private readonly levelCount: number;
  private readonly mapSize: number;
  private readonly sitesPerWrite: number;
  private readonly curves: Float32Array;
  private readonly maps: Float32Array;
  private site = 0;
  private gathered = 0;

  /** @param rows of each site */
  constructor(
    private readonly file: CalculationFile,
    private readonly suffix: 'stats' | 'rlzs',
    readonly rows: number,
    private readonly levels: readonly Float64Array[],
    private readonly poes: readonly number[],
  ) {
    this.levelCount = levels.reduce((sum, row) => sum + row.length, 0);
    this.mapSize = levels.length * poes.length;
    const perSite = Math.max(1, rows * this.levelCount);
    this.sitesPerWrite = Math.max(1, Math.floor(FLOATS_PER_WRITE / perSite));
    const kept = this.rowsPerSlice * this.sitesPerWrite;
    this.curves = new Float32Array(kept * this.levelCount);
    this.maps = new Float32Array(kept * this.mapSize);
  }

  /** Rows that are made at a time: all of a site, or as many as are worth writing. */
  get rowsPerSlice(): number {
    return Math.min(this.rows, Math.max(1, Math.floor(FLOATS_PER_WRITE / this.levelCount)));
  }

  /** Takes the next site; `fill` makes rows first .. last - 1 of it [rows x levels]. */
  add(fill: (first: number, last: number, out: Float32Array) => void): void {
    const { rows, rowsPerSlice, levelCount, mapSize } = this;
    for (let first = 0; first < rows; first += rowsPerSlice) {
      const last = Math.min(rows, first + rowsPerSlice);
      const offset = this.gathered * rows;
      fill(first, last, this.curves.subarray(offset * levelCount, (offset + last - first) * levelCount));
      for (let row = offset; row < offset + last - first && mapSize; row++)
        mapValues(this.levels, this.curves, row * levelCount, this.poes, this.maps, row * mapSize);
      if (rows > rowsPerSlice) this.write(1, first, last);
    }
    this.gathered++;
    if (rows > rowsPerSlice) this.next();
    else if (this.gathered >= this.sitesPerWrite) this.flush();
  }

  flush(): void {
    if (this.gathered === 0) return;
    this.write(this.gathered, 0, this.rows);
    this.next();
  }

  private next(): void {
    this.site += this.gathered;
    this.gathered = 0;
  }

  /** Rows first .. last - 1 of the sites gathered. */
  private write(sites: number, first: number, last: number): void {
    const count = sites * (last - first);
    const range = { sites: [this.site, this.site + sites], rows: [first, last] } as const;
    this.file.writeCurves(`hcurves-${this.suffix}`, range, this.curves.subarray(0, count * this.levelCount));
    if (this.mapSize) this.file.writeCurves(`hmaps-${this.suffix}`, range, this.maps.subarray(0, count * this.mapSize));
  }
}

/** Map values [measures x poes] of one curve; `curve` holds all levels from `offset` on. */
export function mapValues(
  levels: readonly Float64Array[],
  curve: ArrayLike<number>,
  offset: number,
  poes: readonly number[],
  out: Float32Array,
  outOffset: number,
): void {
  let first = offset;
  let k = outOffset;
  for (const row of levels) {
    for (const poe of poes) out[k++] = levelAtProbability(row, curve, first, poe);
    first += row.length;
  }
}
