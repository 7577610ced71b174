import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule, Validity } from '../model.js';
import { lnOnePlus } from '../terms/nga-west2.js';
import { chiouYoungs2008Z1, knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'chiou-youngs-2008');
/** Coefficients by period. */
export const MAIN = new CoefficientTable(tables.main);
const ID = 'ChiouYoungs2008';

const C2 = 1.06;
const C4 = -2.1;
const C4A = -0.5;
const CRB2 = 50 * 50;
const CHM = 3;
const CG3 = 4;

/** What its authors mean the model for. */
export const VALIDITY: Validity = {
  magnitude: [4, 8.5],
  distance: { kind: 'rrup', range: [0, 200] },
  vs30: [150, 1500],
  source: 'what its authors mean it for, section on applicability (reverse and normal faulting: to 8)',
};

const ChiouYoungs2008: ModelDeclaration = {
  id: ID,
  citation:
    'B. S.-J. Chiou, R. R. Youngs (2008), An NGA model for the average horizontal component of peak ground motion and response spectra, Earthquake Spectra 24(1), 173-215, doi:10.1193/1.2894832',
  tectonicRegionType: 'Active Shallow Crust',
  validity: VALIDITY,
  imts: MAIN.imts,
  component: 'Average Horizontal (GMRotI50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: {
    rupture: ['mag', 'rake', 'dip', 'ztor'],
    distances: ['rrup', 'rjb', 'rx'],
    site: ['vs30', 'vs30measured', 'z1pt0'],
  },
  referenceVelocity: 1130,
  arguments: [],
  notes: 'Main shocks only: the terms of aftershocks are not used.',
  create: () => model,
};

const model: GroundMotionModel = {
  id: ID,
  requires: ChiouYoungs2008.requires,
  prepare(imts, sites, capacity) {
    const { vs30, vs30measured, z1pt0 } = sites.numeric;
    const measures = imts.map((imt) => {
      const c = MAIN.row(imt, ID);
      return { c, sites: siteTerms(c, vs30, vs30measured, z1pt0) };
    });
    const shared = makeShared(capacity);
    return (batch, out) => {
      sharedTerms(batch, shared);
      for (let m = 0; m < measures.length; m++) evaluateMeasure(measures[m], batch, shared, out, m);
    };
  },
};

/** Terms of one measure for every site, [sites]. */
export interface SiteTerms {
  /** linear response and basin term */
  readonly linear: Float64Array;
  /** b of the nonlinear response */
  readonly nonlinear: Float64Array;
  /** 0.7 at sites of measured velocity, else sig3 */
  readonly measured: Float64Array;
}

/** What does not depend on the measure, [contexts]. */
export interface Shared {
  /** (c4a - c4) ln sqrt(rrup^2 + crb^2) */
  readonly far: Float64Array;
  /** 1 - sqrt(rjb^2 + ztor^2) / (rrup + 0.001), 0 on the foot wall and for vertical faults */
  readonly hangingWall: Float64Array;
  /** cos^2 of the dip, [ruptures] */
  readonly cosine2: Float64Array;
}
/** Memory for the terms of a batch that all measures share. */
export const makeShared = (capacity: number): Shared => ({
  far: new Float64Array(capacity),
  hangingWall: new Float64Array(capacity),
  cosine2: new Float64Array(capacity),
});

/** Site terms of equation 13b. vs30 m/s, z1pt0 m (-999: the depth expected at vs30). */
export function siteTerms(
  c: Coefficients,
  vs30: Float64Array,
  vs30measured: Float64Array,
  z1pt0: Float64Array,
): SiteTerms {
  const depths = knownDepths(z1pt0, vs30, chiouYoungs2008Z1);
  return {
    linear: vs30.map((v, s) => c.phi1 * Math.min(Math.log(v / 1130), 0) + basinTerm(c, depths[s])),
    nonlinear: vs30.map(
      (v) => c.phi2 * (Math.exp(c.phi3 * (Math.min(v, 1130) - 360)) - Math.exp(c.phi3 * (1130 - 360))),
    ),
    measured: vs30measured.map((flag) => (flag ? 0.7 : c.sig3)),
  };
}

function basinTerm(c: Coefficients, z1pt0: number): number {
  return (
    c.phi5 * (1 - 1 / Math.cosh(c.phi6 * Math.max(0, z1pt0 - c.phi7))) +
    c.phi8 / Math.cosh(0.15 * Math.max(0, z1pt0 - 15))
  );
}

/** Terms of a batch that do not depend on the measure. */
export function sharedTerms(batch: ContextBatch, shared: Shared): void {
  const { start, rrup, rjb, rx, dip, ztor } = batch;
  const { far, hangingWall } = shared;
  for (let r = 0; r < batch.ruptures; r++) {
    const cosine = dip[r] === 90 ? 0 : Math.cos((dip[r] * Math.PI) / 180);
    shared.cosine2[r] = cosine * cosine;
    const depth2 = ztor[r] * ztor[r];
    for (let i = start[r]; i < start[r + 1]; i++) {
      far[i] = 0.5 * (C4A - C4) * Math.log(rrup[i] * rrup[i] + CRB2);
      hangingWall[i] = rx[i] >= 0 && cosine !== 0 ? 1 - Math.sqrt(rjb[i] * rjb[i] + depth2) / (rrup[i] + 0.001) : 0;
    }
  }
}

/** Magnitude scaling of equation 13a. */
function magnitudeTerm(c: Coefficients, mag: number): number {
  return C2 * (mag - 6) + ((C2 - c.c3) / c.cn) * Math.log(1 + Math.exp(c.cn * (c.cm - mag)));
}

/** Style-of-faulting and depth terms of equation 13a. */
function sourceTerm(c: Coefficients, rake: number, ztor: number): number {
  const term = c.c1 + c.c7 * (ztor - 4);
  if (rake >= 30 && rake <= 150) return term + c.c1a;
  return rake >= -120 && rake <= -60 ? term + c.c1b : term;
}

/** Coefficients and site terms of one measure; models derived from this one change two terms. */
export interface EvaluatedMeasure {
  readonly c: Coefficients;
  readonly sites: SiteTerms;
  /** km: bounds ztor */
  readonly deepest?: number;
  /** of the anelastic attenuation */
  readonly anelasticFactor?: number;
}

/** Equations 13a, 13b, 20 and 21: mean and standard deviations of one measure. */
export function evaluateMeasure(
  { c, sites, deepest = Infinity, anelasticFactor = 1 }: EvaluatedMeasure,
  batch: ContextBatch,
  shared: Shared,
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag, rake, ztor, rrup, rx } = batch;
  const { linear, nonlinear, measured } = sites;
  const { far, hangingWall } = shared;
  const perPhi4 = 1 / c.phi4;
  const mean = out.mean[m];
  const total = out.total[m];
  const inter = out.inter[m];
  const intra = out.intra[m];
  let lastMag = NaN;
  let magnitude = 0;
  let near = 0;
  let anelastic = 0;
  let tau = 0;
  let sigma = 0;
  for (let r = 0; r < batch.ruptures; r++) {
    const magR = mag[r];
    if (magR !== lastMag) {
      lastMag = magR;
      magnitude = magnitudeTerm(c, magR);
      near = c.c5 * Math.cosh(c.c6 * Math.max(magR - CHM, 0));
      anelastic = anelasticFactor * (c.cg1 + c.cg2 / Math.cosh(Math.max(magR - CG3, 0)));
      const share = (Math.min(Math.max(magR, 5), 7) - 5) / 2;
      tau = c.tau1 + (c.tau2 - c.tau1) * share;
      sigma = c.sig1 + (c.sig2 - c.sig1) * share;
    }
    const event = sourceTerm(c, rake[r], Math.min(ztor[r], deepest)) + magnitude;
    const twiceSlope = (2 * shared.cosine2[r]) / c.c9a;
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const s = site[i];
      const distance = rrup[i];
      let lnReference = event + C4 * Math.log(distance + near) + far[i] + anelastic * distance;
      if (hangingWall[i] !== 0) {
        // tanh(x) = 1 - 2 / (exp(2x) + 1)
        lnReference += c.c9 * hangingWall[i] * (1 - 2 / (Math.exp(twiceSlope * rx[i]) + 1));
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

export const models: ModelModule['models'] = [ChiouYoungs2008];
