/** How exceedance probabilities of ruptures compose in the investigation time (docs/hazard.md, Occurrence). */

/** Smallest probability of no exceedance before its logarithm is taken: half the spacing of doubles below 1. */
const SMALLEST_NO_EXCEEDANCE = 1.11e-16;

/** P(no exceedance) of a rupture with P(0), P(1), ... occurrences, p = P(exceedance | rupture): sum of P(k) (1 - p)^k. */
export function noExceedance(probabilities: Float64Array, p: number): number {
  const q = 1 - p;
  let power = 1;
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) {
    sum += probabilities[k] * power;
    power *= q;
  }
  return Math.min(1, Math.max(0, sum));
}

/**
 * The same in single precision after every term, as curves of the reference have it: what is less than 3e-8 below 1 becomes 1.
 * A rupture that is rarer than that does not count, and thousands of rare ruptures add up to rates that differ by some 1e-6
 * from the exact sum, which shows at low probabilities.
 */
export function singleNoExceedance(probabilities: Float64Array, p: number): number {
  const q = Math.fround(1 - Math.fround(p));
  let power = q;
  let sum = Math.fround(probabilities[0]);
  for (let k = 1; k < probabilities.length; k++) {
    sum = Math.fround(sum + probabilities[k] * power);
    power *= q;
  }
  return Math.min(1, Math.max(0, sum));
}

/** Expected number of exceedances equivalent to a probability of no exceedance. */
export function expectedNumber(noExceedanceProbability: number): number {
  return -Math.log(Math.max(noExceedanceProbability, SMALLEST_NO_EXCEEDANCE));
}

/**
 * P(no exceedance) for a negative binomial number of occurrences with mean `mean` (in the investigation time) and
 * dispersion alpha: the probability generating function at 1 - p.
 */
export function negativeBinomialNoExceedance(mean: number, alpha: number, p: number): number {
  // tau = 1 / alpha, theta = tau / (tau + mean): [theta / (1 - (1 - theta)(1 - p))]^tau
  return Math.exp(-Math.log1p(alpha * mean * p) / alpha);
}

/** P(no exceedance) of a cluster that occurs with a Poisson mean, q = product over its ruptures of (1 - p). */
export function clusterNoExceedance(mean: number, q: number): number {
  return Math.exp(-mean * (1 - q));
}

/** Probability to expected number, P in [0, 1]: -ln(1 - P). */
export function probabilityToNumber(probability: number): number {
  return probability >= 1 ? expectedNumber(0) : -Math.log1p(-probability);
}
