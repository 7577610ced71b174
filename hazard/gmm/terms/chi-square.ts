/**
 * Quantile q of a standard deviation whose variance follows a scaled chi-square distribution: `mean` is the root of the mean
 * variance, `deviation` the standard deviation of the variance.
 * Source: L. Al Atik (2015), PEER Report 2015/07, equations 5.3-5.5.
 */
export function scaledChiSquareQuantile(mean: number, deviation: number, q: number): number {
  const scale = (deviation * deviation) / (2 * mean * mean);
  const freedom = (2 * mean ** 4) / (deviation * deviation);
  return Math.sqrt(scale * chiSquareQuantile(q, freedom));
}

/** Inverse of the chi-square distribution with any positive number of degrees of freedom, 0 < q < 1. */
export function chiSquareQuantile(q: number, freedom: number): number {
  const a = freedom / 2;
  let low = 0;
  let high = Math.max(1, a);
  while (lowerGamma(a, high) < q) high *= 2;
  for (let k = 0; k < 200 && high - low > 1e-15 * high; k++) {
    const middle = (low + high) / 2;
    if (lowerGamma(a, middle) < q) low = middle;
    else high = middle;
  }
  return low + high;
}

/** Regularized lower incomplete gamma function P(a, x): series below a + 1, continued fraction (Lentz) above. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return front * sum;
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return 1 - front * fraction;
}

/** ln of the gamma function for a > 0: recurrence to 15, then Stirling's series (error below 1e-15). */
function lnGamma(a: number): number {
  let shift = 0;
  let z = a;
  while (z < 15) {
    shift += Math.log(z);
    z += 1;
  }
  const r = 1 / (z * z);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
