/** Error function, absolute error below 1e-15. Not for hot loops: up to 60 terms. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  const x2 = a * a;
  if (a < 2.5) {
    // Maclaurin series in the form without alternating signs (Abramowitz & Stegun 7.1.6)
    let term = a;
    let sum = a;
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= (2 * x2) / (2 * n + 1);
      sum += term;
    }
    return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * Math.exp(-x2) * sum;
  }
  // continued fraction of the complement (Abramowitz & Stegun 7.1.14), evaluated from the far end
  let fraction = 0;
  for (let k = 60; k > 0; k--) fraction = k / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-x2) / (Math.sqrt(Math.PI) * (a + fraction)));
}

/** Cumulative distribution of the standard normal. */
export function normalDistribution(x: number): number {
  return 0.5 * (1 + erf(x / Math.SQRT2));
}
