import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  Evaluator,
  GroundMotion,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelModule,
} from '../model.js';
import {
  withEpistemic,
  californiaZ1,
  japanZ1,
  lnOnePlus,
  usgsBasinFactor,
  type SiteResponseChange,
} from '../terms/nga-west2.js';
import { SIGMA_MU_EPSILON, USGS_BASIN_SCALING } from '../shared-arguments.js';
import { refusedArgument } from '../refusals.js';
import { knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'boore-2014');
/** Coefficients of the paper; models that borrow its site response read them here. */
export const MAIN = new CoefficientTable(tables.main);
const CYBERSHAKE = new CoefficientTable(tables.cybershake);
const PGA = parseImt('PGA');

/** Quality factor of the crust: which column corrects the anelastic attenuation c3. */
type Attenuation = 'base' | 'HighQ' | 'LowQ';

interface Options {
  readonly id: string;
  readonly attenuation: Attenuation;
  readonly region: string;
  readonly styleOfFaulting: boolean;
  readonly usgsBasin: boolean;
  readonly cybershake: boolean;
  readonly siteChange?: SiteResponseChange;
  /** coefficients in place of those of the paper */
  readonly table?: CoefficientTable;
}

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'region',
    meaning: 'region of the basin term; nobasin leaves it out',
    type: 'text',
    default: 'nobasin',
    allowed: ['nobasin', 'CAL', 'JPN'],
  },
  { name: 'sof', meaning: 'whether the style of faulting is used', type: 'boolean', default: true },
  SIGMA_MU_EPSILON,
  USGS_BASIN_SCALING,
  {
    name: 'cybershake_basin_adj',
    meaning: 'basin term of the Cybershake simulations for periods above 1.9 s',
    type: 'boolean',
    default: false,
  },
];

function declaration(id: string, attenuation: Attenuation): ModelDeclaration {
  return {
    id,
    citation:
      'D. M. Boore, J. P. Stewart, E. Seyhan, G. M. Atkinson (2014), NGA-West2 equations for predicting PGA, PGV, and 5% damped PSA for shallow crustal earthquakes, Earthquake Spectra 30(3), 1057-1085, doi:10.1193/070113EQS184M',
    tectonicRegionType: 'Active Shallow Crust',
    validity: {
      magnitude: [3, 8.5],
      distance: { kind: 'rjb', range: [0, 400] },
      vs30: [150, 1500],
      source:
        'N. Gregor et al. (2014), Earthquake Spectra 30(3), 1179-1197, table 2: what its authors mean it for (normal faulting: 3.3 to 7)',
    },
    imts: MAIN.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
    arguments: ARGUMENTS,
    notes:
      'At vs30 = 225 m/s exactly the reduction of the within-event standard deviation counts twice, as in the reference engine. A region needs z1pt0 of the sites; sigma_mu_epsilon needs rrup.',
    create: (args) => createModel(id, attenuation, args),
  };
}

function createModel(id: string, attenuation: Attenuation, args: Arguments): GroundMotionModel {
  const options: Options = {
    id,
    attenuation,
    region: String(args.region),
    styleOfFaulting: args.sof === true,
    usgsBasin: args.usgs_basin_scaling === true,
    cybershake: args.cybershake_basin_adj === true,
  };
  if ((options.usgsBasin || options.cybershake) && options.region === 'nobasin')
    throw refusedArgument(
      id,
      'region',
      ': usgs_basin_scaling and cybershake_basin_adj need a region (CAL or JPN)',
      undefined,
      'CAL, JPN',
    );
  const base: GroundMotionModel = {
    id,
    requires: {
      rupture: ['mag', 'rake'],
      distances: ['rjb'],
      site: options.region === 'nobasin' ? ['vs30'] : ['vs30', 'z1pt0'],
    },
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
  return withEpistemic(base, Number(args.sigma_mu_epsilon), args);
}

/** The model with another response of sites, without basin term. */
export function withSiteChange(id: string, siteChange: SiteResponseChange): GroundMotionModel {
  const options: Options = {
    id,
    siteChange,
    attenuation: 'base',
    region: 'nobasin',
    styleOfFaulting: true,
    usgsBasin: false,
    cybershake: false,
  };
  return {
    id,
    requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
}

/** The medians of the model with other coefficients, without basin term; its standard deviations are no numbers. */
export function mediansWith(id: string, table: CoefficientTable): GroundMotionModel {
  const options: Options = {
    id,
    table,
    attenuation: 'base',
    region: 'nobasin',
    styleOfFaulting: true,
    usgsBasin: false,
    cybershake: false,
  };
  return {
    id,
    requires: { rupture: ['mag', 'rake'], distances: ['rjb'], site: ['vs30'] },
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
}

/** Coefficients of one measure, and its terms for every site. */
interface Measure {
  readonly c: Coefficients;
  /** c3 + its regional correction */
  readonly anelastic: number;
  /** F_lin + basin term, [sites] */
  readonly linear: Float64Array;
  /** f2 of the nonlinear term, [sites] */
  readonly nonlinear: Float64Array;
  /** reduction of phi, [sites] */
  readonly phiReduction: Float64Array;
}

function prepare(options: Options, imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator {
  const rock = measureOf(options, PGA, sites);
  const measures = imts.map((imt) => measureOf(options, imt, sites));
  // ln((pga_r + f3) / f3) drives the nonlinear term of every measure; ln(rjb) the distance dependence of phi
  const rockTerm = new Float64Array(capacity);
  const lnRjb = new Float64Array(capacity);
  // km: nearer than this phi of no measure depends on distance
  const nearest = measures.reduce((least, { c }) => Math.min(least, c.R1), Infinity);
  return (batch, out) => {
    lnRockMotion(rock, options.styleOfFaulting, batch, rockTerm);
    const { rjb, size } = batch;
    for (let i = 0; i < size; i++) {
      rockTerm[i] = lnOnePlus(Math.exp(rockTerm[i]) / F3);
      if (rjb[i] > nearest) lnRjb[i] = Math.log(rjb[i]);
    }
    for (let m = 0; m < measures.length; m++) {
      lnRockMotion(measures[m], options.styleOfFaulting, batch, out.mean[m]);
      siteTerms(measures[m], batch, rockTerm, out.mean[m]);
      standardDeviations(measures[m], batch, lnRjb, out, m);
    }
  };
}

const F3 = 0.1;

function measureOf(options: Options, imt: Imt, sites: SiteParameters): Measure {
  const c = (options.table ?? MAIN).row(imt, options.id);
  const { vs30 } = sites.numeric;
  const expected = options.region === 'JPN' ? japanZ1 : californiaZ1;
  const z1pt0 = options.region === 'nobasin' ? undefined : knownDepths(sites.numeric.z1pt0, vs30, expected);
  const own = (v: number) => c.c * Math.log(Math.min(v, c.Vc) / 760);
  const correction = options.attenuation === 'HighQ' ? c.Dc3HighQ : options.attenuation === 'LowQ' ? c.Dc3LowQ : 0;
  return {
    c,
    anelastic: c.c3 + correction,
    linear: vs30.map((v, s) => {
      const basin = z1pt0 ? basinTerm(options, c, imt, v, z1pt0[s]) : 0;
      return (options.siteChange?.(imt, v, own) ?? own(v)) + basin;
    }),
    nonlinear: vs30.map((v) => c.f4 * (Math.exp(c.f5 * (Math.min(v, 760) - 360)) - Math.exp(c.f5 * 400))),
    phiReduction: vs30.map((v) => phiReduction(c.DfV, v)),
  };
}

/** F_E + F_P (equations 2-4) for every context, without site terms; ln g or ln cm/s. */
function lnRockMotion(measure: Measure, style: boolean, batch: ContextBatch, out: Float64Array): void {
  const { start, rjb, mag, rake } = batch;
  const { anelastic, c } = measure;
  const { c1, c2 } = c;
  const h2 = c.h * c.h;
  for (let r = 0; r < batch.ruptures; r++) {
    const event = eventTerm(c, mag[r], style ? rake[r] : NaN);
    const slope = c1 + c2 * (mag[r] - 4.5);
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const distance = Math.sqrt(rjb[i] * rjb[i] + h2);
      out[i] = event + slope * Math.log(distance) + anelastic * (distance - 1);
    }
  }
}

/** F_E (equation 2); rake NaN for an unspecified style of faulting. */
function eventTerm(c: Coefficients, mag: number, rake: number): number {
  const style = styleTerm(c, rake);
  const dm = mag - c.Mh;
  return dm <= 0 ? style + c.e4 * dm + c.e5 * dm * dm : style + c.e6 * dm;
}

function styleTerm(c: Coefficients, rake: number): number {
  if (Number.isNaN(rake)) return c.e0;
  const absolute = Math.abs(rake);
  if (absolute <= 30 || 180 - absolute <= 30) return c.e1;
  return rake > 30 && rake < 150 ? c.e3 : c.e2;
}

/** F_S (equations 5-8 and the basin term): added to `mean`. */
function siteTerms(measure: Measure, batch: ContextBatch, rockTerm: Float64Array, mean: Float64Array): void {
  const { linear, nonlinear } = measure;
  const { site } = batch;
  for (let i = 0; i < batch.size; i++) {
    const s = site[i];
    mean[i] += linear[s] + nonlinear[s] * rockTerm[i];
  }
}

/** F_dz1 (equations 9-11), for periods of 0.65 s and more. vs30 m/s, z1pt0 m. */
function basinTerm(options: Options, c: Coefficients, imt: Imt, vs30: number, z1pt0: number): number {
  const period = imt.kind === 'SA' ? imt.period : 0;
  if (period < 0.65) return 0;
  const f6 = options.attenuation === 'LowQ' ? c.f6LowQ : c.f6;
  const f7 = options.attenuation === 'LowQ' ? c.f7LowQ : c.f7;
  const depth = (z1pt0 - (options.region === 'JPN' ? japanZ1(vs30) : californiaZ1(vs30))) / 1000;
  let term = depth <= f7 / f6 ? f6 * depth : f7;
  if (options.cybershake && period > 1.9) {
    const { f6cy, f7cy, dz1cy } = CYBERSHAKE.row(imt, options.id);
    term = (dz1cy <= f6cy ? f6cy * dz1cy : f7cy) + 0.1;
  }
  return options.usgsBasin ? term * usgsBasinFactor(z1pt0, period, 'z1pt0') : term;
}

const V1 = 225;
const V2 = 300;

/** Soft sites vary less (equation 17). */
function phiReduction(dfV: number, vs30: number): number {
  let reduction = 0;
  if (vs30 <= V1) reduction += dfV;
  if (vs30 >= V1 && vs30 <= V2) reduction += (dfV * Math.log(V2 / vs30)) / Math.log(V2 / V1);
  return reduction;
}

/** Equations 13-17. */
function standardDeviations(
  measure: Measure,
  batch: ContextBatch,
  lnRjb: Float64Array,
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag, rjb } = batch;
  const { c, phiReduction: reduction } = measure;
  const { R1, R2, DfR } = c;
  const lnR1 = Math.log(R1);
  const perLn = DfR / (Math.log(R2) - lnR1);
  const { [m]: total } = out.total;
  const { [m]: inter } = out.inter;
  const { [m]: intra } = out.intra;
  for (let r = 0; r < batch.ruptures; r++) {
    const share = Math.min(Math.max(mag[r] - 4.5, 0), 1);
    const tau = c.tau1 + (c.tau2 - c.tau1) * share;
    const phiOfMag = c.f1 + (c.f2 - c.f1) * share;
    const tau2 = tau * tau;
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const distance = rjb[i];
      let phi = phiOfMag - reduction[site[i]];
      if (distance > R2) phi += DfR;
      else if (distance > R1) phi += perLn * (lnRjb[i] - lnR1);
      inter[i] = tau;
      intra[i] = phi;
      total[i] = Math.sqrt(tau2 + phi * phi);
    }
  }
}

const alias = (id: string, aliasOf: string, args: Arguments): ModelAlias => ({ id, aliasOf, arguments: args });

function variants(aliasOf: string): ModelAlias[] {
  return [
    alias(`${aliasOf}CaliforniaBasin`, aliasOf, { region: 'CAL' }),
    alias(`${aliasOf}CaliforniaBasinNoSOF`, aliasOf, { region: 'CAL', sof: false }),
    alias(`${aliasOf}JapanBasin`, aliasOf, { region: 'JPN' }),
    alias(`${aliasOf}JapanBasinNoSOF`, aliasOf, { region: 'JPN', sof: false }),
    alias(`${aliasOf}NoSOF`, aliasOf, { sof: false }),
  ];
}

export const models: ModelModule['models'] = [
  declaration('BooreEtAl2014', 'base'),
  declaration('BooreEtAl2014HighQ', 'HighQ'),
  declaration('BooreEtAl2014LowQ', 'LowQ'),
  ...variants('BooreEtAl2014'),
  ...variants('BooreEtAl2014HighQ'),
  ...variants('BooreEtAl2014LowQ'),
];
