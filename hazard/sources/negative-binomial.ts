/** Probability that the reference leaves beyond the last term. */
const TAIL = 1e-14;
const FEWEST_TERMS = 4;

/**
 * P(0), P(1), ... of a negative binomial number of occurrences: mean annual rate, dispersion alpha and years.
 * tau = 1 / alpha, theta = tau / (tau + mean), P(n) = C(n + tau - 1, n) theta^tau (1 - theta)^n.
 */
export function negativeBinomialTerms(rate: number, alpha: number, years: number): Float64Array {
  const tau = 1 / alpha;
  const mean = rate * years;
  const theta = tau / (tau + mean);
  let term = Math.exp(-tau * Math.log1p(mean / tau));
  let sum = term;
  const terms = [term];
  for (let n = 0; (sum < 1 - TAIL || terms.length < FEWEST_TERMS) && term > Number.MIN_VALUE; n++) {
    term *= ((n + tau) / (n + 1)) * (1 - theta);
    sum += term;
    terms.push(term);
  }
  return Float64Array.from(terms);
}
