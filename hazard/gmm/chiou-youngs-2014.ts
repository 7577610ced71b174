import type { ContextBatch, SiteParameters } from './context.js';
import { CoefficientTable, readTables, type Coefficients, type RawTable } from './coefficients.js';
import { parseImt, type Imt } from './imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  Evaluator,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
  ModelResources,
} from './model.js';
import { addEpistemic, californiaZ1, japanZ1, lnOnePlus, usgsBasinFactor } from './nga-west2.js';

const { tables } = readTables(import.meta.url, 'chiou-youngs-2014');
export const MAIN = new CoefficientTable(tables.main);
const CYBERSHAKE = new CoefficientTable(tables.cybershake);
const SOURCE = new CoefficientTable(tables.source);
const PGA = parseImt('PGA');

const C2 = 1.06;
const C4 = -2.1;
const C4A = -0.5;
const CRB2 = 50 * 50;
const PHI6 = 300;
const PHI6_JAPAN = 800;

export interface Options {
  readonly id: string;
  readonly region: string;
  readonly epsilon: number;
  readonly hangingWall: boolean;
  readonly deltaC1: boolean;
  readonly alphaNormal: number;
  /** 2/3 log10 of the ratio of stress parameters, target to host; NaN where none is given */
  readonly stressRatio: number;
  readonly deltaGamma: CoefficientTable | undefined;
  readonly usgsBasin: boolean;
  readonly cybershake: boolean;
  readonly withoutBasin?: boolean;
  /** the model of the PEER verification cases: a constant total standard deviation */
  readonly peer: boolean;
}

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  { name: 'region', meaning: 'region', type: 'text', default: 'CAL', allowed: ['CAL', 'JPN', 'ITA', 'WEN'] },
  {
    name: 'sigma_mu_epsilon',
    meaning: 'number of epistemic standard deviations added to the median',
    type: 'number',
    default: 0,
  },
  { name: 'use_hw', meaning: 'whether the hanging-wall term is used', type: 'boolean', default: true },
  {
    name: 'add_delta_c1',
    meaning: 'correction of long periods of Boore et al. (2022)',
    type: 'boolean',
    default: false,
  },
  { name: 'alpha_nm', meaning: 'factor of the normal-faulting term', type: 'number', default: 1 },
  {
    name: 'stress_par_host',
    meaning: 'stress parameter of the host region, bar (Boore et al. 2022)',
    type: 'number',
    default: null,
    range: [1e-6, 1e6],
  },
  {
    name: 'stress_par_target',
    meaning: 'stress parameter of the target region, bar',
    type: 'number',
    default: null,
    range: [1e-6, 1e6],
  },
  {
    name: 'delta_gamma_tab',
    meaning: 'text table IMT c0 c1 c2 c3 of the change of anelastic attenuation, cubic in magnitude - 6',
    type: 'file',
    default: null,
  },
  { name: 'usgs_basin_scaling', meaning: 'reduce the basin term as the USGS does', type: 'boolean', default: false },
  {
    name: 'cybershake_basin_adj',
    meaning: 'basin term of the Cybershake simulations for periods above 1.9 s',
    type: 'boolean',
    default: false,
  },
];

const ChiouYoungs2014: ModelDeclaration = {
  id: 'ChiouYoungs2014',
  citation:
    'B. S.-J. Chiou, R. R. Youngs (2014), Update of the Chiou and Youngs NGA model for the average horizontal component of peak ground motion and response spectra, Earthquake Spectra 30(3), 1117-1153, doi:10.1193/072813EQS219M',
  tectonicRegionType: 'Active Shallow Crust',
  imts: MAIN.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: {
    rupture: ['mag', 'rake', 'dip', 'ztor'],
    distances: ['rrup', 'rjb', 'rx'],
    site: ['vs30', 'vs30measured', 'z1pt0'],
  },
  referenceVelocity: 1130,
  arguments: ARGUMENTS,
  notes:
    'A z1pt0 of 0 or less stands for the depth expected at vs30. Spectral accelerations up to 0.3 s are not below PGA.',
  create: (args, resources) => createModel('ChiouYoungs2014', false, args, resources),
};

const ChiouYoungs2014PEER: ModelDeclaration = {
  ...ChiouYoungs2014,
  id: 'ChiouYoungs2014PEER',
  standardDeviations: ['total'],
  notes: 'For the PEER verification cases: the total standard deviation is 0.65.',
  create: (args, resources) => createModel('ChiouYoungs2014PEER', true, args, resources),
};

async function createModel(
  id: string,
  peer: boolean,
  args: Arguments,
  resources: ModelResources,
): Promise<GroundMotionModel> {
  const { stress_par_host: host, stress_par_target: target, delta_gamma_tab: file } = args;
  if ((host === null) !== (target === null))
    throw new RangeError(`${id}: stress_par_host and stress_par_target are given together`);
  const options: Options = {
    id,
    peer,
    region: String(args.region),
    epsilon: Number(args.sigma_mu_epsilon),
    hangingWall: args.use_hw === true,
    deltaC1: args.add_delta_c1 === true,
    alphaNormal: Number(args.alpha_nm),
    stressRatio: host === null ? NaN : (2 / 3) * Math.log10(Number(target) / Number(host)),
    deltaGamma: file === null ? undefined : readDeltaGamma(await resources.text(String(file)), String(file)),
    usgsBasin: args.usgs_basin_scaling === true,
    cybershake: args.cybershake_basin_adj === true,
  };
  return {
    id,
    requires: ChiouYoungs2014.requires,
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
}

/** The options of the model as published, for California and elsewhere. */
export const publishedOptions = (id: string): Options => ({
  id,
  peer: false,
  region: 'CAL',
  epsilon: 0,
  hangingWall: true,
  deltaC1: false,
  alphaNormal: 1,
  stressRatio: NaN,
  deltaGamma: undefined,
  usgsBasin: false,
  cybershake: false,
});

/** The published model without basin term. */
export function withoutBasin(id: string): GroundMotionModel {
  const options: Options = { ...publishedOptions(id), withoutBasin: true };
  return {
    id,
    requires: ChiouYoungs2014.requires,
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
}

/** Table of the path adjustment. Errors: RangeError naming file and line. */
function readDeltaGamma(text: string, file: string): CoefficientTable {
  const rows: RawTable['rows'][number][] = [];
  text.split(/\r?\n/).forEach((line, k) => {
    const cells = line.replace(/#.*/, '').trim().split(/\s+/);
    if (k === 0 || cells[0] === '') return;
    const values = cells.slice(1, 5).map(Number);
    if (values.length < 4 || values.some((value) => !Number.isFinite(value)))
      throw new RangeError(`${file}, line ${k + 1}: a measure and the numbers c0 c1 c2 c3 are needed`);
    const period = Number(cells[0]);
    rows.push([Number.isFinite(period) ? `SA(${period})` : cells[0], ...values]);
  });
  return new CoefficientTable({ columns: ['imt', 'c0', 'c1', 'c2', 'c3'], rows });
}

/** Coefficients of one measure, and its terms for every site. */
export interface Measure {
  readonly imt: Imt;
  readonly c: Coefficients;
  /** change of cm by the stress parameter */
  readonly deltaCm: number;
  readonly deltaGamma: Coefficients | undefined;
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
export const makeShared = (capacity: number): Shared => ({
  far: new Float64Array(capacity),
  hangingWall: new Float64Array(capacity),
  scale: new Float64Array(capacity),
  deltaZtor: new Float64Array(capacity),
  cosine2: new Float64Array(capacity),
  style: new Int8Array(capacity),
});

const isShort = (imt: Imt): boolean => imt.kind === 'SA' && imt.period <= 0.3;

function prepare(options: Options, imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator {
  const measures = imts.map((imt) => measureOf(options, imt, sites));
  const shared = makeShared(capacity);
  // spectral accelerations at short periods are not less than PGA, which is evaluated beside them where nobody asked for it
  const pgaIndex = imts.findIndex((imt) => imt.kind === 'PGA');
  const pga = pgaIndex < 0 && imts.some(isShort) ? measureOf(options, PGA, sites) : undefined;
  const row = () => [new Float64Array(pga ? capacity : 0)];
  const scratch: GroundMotion = { mean: row(), total: row(), inter: row(), intra: row() };
  return (batch, out) => {
    sharedTerms(options, batch, shared);
    if (pga) evaluateMeasure(options, pga, batch, shared, scratch, 0);
    for (let m = 0; m < measures.length; m++) evaluateMeasure(options, measures[m], batch, shared, out, m);
    const floor = pga ? scratch.mean[0] : out.mean[pgaIndex];
    for (let m = 0; m < measures.length; m++) {
      const mean = out.mean[m];
      if (isShort(measures[m].imt)) for (let i = 0; i < batch.size; i++) if (mean[i] < floor[i]) mean[i] = floor[i];
    }
    for (let m = 0; m < measures.length; m++) {
      if (options.epsilon !== 0) addEpistemic(options.epsilon, batch, out.mean[m]);
      if (options.peer) constantSigma(batch.size, out, m);
    }
  };
}

export function measureOf(options: Options, imt: Imt, sites: SiteParameters): Measure {
  const c = MAIN.row(imt, options.id);
  const { vs30, vs30measured, z1pt0 } = sites.numeric;
  const slope = options.region === 'JPN' ? c.phi1jp : c.phi1;
  let deltaCm = 0;
  if (!Number.isNaN(options.stressRatio)) {
    const { chi_delta_neg: below, chi_delta_pos: above } = SOURCE.row(imt, options.id);
    deltaCm = options.stressRatio * (options.stressRatio < 0 ? below : above);
  }
  return {
    imt,
    c,
    deltaCm,
    deltaGamma: options.deltaGamma?.row(imt, options.id),
    linear: vs30.map((v, s) => slope * Math.min(Math.log(v / 1130), 0) + basinTerm(options, c, imt, v, z1pt0[s])),
    nonlinear: vs30.map(
      (v) => c.phi2 * (Math.exp(c.phi3 * (Math.min(v, 1130) - 360)) - Math.exp(c.phi3 * (1130 - 360))),
    ),
    measured: vs30measured.map((flag) => (flag ? 0.7 : c.sig3)),
  };
}

/** Basin term of equation 12. vs30 m/s, z1pt0 m. */
function basinTerm(options: Options, c: Coefficients, imt: Imt, vs30: number, z1pt0: number): number {
  if (options.withoutBasin) return 0;
  const japan = options.region === 'JPN';
  const depth = z1pt0 > 0 ? z1pt0 - (japan ? japanZ1(vs30) : californiaZ1(vs30)) : 0;
  if (japan) return c.phi5jp * (1 - Math.exp(-depth / PHI6_JAPAN));
  const period = imt.kind === 'SA' ? imt.period : 0;
  let term: number;
  if (options.cybershake && period > 1.9) {
    const { phi5cy, phi6cy } = CYBERSHAKE.row(imt, options.id);
    term = phi5cy * (1 - Math.exp(-depth / phi6cy)) + 0.1;
  } else term = c.phi5 * (1 - Math.exp(-depth / PHI6));
  return options.usgsBasin ? term * usgsBasinFactor(z1pt0, period, 'z1pt0') : term;
}

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
  const { start, site, mag, rrup, rx } = batch;
  const { c, linear, nonlinear, measured } = measure;
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
  let tau = 0;
  let sigma = 0;
  for (let r = 0; r < batch.ruptures; r++) {
    const magR = mag[r];
    if (magR !== lastMag) {
      lastMag = magR;
      magnitude = magnitudeTerm(c, magR, measure.deltaCm);
      near = c.c5 * Math.cosh(c.c6 * Math.max(magR - c.chm, 0));
      anelastic = anelasticSlope(options, measure, magR);
      const share = Math.min(Math.max(magR - 5, 0), 1.5) / 1.5;
      tau = c.tau1 + (c.tau2 - c.tau1) * share;
      sigma = c.sig1 + (c.sig2 - c.sig1) * share;
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
  if (options.deltaC1 && measure.imt.kind === 'SA') addDeltaC1(measure.imt.period, batch, mean);
}

/** Long-period correction of Boore et al. (2022). */
function addDeltaC1(period: number, batch: ContextBatch, mean: Float64Array): void {
  for (let r = 0; r < batch.ruptures; r++) {
    const above = Math.max(batch.mag[r] - 7, 0);
    const corner = 2 - above;
    if (period <= corner) continue;
    const ln = Math.log(period / corner);
    const s1 = 0.2704 - 0.0694 * above;
    const s2 = -0.1342 + 0.0716 * above;
    const s3 = 0.2513 - 0.0419 * above;
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++)
      mean[i] += (s1 + s2 / Math.cosh(s3 * Math.min(batch.rrup[i], 100))) * ln * ln;
  }
}

function constantSigma(size: number, out: GroundMotion, m: number): void {
  out.total[m].fill(0.65, 0, size);
  out.inter[m].fill(0, 0, size);
  out.intra[m].fill(0, 0, size);
}

export const models: ModelModule['models'] = [
  ChiouYoungs2014,
  ChiouYoungs2014PEER,
  { id: 'ChiouYoungs2014Japan', aliasOf: 'ChiouYoungs2014', arguments: { region: 'JPN' } },
  { id: 'ChiouYoungs2014Italy', aliasOf: 'ChiouYoungs2014', arguments: { region: 'ITA' } },
  { id: 'ChiouYoungs2014Wenchuan', aliasOf: 'ChiouYoungs2014', arguments: { region: 'WEN' } },
];
