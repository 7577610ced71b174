import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { GroundMotion, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import { campbellBozorgnia2007Z2, knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'campbell-bozorgnia-2008');
const MAIN = new CoefficientTable(tables.main);
const PGA = parseImt('PGA');
const C = 1.88;
const N = 1.18;
const ROCK_VS30 = 1100;
const AMPLIFICATION = 0.3; // s_lnAF

const CampbellBozorgnia2008: ModelDeclaration = {
  id: 'CampbellBozorgnia2008',
  citation:
    'K. W. Campbell, Y. Bozorgnia (2008), NGA ground motion model for the geometric mean horizontal component of PGA, PGV, PGD and 5% damped linear elastic response spectra for periods ranging from 0.01 to 10 s, Earthquake Spectra 24(1), 139-171, doi:10.1193/1.2857546',
  tectonicRegionType: 'Active Shallow Crust',
  validity: {
    magnitude: [4, 8.5],
    distance: { kind: 'rrup', range: [0, 200] },
    vs30: [150, 1500],
    source: 'what its authors mean it for, summary of the paper (reverse faulting: to 8, normal: to 7.5)',
  },
  imts: MAIN.imts,
  component: 'Average Horizontal (GMRotI50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: { rupture: ['mag', 'rake', 'dip', 'ztor'], distances: ['rrup', 'rjb'], site: ['vs30', 'z2pt5'] },
  arguments: [],
  notes: 'Spectral accelerations below 0.25 s are not below PGA.',
  create: () => createModel('CampbellBozorgnia2008', false),
};

const CampbellBozorgnia2008Arbitrary: ModelDeclaration = {
  ...CampbellBozorgnia2008,
  id: 'CampbellBozorgnia2008Arbitrary',
  component: 'Horizontal',
  notes: `${CampbellBozorgnia2008.notes} The total standard deviation is that of an arbitrary horizontal component.`,
  create: () => createModel('CampbellBozorgnia2008Arbitrary', true),
};

interface Measure {
  readonly imt: Imt;
  readonly c: Coefficients;
  /** site response but for the part that depends on rock motion, and basin term, [sites] */
  readonly linear: Float64Array;
  /** the same on rock of 1100 m/s */
  readonly rock: Float64Array;
  /** c (vs30 / k1)^n at sites below k1, else NaN: those respond linearly, [sites] */
  readonly soft: Float64Array;
}

interface Shared {
  /** hanging-wall term without c9, [contexts] */
  readonly hangingWall: Float64Array;
  /** PGA on rock, g, and ln(it + c), [contexts] */
  readonly rock: Float64Array;
  readonly lnRock: Float64Array;
}

const isShort = (imt: Imt): boolean => imt.kind === 'SA' && imt.period < 0.25;

function createModel(id: string, arbitrary: boolean): GroundMotionModel {
  return {
    id,
    requires: CampbellBozorgnia2008.requires,
    prepare(imts, sites, capacity) {
      const measures = imts.map((imt) => measureOf(id, imt, sites));
      const pga = measureOf(id, PGA, sites);
      const array = () => new Float64Array(capacity);
      const shared: Shared = { hangingWall: array(), rock: array(), lnRock: array() };
      const floor = array();
      const needsFloor = imts.some(isShort);
      return (batch, out) => {
        sharedTerms(batch, shared);
        meanOf(pga, true, batch, shared, shared.rock);
        for (let i = 0; i < batch.size; i++) {
          shared.rock[i] = Math.exp(shared.rock[i]);
          shared.lnRock[i] = Math.log(shared.rock[i] + C);
        }
        if (needsFloor) meanOf(pga, false, batch, shared, floor);
        for (let m = 0; m < measures.length; m++) {
          const mean = out.mean[m];
          meanOf(measures[m], false, batch, shared, mean);
          if (isShort(measures[m].imt)) for (let i = 0; i < batch.size; i++) mean[i] = Math.max(mean[i], floor[i]);
          standardDeviations({ ...measures[m], pga: pga.c, arbitrary }, batch, shared, out, m);
        }
      };
    },
  };
}

function measureOf(id: string, imt: Imt, sites: SiteParameters): Measure {
  const c = MAIN.row(imt, id);
  const { vs30 } = sites.numeric;
  const z2pt5 = knownDepths(sites.numeric.z2pt5, vs30, campbellBozorgnia2007Z2);
  const linear = (v: number, s: number) => linearSite(c, v) + basinTerm(c, z2pt5[s]);
  return {
    imt,
    c,
    linear: vs30.map(linear),
    rock: vs30.map((_, s) => linear(ROCK_VS30, s)),
    soft: vs30.map((v) => (v < c.k1 ? C * Math.exp(N * Math.log(v / c.k1)) : NaN)),
  };
}

function linearSite(c: Coefficients, vs30: number): number {
  if (vs30 < c.k1) return c.c10 * Math.log(vs30 / c.k1);
  return (c.c10 + c.k2 * N) * Math.log(Math.min(vs30, ROCK_VS30) / c.k1);
}

/** f_sed (equation 11); z2pt5 km. */
function basinTerm(c: Coefficients, z2pt5: number): number {
  if (z2pt5 < 1) return c.c11 * (z2pt5 - 1);
  return z2pt5 > 3 ? c.c12 * c.k3 * Math.exp(-0.75) * (1 - Math.exp(-0.25 * (z2pt5 - 3))) : 0;
}

/** Hanging-wall tapers of distance, magnitude, depth and dip (equations 7 to 10). */
function sharedTerms(batch: ContextBatch, shared: Shared): void {
  const { start, mag, dip, ztor, rrup, rjb } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const ofMag = Math.min(Math.max(2 * (mag[r] - 6), 0), 1);
    const ofDepth = ztor[r] >= 20 ? 0 : (20 - ztor[r]) / 20;
    const ofDip = dip[r] <= 70 ? 1 : (90 - dip[r]) / 20;
    const factor = ofMag * ofDepth * ofDip;
    for (let i = start[r]; i < start[r + 1]; i++)
      shared.hangingWall[i] = factor === 0 ? 0 : factor * distanceTaper(rrup[i], rjb[i], ztor[r]);
  }
}

function distanceTaper(rrup: number, rjb: number, ztor: number): number {
  if (rjb === 0) return 1;
  if (ztor >= 1) return (rrup - rjb) / rrup;
  const largest = Math.max(rrup, Math.sqrt(rjb * rjb + 1));
  return (largest - rjb) / largest;
}

function magnitudeTerm(c: Coefficients, mag: number): number {
  return c.c0 + c.c1 * mag + c.c2 * Math.max(mag - 5.5, 0) + c.c3 * Math.max(mag - 6.5, 0);
}

function styleTerm(c: Coefficients, rake: number, ztor: number): number {
  if (rake > 30 && rake < 150) return c.c7 * Math.min(ztor, 1);
  return rake > -150 && rake < -30 ? c.c8 : 0;
}

/** Equation 1; `onRock`: for sites of 1100 m/s with the basins of the sites. */
function meanOf(measure: Measure, onRock: boolean, batch: ContextBatch, shared: Shared, out: Float64Array): void {
  const { start, site, mag, rake, ztor, rrup } = batch;
  const { c, soft } = measure;
  const linear = onRock ? measure.rock : measure.linear;
  const { hangingWall, rock, lnRock } = shared;
  const { c9, k2 } = c;
  const c6Squared = c.c6 * c.c6;
  for (let r = 0; r < batch.ruptures; r++) {
    const event = magnitudeTerm(c, mag[r]) + styleTerm(c, rake[r], ztor[r]);
    const halfSlope = 0.5 * (c.c4 + c.c5 * mag[r]);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const s = site[i];
      let value = event + halfSlope * Math.log(rrup[i] * rrup[i] + c6Squared) + c9 * hangingWall[i] + linear[s];
      const softness = soft[s];
      if (!onRock && softness === softness) value += k2 * (Math.log(rock[i] + softness) - lnRock[i]);
      out[i] = value;
    }
  }
}

/** Equations 14 to 16. */
function standardDeviations(
  { c, soft, pga, arbitrary }: Measure & { readonly pga: Coefficients; readonly arbitrary: boolean },
  batch: ContextBatch,
  shared: Shared,
  out: GroundMotion,
  m: number,
): void {
  const { rock } = shared;
  const { site } = batch;
  const amplification2 = AMPLIFICATION * AMPLIFICATION;
  const base = Math.sqrt(c.s_lny * c.s_lny - amplification2);
  const basePga = Math.sqrt(pga.s_lny * pga.s_lny - amplification2);
  const phi2 = c.s_lny * c.s_lny;
  const linear = 2 * c.rho * base * basePga;
  const tau2 = c.t_lny * c.t_lny;
  const component2 = arbitrary ? c.c_lny * c.c_lny : 0;
  const linearTotal = Math.sqrt(phi2 + tau2 + component2);
  const inter = out.inter[m];
  const intra = out.intra[m];
  const total = out.total[m];
  for (let i = 0; i < batch.size; i++) {
    const softness = soft[site[i]];
    inter[i] = c.t_lny;
    if (softness !== softness) {
      intra[i] = c.s_lny;
      total[i] = linearTotal;
      continue;
    }
    const alpha = c.k2 * rock[i] * (1 / (rock[i] + softness) - 1 / (rock[i] + C));
    const within = phi2 + alpha * (linear + alpha * basePga * basePga);
    intra[i] = Math.sqrt(within);
    total[i] = Math.sqrt(within + tau2 + component2);
  }
}

export const models: ModelModule['models'] = [CampbellBozorgnia2008, CampbellBozorgnia2008Arbitrary];
