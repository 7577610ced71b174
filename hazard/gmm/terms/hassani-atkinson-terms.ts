import type { Coefficients } from '../coefficients.js';

/*
 * Generic point-source model of B. Hassani, G. M. Atkinson (2018), Adjustable generic ground-motion prediction equation based on
 * equivalent point-source simulations: accounting for kappa effects, Bulletin of the Seismological Society of America 108(2),
 * 913-928: source, stress, kappa and spreading terms, all log10 units.
 */

const B1 = -1.3;
const B2 = -0.5;

/** Magnitude scaling (equation 4). */
export function magnitudeTerm(c: Coefficients, mag: number): number {
  const dm = mag - c.mh;
  return c.e0 + (dm <= 0 ? dm * (c.e1 + dm * c.e2) : c.e3 * dm);
}

/** Stress scaling (equation 5): quartics of magnitude times powers of log10 of the stress parameter, bar. */
export function stressTerm(c: Coefficients, mag: number, lnStress: number): number {
  const quartic = (g: string): number =>
    c[`${g}0`] + mag * (c[`${g}1`] + mag * (c[`${g}2`] + mag * (c[`${g}3`] + mag * c[`${g}4`])));
  const first = quartic('g1');
  const second = quartic('g2');
  return -2 * first - 4 * second + first * lnStress + second * lnStress * lnStress;
}

/** Kappa scaling (equation 6) of log10 kappa: quartic whose coefficients are cubics of log10 M, and these parabolas of log10 stress. */
export function kappaTerm(c: Coefficients, mag: number, lnStress: number, lnKappa: number): number {
  const lnMag = Math.log10(mag);
  let sum = 0;
  let power = lnKappa;
  let zero = 3; // so that the term vanishes at the reference kappa, whose log10 is about -3
  for (let k = 0; k < 4; k++) {
    let cubic = 0;
    for (let j = 3; j >= 0; j--) {
      const parabola = c[`d${k}${j}0`] + lnStress * (c[`d${k}${j}1`] + lnStress * c[`d${k}${j}2`]);
      cubic = cubic * lnMag + parabola;
    }
    sum += cubic * (power + zero);
    power *= lnKappa;
    zero *= -3;
  }
  return sum;
}

/** km: depth that saturates the distance at a magnitude (equation 2). */
export const pseudoDepth = (mag: number): number => 10 ** (-0.405 + 0.235 * mag);

/** Geometrical spreading (equations 2 and 3); transition and rrup in km. */
export function spreadingTerm(c: Coefficients, mag: number, rrup: number, depth: number, transition: number): number {
  const distance = Math.sqrt(rrup * rrup + depth * depth);
  const near = B1 * Math.log10(Math.min(distance, transition));
  const far = B2 * Math.log10(Math.max(distance / transition, 1));
  return near + far + (c.b3 + c.b4 * mag) * Math.log10(distance / Math.sqrt(1 + depth * depth));
}
