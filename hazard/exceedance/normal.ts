const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_2PI;
}

/**
 * Standard normal distribution function, relative error below 1e-14 in both tails.
 * Source: power series below |z| = 3 and continued fraction beyond (Abramowitz & Stegun 1964, 26.2.11 and 26.2.14).
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  const a = Math.abs(z);
  if (a > 39) return z > 0 ? 1 : 0;
  if (a < 3) {
    let term = z;
    let sum = z;
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return 0.5 + normalDensity(z) * sum;
  }
  // the number of levels of the continued fraction falls with |z|; evaluated from the bottom
  const levels = Math.ceil(30 + 360 / a);
  let fraction = a;
  for (let n = levels; n > 0; n--) fraction = a + n / fraction;
  const tail = normalDensity(a) / fraction;
  return z > 0 ? 1 - tail : tail;
}

/** Inverse of `normalCdf` for 0 < p < 1, by bracketed Newton steps; relative error below 1e-13. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile: ${p} must lie between 0 and 1, both excluded`);
  let low = -40;
  let high = 40;
  let z = 0;
  for (let k = 0; k < 200; k++) {
    const error = normalCdf(z) - p;
    if (error > 0) high = z;
    else low = z;
    let next = z - error / normalDensity(z);
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - z) <= 1e-15 * Math.abs(z)) return next;
    z = next;
  }
  return z;
}
