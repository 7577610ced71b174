import type { AtomRow } from './atoms.js';
import { sortTogether } from '../weighted.js';

/** Atoms of a bucket aimed at: few enough to be sorted within the nearest cache. */
const BUCKET = 512;
const MOST_BUCKETS = 1024;
const MOST_CELLS = 2048;
/** Runs of equal key up to this length are sorted by insertion. */
const SHORT = 48;

/**
 * Atoms of many rows in ascending order. The upper bits of a number rise as its logarithm does: by some of them atoms are first
 * written into buckets, by the next ones each bucket is put in order, and the few neighbours that are equal in all of these are
 * sorted by insertion. Rows are walked twice rather than held, and nothing is read at random beyond a bucket.
 */
export class AtomOrder {
  /** ascending values and their weights of the last call; valid until the next */
  values: Float64Array = new Float64Array(1024);
  weights: Float64Array = new Float64Array(1024);

  /** halves of the values */
  private halves: Int32Array = new Int32Array(this.values.buffer);
  private row: Float64Array = new Float64Array(1024);
  private rowHalves: Int32Array = new Int32Array(this.row.buffer);
  private readonly starts: Int32Array = new Int32Array(MOST_BUCKETS + 1);
  private readonly next: Int32Array = new Int32Array(MOST_BUCKETS + 1);
  private readonly cells: Int32Array = new Int32Array(MOST_CELLS + 1);
  private bucketValues: Float64Array = new Float64Array(1024);
  private bucketWeights: Float64Array = new Float64Array(1024);
  private bucketHalves: Int32Array = new Int32Array(this.bucketValues.buffer);
  /** bucket of a number: its upper half less `origin`, without its last `shift` bits */
  private origin = 0;
  private shift = 0;

  /** Returns the number of atoms. */
  sort(rows: readonly AtomRow[]): number {
    let count = 0;
    let longest = 0;
    let least = Infinity;
    let most = 0;
    for (const { atoms, shift } of rows) {
      const size = atoms.values.length;
      count += size;
      longest = Math.max(longest, size);
      least = Math.min(least, atoms.values[0] + shift);
      most = Math.max(most, atoms.values[size - 1] + shift);
    }
    this.reserve(count, longest);
    const wanted = Math.min(MOST_BUCKETS, Math.max(1, count / BUCKET));
    this.origin = this.upperHalf(least);
    const span = this.upperHalf(most) - this.origin;
    this.shift = 0;
    while (span >> this.shift >= wanted) this.shift++;
    const buckets = (span >> this.shift) + 1;
    this.starts.fill(0, 0, buckets + 1);
    for (const row of rows) this.countRow(row);
    for (let bucket = 0; bucket < buckets; bucket++) this.starts[bucket + 1] += this.starts[bucket];
    this.next.set(this.starts);
    for (const row of rows) this.writeRow(row);
    for (let bucket = 0; bucket < buckets; bucket++)
      this.sortBucket(this.starts[bucket], this.starts[bucket + 1], this.origin + (bucket << this.shift), this.shift);
    return count;
  }

  valueAt(place: number): number {
    return this.values[place];
  }

  private countRow({ atoms: { values }, shift: moved }: AtomRow): void {
    const { row, rowHalves, starts, origin, shift } = this;
    const size = values.length;
    for (let k = 0; k < size; k++) row[k] = values[k] + moved;
    for (let k = 0; k < size; k++) starts[((rowHalves[2 * k + 1] - origin) >> shift) + 1]++;
  }

  private writeRow({ atoms, shift: moved, factor }: AtomRow): void {
    const { row, rowHalves, next, origin, shift, values, weights } = this;
    const size = atoms.values.length;
    for (let k = 0; k < size; k++) row[k] = atoms.values[k] + moved;
    for (let k = 0; k < size; k++) {
      const at = next[(rowHalves[2 * k + 1] - origin) >> shift]++;
      values[at] = row[k];
      weights[at] = atoms.weights[k] * factor;
    }
  }

  /** Sorts atoms [start, end), whose upper halves are `first` and up to 2^bits - 1 more. */
  private sortBucket(start: number, end: number, first: number, bits: number): void {
    const size = end - start;
    if (size <= SHORT) {
      this.insert(start, end);
      return;
    }
    let shift = bits;
    while (shift > 0 && 1 << (bits - shift) < size && 1 << (bits - shift) < MOST_CELLS) shift--;
    const { cells, halves, values, weights } = this;
    const count = 1 << (bits - shift);
    cells.fill(0, 0, count + 1);
    for (let k = start; k < end; k++) cells[((halves[2 * k + 1] - first) >> shift) + 1]++;
    for (let cell = 0; cell < count; cell++) cells[cell + 1] += cells[cell];
    this.reserveBucket(size);
    const { bucketValues, bucketWeights, bucketHalves } = this;
    for (let k = start; k < end; k++) {
      const at = cells[(halves[2 * k + 1] - first) >> shift]++;
      bucketValues[at] = values[k];
      bucketWeights[at] = weights[k];
    }
    let run = 0;
    let key = (bucketHalves[1] - first) >> shift;
    for (let k = 0; k < size; k++) {
      const here = (bucketHalves[2 * k + 1] - first) >> shift;
      values[start + k] = bucketValues[k];
      weights[start + k] = bucketWeights[k];
      if (here === key) continue;
      this.sortRun(start + run, start + k);
      run = k;
      key = here;
    }
    this.sortRun(start + run, end);
  }

  private sortRun(start: number, end: number): void {
    if (end - start <= SHORT) this.insert(start, end);
    else sortTogether(this.values.subarray(start, end), this.weights.subarray(start, end));
  }

  /** Insertion sort of [start, end). */
  private insert(start: number, end: number): void {
    const { values, weights } = this;
    for (let k = start + 1; k < end; k++) {
      const value = values[k];
      if (values[k - 1] <= value) continue;
      const weight = weights[k];
      let at = k;
      for (; at > start && values[at - 1] > value; at--) {
        values[at] = values[at - 1];
        weights[at] = weights[at - 1];
      }
      values[at] = value;
      weights[at] = weight;
    }
  }

  private upperHalf(value: number): number {
    this.row[0] = value;
    return this.rowHalves[1];
  }

  private reserve(count: number, longest: number): void {
    if (this.values.length < count) {
      const size = Math.max(count, 2 * this.values.length);
      this.values = new Float64Array(size);
      this.weights = new Float64Array(size);
      this.halves = new Int32Array(this.values.buffer);
    }
    if (this.row.length < longest) {
      this.row = new Float64Array(2 * longest);
      this.rowHalves = new Int32Array(this.row.buffer);
    }
  }
  private reserveBucket(size: number): void {
    if (this.bucketValues.length >= size) return;
    this.bucketValues = new Float64Array(2 * size);
    this.bucketWeights = new Float64Array(2 * size);
    this.bucketHalves = new Int32Array(this.bucketValues.buffer);
  }
}
