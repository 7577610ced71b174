import { type ChoiceCircuit, LEAF } from './circuit.js';

/** Numbers of occurrences below the first count as none, sums above the second as the second (docs/hazard.md, Statistics). */
const SMALLEST_NUMBER = 1e-12;
/** Larger numbers of occurrences count as this one, as in the reference: 1 - exp(-100) is 1 in double precision. */
export const LARGEST_NUMBER = 100;

/** Numbers of occurrences at one site, for some levels: of every bundle, and which nodes have any. */
export class CircuitNumbers {
  /** levels held */
  width = 0;
  /** [bundles x width] */
  values: Float64Array = new Float64Array(0);
  /** 1 where a bundle has a number above 0 at some level [bundles] */
  readonly activeBundles: Uint8Array;
  /** 1 where a node has a bundle of that kind below it [nodes] */
  readonly active: Uint8Array;

  constructor(
    private readonly circuit: ChoiceCircuit,
    /** years */
    private readonly investigationTime: number,
  ) {
    this.activeBundles = new Uint8Array(circuit.bundleStarts.length - 1);
    this.active = new Uint8Array(circuit.kinds.length);
  }

  /** rates: annual exceedance rates by row [levels], undefined where there are none; holds levels [first, first + width). */
  load(rates: readonly (ArrayLike<number> | undefined)[], first: number, width: number): void {
    const { circuit, investigationTime, activeBundles } = this;
    const { bundleStarts, bundleRows } = circuit;
    const bundles = activeBundles.length;
    this.width = width;
    if (this.values.length < bundles * width) this.values = new Float64Array(bundles * width);
    const values = this.values;
    values.fill(0, 0, bundles * width);
    for (let bundle = 0; bundle < bundles; bundle++) {
      const at = bundle * width;
      let most = 0;
      for (let k = bundleStarts[bundle]; k < bundleStarts[bundle + 1]; k++) {
        const row = rates[bundleRows[k]];
        if (row === undefined) continue;
        for (let l = 0; l < width; l++) {
          const number = row[first + l] * investigationTime;
          if (number < SMALLEST_NUMBER) continue;
          values[at + l] += number;
          if (number > most) most = number;
        }
      }
      activeBundles[bundle] = most > 0 ? 1 : 0;
    }
    this.markNodes();
  }

  private markNodes(): void {
    const { active, activeBundles } = this;
    const { kinds, partStarts, parts } = this.circuit;
    for (let node = 0; node < kinds.length; node++) {
      const marks = kinds[node] === LEAF ? activeBundles : active;
      let mark = 0;
      for (let e = partStarts[node]; e < partStarts[node + 1] && mark === 0; e++) mark = marks[parts[e]];
      active[node] = mark;
    }
  }
}
