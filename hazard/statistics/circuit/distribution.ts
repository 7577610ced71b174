import { AtomSums } from '../distributions/atom-sums.js';
import type { Atoms } from '../distributions/atoms.js';
import { SumDistribution, type WeightedSum } from '../distributions/sum-quantile.js';
import { type ChoiceCircuit, LEAF, MIXTURE, PRODUCT } from './circuit.js';
import type { CircuitNumbers } from './numbers.js';
import type { CircuitPoints } from './points.js';
import type { CircuitWeights } from './weights.js';

/** Parts with so few points are best enumerated. */
export const ENUMERATED = 4096;
/** Independent terms with so few atoms are added up before all others: many small terms make many steps, each with an error. */
const ATOMS_OF_SMALL_TERM = 48;
/** A mixture of so many parts at the top is kept apart to the end. */
const KEPT_APART = 32;
/** Atoms of a mixture gathered before they are merged. */
const GATHERED = 2 ** 20;
/** Part of the error aimed at that looking for the quantile may add. */
const SEARCH_SHARE_OF_ERROR = 0.01;
/** Sums that are only walked along in the end can have more atoms than those that are added to others. */
const LAST_FINER = 2;
const FEWEST_CELLS = 4;
/** Cells tried first, by what they give as error if merged once. */
const FIRST = 2.5;
const MOST_CELLS = 2 ** 15;
/** More cells are not tried after so many times without a smaller error. */
const FRUITLESS_ATTEMPTS = 4;

/**
 * Distribution of the number of occurrences over all paths, one level at a time, for trees with too many paths to enumerate:
 * distributions of parts are convolved and mixed, and compressed on the way with a bound on the error (docs/decisions/convolved-quantiles.md).
 */
export class CircuitDistribution {
  private readonly sums = new AtomSums();
  private readonly uses: Int32Array;
  private readonly shared = new Map<number, Atoms>();
  private share = 1;
  private cells: number;

  constructor(
    private readonly circuit: ChoiceCircuit,
    private readonly points: CircuitPoints,
    /** error in probability aimed at */
    private readonly bound: number,
    /** parts with so few points are enumerated */
    private readonly enumerated: number,
  ) {
    this.cells = this.firstCells();
    this.uses = new Int32Array(circuit.kinds.length);
  }

  /** Forgets what other levels taught about the number of cells, so that results do not depend on what came
   * before. */
  reset(): void {
    this.cells = this.firstCells();
  }

  private firstCells(): number {
    return Math.max(FEWEST_CELLS, Math.min(MOST_CELLS, Math.ceil(FIRST / this.bound)));
  }

  /**
   * The distribution at one level. The number of cells is raised until the error is within the bound, as far as MOST_CELLS; points
   * must have been counted for the numbers.
   */
  at(numbers: CircuitNumbers, weights: CircuitWeights, level: number): SumDistribution {
    const { bound } = this;
    this.points.loadLeaves(numbers, level);
    let least = Infinity;
    let fruitless = 0;
    for (;;) {
      this.share = 1 / this.cells;
      this.uses.set(this.circuit.parents);
      this.shared.clear();
      const distribution = new SumDistribution(
        this.parts(this.circuit.root, 1, weights),
        SEARCH_SHARE_OF_ERROR * bound,
      );
      const { error } = distribution;
      fruitless = error < 0.9 * least ? 0 : fruitless + 1;
      least = Math.min(least, error);
      if (error > bound && this.cells < MOST_CELLS && fruitless < FRUITLESS_ATTEMPTS) {
        const wanted = this.cells * Math.max(1.3, (1.05 * error) / bound);
        this.cells = Math.min(MOST_CELLS, Math.ceil(fruitless > 0 ? 2 * this.cells : wanted));
        continue;
      }
      const enough = Math.max(0.5, (0.95 * error) / bound);
      if (error < 0.85 * bound) this.cells = Math.max(FEWEST_CELLS, Math.ceil(enough * this.cells));
      return distribution;
    }
  }

  /** The node as a mixture of sums of two terms, weighing `weight`. */
  private parts(node: number, weight: number, weights: CircuitWeights): WeightedSum[] {
    const { kinds, partStarts, parts } = this.circuit;
    const size = partStarts[node + 1] - partStarts[node];
    if (kinds[node] === MIXTURE && size <= KEPT_APART && !this.isEnumerated(node)) {
      const sums: WeightedSum[] = [];
      for (let e = partStarts[node]; e < partStarts[node + 1]; e++) {
        if (weights.total[e] === 0) continue;
        // mixtures below one that is kept apart are not
        if (kinds[parts[e]] === MIXTURE) sums.push(this.whole(parts[e], weight * weights.total[e], weights));
        else sums.push(...this.parts(parts[e], weight * weights.total[e], weights));
      }
      return sums;
    }
    const only = this.onlyTerm(node);
    if (only >= 0) return this.parts(only, weight, weights);
    if (kinds[node] !== PRODUCT || this.isEnumerated(node)) return [this.whole(node, weight, weights)];
    const terms = this.terms(node, weights);
    if (terms.length < 3) return [{ weight, a: terms[0] ?? NOTHING, b: terms[1] ?? NOTHING }];
    const sides: Atoms[][] = [[], []];
    const sizes = [0, 0];
    for (const term of terms) {
      const side = sizes[0] <= sizes[1] ? 0 : 1;
      sides[side].push(term);
      sizes[side] += Math.log(term.values.length);
    }
    const finer = this.share / LAST_FINER;
    return [{ weight, a: this.chain(sides[0], finer), b: this.chain(sides[1], finer) }];
  }

  /** The child of a product whose others add nothing, else -1. */
  private onlyTerm(node: number): number {
    const { kinds, partStarts, parts } = this.circuit;
    if (kinds[node] !== PRODUCT) return -1;
    let only = -1;
    for (let e = partStarts[node]; e < partStarts[node + 1]; e++) {
      if (!this.points.isActive(parts[e])) continue;
      if (only >= 0) return -1;
      only = parts[e];
    }
    return only;
  }

  private whole(node: number, weight: number, weights: CircuitWeights): WeightedSum {
    return { weight, a: this.distribution(node, weights), b: NOTHING };
  }

  private distribution(node: number, weights: CircuitWeights): Atoms {
    const known = this.shared.get(node);
    if (known) {
      if (--this.uses[node] === 0) this.shared.delete(node);
      return known;
    }
    let made: Atoms;
    if (this.isEnumerated(node)) made = this.points.atoms(node, weights);
    else if (this.circuit.kinds[node] === PRODUCT) made = this.chain(this.terms(node, weights));
    else made = this.mixture(node, weights);
    if (--this.uses[node] > 0) this.shared.set(node, made);
    return made;
  }

  /** Terms of a product, those with most atoms first; the smallest are added up exactly. */
  private terms(node: number, weights: CircuitWeights): Atoms[] {
    const { partStarts, parts } = this.circuit;
    const terms: Atoms[] = [];
    for (let e = partStarts[node]; e < partStarts[node + 1]; e++)
      if (this.points.isActive(parts[e])) terms.push(this.distribution(parts[e], weights));
    const bySize = (x: Atoms, y: Atoms): number => y.values.length - x.values.length;
    terms.sort(bySize);
    while (terms.length > 2) {
      const last = terms[terms.length - 1];
      const before = terms[terms.length - 2];
      if (last.values.length * before.values.length > ATOMS_OF_SMALL_TERM) break;
      terms.splice(-2, 2, this.sums.sum(before, last, this.share));
      terms.sort(bySize);
    }
    return terms;
  }

  /** Sum of the terms, the last one merged to `lastShare`. */
  private chain(terms: readonly Atoms[], lastShare = this.share): Atoms {
    if (terms.length === 0) return NOTHING;
    const last = terms.length - 1;
    return terms.reduce((sum, term, k) => this.sums.sum(sum, term, k === last ? lastShare : this.share));
  }

  private mixture(node: number, weights: CircuitWeights): Atoms {
    const { partStarts, parts } = this.circuit;
    const blocks: Atoms[] = [];
    let children: Atoms[] = [];
    let factors: number[] = [];
    let gathered = 0;
    for (let e = partStarts[node]; e < partStarts[node + 1]; e++) {
      if (weights.total[e] === 0) continue;
      const child = this.points.isActive(parts[e]) ? this.distribution(parts[e], weights) : NOTHING;
      children.push(child);
      factors.push(weights.total[e]);
      gathered += child.values.length;
      if (gathered < GATHERED) continue;
      blocks.push(this.sums.mixed(children, factors, this.share));
      children = [];
      factors = [];
      gathered = 0;
    }
    const ones = blocks.map(() => 1);
    return this.sums.mixed([...blocks, ...children], [...ones, ...factors], this.share);
  }

  private isEnumerated(node: number): boolean {
    return this.circuit.kinds[node] === LEAF || this.points.countOf(node) <= this.enumerated;
  }
}

/** No occurrences for certain. */
const NOTHING: Atoms = { values: Float64Array.of(0), weights: Float64Array.of(1), error: 0 };
