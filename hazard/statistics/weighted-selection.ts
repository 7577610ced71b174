/** Points are sorted when so few are left. */
const SORTED = 128;
const MOST_CELLS = 65_536;
/** Sums of the same rates in another order differ by so much at most, relatively, and count as equal. */
const EQUAL = 1e-13;

/**
 * Quantiles of many weighted points without sorting them. A point stands for one path or several of equal value: `weights` is
 * their sum, `smallest` the smallest single one, which is the first in the order (value, weight) and so the stretch over which
 * the quantile function rises to the value. Points are counted into cells of nearly equal ratio; the cell that holds the quantile
 * is counted into finer ones until few points are left.
 */
export class WeightedSelection {
  /** The quantile lies between two neighbouring values, `fraction` of the way from `lower` to `upper`. */
  lower = 0;
  upper = 0;
  fraction = 1;

  private values: Float64Array = new Float64Array(0);
  private bits: Int32Array = new Int32Array(0);
  private weights: Float64Array = new Float64Array(0);
  private smallest: Float64Array = new Float64Array(0);
  private count = 0;
  private total = 0;
  private cells = 0;
  private least = 0;
  private most = 0;
  private cellOf: Uint16Array = new Uint16Array(0);
  private readonly massOf: Float64Array = new Float64Array(MOST_CELLS);
  private readonly finer: Float64Array = new Float64Array(MOST_CELLS);
  /** points of the cell looked into */
  private near: Float64Array = new Float64Array(0);
  private nearWeights: Float64Array = new Float64Array(0);
  private nearSmallest: Float64Array = new Float64Array(0);

  /** The first `count` values (not negative) with their weights; the arrays must not change while quantiles are taken. */
  load(values: Float64Array, weights: Float64Array, smallest: Float64Array, count: number): void {
    if (this.bits.buffer !== values.buffer) this.bits = new Int32Array(values.buffer);
    this.values = values;
    this.weights = weights;
    this.smallest = smallest;
    this.count = count;
    if (this.cellOf.length < count) this.cellOf = new Uint16Array(count);
    let least = Infinity;
    let most = -Infinity;
    for (let k = 0; k < count; k++) {
      const value = values[k];
      if (value < least) least = value;
      if (value > most) most = value;
    }
    this.least = least;
    this.most = most;
    this.fileByRatio();
  }

  /** Sets lower, upper and fraction for quantile q (0 to 1). */
  find(q: number): void {
    const target = q * this.total;
    let cell = 0;
    let before = 0;
    while (cell < this.cells && before + this.massOf[cell] <= target) before += this.massOf[cell++];
    // the largest value is the quantile 1 even if it has no weight
    if (cell === this.cells || q >= 1) {
      this.lower = this.upper = this.most;
      this.fraction = 1;
      return;
    }
    let left = 0;
    let previous = -1;
    this.reserve();
    for (let k = 0; k < this.count; k++) {
      if (this.cellOf[k] === cell) {
        this.near[left] = this.values[k];
        this.nearWeights[left] = this.weights[k];
        this.nearSmallest[left++] = this.smallest[k];
      } else if (this.cellOf[k] < cell && this.values[k] > previous) previous = this.values[k];
    }
    this.narrow(left, target, before, previous);
  }

  /** Cells by the upper bits of the number, which rise with it as its logarithm does. */
  private fileByRatio(): void {
    const { values, bits, weights, cellOf, massOf, count } = this;
    const offset = 2 * (values.byteOffset / 8) + 1;
    const first = upperBits(this.least);
    const span = upperBits(this.most) - first;
    const wanted = Math.min(MOST_CELLS, Math.max(64, count >> 2));
    let shift = 0;
    while (span >> shift >= wanted) shift++;
    this.cells = (span >> shift) + 1;
    massOf.fill(0, 0, this.cells);
    let total = 0;
    for (let k = 0; k < count; k++) {
      const cell = (bits[2 * k + offset] - first) >> shift;
      cellOf[k] = cell;
      massOf[cell] += weights[k];
      total += weights[k];
    }
    this.total = total;
  }

  /** Among the `left` points at hand: `before` is the weight below them, `previous` the largest value there (-1 for none). */
  private narrow(left: number, target: number, before: number, previous: number): void {
    const { near, nearWeights, nearSmallest, finer } = this;
    let below = before;
    let value = previous;
    while (left > SORTED) {
      let least = Infinity;
      let most = -Infinity;
      for (let k = 0; k < left; k++) {
        if (near[k] < least) least = near[k];
        if (near[k] > most) most = near[k];
      }
      if (least === most) break;
      const cells = Math.min(MOST_CELLS, left);
      const scale = (cells - 1) / (most - least);
      finer.fill(0, 0, cells);
      for (let k = 0; k < left; k++) finer[Math.trunc((near[k] - least) * scale)] += nearWeights[k];
      let cell = 0;
      while (cell < cells - 1 && below + finer[cell] <= target) below += finer[cell++];
      let kept = 0;
      for (let k = 0; k < left; k++) {
        const at = Math.trunc((near[k] - least) * scale);
        if (at < cell && near[k] > value) value = near[k];
        if (at !== cell) continue;
        near[kept] = near[k];
        nearWeights[kept] = nearWeights[k];
        nearSmallest[kept++] = nearSmallest[k];
      }
      left = kept;
    }
    this.finish(left, target, below, value);
  }

  /** Walks over the last points, those of equal value together. */
  private finish(left: number, target: number, before: number, previous: number): void {
    const { near, nearWeights, nearSmallest } = this;
    this.sort(left);
    let below = before;
    let value = previous;
    for (let k = 0; k < left;) {
      const here = near[k];
      let weight = 0;
      let smallest = Infinity;
      for (const last = here * (1 + EQUAL); k < left && near[k] <= last; k++) {
        weight += nearWeights[k];
        if (nearSmallest[k] < smallest) smallest = nearSmallest[k];
      }
      if (target < below + weight) {
        this.upper = here;
        this.lower = value < 0 ? here : value;
        this.fraction = target < below + smallest ? Math.max(0, (target - below) / smallest) : 1;
        return;
      }
      below += weight;
      value = here;
    }
    // only rounding in the sums leads here
    this.lower = this.upper = value;
    this.fraction = 1;
  }

  /** Insertion sort by value; equal values, however many, cost nothing. */
  private sort(left: number): void {
    const { near, nearWeights, nearSmallest } = this;
    for (let k = 1; k < left; k++) {
      const value = near[k];
      if (near[k - 1] <= value) continue;
      const weight = nearWeights[k];
      const smallest = nearSmallest[k];
      let at = k;
      for (; at > 0 && near[at - 1] > value; at--) {
        near[at] = near[at - 1];
        nearWeights[at] = nearWeights[at - 1];
        nearSmallest[at] = nearSmallest[at - 1];
      }
      near[at] = value;
      nearWeights[at] = weight;
      nearSmallest[at] = smallest;
    }
  }

  private reserve(): void {
    if (this.near.length >= this.count) return;
    this.near = new Float64Array(this.count);
    this.nearWeights = new Float64Array(this.count);
    this.nearSmallest = new Float64Array(this.count);
  }
}

const NUMBER = new Float64Array(1);
const HALVES = new Int32Array(NUMBER.buffer);

/** Upper 32 bits of a number that is not negative (on the little-endian machines Node runs on); they rise with the number. */
function upperBits(value: number): number {
  NUMBER[0] = value;
  return HALVES[1];
}
