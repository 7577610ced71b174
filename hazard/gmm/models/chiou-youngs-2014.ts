import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients, type RawTable } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  Evaluator,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
  ModelResources,
} from '../model.js';
import {
  evaluateMeasure,
  makeShared,
  sharedTerms,
  type Measure,
  type Options,
} from '../terms/chiou-youngs-2014-terms.js';
import { withEpistemic, californiaZ1, japanZ1, usgsBasinFactor } from '../terms/nga-west2.js';
import { SIGMA_MU_EPSILON, USGS_BASIN_SCALING } from '../shared-arguments.js';
import { refusedArgument } from '../refusals.js';
import { refusal } from '../../refusal.js';
import { knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'chiou-youngs-2014');
/** Coefficients by period. */
export const MAIN = new CoefficientTable(tables.main);
const DIRECTIVITY = new CoefficientTable(tables.directivity);
const CYBERSHAKE = new CoefficientTable(tables.cybershake);
const SOURCE = new CoefficientTable(tables.source);
const PGA = parseImt('PGA');

const PHI6 = 300;
const PHI6_JAPAN = 800;

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  { name: 'region', meaning: 'region', type: 'text', default: 'CAL', allowed: ['CAL', 'JPN', 'ITA', 'WEN'] },
  SIGMA_MU_EPSILON,
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
  USGS_BASIN_SCALING,
  {
    name: 'cybershake_basin_adj',
    meaning: 'basin term of the Cybershake simulations for periods above 1.9 s',
    type: 'boolean',
    default: false,
  },
];

/** The model as published with its options; models built on it take it from here. */
export const ChiouYoungs2014: ModelDeclaration = {
  id: 'ChiouYoungs2014',
  citation:
    'B. S.-J. Chiou, R. R. Youngs (2014), Update of the Chiou and Youngs NGA model for the average horizontal component of peak ground motion and response spectra, Earthquake Spectra 30(3), 1117-1153, doi:10.1193/072813EQS219M',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [3.5, 8.5],
    distance: { kind: 'rrup', range: [0, 300] },
    vs30: [180, 1500],
    source:
      'N. Gregor et al. (2014), Earthquake Spectra 30(3), 1179-1197, table 2: what its authors mean it for (reverse and normal faulting: to 8)',
  },
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
  create: (args, resources) => createModel(ChiouYoungs2014, {}, args, resources),
};

const ChiouYoungs2014PEER: ModelDeclaration = {
  ...ChiouYoungs2014,
  id: 'ChiouYoungs2014PEER',
  standardDeviations: ['total'],
  notes: 'For the PEER verification cases: the total standard deviation is 0.65.',
  create: (args, resources) => createModel(ChiouYoungs2014PEER, { peer: true }, args, resources),
};

const NearFaultEffect: ModelDeclaration = {
  ...ChiouYoungs2014,
  id: 'ChiouYoungs2014NearFaultEffect',
  requires: { ...ChiouYoungs2014.requires, distances: [...ChiouYoungs2014.requires.distances, 'rcdpp'] },
  notes:
    'With the directivity term: rcdpp is the direct point parameter less its mean over the sites at that distance. No source computes it, so that jobs with this model are refused; contexts that have it are evaluated.',
  create: (args, resources) => createModel(NearFaultEffect, { directivity: true }, args, resources),
};

async function createModel(
  { id, requires }: ModelDeclaration,
  variant: Partial<Options>,
  args: Arguments,
  resources: ModelResources,
): Promise<GroundMotionModel> {
  const { stress_par_host: host, stress_par_target: target, delta_gamma_tab: file } = args;
  if ((host === null) !== (target === null))
    throw refusedArgument(id, 'stress_par_host', ': stress_par_host and stress_par_target are given together');
  const options: Options = {
    ...variant,
    id,
    peer: variant.peer === true,
    region: String(args.region),
    hangingWall: args.use_hw === true,
    deltaC1: args.add_delta_c1 === true,
    alphaNormal: Number(args.alpha_nm),
    stressRatio: host === null ? NaN : (2 / 3) * Math.log10(Number(target) / Number(host)),
    deltaGamma: file === null ? undefined : readDeltaGamma(await resources.text(String(file)), String(file)),
    usgsBasin: args.usgs_basin_scaling === true,
    cybershake: args.cybershake_basin_adj === true,
  };
  const base: GroundMotionModel = {
    id,
    requires,
    prepare: (imts, sites, capacity) => prepare(options, imts, sites, capacity),
  };
  return withEpistemic(base, Number(args.sigma_mu_epsilon), args);
}

/** The options of the model as published, for California and elsewhere. */
export const publishedOptions = (id: string): Options => ({
  id,
  peer: false,
  region: 'CAL',
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

/** Table of the path adjustment. Errors: Refusal naming file and line. */
function readDeltaGamma(text: string, file: string): CoefficientTable {
  const rows: RawTable['rows'][number][] = [];
  text.split(/\r?\n/).forEach((line, k) => {
    const cells = line.replace(/#.*/, '').trim().split(/\s+/);
    if (k === 0 || cells[0] === '') return;
    const values = cells.slice(1, 5).map(Number);
    if (values.length < 4 || values.some((value) => !Number.isFinite(value)))
      throw refusal('MODEL_FILE', `${file}, line ${k + 1}: a measure and the numbers c0 c1 c2 c3 are needed`);
    const period = Number(cells[0]);
    rows.push([Number.isFinite(period) ? `SA(${period})` : cells[0], ...values]);
  });
  return new CoefficientTable({ columns: ['imt', 'c0', 'c1', 'c2', 'c3'], rows });
}

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
      if (options.peer) constantSigma(batch.size, out, m);
    }
  };
}

/** Coefficients of one measure, with what depends on the sites and the options alone. */
export function measureOf(options: Options, imt: Imt, sites: SiteParameters): Measure {
  const c = MAIN.row(imt, options.id);
  const { vs30, vs30measured } = sites.numeric;
  const z1pt0 = knownDepths(sites.numeric.z1pt0, vs30, options.region === 'JPN' ? japanZ1 : californiaZ1);
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
    directivity: options.directivity ? DIRECTIVITY.row(imt, options.id) : undefined,
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

function constantSigma(size: number, out: GroundMotion, m: number): void {
  out.total[m].fill(0.65, 0, size);
  out.inter[m].fill(0, 0, size);
  out.intra[m].fill(0, 0, size);
}

export const models: ModelModule['models'] = [
  ChiouYoungs2014,
  ChiouYoungs2014PEER,
  NearFaultEffect,
  { id: 'ChiouYoungs2014Japan', aliasOf: 'ChiouYoungs2014', arguments: { region: 'JPN' } },
  { id: 'ChiouYoungs2014Italy', aliasOf: 'ChiouYoungs2014', arguments: { region: 'ITA' } },
  { id: 'ChiouYoungs2014Wenchuan', aliasOf: 'ChiouYoungs2014', arguments: { region: 'WEN' } },
];
