import type { SiteParameters } from '../../site/site-parameters.js';
import type { Coefficients } from '../coefficients.js';
import { erf } from '../terms/error-function.js';
import type { Imt } from '../imt.js';
import { knownDepths } from '../terms/basin-depth.js';
import { usgsBasinFactor } from '../terms/nga-west2.js';

/* Site terms of Parker et al. (2020), PEER Report 2020/03. */

const REFERENCE_VELOCITY = 760;
/** m/s: below it the slope of linear site response may change */
const SLOW_VELOCITY = 270;

/** Which basin term applies. */
export interface BasinOptions {
  readonly region?: string;
  /** Cascadia: outside the basins, or in that of Seattle */
  readonly basin?: 'out' | 'Seattle';
  /** basin terms of Japan and Cascadia (z2pt5) */
  readonly withBasin: boolean;
  readonly m9Basin: boolean;
  readonly usgsBasin: boolean;
}

/** Linear site term of each site (equation 4.11); vs30 m/s. */
export function linearTerms(c: Coefficients, region: string | undefined, vs30: Float64Array): Float64Array {
  const s2 = region === undefined || region === 'CAM' ? c.s2 : c[`${region}_s2`];
  const s1 = region === 'TW' || region === 'JP' ? c[`${region}_s1`] : s2;
  return vs30.map((v) => {
    if (v > SLOW_VELOCITY) return s2 * Math.log(Math.min(v, c.V2) / REFERENCE_VELOCITY);
    return s1 * Math.log(v / SLOW_VELOCITY) + s2 * Math.log(SLOW_VELOCITY / REFERENCE_VELOCITY);
  });
}

/** Coefficient of nonlinear site response of each site (equation 4.14). */
export function nonlinearCoefficients(c: Coefficients, vs30: Float64Array): Float64Array {
  const reference = Math.exp(560 * c.f5);
  return vs30.map((v) => c.f4 * (Math.exp(c.f5 * (Math.min(v, REFERENCE_VELOCITY) - 200)) - reference));
}

/** Depth (m) to 2.5 km/s in California: the profile at which the USGS takes the term that its M9 term replaces. */
const M9_REFERENCE = 1279;

/**
 * Basin term of each site (equations 4.15 to 4.18): Japan and Cascadia, z2pt5 in km; 0 where z2pt5 is 0 or unknown (-999), which
 * stands for the depth expected at vs30.
 */
export function basinTerms(
  options: BasinOptions,
  c: Coefficients,
  imt: Imt,
  sites: SiteParameters,
): Float64Array | undefined {
  const { region, basin, withBasin, m9Basin, usgsBasin } = options;
  if (!withBasin || (region !== 'JP' && region !== 'Cascadia')) return undefined;
  const [theta0, theta1, mu, scale] = region === 'JP' ? [3.05, -0.8, 500, 0.33] : [3.94, -0.42, 200, 0.2];
  // in Cascadia both the cap and the slope change outside the basins and in that of Seattle
  const change = basin === 'out' ? c.del_None : basin === 'Seattle' ? c.del_Seattle : 0;
  const [e1, e2, e3] = region === 'JP' ? [c.J_e1, c.J_e2, c.J_e3] : [c.C_e1, c.C_e2 + change, c.C_e3 + change];
  const { vs30 } = sites.numeric;
  /** ln of the depth (m) expected at vs30 (equation 4.15) */
  const lnExpected = (v: number): number =>
    Math.LN10 * (theta0 + theta1 * (1 + erf((Math.log10(v) - Math.log10(mu)) / (scale * Math.SQRT2))));
  const z2pt5 = knownDepths(sites.numeric.z2pt5, vs30, (v) => 0.001 * Math.exp(lnExpected(v)));
  const m9 = m9Basin && imt.period >= 1.9;
  return vs30.map((v, s) => {
    const depth = z2pt5[s];
    let term = depth === 0 ? 0 : depthTerm(Math.log(1000 * depth) - lnExpected(v), e1, e2, e3);
    if (m9 && depth >= 6) term = Math.LN2 - depthTerm(Math.log((1000 * depth) / M9_REFERENCE), c.C_e1, c.C_e2, c.C_e3);
    return usgsBasin ? term * usgsBasinFactor(depth, imt.period, 'z2pt5') : term;
  });
}

/** Equation 4.18: e3 z between e1 and e2; z is ln of the depth over the expected one. */
function depthTerm(z: number, e1: number, e2: number, e3: number): number {
  if (z <= e1 / e3) return e1;
  return z >= e2 / e3 ? e2 : e3 * z;
}
