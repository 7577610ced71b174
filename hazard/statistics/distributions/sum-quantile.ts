import type { Atoms } from './atoms.js';

/** A part of a distribution: the sum of two independent terms, with its weight in the whole. */
export interface WeightedSum {
  readonly weight: number;
  readonly a: Atoms;
  readonly b: Atoms;
}

/** Quantiles are bracketed to this relative width. */
const WIDTH = 1e-10;
/** Numbers of occurrences that are not 0 are above this. */
const SMALLEST = 1e-13;

/**
 * Distribution function of a mixture of sums, without making the sums: at any x the atoms of one term are walked upwards and those
 * of the other downwards.
 */
export class SumDistribution {
  private readonly sums: readonly { weight: number; a: Atoms; b: Atoms; cumulated: Float64Array }[];
  readonly least: number;
  readonly most: number;
  /** bound on the difference of this distribution function to the true one, at any value */
  readonly error: number;
  private readonly total: number;
  private readonly known = new Map<number, number>();

  constructor(
    sums: readonly WeightedSum[],
    /** quantiles are looked for until they are so near in probability, or to 1e-10 in value */
    private readonly near: number,
  ) {
    this.sums = sums
      .filter(({ weight }) => weight > 0)
      .map(({ weight, a, b }) => {
        const cumulated = new Float64Array(b.weights.length + 1);
        b.weights.forEach((mass, k) => (cumulated[k + 1] = cumulated[k] + mass));
        return { weight, a, b, cumulated };
      });
    this.least = Math.min(...this.sums.map(({ a, b }) => a.values[0] + b.values[0]));
    this.most = Math.max(...this.sums.map(({ a, b }) => a.values[a.values.length - 1] + b.values[b.values.length - 1]));
    this.error = this.sums.reduce((sum, { weight, a, b }) => sum + weight * (a.error + b.error), near);
    this.total = this.at(Infinity);
  }

  /** Probability of a value of at most x. */
  at(x: number): number {
    let probability = 0;
    for (const { weight, a, b, cumulated } of this.sums) {
      let below = b.values.length;
      let sum = 0;
      for (let i = 0; i < a.values.length; i++) {
        const rest = x - a.values[i];
        while (below > 0 && b.values[below - 1] > rest) below--;
        if (below === 0) break;
        sum += a.weights[i] * cumulated[below];
      }
      probability += weight * sum;
    }
    return probability;
  }

  /** A value at which the distribution function passes q. */
  quantile(q: number): number {
    const target = q * this.total;
    if (q >= 1) return this.most;
    if (q <= 0 || this.at(this.least) >= target) return this.least;
    let low = this.least;
    let high = this.most;
    let below = 0;
    let above = this.total;
    // what other quantiles have asked for
    this.known.forEach((probability, x) => {
      if (probability >= target && x < high) [high, above] = [x, probability];
      if (probability < target && x > low) [low, below] = [x, probability];
    });
    let halve = false;
    while (above - below > this.near && high - low > WIDTH * high && high > SMALLEST) {
      // where a straight line through both ends would pass, or half way when that has not helped; both in ln x
      const share = halve ? 0.5 : Math.min(0.95, Math.max(0.05, (target - below) / (above - below)));
      const middle = low > 0 ? low * Math.exp(share * Math.log(high / low)) : high / 16;
      if (!(middle > low && middle < high)) break;
      const gap = above - below;
      const probability = this.at(middle);
      this.known.set(middle, probability);
      if (probability >= target) [high, above] = [middle, probability];
      else [low, below] = [middle, probability];
      halve = !halve && above - below > gap / 2;
    }
    return high;
  }
}
