import { type ChoiceCircuit, LEAF, MIXTURE } from './circuit.js';
import type { CircuitNumbers } from './numbers.js';

/**
 * Evaluation of a circuit from the leaves up, for all levels of a measure at once: a node has rows of values [width], made from
 * those of its children. Values lie in slots of one array, which are given back as soon as the last parent has used them.
 */
export abstract class CircuitFold {
  protected values: Float64Array = new Float64Array(0);
  protected width = 0;
  private readonly slotOf: Int32Array;
  private readonly uses: Int32Array;
  private readonly freeSlots: number[] = [];
  private slots = 0;
  private stackNodes: Int32Array = new Int32Array(64);
  private stackParts: Int32Array = new Int32Array(64);
  private stackSlots: Int32Array = new Int32Array(64);
  private stackWeights: Float64Array = new Float64Array(64);

  constructor(
    protected readonly circuit: ChoiceCircuit,
    private readonly rowsPerSlot: number,
    /** without it branches of weight 0 are left out */
    private readonly weightsIgnored: boolean,
  ) {
    this.slotOf = new Int32Array(circuit.kinds.length);
    this.uses = new Int32Array(circuit.kinds.length);
  }

  /** Where the values of the root begin, -1 when they are all 0. `weights` is by part of a mixture. */
  evaluate(numbers: CircuitNumbers, weights: Float64Array): number {
    const { circuit } = this;
    this.width = numbers.width;
    this.slots = 0;
    this.freeSlots.length = 0;
    if (!numbers.active[circuit.root]) return -1;
    this.slotOf.fill(-1);
    this.uses.set(circuit.parents);
    return this.walk(numbers, weights) * this.rowsPerSlot * this.width;
  }

  /** Values of a leaf from the sum of its bundles. */
  protected abstract leaf(at: number, numbers: CircuitNumbers, node: number): void;
  /** Values of no occurrences at all. */
  protected abstract start(at: number): void;
  protected abstract addIndependent(at: number, child: number): void;
  /** `before`: sum of the weights mixed in so far; child -1: no occurrences; `first`: nothing is mixed in yet. */
  protected abstract addWeighted(at: number, child: number, weight: number, before: number, first: boolean): void;

  /** Depth first, so that only the nodes on the way to the root and those with several parents hold values. */
  private walk(numbers: CircuitNumbers, weights: Float64Array): number {
    const { kinds, partStarts, parts, root, parents } = this.circuit;
    const { slotOf } = this;
    const { active } = numbers;
    let depth = 0;
    let done = -1;
    this.push(depth++, root, numbers);
    for (;;) {
      const top = depth - 1;
      const node = this.stackNodes[top];
      if (done >= 0) {
        this.fold(top, this.stackParts[top]++, done, weights);
        const child = parts[this.stackParts[top] - 1];
        if (parents[child] === 1 || --this.uses[child] === 0) this.freeSlots.push(done);
        done = -1;
      }
      let part = this.stackParts[top];
      const end = kinds[node] === LEAF ? part : partStarts[node + 1];
      while (part < end) {
        const child = parts[part];
        if (kinds[node] === MIXTURE && weights[part] === 0 && !this.weightsIgnored) part++;
        else if (!active[child]) this.fold(top, part++, -1, weights);
        else break;
      }
      this.stackParts[top] = part;
      if (part < end) {
        const child = parts[part];
        if (slotOf[child] >= 0) done = slotOf[child];
        else this.push(depth++, child, numbers);
        continue;
      }
      done = this.stackSlots[top];
      slotOf[node] = done;
      depth--;
      if (depth === 0) return done;
    }
  }

  private fold(top: number, part: number, slot: number, weights: Float64Array): void {
    const stride = this.rowsPerSlot * this.width;
    const at = this.stackSlots[top] * stride;
    const child = slot < 0 ? -1 : slot * stride;
    const node = this.stackNodes[top];
    if (this.circuit.kinds[node] === MIXTURE) {
      const first = part === this.circuit.partStarts[node];
      this.addWeighted(at, child, weights[part], this.stackWeights[top], first);
      this.stackWeights[top] += weights[part];
    } else if (child >= 0) this.addIndependent(at, child);
  }

  private push(depth: number, node: number, numbers: CircuitNumbers): void {
    if (depth === this.stackNodes.length) {
      this.stackNodes = doubled(this.stackNodes);
      this.stackParts = doubled(this.stackParts);
      this.stackSlots = doubled(this.stackSlots);
      const weights = new Float64Array(2 * depth);
      weights.set(this.stackWeights);
      this.stackWeights = weights;
    }
    const slot = this.freeSlots.pop() ?? this.slots++;
    const stride = this.rowsPerSlot * this.width;
    if ((slot + 1) * stride > this.values.length) {
      const larger = new Float64Array(Math.max(2 * this.values.length, (slot + 1) * stride));
      larger.set(this.values);
      this.values = larger;
    }
    this.stackNodes[depth] = node;
    this.stackParts[depth] = this.circuit.partStarts[node];
    this.stackSlots[depth] = slot;
    this.stackWeights[depth] = 0;
    if (this.circuit.kinds[node] === LEAF) this.leaf(slot * stride, numbers, node);
    else this.start(slot * stride);
  }

  /** Sum of the bundles of a leaf, from `at` on. */
  protected sumBundles(at: number, numbers: CircuitNumbers, node: number): void {
    const { width } = this;
    const { partStarts, parts } = this.circuit;
    const into = this.values;
    into.fill(0, at, at + width);
    for (let e = partStarts[node]; e < partStarts[node + 1]; e++) {
      if (!numbers.activeBundles[parts[e]]) continue;
      const from = parts[e] * width;
      for (let l = 0; l < width; l++) into[at + l] += numbers.values[from + l];
    }
  }
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
