import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  Evaluator,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
} from '../model.js';
import { withEpistemic, usgsBasinFactor, type SiteResponseChange } from '../terms/nga-west2.js';
import { SIGMA_MU_EPSILON, USGS_BASIN_SCALING } from '../shared-arguments.js';

const { tables } = readTables(import.meta.url, 'abrahamson-2014');
const MAIN = new CoefficientTable(tables.main);
const CYBERSHAKE = new CoefficientTable(tables.cybershake);
const ID = 'AbrahamsonEtAl2014';

const N = 1.5;
const C4 = 4.5;
const ROCK_VS30 = 1180;

interface Options {
  readonly region: string | null;
  readonly usgsBasin: boolean;
  readonly cybershake: boolean;
  readonly siteChange?: SiteResponseChange;
}

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  SIGMA_MU_EPSILON,
  {
    name: 'region',
    meaning: 'region with its own terms; none for California and elsewhere',
    type: 'text',
    default: null,
    allowed: [null, 'CHN', 'JPN', 'TWN'],
  },
  USGS_BASIN_SCALING,
  {
    name: 'cybershake_basin_adj',
    meaning: 'basin term of the Cybershake simulations for periods above 1.9 s',
    type: 'boolean',
    default: false,
  },
];

const AbrahamsonEtAl2014: ModelDeclaration = {
  id: ID,
  citation:
    'N. A. Abrahamson, W. J. Silva, R. Kamai (2014), Summary of the ASK14 ground motion relation for active crustal regions, Earthquake Spectra 30(3), 1025-1055, doi:10.1193/070913EQS198M',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [3, 8.5],
    distance: { kind: 'rrup', range: [0, 300] },
    vs30: [180, 1000],
    source:
      'summary of the paper; velocities: N. Gregor et al. (2014), Earthquake Spectra 30(3), 1179-1197, table 2: what its authors mean it for',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: {
    rupture: ['mag', 'rake', 'dip', 'ztor', 'width'],
    distances: ['rrup', 'rjb', 'rx', 'ry0'],
    site: ['vs30', 'vs30measured', 'z1pt0'],
  },
  referenceVelocity: ROCK_VS30,
  arguments: ARGUMENTS,
  notes: 'A negative z1pt0 stands for the depth expected at vs30.',
  create: createModel,
};

function createModel(args: Arguments): GroundMotionModel {
  const options: Options = {
    region: args.region === null ? null : String(args.region),
    usgsBasin: args.usgs_basin_scaling === true,
    cybershake: args.cybershake_basin_adj === true,
  };
  const base: GroundMotionModel = {
    id: ID,
    requires: AbrahamsonEtAl2014.requires,
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
  return withEpistemic(base, Number(args.sigma_mu_epsilon), args);
}

/** The model with another response of sites, without soil-depth term. */
export function withSiteChange(id: string, siteChange: SiteResponseChange): GroundMotionModel {
  const options: Options = { region: null, usgsBasin: false, cybershake: false, siteChange };
  return {
    id,
    requires: AbrahamsonEtAl2014.requires,
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
}

/** Coefficients of one measure, and its terms for every site. */
interface Measure {
  readonly c: Coefficients;
  /** coefficient of rrup, with the regional one */
  readonly anelastic: number;
  /** site and regional terms on rock of 1180 m/s */
  readonly rock: number;
  /** linear site response, soil depth and regional terms, [sites] */
  readonly linear: Float64Array;
  /** c (vs30 / vlin)^n at sites below vlin, else NaN: those respond linearly, [sites] */
  readonly soft: Float64Array;
}

/** What does not depend on the measure, [contexts]. */
interface Shared {
  readonly lnDistance: Float64Array;
  /** T1 T2 T3 T4 T5 of the hanging-wall term */
  readonly hangingWall: Float64Array;
}

function prepare(options: Options, imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator {
  const measures = imts.map((imt) => measureOf(options, imt, sites));
  const shared: Shared = { lnDistance: new Float64Array(capacity), hangingWall: new Float64Array(capacity) };
  const measured = sites.numeric.vs30measured;
  return (batch, out) => {
    sharedTerms(batch, shared);
    for (let m = 0; m < measures.length; m++)
      evaluateMeasure(options, measures[m], batch, { ...shared, measured }, out, m);
  };
}

function measureOf(options: Options, imt: Imt, sites: SiteParameters): Measure {
  const c = MAIN.row(imt, ID);
  const { vs30, z1pt0 } = sites.numeric;
  const cap = velocityCap(imt);
  const lnRatio = (v: number) => Math.log(Math.min(v, cap) / c.vlin);
  const stiff = (v: number) => (c.a10 + c.b * N) * lnRatio(v);
  const soil = (v: number, s: number) => (options.siteChange ? 0 : soilDepthTerm(options, c, imt, v, z1pt0[s]));
  return {
    c,
    anelastic: c.a17 + regionalAttenuation(options.region, c),
    rock: stiff(ROCK_VS30) + regionalSite(options.region, c, ROCK_VS30, lnRatio(ROCK_VS30)) + rockShift(options, imt),
    linear: vs30.map((v, s) => {
      const regional = regionalSite(options.region, c, v, lnRatio(v));
      if (v < c.vlin) return c.a10 * lnRatio(v) + soil(v, s) + regional;
      return (options.siteChange?.(imt, v, stiff) ?? stiff(v)) + soil(v, s) + regional;
    }),
    soft: vs30.map((v) => (v >= c.vlin ? NaN : c.c * Math.exp(N * Math.log(v / c.vlin)))),
  };
}

/** V1: velocities above do not reduce the motion further (equation 9). */
function velocityCap(imt: Imt): number {
  const period = imt.kind === 'SA' ? imt.period : 0;
  if (period <= 0.5) return 1500;
  return period < 3 ? Math.exp(-0.35 * Math.log(period / 0.5) + Math.log(1500)) : 800;
}

function regionalAttenuation(region: string | null, c: Coefficients): number {
  if (region === 'TWN') return c.a25;
  if (region === 'CHN') return c.a28;
  return region === 'JPN' ? c.a29 : 0;
}

/** Regional site terms (equations 22 and 23). */
function regionalSite(region: string | null, c: Coefficients, vs30: number, lnRatio: number): number {
  if (region === 'TWN') return c.a31 * lnRatio;
  if (region !== 'JPN') return 0;
  const values = [c.a36, c.a37, c.a38, c.a39, c.a40, c.a41, c.a42, c.a42];
  return piecewise([150, 250, 350, 450, 600, 850, 1150, 2000], values, vs30);
}

/** Straight lines through (x, y), prolonged at both ends. */
function piecewise(x: readonly number[], y: readonly number[], at: number): number {
  let k = 0;
  while (k < x.length - 2 && at > x[k + 1]) k++;
  return y[k] + ((y[k + 1] - y[k]) * (at - x[k])) / (x[k + 1] - x[k]);
}

/** Depth to 1 km/s expected at vs30, km (equations 18 and 19). */
export function referenceZ1(region: string | null, vs30: number): number {
  if (region === 'JPN')
    return 0.001 * Math.exp((-5.23 / 2) * Math.log((vs30 ** 2 + 412 ** 2) / (1360 ** 2 + 412 ** 2)));
  return 0.001 * Math.exp((-7.67 / 4) * Math.log((vs30 ** 4 + 610 ** 4) / (1360 ** 4 + 610 ** 4)));
}

/** f_soil (equation 17). vs30 m/s, z1pt0 m. */
function soilDepthTerm(options: Options, c: Coefficients, imt: Imt, vs30: number, z1pt0: number): number {
  const period = imt.kind === 'SA' ? imt.period : 0;
  const cybershake = options.cybershake && period > 1.9;
  const { a44, a45 } = cybershake ? cybershakeSlopes(imt) : c;
  const slope =
    vs30 <= 150 ? c.a43 : piecewise([150, 250, 400, 700, 1000, 6000], [c.a43, a44, a45, c.a46, c.a46, c.a46], vs30);
  const reference = referenceZ1(options.region, vs30);
  const depth = z1pt0 < 0 ? reference : z1pt0 / 1000;
  const term = slope * Math.log((depth + 0.01) / (reference + 0.01)) + (cybershake ? 0.1 : 0);
  return options.usgsBasin ? term * usgsBasinFactor(z1pt0, period, 'z1pt0') : term;
}

/** Soil term of the rock motion, whose depth is the expected one: the constant of the Cybershake simulations is all that is left of it. */
function rockShift(options: Options, imt: Imt): number {
  const cybershake = options.cybershake && imt.kind === 'SA' && imt.period > 1.9;
  return cybershake && !options.usgsBasin && !options.siteChange ? 0.1 : 0;
}

function cybershakeSlopes(imt: Imt): { a44: number; a45: number } {
  const { a44cy, a45cy } = CYBERSHAKE.row(imt, ID);
  return { a44: a44cy, a45: a45cy };
}

const RADIAN = Math.PI / 180;
const TAN_20 = Math.tan(20 * RADIAN);

function sharedTerms(batch: ContextBatch, shared: Shared): void {
  const { start, mag, dip, ztor, width, rrup, rx, ry0 } = batch;
  const { lnDistance, hangingWall } = shared;
  for (let r = 0; r < batch.ruptures; r++) {
    const saturation = C4 - (C4 - 1) * Math.min(Math.max(5 - mag[r], 0), 1);
    const saturation2 = saturation * saturation;
    const factor = hangingWallOfRupture(mag[r], dip[r], ztor[r]);
    const r1 = width[r] * Math.cos(dip[r] * RADIAN);
    for (let i = start[r]; i < start[r + 1]; i++) {
      lnDistance[i] = 0.5 * Math.log(rrup[i] * rrup[i] + saturation2);
      hangingWall[i] = factor === 0 || !(rx[i] > 0) ? 0 : factor * hangingWallOfSite(rx[i], ry0[i], r1);
    }
  }
}

/** T1 T2 T4 (equations 11, 12 and 14). */
function hangingWallOfRupture(mag: number, dip: number, ztor: number): number {
  if (dip === 90 || mag <= 5.5 || ztor > 10) return 0;
  const t1 = (90 - Math.max(dip, 30)) / 45;
  const dm = mag - 6.5;
  const t2 = dm > 0 ? 1 + 0.2 * dm : 1 + 0.2 * dm - 0.8 * dm * dm;
  return t1 * t2 * (1 - (ztor * ztor) / 100);
}

/** T3 T5 (equations 13 and 16). */
function hangingWallOfSite(rx: number, ry0: number, r1: number): number {
  const x = rx / r1;
  let t3 = 0;
  if (rx < r1) t3 = 0.25 + x * (1.5 - 0.75 * x);
  else if (rx <= 3 * r1) t3 = 1 - (rx - r1) / (2 * r1);
  const beyond = ry0 - rx * TAN_20;
  if (beyond <= 0) return t3;
  return beyond < 5 ? t3 * (1 - beyond / 5) : 0;
}

/** Terms of the rupture (equations 2-5, 15): all but the slope of ln R. */
function eventTerm(c: Coefficients, mag: number, rake: number, ztor: number): number {
  const { m1 } = c;
  let term = c.a1 + c.a15 * Math.min(ztor / 20, 1);
  if (mag >= m1) term += c.a5 * (mag - m1) + c.a8 * (8.5 - mag) * (8.5 - mag);
  else if (mag >= 5) term += c.a4 * (mag - m1) + c.a8 * (8.5 - mag) * (8.5 - mag);
  else term += c.a4 * (5 - m1) + c.a8 * 3.5 * 3.5 + c.a6 * (mag - 5) + c.a7 * (mag - 5) * (mag - 5);
  const taper = Math.min(Math.max(mag - 4, 0), 1);
  if (rake > 30 && rake < 150) return term + taper * c.a11;
  return rake > -150 && rake < -30 ? term + taper * c.a12 : term;
}

/** Value `low` up to a magnitude, `high` from another one, straight between. */
function ofMagnitude(low: number, high: number, mag: number, from: number, to: number): number {
  return low + (high - low) * Math.min(Math.max((mag - from) / (to - from), 0), 1);
}

const AMPLIFICATION = 0.4;

function evaluateMeasure(
  options: Options,
  measure: Measure,
  batch: ContextBatch,
  { lnDistance, hangingWall, measured }: Shared & { readonly measured: Float64Array },
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag, rake, ztor, rrup } = batch;
  const { c, anelastic, rock, linear, soft } = measure;
  const { a13, b } = c;
  const japan = options.region === 'JPN';
  const total = out.total[m];
  const inter = out.inter[m];
  const intra = out.intra[m];
  const mean = out.mean[m];
  let lastMag = NaN;
  let tauRock = 0;
  let phiMeasured = 0;
  let phiInferred = 0;
  for (let r = 0; r < batch.ruptures; r++) {
    const magR = mag[r];
    const event = eventTerm(c, magR, rake[r], ztor[r]);
    const slope = c.a2 + c.a3 * (Math.max(magR, 5) - c.m1);
    if (magR !== lastMag) {
      lastMag = magR;
      tauRock = ofMagnitude(c.s3, c.s4, magR, 5, 7);
      phiMeasured = ofMagnitude(c.s1m, c.s2m, magR, 4, 6);
      phiInferred = ofMagnitude(c.s1e, c.s2e, magR, 4, 6);
    }
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const s = site[i];
      const softness = soft[s];
      let value = event + slope * lnDistance[i] + anelastic * rrup[i] + a13 * hangingWall[i];
      let gain = 1;
      if (softness === softness) {
        const reference = Math.exp(value + rock);
        const ratio = (reference + softness) / (reference + c.c);
        value += b * Math.log(ratio);
        gain += (b * reference * (1 - ratio)) / (reference + softness);
      }
      mean[i] = value + linear[s];
      const phiRock = japan ? japanPhi(c, rrup[i]) : measured[s] ? phiMeasured : phiInferred;
      const amplification = phiRock < AMPLIFICATION ? 0.99 * phiRock : AMPLIFICATION;
      const amplification2 = amplification * amplification;
      const gain2 = gain * gain;
      const phi2 = (phiRock * phiRock - amplification2) * gain2 + amplification2;
      intra[i] = Math.sqrt(phi2);
      inter[i] = tauRock * gain;
      total[i] = Math.sqrt(phi2 + tauRock * tauRock * gain2);
    }
  }
}

/** phi of sites in Japan depends on distance (equation 28). */
function japanPhi(c: Coefficients, rrup: number): number {
  return c.s5 + (c.s6 - c.s5) * Math.min(Math.max((rrup - 30) / 50, 0), 1);
}

export const models: ModelModule['models'] = [
  AbrahamsonEtAl2014,
  { id: 'AbrahamsonEtAl2014RegCHN', aliasOf: ID, arguments: { region: 'CHN' } },
  { id: 'AbrahamsonEtAl2014RegJPN', aliasOf: ID, arguments: { region: 'JPN' } },
  { id: 'AbrahamsonEtAl2014RegTWN', aliasOf: ID, arguments: { region: 'TWN' } },
];
