import { AtomOrder } from './atom-order.js';
import { sortTogether } from './weighted.js';

/** A discrete distribution, or a part of one: values (not negative, ascending) and their probabilities. */
export interface Atoms {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** bound on the largest difference of the distribution function to that of the quantity it stands for */
  readonly error: number;
}

/** Atoms moved by `shift` and weighing `factor`. */
export interface AtomRow {
  readonly atoms: Atoms;
  readonly shift: number;
  readonly factor: number;
}

/** Atoms of a sum looked at at once. */
const MOST_ATOMS = 2 ** 21;

/** Values with their weights as a distribution; both arrays are sorted in place. */
export function sortedAtoms(values: Float64Array, weights: Float64Array): Atoms {
  sortTogether(values, weights);
  return { values, weights, error: 0 };
}

/**
 * Sums and mixtures of independent discrete distributions with a bound on the error. Where there are too many atoms, neighbours
 * are merged into one at their median while they weigh at most `share` of the whole. One merged group of weight m moves the
 * distribution function by at most m / 2, and groups do not overlap: this is what the error of the result grows by. A sum has at
 * most the errors of both terms together, since a convolution averages distribution functions.
 */
export class AtomSums {
  private readonly order = new AtomOrder();

  /** a + b, merged to about 1 / share atoms if it has more than twice as many. */
  sum(a: Atoms, b: Atoms, share: number): Atoms {
    let [large, small] = a.values.length < b.values.length ? [b, a] : [a, b];
    const most = Math.max(Math.sqrt(MOST_ATOMS), Math.floor(MOST_ATOMS / small.values.length));
    if (large.values.length > most) [large, small] = [this.cut(large, most), this.cut(small, most)];
    const rows = Array.from(small.values, (shift, k) => ({ atoms: large, shift, factor: small.weights[k] }));
    return this.taken(rows, large.error + small.error, share);
  }

  /** Parts of one distribution together, each weighing its factor; merged like a sum. */
  mixed(parts: readonly Atoms[], factors: readonly number[], share: number): Atoms {
    const rows = parts.map((atoms, p) => ({ atoms, shift: 0, factor: factors[p] }));
    return this.taken(
      rows,
      rows.reduce((sum, { atoms, factor }) => sum + factor * atoms.error, 0),
      share,
    );
  }

  /** The same distribution of about `most` atoms, if it has more. */
  private cut(atoms: Atoms, most: number): Atoms {
    const size = atoms.values.length;
    return size <= most
      ? atoms
      : this.taken([{ atoms, shift: 0, factor: 1 }], atoms.error, Math.max(1 / most, 2.01 / size));
  }

  private taken(rows: readonly AtomRow[], error: number, share: number): Atoms {
    const count = this.order.sort(rows);
    if (count * share > 2) return this.merged(count, error, share);
    return { values: this.order.values.slice(0, count), weights: this.order.weights.slice(0, count), error };
  }

  private merged(count: number, error: number, share: number): Atoms {
    const { weights: sortedWeights } = this.order;
    let total = 0;
    for (let k = 0; k < count; k++) total += sortedWeights[k];
    const largest = share * total;
    // two neighbouring groups weigh more than one may
    const most = Math.min(count, 2 * Math.ceil(1 / share) + 2);
    const values = new Float64Array(most);
    const weights = new Float64Array(most);
    let groups = 0;
    let moved = 0;
    for (let start = 0; start < count;) {
      let end = start;
      let mass = 0;
      while (end < count && (end === start || mass + sortedWeights[end] <= largest)) mass += sortedWeights[end++];
      const median = this.medianOf(start, end, mass);
      const value = this.order.values[median];
      moved = Math.max(moved, this.movedBy(start, end, median));
      if (groups > 0 && values[groups - 1] === value) weights[groups - 1] += mass;
      else {
        values[groups] = value;
        weights[groups++] = mass;
      }
      start = end;
    }
    return { values: values.slice(0, groups), weights: weights.slice(0, groups), error: error + moved };
  }

  private medianOf(start: number, end: number, mass: number): number {
    const { weights } = this.order;
    let median = start;
    for (let before = weights[start]; before < mass / 2 && median < end - 1;) before += weights[++median];
    return median;
  }

  /** How far the distribution function moves when atoms [start, end) all take the value of one of them. */
  private movedBy(start: number, end: number, at: number): number {
    const { values, weights } = this.order;
    let below = 0;
    let above = 0;
    for (let k = start; k < at && values[k] < values[at]; k++) below += weights[k];
    for (let k = end - 1; k > at && values[k] > values[at]; k--) above += weights[k];
    return Math.max(below, above);
  }
}
