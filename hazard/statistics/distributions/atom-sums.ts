import { AtomCells } from './atom-cells.js';
import { AtomOrder } from './atom-order.js';
import type { AtomRow, Atoms } from './atoms.js';

/** Atoms of a sum that are counted at most, and those that are held and sorted where counting does not do. */
const MOST_COUNTED = 2 ** 24;
const MOST_SORTED = 2 ** 21;

/** So few atoms are always sorted one by one. */
const FEW = 2 ** 14;

/** Atoms in ascending order. */
interface Sorted {
  readonly weights: Float64Array;
  valueAt(place: number): number;
}

/**
 * Sums and mixtures of independent discrete distributions with a bound on the error. Where there are too many atoms, neighbours
 * are merged into one at their median while they weigh at most `share` of the whole. One merged group of weight m moves the
 * distribution function by at most m / 2, and groups do not overlap: this is what the error of the result grows by. A sum has at
 * most the errors of both terms together, since a convolution averages distribution functions.
 */
export class AtomSums {
  private readonly order = new AtomOrder();
  private readonly cells = new AtomCells();

  /** a + b, merged to about 1 / share atoms if it has more than twice as many. */
  sum(a: Atoms, b: Atoms, share: number): Atoms {
    const [large, small] = a.values.length < b.values.length ? [b, a] : [a, b];
    return this.sumUpTo(MOST_COUNTED, large, small, share) ?? this.sumUpTo(MOST_SORTED, large, small, share)!;
  }

  /** Sum of terms that are cut first to have no more than `most` atoms together; undefined when these can only be sorted. */
  private sumUpTo(most: number, large: Atoms, small: Atoms, share: number): Atoms | undefined {
    const each = Math.max(Math.sqrt(most), Math.floor(most / small.values.length));
    const [first, second] =
      large.values.length > each ? [this.cut(large, each), this.cut(small, each)] : [large, small];
    const rows = Array.from(second.values, (shift, k) => ({ atoms: first, shift, factor: second.weights[k] }));
    return this.taken(rows, first.error + second.error, share, most === MOST_COUNTED);
  }

  /** Parts of one distribution together, each weighing its factor; merged like a sum. */
  mixed(parts: readonly Atoms[], factors: readonly number[], share: number): Atoms {
    const rows = parts.map((atoms, p) => ({ atoms, shift: 0, factor: factors[p] }));
    const error = rows.reduce((sum, { atoms, factor }) => sum + factor * atoms.error, 0);
    return this.taken(rows, error, share)!;
  }

  /** The same distribution of about `most` atoms, if it has more. */
  private cut(atoms: Atoms, most: number): Atoms {
    const size = atoms.values.length;
    if (size <= most) return atoms;
    return this.taken([{ atoms, shift: 0, factor: 1 }], atoms.error, Math.max(1 / most, 2.01 / size))!;
  }

  /** All rows as one distribution; undefined if they are too many to be sorted and that is not to be done. */
  private taken(rows: readonly AtomRow[], error: number, share: number, mayGiveUp = false): Atoms | undefined {
    const atoms = rows.reduce((sum, row) => sum + row.atoms.values.length, 0);
    if (atoms * share > 2) {
      const largest = share * massOf(rows);
      const count = atoms > FEW ? this.cells.sort(rows, largest) : -1;
      if (count >= 0) return this.merged(this.cells, count, largest, share, error + this.cells.blur);
      if (mayGiveUp && atoms > MOST_SORTED) return undefined;
      return this.merged(this.order, this.order.sort(rows), largest, share, error);
    }
    this.order.sort(rows);
    return { values: this.order.values.slice(0, atoms), weights: this.order.weights.slice(0, atoms), error };
  }

  private merged(from: Sorted, count: number, largest: number, share: number, error: number): Atoms {
    const ordered = from.weights;
    // two neighbouring groups weigh more than one may
    const most = Math.min(count, 2 * Math.ceil(1 / share) + 2);
    const values = new Float64Array(most);
    const weights = new Float64Array(most);
    let groups = 0;
    let moved = 0;
    for (let start = 0; start < count;) {
      let end = start;
      let mass = 0;
      while (end < count && (end === start || mass + ordered[end] <= largest)) mass += ordered[end++];
      let median = start;
      let before = 0;
      while (median < end - 1 && before + ordered[median] < mass / 2) before += ordered[median++];
      moved = Math.max(moved, before, mass - before - ordered[median]);
      const value = from.valueAt(median);
      if (groups > 0 && values[groups - 1] === value) weights[groups - 1] += mass;
      else {
        values[groups] = value;
        weights[groups++] = mass;
      }
      start = end;
    }
    return { values: values.slice(0, groups), weights: weights.slice(0, groups), error: error + moved };
  }
}

function massOf(rows: readonly AtomRow[]): number {
  let mass = 0;
  let last: Atoms | undefined;
  let own = 0;
  for (const { atoms, factor } of rows) {
    if (atoms !== last) own = atoms.weights.reduce((sum, weight) => sum + weight, 0);
    last = atoms;
    mass += factor * own;
  }
  return mass;
}
