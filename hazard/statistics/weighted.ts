/** Statistics over realizations, with weights (docs/hazard.md, Statistics). Values and weights are [realizations]. */

/** Sum of w x / sum of w; 0 when all weights are 0. */
export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let r = 0; r < values.length; r++) {
    sum += weights[r] * values[r];
    total += weights[r];
  }
  return total === 0 ? 0 : sum / total;
}

/** Square root of the weighted mean of squared deviations. */
export function weightedStd(values: Float64Array, weights: Float64Array): number {
  const mean = weightedMean(values, weights);
  let sum = 0;
  let total = 0;
  for (let r = 0; r < values.length; r++) {
    const deviation = values[r] - mean;
    sum += weights[r] * deviation * deviation;
    total += weights[r];
  }
  return total === 0 ? 0 : Math.sqrt(sum / total);
}

/**
 * Quantile functions of one sample: sorts once, then reads any number of quantiles. The value at q is interpolated linearly
 * on the cumulated weights and constant outside them. `values` and `weights` are sorted in place.
 */
export class WeightedQuantiles {
  private readonly cumulated: Float64Array;
  private values: Float64Array = new Float64Array(0);

  constructor(size: number) {
    this.cumulated = new Float64Array(size);
  }

  load(values: Float64Array, weights: Float64Array): void {
    sortTogether(values, weights);
    this.values = values;
    let sum = 0;
    for (let r = 0; r < values.length; r++) this.cumulated[r] = sum += weights[r];
    // the reference leaves weights by measure unnormalised; a share of the total is what is meant
    if (sum > 0) for (let r = 0; r < values.length; r++) this.cumulated[r] /= sum;
  }

  at(q: number): number {
    const { cumulated, values } = this;
    const last = values.length - 1;
    if (q < cumulated[0]) return values[0];
    if (q >= cumulated[last]) return values[last];
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (cumulated[middle] <= q) low = middle;
      else high = middle;
    }
    const span = cumulated[high] - cumulated[low];
    return span === 0 ? values[high] : values[low] + ((q - cumulated[low]) / span) * (values[high] - values[low]);
  }
}

/** Sorts by (value, weight) ascending, both arrays together: quicksort on the median of three, insertion sort for short runs. */
export function sortTogether(values: Float64Array, weights: Float64Array): void {
  const stack = [0, values.length - 1];
  while (stack.length) {
    const high = stack.pop()!;
    const low = stack.pop()!;
    if (high - low < 12) {
      insertionSort(values, weights, low, high);
      continue;
    }
    const middle = (low + high) >> 1;
    if (after(values, weights, low, middle)) swap(values, weights, low, middle);
    if (after(values, weights, low, high)) swap(values, weights, low, high);
    if (after(values, weights, middle, high)) swap(values, weights, middle, high);
    const pivot = values[middle];
    const pivotWeight = weights[middle];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot || (values[i] === pivot && weights[i] < pivotWeight)) i++;
      while (values[j] > pivot || (values[j] === pivot && weights[j] > pivotWeight)) j--;
      if (i <= j) swap(values, weights, i++, j--);
    }
    if (low < j) stack.push(low, j);
    if (i < high) stack.push(i, high);
  }
}

function insertionSort(values: Float64Array, weights: Float64Array, low: number, high: number): void {
  for (let i = low + 1; i <= high; i++) {
    for (let j = i; j > low && after(values, weights, j - 1, j); j--) swap(values, weights, j - 1, j);
  }
}
function after(values: Float64Array, weights: Float64Array, a: number, b: number): boolean {
  return values[a] > values[b] || (values[a] === values[b] && weights[a] > weights[b]);
}
function swap(values: Float64Array, weights: Float64Array, a: number, b: number): void {
  const value = values[a];
  values[a] = values[b];
  values[b] = value;
  const weight = weights[a];
  weights[a] = weights[b];
  weights[b] = weight;
}
