import { type Atoms, sortedAtoms } from '../distributions/atoms.js';
import { type ChoiceCircuit, LEAF, MIXTURE, PRODUCT } from './circuit.js';
import type { CircuitNumbers } from './numbers.js';
import type { CircuitWeights } from './weights.js';

/**
 * All different sums that a circuit can make at one site, one level at a time. Paths that differ only in rows without numbers at
 * the site are one point, with the sum of their weights and the smallest of them. Weights do not depend on the level: they are
 * laid out once, in the same order as the values later.
 */
export class CircuitPoints {
  /** number of points; not finite when it is too large for a double */
  count = 0;
  /** weight of each point, and the smallest weight of one of its paths [count] */
  weights: Float64Array = new Float64Array(0);
  smallest: Float64Array = new Float64Array(0);
  /** numbers of occurrences of the last level asked for [count] */
  values: Float64Array = new Float64Array(0);

  private readonly counts: Float64Array;
  /** parts of products, those with most points first */
  private readonly order: Int32Array;
  private readonly leafValues: Float64Array;
  private factor: Float64Array = new Float64Array(0);
  private smallestFactor: Float64Array = new Float64Array(0);
  private active: Uint8Array = new Uint8Array(0);
  private laid: CircuitWeights | undefined;
  private partsSorted = false;

  constructor(private readonly circuit: ChoiceCircuit) {
    this.counts = new Float64Array(circuit.kinds.length);
    this.order = circuit.parts.slice();
    this.leafValues = new Float64Array(circuit.kinds.length);
  }

  /** Counts the points of a site. */
  countAt(numbers: CircuitNumbers): number {
    const { counts, circuit } = this;
    const { kinds, partStarts, parts, root } = circuit;
    this.active = numbers.active;
    const { active } = numbers;
    for (let node = 0; node < kinds.length; node++) {
      let count = kinds[node] === MIXTURE ? 0 : 1;
      if (!active[node]) count = 1;
      else if (kinds[node] !== LEAF) {
        let idle = 0;
        for (let e = partStarts[node]; e < partStarts[node + 1]; e++) {
          if (!active[parts[e]]) idle = 1;
          else if (kinds[node] === PRODUCT) count *= counts[parts[e]];
          else count += counts[parts[e]];
        }
        if (kinds[node] === MIXTURE) count += idle;
      }
      counts[node] = count;
    }
    this.count = counts[root];
    this.laid = undefined;
    this.partsSorted = false;
    return this.count;
  }

  countOf(node: number): number {
    return this.counts[node];
  }
  isActive(node: number): boolean {
    return this.active[node] === 1;
  }

  /** Points of one node as a distribution; after `loadLeaves`. */
  atoms(node: number, weights: CircuitWeights): Atoms {
    this.laid = undefined;
    this.sortParts();
    this.reserve(this.counts[node]);
    const count = this.weightsOf(node, 0, weights);
    this.valuesOf(node, 0);
    return sortedAtoms(this.values.slice(0, count), this.weights.slice(0, count));
  }

  /** Lays out the weights of the points counted last. */
  layWeights(weights: CircuitWeights): void {
    if (this.laid === weights) return;
    this.laid = weights;
    this.reserve(this.count);
    this.sortParts();
    this.weightsOf(this.circuit.root, 0, weights);
  }

  /** Fills `values` for one level; the weights must have been laid out. */
  loadValues(numbers: CircuitNumbers, level: number): void {
    this.loadLeaves(numbers, level);
    this.valuesOf(this.circuit.root, 0);
  }

  /** Sums of the leaves at one level. */
  loadLeaves(numbers: CircuitNumbers, level: number): void {
    const { kinds, partStarts, parts } = this.circuit;
    const { leafValues, active } = this;
    const { values, width, activeBundles } = numbers;
    for (let node = 0; node < kinds.length; node++) {
      if (kinds[node] !== LEAF || !active[node]) continue;
      let sum = 0;
      for (let e = partStarts[node]; e < partStarts[node + 1]; e++)
        if (activeBundles[parts[e]]) sum += values[parts[e] * width + level];
      leafValues[node] = sum;
    }
  }

  /** Writes the values of a node from `at` on and gives their number. */
  private valuesOf(node: number, at: number): number {
    const { values, active, circuit, order } = this;
    const { kinds, partStarts, parts } = circuit;
    if (!active[node] || kinds[node] === LEAF) {
      values[at] = active[node] ? this.leafValues[node] : 0;
      return 1;
    }
    const end = partStarts[node + 1];
    let count = 0;
    if (kinds[node] === MIXTURE) {
      let idle = 0;
      for (let e = partStarts[node]; e < end; e++) {
        if (active[parts[e]]) count += this.valuesOf(parts[e], at + count);
        else idle = 1;
      }
      if (idle) values[at + count++] = 0;
      return count;
    }
    for (let e = partStarts[node]; e < end; e++) {
      const child = order[e];
      if (!active[child]) continue;
      if (count === 0) {
        count = this.valuesOf(child, at);
        continue;
      }
      const others = this.valuesOf(child, at + count);
      const factor = this.factorOf(others);
      for (let j = 0; j < others; j++) factor[j] = values[at + count + j];
      // from the end, so that no sum is overwritten before it is used
      for (let i = count - 1; i >= 0; i--) {
        const value = values[at + i];
        const row = at + i * others;
        for (let j = 0; j < others; j++) values[row + j] = value + factor[j];
      }
      count *= others;
    }
    return count;
  }

  /** The same walk over the weights. */
  private weightsOf(node: number, at: number, laid: CircuitWeights): number {
    const { weights, smallest, active, circuit } = this;
    const { kinds, partStarts, parts } = circuit;
    if (!active[node] || kinds[node] === LEAF) {
      weights[at] = 1;
      smallest[at] = laid.smallestPath[node];
      return 1;
    }
    if (kinds[node] === PRODUCT) return this.weightsOfProduct(node, at, laid);
    let count = 0;
    let idle = 0;
    let leastIdle = Infinity;
    for (let e = partStarts[node]; e < partStarts[node + 1]; e++) {
      if (!active[parts[e]]) {
        idle += laid.total[e];
        leastIdle = Math.min(leastIdle, laid.smallest[e] * laid.smallestPath[parts[e]]);
        continue;
      }
      const end = at + count + this.weightsOf(parts[e], at + count, laid);
      for (let k = at + count; k < end; k++) {
        weights[k] *= laid.total[e];
        smallest[k] *= laid.smallest[e];
      }
      count = end - at;
    }
    if (leastIdle < Infinity) {
      weights[at + count] = idle;
      smallest[at + count++] = leastIdle;
    }
    return count;
  }

  private weightsOfProduct(node: number, at: number, laid: CircuitWeights): number {
    const { weights, smallest, active, circuit, order } = this;
    let count = 0;
    let leastIdle = 1;
    for (let e = circuit.partStarts[node]; e < circuit.partStarts[node + 1]; e++) {
      const child = order[e];
      if (!active[child]) {
        leastIdle *= laid.smallestPath[child];
        continue;
      }
      if (count === 0) {
        count = this.weightsOf(child, at, laid);
        continue;
      }
      const others = this.weightsOf(child, at + count, laid);
      const factor = this.factorOf(others);
      const smallestFactor = this.smallestFactor;
      for (let j = 0; j < others; j++) {
        factor[j] = weights[at + count + j];
        smallestFactor[j] = smallest[at + count + j];
      }
      for (let i = count - 1; i >= 0; i--) {
        const weight = weights[at + i];
        const least = smallest[at + i];
        const row = at + i * others;
        for (let j = 0; j < others; j++) {
          weights[row + j] = weight * factor[j];
          smallest[row + j] = least * smallestFactor[j];
        }
      }
      count *= others;
    }
    if (leastIdle !== 1) for (let k = at; k < at + count; k++) smallest[k] *= leastIdle;
    return count;
  }

  private sortParts(): void {
    if (this.partsSorted) return;
    this.partsSorted = true;
    const { order, counts, active, circuit } = this;
    const { kinds, partStarts, parts } = circuit;
    for (let node = 0; node < kinds.length; node++) {
      if (kinds[node] !== PRODUCT || !active[node]) continue;
      const start = partStarts[node];
      const end = partStarts[node + 1];
      for (let e = start; e < end; e++) order[e] = parts[e];
      order.subarray(start, end).sort((a, b) => counts[b] - counts[a] || a - b);
    }
  }

  private factorOf(count: number): Float64Array {
    if (this.factor.length < count) {
      this.factor = new Float64Array(2 * count);
      this.smallestFactor = new Float64Array(2 * count);
    }
    return this.factor;
  }

  private reserve(count: number): void {
    // a factor waits behind the points of the others, which a factor of one point makes one longer than their product
    const room = count + 2 * this.circuit.choiceSizes.length + 2;
    if (this.values.length >= room) return;
    this.values = new Float64Array(room);
    this.weights = new Float64Array(room);
    this.smallest = new Float64Array(room);
  }
}
