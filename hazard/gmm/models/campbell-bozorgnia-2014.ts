import type { ContextBatch, DistanceKind } from '../../contexts/context-batch.js';
import type { RuptureParameter } from '../../contexts/rupture-parameters.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients, type RawTable } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  ArgumentValue,
  Evaluator,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelModule,
} from '../model.js';
import { C, meanOf, N, standardDeviations, type Measure, type Shared } from './campbell-bozorgnia-2014-terms.js';
import { meanZtor } from '../terms/chiou-youngs-2014-terms.js';
import { epistemicSigma, type SiteResponseChange } from '../terms/nga-west2.js';
import { SIGMA_MU_EPSILON } from '../shared-arguments.js';
import { refusedArgument } from '../refusals.js';
import { campbellBozorgnia2014Z2, knownDepths } from '../terms/basin-depth.js';

const { tables, constants } = readTables(import.meta.url, 'campbell-bozorgnia-2014');
const MAIN = new CoefficientTable(tables.main);
const CYBERSHAKE = new CoefficientTable(tables.cybershake);
const PGA = parseImt('PGA');
const ID = 'CampbellBozorgnia2014';
const ROCK_VS30 = 1100;

interface Options {
  readonly table: CoefficientTable;
  /** 1 for sites in Japan, else 0 */
  readonly japan: number;
  readonly epsilon: number;
  readonly estimateZtor: boolean;
  readonly estimateWidth: boolean;
  readonly estimateHypoDepth: boolean;
  readonly usgsBasin: boolean;
  readonly cybershake: boolean;
  readonly siteChange?: SiteResponseChange;
}

const flag = (name: string, meaning: string): ArgumentDeclaration => ({
  name,
  meaning,
  type: 'boolean',
  default: false,
});

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'coeffs',
    meaning: 'coefficients to replace: by measure, a table of names and values (for example Dc20 of a region)',
    type: 'table',
    default: {},
  },
  flag('SJ', 'whether the sites are in Japan'),
  SIGMA_MU_EPSILON,
  flag('estimate_ztor', 'depth to the top of rupture from the magnitude'),
  flag('estimate_width', 'width from the magnitude and the bottom of the seismogenic layer'),
  flag('estimate_hypo_depth', 'depth of the hypocentre from the magnitude and the width'),
  flag('usgs_basin_scaling', 'reduce the basin term as the USGS does'),
  flag('cybershake_basin_adj', 'basin term of the Cybershake simulations for periods above 1.9 s'),
];

const CampbellBozorgnia2014: ModelDeclaration = {
  id: ID,
  citation:
    'K. W. Campbell, Y. Bozorgnia (2014), NGA-West2 ground motion model for the average horizontal components of PGA, PGV, and 5% damped linear acceleration response spectra, Earthquake Spectra 30(3), 1087-1115, doi:10.1193/062913EQS175M',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [3.3, 8.5],
    distance: { kind: 'rrup', range: [0, 300] },
    vs30: [150, 1500],
    source:
      'N. Gregor et al. (2014), Earthquake Spectra 30(3), 1179-1197, table 2: what its authors mean it for (reverse faulting: to 8, normal: to 7.5)',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: {
    rupture: ['mag', 'rake', 'dip', 'ztor', 'width', 'hypoDepth'],
    distances: ['rrup', 'rjb', 'rx'],
    site: ['vs30', 'z2pt5'],
  },
  arguments: ARGUMENTS,
  notes:
    'Spectral accelerations below 0.25 s are not below PGA; with sigma_mu_epsilon the shift is added twice for these periods, as in the reference engine.',
  create: createModel,
};

function createModel(args: Arguments): GroundMotionModel {
  const options: Options = {
    table: replaceCoefficients(args.coeffs),
    japan: args.SJ === true ? 1 : 0,
    epsilon: Number(args.sigma_mu_epsilon),
    estimateZtor: args.estimate_ztor === true,
    estimateWidth: args.estimate_width === true,
    estimateHypoDepth: args.estimate_hypo_depth === true,
    usgsBasin: args.usgs_basin_scaling === true,
    cybershake: args.cybershake_basin_adj === true,
  };
  const rupture: RuptureParameter[] = ['mag', 'rake', 'dip', 'ztor', 'width', 'hypoDepth'];
  const distances: DistanceKind[] = ['rrup', 'rjb', 'rx'];
  return {
    id: ID,
    requires: { rupture: options.estimateWidth ? [...rupture, 'zbot'] : rupture, distances, site: ['vs30', 'z2pt5'] },
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
}

/** The model with another response of sites, without basin term. */
export function withSiteChange(id: string, siteChange: SiteResponseChange): GroundMotionModel {
  const options: Options = {
    siteChange,
    table: MAIN,
    japan: 0,
    epsilon: 0,
    estimateZtor: false,
    estimateWidth: false,
    estimateHypoDepth: false,
    usgsBasin: false,
    cybershake: false,
  };
  return {
    id,
    requires: { ...CampbellBozorgnia2014.requires, site: ['vs30'] },
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
}

/** The table with some values replaced. Errors: Refusal for a measure or coefficient that the table lacks. */
function replaceCoefficients(changes: ArgumentValue): CoefficientTable {
  if (changes === null || Object.keys(changes).length === 0) return MAIN;
  const byName = new Map(
    Object.entries(changes).map(([name, row]) => [parseImt(name).name, row as Record<string, number>]),
  );
  const { columns } = tables.main;
  const rows: RawTable['rows'] = tables.main.rows.map((row) => {
    const name = parseImt(String(row[0])).name;
    const change = byName.get(name);
    if (!change) return row;
    byName.delete(name);
    const changed = [...row];
    for (const [column, value] of Object.entries(change)) {
      const k = columns.indexOf(column);
      if (k < 1) throw refusedArgument(ID, 'coeffs', `: coeffs of ${name}: unknown coefficient '${column}'`, column);
      changed[k] = value;
    }
    return changed;
  });
  for (const name of byName.keys())
    throw refusedArgument(ID, 'coeffs', `: coeffs: the table has no row for ${name}`, name);
  return new CoefficientTable({ ...tables.main, rows });
}

/** Arrays for the terms of a batch. */
export function makeShared(capacity: number): Shared {
  const array = () => new Float64Array(capacity);
  return { hypoDepth: array(), projected: array(), hangingWall: array(), rock: array(), lnRock: array() };
}

const isShort = (imt: Imt): boolean => imt.kind === 'SA' && imt.period < 0.25;

function prepare(options: Options, imts: readonly Imt[], sites: SiteParameters, capacity: number): Evaluator {
  const measures = imts.map((imt) => measureOf(options, imt, sites));
  const rockMeasure = rockOf(options);
  const rockCoefficients = rockMeasure.c;
  const shared = makeShared(capacity);
  const rockSite = new Int32Array(capacity);
  const pgaIndex = imts.findIndex((imt) => imt.kind === 'PGA');
  const pga = pgaIndex < 0 && imts.some(isShort) ? measureOf(options, PGA, sites) : undefined;
  const scratch = new Float64Array(pga ? capacity : 0);
  return (batch, out) => {
    sharedTerms(options, batch, shared);
    meanOf(rockMeasure, batch, rockSite, shared, shared.rock);
    for (let i = 0; i < batch.size; i++) {
      shared.rock[i] = Math.exp(shared.rock[i]);
      shared.lnRock[i] = Math.log(shared.rock[i] + C);
    }
    if (pga) meanOf(pga, batch, batch.site, shared, scratch);
    for (let m = 0; m < measures.length; m++) {
      meanOf(measures[m], batch, batch.site, shared, out.mean[m]);
      standardDeviations(measures[m], rockCoefficients, batch, shared, out, m);
    }
    const floor = pga ? scratch : out.mean[pgaIndex];
    for (let m = 0; m < measures.length; m++)
      if (isShort(measures[m].imt)) applyFloor(options.epsilon, batch, floor, out.mean[m]);
    if (options.epsilon !== 0)
      for (let m = 0; m < measures.length; m++) addEpsilon(options.epsilon, batch, out.mean[m]);
  };
}

/** Not less than PGA; the epistemic shift of both is in the compared value and stays, so that it counts twice in the end. */
function applyFloor(epsilon: number, batch: ContextBatch, floor: Float64Array, mean: Float64Array): void {
  for (let r = 0; r < batch.ruptures; r++)
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
      const shift = epsilon === 0 ? 0 : epsilon * epistemicSigma(batch.mag[r], batch.rrup[i]);
      mean[i] = Math.max(mean[i] + shift, floor[i]);
    }
}

function addEpsilon(epsilon: number, batch: ContextBatch, mean: Float64Array): void {
  for (let r = 0; r < batch.ruptures; r++)
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++)
      mean[i] += epsilon * epistemicSigma(batch.mag[r], batch.rrup[i]);
}

function measureOf(options: Options, imt: Imt, sites: SiteParameters): Measure {
  const c = options.table.row(imt, ID);
  const { vs30 } = sites.numeric;
  const z2pt5 = options.siteChange
    ? sites.numeric.z2pt5
    : knownDepths(sites.numeric.z2pt5, vs30, (v) => referenceZ2pt5(options, v));
  const stiff = (v: number) => (c.c11 + c.k2 * N) * Math.log(v / c.k1);
  return {
    imt,
    c,
    linear: vs30.map((v, s) => {
      if (!options.siteChange) return linearSite(options, c, v) + basinTerm(options, c, imt, v, z2pt5[s]);
      return v > c.k1 ? options.siteChange(imt, v, stiff) : linearSite(options, c, v);
    }),
    soft: vs30.map((v) => (v > c.k1 ? NaN : C * Math.exp(N * Math.log(v / c.k1)))),
  };
}

/** PGA on rock of 1100 m/s, which drives the nonlinear response: a measure with one site. */
function rockOf(options: Options): Measure {
  const c = options.table.row(PGA, ID);
  const basin = options.siteChange ? 0 : sedimentTerm(options.japan, c, referenceZ2pt5(options, ROCK_VS30));
  const linear = linearSite(options, c, ROCK_VS30) + basin;
  return { imt: PGA, c, linear: Float64Array.of(linear), soft: Float64Array.of(NaN) };
}

/** Site response without the part that depends on rock motion (equations 18 and 19). */
function linearSite(options: Options, c: Coefficients, vs30: number): number {
  const ratio = Math.log(vs30 / c.k1);
  let term = vs30 > c.k1 ? (c.c11 + c.k2 * N) * ratio : c.c11 * ratio;
  if (options.japan) {
    term += (c.c13 + c.k2 * N) * ratio;
    if (vs30 <= 200) term += (c.c12 + c.k2 * N) * (ratio - Math.log(200 / c.k1));
  }
  return term;
}

/** Depth to 2.5 km/s expected at vs30, km (equations 33 and 34). */
function referenceZ2pt5(options: Options, vs30: number): number {
  return campbellBozorgnia2014Z2(vs30, options.japan === 1);
}

/** f_sed (equation 20); japan 1 or 0; `deep` replaces c16 k3. */
function sedimentTerm(japan: number, c: Coefficients, z2pt5: number, deep = c.c16 * c.k3): number {
  if (z2pt5 < 1) return (c.c14 + c.c15 * japan) * (z2pt5 - 1);
  return z2pt5 > 3 ? deep * Math.exp(-0.75) * (1 - Math.exp(-0.25 * (z2pt5 - 3))) : 0;
}

/**
 * f_sed outside Japan for every site, for models that borrow it; needs vs30 where z2pt5 is unknown.
 * Errors: Refusal for a measure not in the table.
 */
export function basinResponse(imt: Imt, sites: SiteParameters): Float64Array {
  const c = MAIN.row(imt, ID);
  return borrowedDepths(sites).map((z) => sedimentTerm(0, c, z));
}

/** z2pt5 (km) of models that borrow the basin term: unknown depths follow the relation outside Japan. */
export function borrowedDepths({ numeric }: SiteParameters): Float64Array {
  return knownDepths(numeric.z2pt5, numeric.vs30, campbellBozorgnia2014Z2);
}

/**
 * f_sed with the options of the USGS (nshmp-lib, CampbellBozorgnia_2014): the term at the depth expected at vs30, except in basins
 * deeper than 1 km at periods above 0.5 s, where it goes over to the own term down to 3 km (at 0.75 s times 0.585).
 */
function basinTerm(options: Options, c: Coefficients, imt: Imt, vs30: number, z2pt5: number): number {
  const period = imt.kind === 'SA' ? imt.period : 0;
  const cybershake = options.cybershake && period > 1.9;
  const deep = cybershake ? CYBERSHAKE.row(imt, ID).slope_cy : undefined;
  const term = sedimentTerm(options.japan, c, z2pt5, deep);
  if (!options.usgsBasin) return term;
  const reference = sedimentTerm(options.japan, c, referenceZ2pt5(options, vs30), deep);
  if (!(period > 0.5) || z2pt5 <= 1) return reference;
  const share = (Math.min(z2pt5, 3) - 1) / 2;
  const scaled = reference * (1 - share) + term * share + (cybershake ? 0.1 : 0);
  return period === 0.75 ? 0.585 * scaled : scaled;
}

/** Which parameters of the rupture are estimated from the others. */
type Estimates = Pick<Options, 'estimateZtor' | 'estimateWidth' | 'estimateHypoDepth'>;

/** Terms of the geometry of ruptures that all measures share. */
export function sharedTerms(options: Estimates, batch: ContextBatch, shared: Shared): void {
  const { start, mag, rake, dip, rrup, rjb, rx } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const sine = Math.sin((dip[r] * Math.PI) / 180);
    const ztor = options.estimateZtor ? meanZtor(mag[r], rake[r] > 30 && rake[r] < 150) : batch.ztor[r];
    const width = options.estimateWidth
      ? Math.min(Math.sqrt(10 ** ((mag[r] - 4.07) / 0.98)), (batch.zbot[r] - ztor) / sine)
      : batch.width[r];
    shared.projected[r] = width * Math.cos((dip[r] * Math.PI) / 180);
    shared.hypoDepth[r] = options.estimateHypoDepth
      ? estimatedHypoDepth(mag[r], dip[r], ztor, ztor + width * sine)
      : batch.hypoDepth[r];
    const factor = ztor > 16.66 ? 0 : ((1 - 0.06 * ztor) * (90 - dip[r])) / 45;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const distance = rrup[i];
      const ratio = distance > 0 ? (distance - rjb[i]) / distance : 1;
      shared.hangingWall[i] = rx[i] < 0 ? 0 : factor * ratio;
    }
  }
}

/** Equations 35 to 37; km. At the top of the rupture where that lies below the seismogenic layer. */
function estimatedHypoDepth(mag: number, dip: number, ztor: number, zbor: number): number {
  if (zbor <= ztor) return ztor;
  const ofMag = mag < 6.75 ? -4.317 + 0.984 * mag : 2.325;
  const ofDip = dip <= 40 ? 0.0445 * (dip - 40) : 0;
  return ztor + Math.exp(Math.min(ofMag + ofDip, Math.log(0.9 * (zbor - ztor))));
}

const HIGH_Q = { coeffs: constants?.highQ as ArgumentValue };
const LOW_Q = { coeffs: constants?.lowQ as ArgumentValue };
const VARIANTS: readonly (readonly [suffix: string, args: Arguments])[] = [
  ['HighQ', HIGH_Q],
  ['HighQJapanSite', { SJ: true, ...HIGH_Q }],
  ['JapanSite', { SJ: true }],
  ['LowQ', LOW_Q],
  ['LowQJapanSite', { SJ: true, ...LOW_Q }],
];
const aliases = (name: string): ModelAlias[] =>
  VARIANTS.map(([suffix, args]) => ({ id: name + suffix, aliasOf: name, arguments: args }));

const CampbellBozorgnia2019: ModelDeclaration = {
  ...CampbellBozorgnia2014,
  id: 'CampbellBozorgnia2019',
  citation:
    'K. W. Campbell, Y. Bozorgnia (2019), Ground motion models for the horizontal components of Arias intensity (AI) and cumulative absolute velocity (CAV) using the NGA-West2 database, Earthquake Spectra 35(3), 1289-1310, doi:10.1193/090818EQS212M; other measures: K. W. Campbell, Y. Bozorgnia (2014), doi:10.1193/062913EQS175M',
};

export const models: ModelModule['models'] = [
  CampbellBozorgnia2014,
  ...aliases('CampbellBozorgnia2014'),
  CampbellBozorgnia2019,
  ...aliases('CampbellBozorgnia2019'),
];
