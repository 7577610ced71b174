/** A discrete distribution, or a part of one: values (not negative) and their probabilities. */
export interface Atoms {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** ascending by value */
  readonly sorted: boolean;
  /** bound on the largest difference of the distribution function to that of the quantity it stands for */
  readonly error: number;
}

/** Atoms of a sum held at once. */
const MOST_ATOMS = 2 ** 22;
const MOST_CELLS = 2 ** 16;
/** So few atoms are sorted rather than counted into cells. */
const SORTED = 96;
/** Cells heavier than this part of what may be merged are looked into. */
const FINE = 1 / 16;

/**
 * Sums of independent discrete distributions with a bound on the error. Atoms are counted into fine cells, heavy cells into finer
 * ones; neighbouring cells are then merged into one atom at their median while they weigh at most `share` of the whole. One merged
 * group of weight m moves the distribution function by at most m / 2, and groups do not overlap: this is what the error of the
 * result grows by. A sum has at most the errors of both terms together, since a convolution averages distribution functions.
 */
export class AtomSums {
  private values: Float64Array = new Float64Array(4096);
  private weights: Float64Array = new Float64Array(4096);
  private bits: Uint32Array = new Uint32Array(this.values.buffer);
  private cellOf: Uint16Array = new Uint16Array(4096);
  private readonly massOf: Float64Array = new Float64Array(MOST_CELLS);
  /** fine cells in order: a place in the cell, its weight, 1 where all of it lies at that place */
  private fineValues: Float64Array = new Float64Array(4096);
  private fineWeights: Float64Array = new Float64Array(4096);
  private finePoints: Uint8Array = new Uint8Array(4096);
  private fine = 0;
  private place = 0;
  private heaviest = 0;

  /** a + b, merged to about 1 / share atoms if it has more than twice as many. */
  sum(a: Atoms, b: Atoms, share: number): Atoms {
    const [large, small] = a.values.length < b.values.length ? [b, a] : [a, b];
    const most = Math.max(Math.sqrt(MOST_ATOMS), Math.floor(MOST_ATOMS / small.values.length));
    if (large.values.length > most) return this.sumOf(this.cut(large, most), this.cut(small, most), share);
    return this.sumOf(large, small, share);
  }

  private sumOf(large: Atoms, small: Atoms, share: number): Atoms {
    const count = large.values.length * small.values.length;
    this.reserve(count);
    const { values, weights } = this;
    const inner = small.values;
    const innerWeights = small.weights;
    const n = inner.length;
    for (let i = 0, at = 0; i < large.values.length; i++, at += n) {
      const value = large.values[i];
      const weight = large.weights[i];
      for (let j = 0; j < n; j++) {
        values[at + j] = value + inner[j];
        weights[at + j] = weight * innerWeights[j];
      }
    }
    return this.taken(count, large.error + small.error, share);
  }

  /** Parts of one distribution together, each weighing its factor; merged like a sum. */
  mixed(parts: readonly Atoms[], factors: readonly number[], share: number): Atoms {
    const count = parts.reduce((sum, { values }) => sum + values.length, 0);
    this.reserve(count);
    let at = 0;
    let error = 0;
    parts.forEach((part, p) => {
      this.values.set(part.values, at);
      for (let k = 0; k < part.weights.length; k++) this.weights[at + k] = factors[p] * part.weights[k];
      at += part.values.length;
      error += factors[p] * part.error;
    });
    return this.taken(count, error, share);
  }

  /** The same distribution of about `most` atoms, if it has more. */
  private cut(atoms: Atoms, most: number): Atoms {
    if (atoms.values.length <= most) return atoms;
    this.reserve(atoms.values.length);
    this.values.set(atoms.values);
    this.weights.set(atoms.weights);
    return this.taken(atoms.values.length, atoms.error, Math.max(1 / most, 2.01 / atoms.values.length));
  }

  private taken(count: number, error: number, share: number): Atoms {
    if (count * share <= 2)
      return { values: this.values.slice(0, count), weights: this.weights.slice(0, count), sorted: false, error };
    let total = 0;
    for (let k = 0; k < count; k++) total += this.weights[k];
    const largest = share * total;
    this.heaviest = FINE * largest;
    this.fine = 0;
    this.countByRatio(count);
    return this.grouped(largest, error);
  }

  /** Cells by the upper bits of the values, which rise as their logarithms do. */
  private countByRatio(count: number): void {
    const { weights, bits, cellOf, massOf } = this;
    let least = Infinity;
    let most = 0;
    for (let k = 0; k < count; k++) {
      const upper = bits[2 * k + 1];
      if (upper < least) least = upper;
      if (upper > most) most = upper;
    }
    let shift = 0;
    const wanted = Math.min(MOST_CELLS, 4 * count);
    while ((most - least) >> shift >= wanted) shift++;
    const cells = ((most - least) >> shift) + 1;
    massOf.fill(0, 0, cells);
    for (let k = 0; k < count; k++) {
      const cell = (bits[2 * k + 1] - least) >> shift;
      cellOf[k] = cell;
      massOf[cell] += weights[k];
    }
    const place = new Float64Array(1);
    const halves = new Uint32Array(place.buffer);
    this.file(0, count, cells, count, (cell) => {
      halves[1] = least + cell * 2 ** shift;
      halves[0] = shift === 0 ? 2 ** 31 : 0;
      if (shift > 0) halves[1] += 2 ** (shift - 1);
      return place[0];
    });
  }

  /** Cells of equal width for atoms [start, end), all of which lie close together; there is room from `top` on. */
  private countByDistance(start: number, end: number, top: number): void {
    const { values, weights, cellOf, massOf } = this;
    let least = Infinity;
    let most = -Infinity;
    let mass = 0;
    for (let k = start; k < end; k++) {
      if (values[k] < least) least = values[k];
      if (values[k] > most) most = values[k];
      mass += weights[k];
    }
    if (least === most) {
      this.pushFine(least, mass, 1);
      return;
    }
    if (end - start <= SORTED) {
      this.sortRange(start, end);
      for (let k = start; k < end; k++) this.pushFine(values[k], weights[k], 1);
      return;
    }
    const cells = Math.min(MOST_CELLS, 4 * (end - start));
    const scale = (cells - 1) / (most - least);
    massOf.fill(0, 0, cells);
    for (let k = start; k < end; k++) {
      const cell = Math.trunc((values[k] - least) * scale);
      cellOf[k] = cell;
      massOf[cell] += weights[k];
    }
    this.file(start, end, cells, top, (cell) => Math.min(most, least + (cell + 0.5) / scale));
  }
  /** Passes light cells on as they are and looks into heavy ones, whose atoms are copied to `top` and beyond. */
  private file(start: number, end: number, cells: number, top: number, placeOf: (cell: number) => number): void {
    const masses = this.massOf.slice(0, cells);
    const { heaviest, cellOf } = this;
    const ends = new Int32Array(cells);
    let copied = 0;
    for (let k = start; k < end; k++) {
      if (masses[cellOf[k]] <= heaviest) continue;
      ends[cellOf[k]]++;
      copied++;
    }
    if (copied > 0) {
      this.reserve(top + copied, top);
      const { values, weights } = this;
      let next = top;
      for (let cell = 0; cell < cells; cell++) {
        const first = next;
        next += ends[cell];
        ends[cell] = first;
      }
      for (let k = start; k < end; k++) {
        const cell = this.cellOf[k];
        if (masses[cell] <= heaviest) continue;
        values[ends[cell]] = values[k];
        weights[ends[cell]++] = weights[k];
      }
    }
    let first = top;
    for (let cell = 0; cell < cells; cell++) {
      if (masses[cell] <= heaviest) {
        if (masses[cell] > 0) this.pushFine(placeOf(cell), masses[cell], 0);
        continue;
      }
      this.countByDistance(first, ends[cell], top + copied);
      first = ends[cell];
    }
  }

  /** Merges neighbouring fine cells. */
  private grouped(largest: number, error: number): Atoms {
    const { fine, fineWeights } = this;
    const values = new Float64Array(fine);
    const weights = new Float64Array(fine);
    let groups = 0;
    let moved = 0;
    for (let start = 0; start < fine; groups++) {
      let end = start;
      let mass = 0;
      while (end < fine && (end === start || mass + fineWeights[end] <= largest)) mass += fineWeights[end++];
      moved = Math.max(moved, this.median(start, end, mass));
      values[groups] = this.place;
      weights[groups] = mass;
      start = end;
    }
    return { values: values.slice(0, groups), weights: weights.slice(0, groups), sorted: true, error: error + moved };
  }

  /** Sets `place` to the median of fine cells [start, end) and gives how far the distribution function is moved by it. */
  private median(start: number, end: number, mass: number): number {
    const { fineWeights, finePoints } = this;
    let before = 0;
    let middle = start;
    while (middle < end - 1 && before + fineWeights[middle] < mass / 2) before += fineWeights[middle++];
    this.place = this.fineValues[middle];
    const own = fineWeights[middle];
    return Math.max(before, mass - before - own) + (finePoints[middle] ? 0 : own);
  }

  private pushFine(value: number, weight: number, point: number): void {
    if (weight === 0) return;
    if (this.fine === this.fineValues.length) {
      this.fineValues = doubled(this.fineValues);
      this.fineWeights = doubled(this.fineWeights);
      const points = new Uint8Array(2 * this.fine);
      points.set(this.finePoints);
      this.finePoints = points;
    }
    this.fineValues[this.fine] = value;
    this.fineWeights[this.fine] = weight;
    this.finePoints[this.fine++] = point;
  }

  /** Insertion sort of atoms [start, end). */
  private sortRange(start: number, end: number): void {
    const { values, weights } = this;
    for (let k = start + 1; k < end; k++) {
      const value = values[k];
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

  /** Room for `count` atoms; the first `kept` stay. */
  private reserve(count: number, kept = 0): void {
    if (this.values.length >= count) return;
    const size = Math.max(count, 2 * this.values.length);
    const { values, weights, cellOf } = this;
    this.values = new Float64Array(size);
    this.weights = new Float64Array(size);
    this.cellOf = new Uint16Array(size);
    this.bits = new Uint32Array(this.values.buffer);
    this.values.set(values.subarray(0, kept));
    this.weights.set(weights.subarray(0, kept));
    this.cellOf.set(cellOf.subarray(0, kept));
  }
}

function doubled(array: Float64Array): Float64Array {
  const larger = new Float64Array(2 * array.length);
  larger.set(array);
  return larger;
}
