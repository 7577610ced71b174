import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { knownDepths } from '../terms/basin-depth.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';

const { tables } = readTables(import.meta.url, 'abrahamson-silva-2008');
const MAIN = new CoefficientTable(tables.main);
const ID = 'AbrahamsonSilva2008';
const PGA = parseImt('PGA');

const C1 = 6.75;
const C4 = 4.5;
const A3 = 0.265;
const A4 = -0.231;
const A5 = -0.398;
const N = 1.18;
const C = 1.88;
const C2 = 50;
const AMPLIFICATION2 = 0.3 * 0.3;
const ROCK_VS30 = 1100;

const AbrahamsonSilva2008: ModelDeclaration = {
  id: ID,
  citation:
    'N. A. Abrahamson, W. J. Silva (2008), Summary of the Abrahamson & Silva NGA ground-motion relations, Earthquake Spectra 24(1), 67-97, doi:10.1193/1.2924360, with the errata of 2009',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [5, 8.5],
    distance: { kind: 'rrup', range: [0, 200] },
    source:
      'what its authors mean it for (N. A. Abrahamson et al., 2008, Earthquake Spectra 24(1), 45-66, comparison of the NGA models)',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal (GMRotI50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: {
    rupture: ['mag', 'rake', 'dip', 'ztor', 'width'],
    distances: ['rrup', 'rjb', 'rx'],
    site: ['vs30', 'vs30measured', 'z1pt0'],
  },
  arguments: [],
  notes: 'Main shocks only, without the model of constant displacement.',
  create: () => model,
};

interface Measure {
  readonly c: Coefficients;
  /** site response but for the part that depends on rock motion, and soil depth, [sites] */
  readonly linear: Float64Array;
  /** c (V* / VLIN)^n at sites below VLIN, else NaN, [sites] */
  readonly soft: Float64Array;
  /** c (vs30 / VLIN)^n at these sites: velocities are not capped in the standard deviation, [sites] */
  readonly softSigma: Float64Array;
}

interface Shared {
  readonly lnDistance: Float64Array;
  /** T1 T2 T3 T4 T5 of the hanging wall */
  readonly hangingWall: Float64Array;
  /** (rrup - 100) T6 beyond 100 km */
  readonly far: Float64Array;
  /** PGA on rock, g, and ln(it + c) */
  readonly rock: Float64Array;
  readonly lnRock: Float64Array;
}

const model: GroundMotionModel = {
  id: ID,
  requires: AbrahamsonSilva2008.requires,
  prepare(imts, sites, capacity) {
    const measures = imts.map((imt) => measureOf(imt, sites));
    const rock = rockMeasure();
    const rockSite = new Int32Array(capacity);
    const array = () => new Float64Array(capacity);
    const shared: Shared = { lnDistance: array(), hangingWall: array(), far: array(), rock: array(), lnRock: array() };
    const measured = sites.numeric.vs30measured;
    return (batch, out) => {
      sharedTerms(batch, shared);
      meanOf(rock, batch, rockSite, shared, shared.rock);
      for (let i = 0; i < batch.size; i++) {
        shared.rock[i] = Math.exp(shared.rock[i]);
        shared.lnRock[i] = Math.log(shared.rock[i] + C);
      }
      for (let m = 0; m < measures.length; m++) {
        meanOf(measures[m], batch, batch.site, shared, out.mean[m]);
        standardDeviations({ ...measures[m], pga: rock.c, measured }, batch, shared, out, m);
      }
    };
  },
};

function measureOf(imt: Imt, sites: SiteParameters): Measure {
  const c = MAIN.row(imt, ID);
  const { vs30 } = sites.numeric;
  const z1pt0 = knownDepths(sites.numeric.z1pt0, vs30, medianZ1);
  const cap = velocityCap(imt);
  const soft = (v: number, capped: number) => (v < c.VLIN ? C * Math.exp(N * Math.log(capped / c.VLIN)) : NaN);
  return {
    c,
    linear: vs30.map((v, s) => linearSite(c, v, cap) + soilDepth(c, imt, v, cap, z1pt0[s])),
    soft: vs30.map((v) => soft(v, Math.min(v, cap))),
    softSigma: vs30.map((v) => soft(v, v)),
  };
}

/** PGA on rock of 1100 m/s: a measure with one site, without soil depth. */
function rockMeasure(): Measure {
  const c = MAIN.row(PGA, ID);
  const linear = (c.a10 + c.b * N) * Math.log(Math.min(ROCK_VS30, velocityCap(PGA)) / c.VLIN);
  return { c, linear: Float64Array.of(linear), soft: Float64Array.of(NaN), softSigma: Float64Array.of(NaN) };
}

/** V1 (equation 6). */
function velocityCap(imt: Imt): number {
  if (imt.kind === 'PGV') return 862;
  const period = imt.kind === 'SA' ? imt.period : 0;
  if (period <= 0.5) return 1500;
  if (period <= 1) return Math.exp(8 - 0.795 * Math.log(period / 0.21));
  return period < 2 ? Math.exp(6.76 - 0.297 * Math.log(period)) : 700;
}

/** f5 (equation 5) but for the part that depends on rock motion. */
function linearSite(c: Coefficients, vs30: number, cap: number): number {
  return (vs30 < c.VLIN ? c.a10 : c.a10 + c.b * N) * Math.log(Math.min(vs30, cap) / c.VLIN);
}

/** f10 (equations 16 to 20): soil depth; z1pt0 m. */
function soilDepth(c: Coefficients, imt: Imt, vs30: number, cap: number, z1pt0: number): number {
  const ratio = Math.log((z1pt0 + C2) / (medianZ1(vs30) + C2));
  let term = 0;
  if (vs30 < 1000) {
    const e2 = depthSlope(imt, vs30);
    const site = (c.a10 + c.b * N) * Math.log(Math.min(vs30, cap) / Math.min(cap, 1000));
    term = site + e2 * ratio < 0 ? -site : e2 * ratio;
  }
  const period = imt.kind === 'SA' ? imt.period : 0;
  if (z1pt0 >= 200 && period >= 2) term += 0.0625 * (period - 2) * Math.log(z1pt0 / 200);
  return term;
}

/** Median depth (m) to 1.0 km/s by vs30 (m/s), Abrahamson & Silva (2008), eq. 17. */
export function medianZ1(vs30: number): number {
  if (vs30 < 180) return Math.exp(6.745);
  return Math.exp(vs30 <= 500 ? 6.745 - 1.35 * Math.log(vs30 / 180) : 5.394 - 4.48 * Math.log(vs30 / 500));
}

function depthSlope(imt: Imt, vs30: number): number {
  const period = imt.kind === 'PGV' ? 1 : imt.kind === 'SA' ? imt.period : 0;
  if (period < 0.35) return 0;
  return -0.25 * Math.log(vs30 / 1000) * Math.log(Math.min(period, 2) / 0.35);
}

function sharedTerms(batch: ContextBatch, shared: Shared): void {
  const { start, mag, dip, ztor, width, rrup, rjb, rx } = batch;
  const { lnDistance, hangingWall, far } = shared;
  for (let r = 0; r < batch.ruptures; r++) {
    const ofMag = Math.min(Math.max(mag[r] - 6, 0), 1);
    const ofDip = dip[r] >= 30 ? 1 - (dip[r] - 30) / 60 : 1;
    const factor = dip[r] === 90 ? 0 : ofMag * ofDip;
    const projected = width[r] * Math.cos((dip[r] * Math.PI) / 180);
    const attenuation = mag[r] < 5.5 ? 1 : mag[r] <= 6.5 ? 0.5 * (6.5 - mag[r]) + 0.5 : 0.5;
    for (let i = start[r]; i < start[r + 1]; i++) {
      lnDistance[i] = 0.5 * Math.log(rrup[i] * rrup[i] + C4 * C4);
      far[i] = rrup[i] > 100 ? attenuation * (rrup[i] - 100) : 0;
      hangingWall[i] = factor !== 0 && rx[i] > 0 ? factor * hangingWallOfSite(rjb[i], rx[i], projected, ztor[r]) : 0;
    }
  }
}

/** T1 T2 T3 (equations 8 to 10). */
function hangingWallOfSite(rjb: number, rx: number, projected: number, ztor: number): number {
  if (rjb >= 30) return 0;
  const t2 = rx <= projected ? 0.5 + rx / (2 * projected) : 1;
  return (1 - rjb / 30) * t2 * (rx < ztor ? rx / ztor : 1);
}

function eventTerm(c: Coefficients, mag: number, rake: number, ztor: number): number {
  const dm = mag - C1;
  let term = c.a1 + c.a8 * (8.5 - mag) * (8.5 - mag) + (dm <= 0 ? A4 : A5) * dm + c.a16 * Math.min(ztor / 10, 1);
  if (rake > 30 && rake < 150) term += c.a12;
  else if (rake > -120 && rake < -60) term += c.a13;
  return term;
}

/** Equation 1. */
function meanOf(measure: Measure, batch: ContextBatch, site: Int32Array, shared: Shared, out: Float64Array): void {
  const { start, mag, rake, ztor } = batch;
  const { c, linear, soft } = measure;
  const { lnDistance, hangingWall, far, rock, lnRock } = shared;
  for (let r = 0; r < batch.ruptures; r++) {
    const event = eventTerm(c, mag[r], rake[r], ztor[r]);
    const slope = c.a2 + A3 * (mag[r] - C1);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const s = site[i];
      let value = event + slope * lnDistance[i] + c.a14 * hangingWall[i] + c.a18 * far[i] + linear[s];
      const softness = soft[s];
      if (softness === softness) value += c.b * (Math.log(rock[i] + softness) - lnRock[i]);
      out[i] = value;
    }
  }
}

/** Value `low` up to magnitude 5, `high` from 7, straight between (equations 26 and 27). */
function ofMagnitude(low: number, high: number, mag: number): number {
  return low + ((high - low) * Math.min(Math.max(mag - 5, 0), 2)) / 2;
}

/** Within-event deviation without that of the amplification (equation 23). */
function withinBase(low: number, high: number, mag: number): number {
  const sigma = ofMagnitude(low, high, mag);
  return Math.sqrt(sigma * sigma - AMPLIFICATION2);
}

/** Equations 23 to 27; `pga`: coefficients of PGA. */
function standardDeviations(
  { c, softSigma, pga, measured }: Measure & { readonly pga: Coefficients; readonly measured: Float64Array },
  batch: ContextBatch,
  shared: Shared,
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag } = batch;
  const inter = out.inter[m];
  const intra = out.intra[m];
  const total = out.total[m];
  for (let r = 0; r < batch.ruptures; r++) {
    const magR = mag[r];
    const tau = ofMagnitude(c.s3, c.s4, magR);
    const tauPga = ofMagnitude(pga.s3, pga.s4, magR);
    const baseMeasured = withinBase(c.s1mea, c.s2mea, magR);
    const baseEstimated = withinBase(c.s1est, c.s2est, magR);
    const pgaMeasured = withinBase(pga.s1mea, pga.s2mea, magR);
    const pgaEstimated = withinBase(pga.s1est, pga.s2est, magR);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const known = measured[site[i]] !== 0;
      const softness = softSigma[site[i]];
      const rock = shared.rock[i];
      const d = softness === softness ? c.b * rock * (1 / (rock + softness) - 1 / (rock + C)) : 0;
      const phiLinear = known ? baseMeasured : baseEstimated;
      const phiPga = d * (known ? pgaMeasured : pgaEstimated);
      const phi2 = phiLinear * phiLinear + AMPLIFICATION2 + phiPga * (phiPga + 2 * phiLinear * c.rho);
      const tauRock = d * tauPga;
      const tau2 = tau * tau + tauRock * (tauRock + 2 * tau * c.rho);
      intra[i] = Math.sqrt(phi2);
      inter[i] = Math.sqrt(tau2);
      total[i] = Math.sqrt(phi2 + tau2);
    }
  }
}

export const models: ModelModule['models'] = [AbrahamsonSilva2008];
