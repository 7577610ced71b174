import type { ContextBatch } from '../../contexts/context-batch.js';
import type { Coefficients, CoefficientTable } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { GroundMotion } from '../model.js';
import { lnOnePlus } from './nga-west2.js';

/* The equations of Chiou & Youngs (2014), apart from those that depend on the site alone. */

const C2 = 1.06;
const C4 = -2.1;
const C4A = -0.5;
const CRB2 = 50 * 50;

/** What sets the variants of Chiou & Youngs (2014) apart; the arguments of a job end up here. */
export interface Options {
  readonly id: string;
  readonly region: string;
  readonly hangingWall: boolean;
  readonly deltaC1: boolean;
  readonly alphaNormal: number;
  /** 2/3 log10 of the ratio of stress parameters, target to host; NaN where none is given */
  readonly stressRatio: number;
  readonly deltaGamma: CoefficientTable | undefined;
  readonly usgsBasin: boolean;
  readonly cybershake: boolean;
  readonly withoutBasin?: boolean;
  /** with the directivity term, whose parameter contexts must have as rcdpp */
  readonly directivity?: boolean;
  /** the model of the PEER verification cases: a constant total standard deviation */
  readonly peer: boolean;
}

/** Coefficients of one measure, and its terms for every site. */
export interface Measure {
  readonly imt: Imt;
  readonly c: Coefficients;
  /** change of cm by the stress parameter */
  readonly deltaCm: number;
  readonly deltaGamma: Coefficients | undefined;
  /** c8, c8b of the directivity term, if there is one */
  readonly directivity: Coefficients | undefined;
  /** linear site response and basin term, [sites] */
  readonly linear: Float64Array;
  /** b of the nonlinear response, [sites] */
  readonly nonlinear: Float64Array;
  /** 0.7 at sites of measured velocity, else sig3, [sites] */
  readonly measured: Float64Array;
}

/** What does not depend on the measure. */
export interface Shared {
  /** (c4a - c4) ln sqrt(rrup^2 + crb^2), [contexts] */
  readonly far: Float64Array;
  /** geometry of the hanging-wall term, [contexts] */
  readonly hangingWall: Float64Array;
  /** 1 / cosh(2 max(M - 4.5, 0)), [ruptures] */
  readonly scale: Float64Array;
  /** ztor less the depth expected, km, [ruptures] */
  readonly deltaZtor: Float64Array;
  /** cos^2 of the dip, [ruptures] */
  readonly cosine2: Float64Array;
  /** 1 reverse, -1 normal, 0 other, [ruptures] */
  readonly style: Int8Array;
}
/** Memory for the terms of a batch that all measures share. */
export const makeShared = (capacity: number): Shared => ({
  far: new Float64Array(capacity),
  hangingWall: new Float64Array(capacity),
  scale: new Float64Array(capacity),
  deltaZtor: new Float64Array(capacity),
  cosine2: new Float64Array(capacity),
  style: new Int8Array(capacity),
});

/** Terms of a batch that do not depend on the measure. */
export function sharedTerms(options: Options, batch: ContextBatch, shared: Shared): void {
  const { start, mag, rake, dip, ztor, rrup, rjb, rx } = batch;
  const { far, hangingWall } = shared;
  for (let r = 0; r < batch.ruptures; r++) {
    const cosine = dip[r] === 90 ? 0 : Math.cos((dip[r] * Math.PI) / 180);
    const reverse = rake[r] >= 30 && rake[r] <= 150;
    shared.scale[r] = 1 / Math.cosh(2 * Math.max(mag[r] - 4.5, 0));
    shared.deltaZtor[r] = ztor[r] - meanZtor(mag[r], reverse);
    shared.cosine2[r] = cosine * cosine;
    shared.style[r] = reverse ? 1 : rake[r] >= -120 && rake[r] <= -60 ? -1 : 0;
    const depth2 = ztor[r] * ztor[r];
    const wall = options.hangingWall ? cosine : 0;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const distance = rrup[i];
      far[i] = 0.5 * (C4A - C4) * Math.log(distance * distance + CRB2);
      hangingWall[i] = wall !== 0 && rx[i] >= 0 ? wall * (1 - Math.sqrt(rjb[i] * rjb[i] + depth2) / (distance + 1)) : 0;
    }
  }
}

/** Style-of-faulting, depth and dip terms of equation 11 for rupture r. */
function sourceTerm(c: Coefficients, alphaNormal: number, shared: Shared, r: number): number {
  const scale = shared.scale[r];
  const style = shared.style[r];
  const term = c.c1 + (c.c7 + c.c7b * scale) * shared.deltaZtor[r] + c.c11b * scale * shared.cosine2[r];
  if (style === 0) return term;
  return term + (style > 0 ? c.c1a + c.c1c * scale : (c.c1b + c.c1d * scale) * alphaNormal);
}

/** Depth to the top of rupture expected at a magnitude, km (equations 4 and 5). */
export function meanZtor(mag: number, reverse: boolean): number {
  const root = reverse
    ? Math.max(2.704 - 1.226 * Math.max(mag - 5.849, 0), 0)
    : Math.max(2.673 - 1.136 * Math.max(mag - 4.97, 0), 0);
  return root * root;
}

/** Magnitude scaling of equation 11, with the adjustment of the corner magnitude by the stress parameter. */
function magnitudeTerm(c: Coefficients, mag: number, deltaCm: number): number {
  const slope = C2 - c.c3;
  return C2 * (mag - 6) + (slope / c.cn) * Math.log(1 + Math.exp(c.cn * (c.cm + deltaCm - mag))) - slope * deltaCm;
}

const C8A = 0.2695;

/** Factor of the directivity parameter at a magnitude (equation 11), before the taper with distance. */
function directivityFactor({ c8, c8b }: Coefficients, mag: number): number {
  const dm = mag - c8b;
  return c8 * Math.min(Math.max((mag - 5.5) / 0.8, 0), 1) * Math.exp(-C8A * dm * dm);
}

/** Taper of the directivity term with rrup (km): 1 to 40 km, 0 from 70 km. */
const directivityTaper = (rrup: number): number => Math.max(1 - Math.max(rrup - 40, 0) / 30, 0);

/** Coefficient of rrup. */
function anelasticSlope(options: Options, measure: Measure, mag: number): number {
  const { c, deltaGamma } = measure;
  let slope = c.cg1 + c.cg2 / Math.cosh(Math.max(mag - c.cg3, 0));
  if (deltaGamma) {
    const dm = mag - 6;
    slope += deltaGamma.c0 + dm * (deltaGamma.c1 + dm * (deltaGamma.c2 + dm * deltaGamma.c3));
  }
  if ((options.region === 'JPN' || options.region === 'ITA') && mag > 6 && mag < 6.9) return slope * c.gjpit;
  return options.region === 'WEN' ? slope * c.gwn : slope;
}

/**
 * Equations 11 to 14: mean without floor and epistemic term, and standard deviations of one measure.
 * Writes row m of `out`.
 */
export function evaluateMeasure(
  options: Options,
  measure: Measure,
  batch: ContextBatch,
  shared: Shared,
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag, rrup, rx, rcdpp } = batch;
  const { c, directivity, linear, nonlinear, measured } = measure;
  const { far, hangingWall } = shared;
  const { c9, c9a } = c;
  const perPhi4 = 1 / c.phi4;
  const twoOverC9b = 2 / c.c9b;
  const mean = out.mean[m];
  const total = out.total[m];
  const inter = out.inter[m];
  const intra = out.intra[m];
  let lastMag = NaN;
  let magnitude = 0;
  let near = 0;
  let anelastic = 0;
  let alongRupture = 0;
  let tau = 0;
  let sigma = 0;
  const corrected = options.deltaC1 && measure.imt.kind === 'SA';
  let correction = NO_DELTA_C1;
  for (let r = 0; r < batch.ruptures; r++) {
    const magR = mag[r];
    if (magR !== lastMag) {
      lastMag = magR;
      magnitude = magnitudeTerm(c, magR, measure.deltaCm);
      near = c.c5 * Math.cosh(c.c6 * Math.max(magR - c.chm, 0));
      anelastic = anelasticSlope(options, measure, magR);
      if (directivity) alongRupture = directivityFactor(directivity, magR);
      const share = Math.min(Math.max(magR - 5, 0), 1.5) / 1.5;
      tau = c.tau1 + (c.tau2 - c.tau1) * share;
      sigma = c.sig1 + (c.sig2 - c.sig1) * share;
      if (corrected) correction = deltaC1(measure.imt.period, magR);
    }
    const event = sourceTerm(c, options.alphaNormal, shared, r) + magnitude;
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const s = site[i];
      const distance = rrup[i];
      let lnReference = event + C4 * Math.log(distance + near) + far[i] + anelastic * distance;
      if (hangingWall[i] !== 0) {
        // tanh(x) = 1 - 2 / (exp(2x) + 1), which is 1 beyond x = 20
        const twice = twoOverC9b * rx[i];
        const tanh = twice > 40 ? 1 : 1 - 2 / (Math.exp(twice) + 1);
        lnReference += c9 * hangingWall[i] * (c9a + (1 - c9a) * tanh);
      }
      if (alongRupture !== 0) lnReference += alongRupture * directivityTaper(distance) * rcdpp[i];
      if (correction.long !== 0) {
        const { long, near: atFault, far: away, decay } = correction;
        lnReference += long * (atFault + away / Math.cosh(decay * Math.min(distance, 100)));
      }
      const b = nonlinear[s];
      let response = lnReference + linear[s];
      let gain = 1;
      if (b !== 0) {
        const strength = perPhi4 * Math.exp(lnReference);
        response += b * lnOnePlus(strength);
        gain += (b * strength) / (strength + 1);
      }
      mean[i] = response;
      const gain2 = gain * gain;
      const phi = sigma * Math.sqrt(measured[s] + gain2);
      inter[i] = Math.abs(gain) * tau;
      intra[i] = phi;
      total[i] = Math.sqrt(gain2 * tau * tau + phi * phi);
    }
  }
}

/** Long-period correction inside ln y_ref: long (near + far / cosh(decay min(rrup, 100))); 0 where long is 0. */
interface DeltaC1 {
  readonly long: number;
  readonly near: number;
  readonly far: number;
  readonly decay: number;
}
const NO_DELTA_C1: DeltaC1 = { long: 0, near: 0, far: 0, decay: 0 };

/** Boore et al. (2022), Earthquake Spectra, equations 4 to 8: beyond the corner period (s) of a magnitude. */
function deltaC1(period: number, mag: number): DeltaC1 {
  const above = Math.max(mag - 7, 0);
  const corner = 2 - above;
  if (period <= corner) return NO_DELTA_C1;
  const ln = Math.log(period / corner);
  return {
    long: ln * ln,
    near: 0.2704 - 0.0694 * above,
    far: -0.1342 + 0.0716 * above,
    decay: 0.2513 - 0.0419 * above,
  };
}
