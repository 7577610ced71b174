import type { ContextBatch } from '../../contexts/context-batch.js';
import type { Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotion } from '../model.js';

/* The equations of Campbell & Bozorgnia (2014), apart from those that depend on the site alone. */

/** Constant c of the site term. */
export const C = 1.88;
/** Constant n of the site term. */
export const N = 1.18;

/** Coefficients of one measure, and its terms for every site. */
export interface Measure {
  readonly imt: Imt;
  readonly c: Coefficients;
  /** c ln-linear part of the site response and basin term, [sites] */
  readonly linear: Float64Array;
  /** c (vs30 / k1)^n at sites below k1, else NaN: those respond linearly, [sites] */
  readonly soft: Float64Array;
}

/** What does not depend on the measure. */
export interface Shared {
  /** hypocentral depth as used, km, [ruptures] */
  readonly hypoDepth: Float64Array;
  /** horizontal projection of the width, km, [ruptures] */
  readonly projected: Float64Array;
  /** f_Rrup f_Z (90 - dip) / 45 of the hanging-wall term, 0 on the foot wall, [contexts] */
  readonly hangingWall: Float64Array;
  /** PGA on rock, g, and ln(it + c), [contexts] */
  readonly rock: Float64Array;
  readonly lnRock: Float64Array;
}

/** f_mag (equation 2). */
function magnitudeTerm(c: Coefficients, mag: number): number {
  let term = c.c0 + c.c1 * mag;
  if (mag > 4.5) term += c.c2 * (mag - 4.5);
  if (mag > 5.5) term += c.c3 * (mag - 5.5);
  if (mag > 6.5) term += c.c4 * (mag - 6.5);
  return term;
}

/** f_flt (equations 4-6). */
function styleTerm(c: Coefficients, mag: number, rake: number): number {
  const taper = Math.min(Math.max(mag - 4.5, 0), 1);
  if (rake > 30 && rake < 150) return c.c8 * taper;
  return rake > -150 && rake < -30 ? c.c9 * taper : 0;
}

/** Magnitude taper of the hanging-wall term (equation 14). */
function hangingWallOfMag(a2: number, mag: number): number {
  if (mag <= 5.5) return 0;
  const slope = 1 + a2 * (mag - 6.5);
  return mag <= 6.5 ? (mag - 5.5) * slope : slope;
}

/** f_hyp (equations 21-23). */
function hypocentreTerm(c: Coefficients, mag: number, hypoDepth: number): number {
  const slope = c.c17 + (c.c18 - c.c17) * Math.min(Math.max(mag - 5.5, 0), 1);
  return slope * Math.min(Math.max(hypoDepth - 7, 0), 13);
}

/** f_dip (equation 24). */
function dipTerm(c: Coefficients, mag: number, dip: number): number {
  return c.c19 * dip * Math.min(Math.max(5.5 - mag, 0), 1);
}

/** Equation 1: mean of one measure, without epistemic term and floor. */
export function meanOf(
  measure: Measure,
  batch: ContextBatch,
  site: Int32Array,
  shared: Shared,
  out: Float64Array,
): void {
  const { start, mag, rake, dip, rrup, rx } = batch;
  const { c, linear, soft } = measure;
  const { hangingWall, rock, lnRock } = shared;
  const { h1, h2, h3, h5, h6, k2 } = c;
  const c7Squared = c.c7 * c.c7;
  const anelastic = c.c20 + c.Dc20;
  for (let r = 0; r < batch.ruptures; r++) {
    const magR = mag[r];
    const event =
      magnitudeTerm(c, magR) +
      styleTerm(c, magR, rake[r]) +
      hypocentreTerm(c, magR, shared.hypoDepth[r]) +
      dipTerm(c, magR, dip[r]);
    const halfSlope = 0.5 * (c.c5 + c.c6 * magR);
    const hwScale = c.c10 * hangingWallOfMag(c.a2, magR);
    const r1 = shared.projected[r];
    const perLength = 1 / (62 * magR - 350 - r1);
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const distance = rrup[i];
      let value = event + halfSlope * Math.log(distance * distance + c7Squared);
      if (distance > 80) value += anelastic * (distance - 80);
      const hw = hwScale * hangingWall[i];
      if (hw !== 0) {
        if (rx[i] < r1) {
          const x = rx[i] / r1;
          value += hw * (h1 + x * (h2 + x * h3));
        } else {
          const x = (rx[i] - r1) * perLength;
          const f = 1 + x * (h5 + x * h6);
          if (f > 0) value += hw * f;
        }
      }
      const s = site[i];
      const softness = soft[s];
      value += linear[s];
      if (softness === softness) value += k2 * (Math.log(rock[i] + softness) - lnRock[i]);
      out[i] = value;
    }
  }
}

/** Value for magnitude between 4.5 and 5.5, and beyond (equations 27 and 28). */
const ofMagnitude = (low: number, high: number, mag: number): number =>
  high + (low - high) * Math.min(Math.max(5.5 - mag, 0), 1);

/** Equations 25 to 31. `rockC` are the coefficients of PGA. */
export function standardDeviations(
  measure: Measure,
  rockC: Coefficients,
  batch: ContextBatch,
  shared: Shared,
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag } = batch;
  const { c, soft, imt } = measure;
  const { rock } = shared;
  const { k2 } = c;
  const total = out.total[m];
  const inter = out.inter[m];
  const intra = out.intra[m];
  const cumulative = imt.kind === 'IA' || imt.kind === 'CAV';
  const amplification2 = c.philnAF * c.philnAF;
  const rockAmplification2 = rockC.philnAF * rockC.philnAF;
  let lastMag = NaN;
  let t = 0;
  let tPga = 0;
  let p = 0;
  let basePga = 0;
  let linearTotal = 0;
  let tauLinear = 0;
  let phiLinear = 0;
  for (let r = 0; r < batch.ruptures; r++) {
    if (mag[r] !== lastMag) {
      lastMag = mag[r];
      t = ofMagnitude(c.tau1, c.tau2, lastMag);
      tPga = ofMagnitude(rockC.tau1, rockC.tau2, lastMag);
      p = ofMagnitude(c.phi1, c.phi2, lastMag);
      const pPga = ofMagnitude(rockC.phi1, rockC.phi2, lastMag);
      const base = Math.sqrt(p * p - amplification2);
      basePga = Math.sqrt(pPga * pPga - rockAmplification2);
      const rho = cumulative ? ofMagnitude(c.rho1pga, c.rho2pga, lastMag) : c.rholny;
      linearTotal = Math.sqrt(t * t + p * p);
      tauLinear = 2 * rho * t * tPga;
      phiLinear = 2 * rho * base * basePga;
    }
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const softness = soft[site[i]];
      if (softness !== softness) {
        inter[i] = t;
        intra[i] = p;
        total[i] = linearTotal;
        continue;
      }
      const alpha = k2 * rock[i] * (1 / (rock[i] + softness) - 1 / (rock[i] + C));
      const tau2 = t * t + alpha * (tauLinear + alpha * tPga * tPga);
      const phi2 = p * p + alpha * (phiLinear + alpha * basePga * basePga);
      inter[i] = Math.sqrt(tau2);
      intra[i] = Math.sqrt(phi2);
      total[i] = Math.sqrt(tau2 + phi2);
    }
  }
}
