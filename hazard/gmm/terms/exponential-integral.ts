/** Euler's constant. */
const EULER = 0.577215664901532860606512090082402431;
const EPSILON = 1e-16;

/**
 * Exponential integral E1(x), the integral of exp(-t) / t from x > 0 to infinity: its power series up to 1, its continued
 * fraction (evaluated from the front by Lentz's method) above; Abramowitz & Stegun (1964), 5.1.11 and 5.1.22.
 */
export function exponentialIntegral(x: number): number {
  if (x <= 1) {
    let sum = -Math.log(x) - EULER;
    let power = 1;
    for (let k = 1; k < 60; k++) {
      power *= -x / k;
      sum -= power / k;
      if (Math.abs(power) < EPSILON) break;
    }
    return sum;
  }
  let b = x + 1;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 300; k++) {
    const a = -k * k;
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < EPSILON) break;
  }
  return fraction * Math.exp(-x);
}
