import { SITE_C, SITE_N } from './bc-hydro.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import { KUEHN_REGIONS, type KuehnRegion } from './kuehn-2020-regions.js';
import { medianUncertainty } from './kuehn-2020-uncertainty.js';
import type {
  ArgumentDeclaration,
  Arguments,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
  Validity,
} from '../model.js';
import { usgsBasinFactor } from '../terms/nga-west2.js';
import {
  backArcCoefficients,
  backArcTerm,
  correlationWithPga,
  nonlinearPhi2,
  nonlinearTau2,
  type BackArc,
  type LinearSigma,
} from '../terms/nz-nshm-2022.js';
import { fillSigma } from '../per-measure.js';
import { SIGMA_MU_EPSILON } from '../shared-arguments.js';
import { regionAliases } from '../terms/subduction-regions.js';
import { shiftedModel, type ShiftMeans } from '../shifted-model.js';
import { refusedArgument } from '../refusals.js';
import { knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'kuehn-2020');
/** Coefficients by period, those of the regions in columns of their own. */
export const TABLE = new CoefficientTable(tables.main);
const PGA = parseImt('PGA');
/** m/s: the rock whose PGA drives nonlinear site response */
const ROCK_VELOCITY = 1100;

/** What sets the variants of the model apart; the arguments of a job end up here. */
export interface KuehnOptions {
  readonly slab: boolean;
  readonly region: string;
  /** magnitude of the break in scaling; that of the region where undefined */
  readonly magnitudeBreak?: number;
  readonly m9Basin: boolean;
  readonly usgsBasin: boolean;
  readonly sigmaMuEpsilon: number;
  /** model of New Zealand, 2022: back-arc term of slab earthquakes, no basin term in the region NZL */
  readonly newZealand: boolean;
  /** standard deviations with nonlinear site response (New Zealand, 2022) */
  readonly modifiedSigma: boolean;
}

/** Hinge of two slopes b0 (below x0), b1 (above), smoothed over the width d; a at the hinge (equation 4.2). */
function logisticHinge(x: number, x0: number, a: number, b0: number, b1: number, d: number): number {
  return a + b0 * (x - x0) + (b1 - b0) * d * Math.log(1 + Math.exp((x - x0) / d));
}

/** Coefficients of one measure in one region. */
interface Measure {
  readonly c1: number;
  readonly c2: number;
  readonly c3: number;
  readonly c4: number;
  readonly c5: number;
  readonly c6: number;
  readonly c7: number;
  readonly c9: number;
  readonly k1: number;
  readonly k2: number;
  readonly nft1: number;
  readonly nft2: number;
  readonly magnitudeBreak: number;
  readonly depthBreak: number;
  readonly depthReference: number;
  readonly backArc?: BackArc;
}

function measure(
  c: Coefficients,
  options: KuehnOptions,
  region: KuehnRegion,
  shifted: boolean,
  backArc?: BackArc,
): Measure {
  const { slab } = options;
  const regional = slab ? region.slab : region.interface;
  const shift = shifted && !slab && (options.region === 'JPN' || options.region === 'SAM') ? c.dm_b : 0;
  return {
    c1: c[regional.c1],
    c2: slab ? c.c_2_slab : c.c_2_if,
    c3: c.c_3,
    c4: slab ? c.c_4_slab : c.c_4_if,
    c5: c.c_5,
    c6: c[region.c6],
    c7: c[region.c7],
    c9: slab ? c.c_9_slab : c.c_9_if,
    k1: c.k1,
    k2: c.k2,
    nft1: c.c_nft_1,
    nft2: c.c_nft_2,
    magnitudeBreak: (options.magnitudeBreak ?? regional.magnitudeBreak) + shift,
    depthBreak: slab ? 80 + c.dz_b_slab : 30 + c.dz_b_if,
    depthReference: slab ? 50 : 15,
    backArc,
  };
}

/** ln of the motion without site terms (g, cm/s). */
function rockMotion(k: Measure, batch: ContextBatch, flags: Float64Array, out: Float64Array): void {
  const { start, site, mag, ztor, rrup } = batch;
  const { magnitudeBreak: mb, depthBreak: zb } = k;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const constant =
      k.c1 +
      logisticHinge(m, mb, k.c4 * (mb - 6), k.c4, k.c5, 0.1) +
      logisticHinge(ztor[r], zb, k.c9 * (zb - k.depthReference), k.c9, 0, 1);
    const slope = k.c2 + k.c3 * m;
    const saturation = Math.exp(Math.LN10 * (k.nft1 + k.nft2 * (m - 6)));
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = constant + slope * Math.log(rrup[i] + saturation) + k.c6 * rrup[i];
  }
  const { backArc } = k;
  if (backArc) for (let i = 0; i < batch.size; i++) if (flags[site[i]] === 1) out[i] += backArcTerm(backArc, rrup[i]);
}

/** Site terms of one measure for each site: linear with the basin term, and c (V/k1)^n where nonlinear (else 0). */
interface SiteTerms {
  readonly k2: number;
  readonly linear: Float64Array;
  readonly soft: Float64Array;
}

function siteTerms({ c7, k1, k2 }: Measure, vs30: Float64Array, basin: Float64Array | undefined): SiteTerms {
  const linear = vs30.map((v, s) => (v > k1 ? c7 + k2 * SITE_N : c7) * Math.log(v / k1) + (basin ? basin[s] : 0));
  const soft = vs30.map((v) => (v > k1 ? 0 : SITE_C * Math.exp(SITE_N * Math.log(v / k1))));
  return { k2, linear, soft };
}

function addSiteTerms(
  { k2, linear, soft }: SiteTerms,
  batch: ContextBatch,
  rock: Float64Array,
  lnRockPlusC: Float64Array,
  mean: Float64Array,
): void {
  const { site } = batch;
  for (let i = 0; i < batch.size; i++) {
    const s = site[i];
    const x = soft[s];
    mean[i] += x === 0 ? linear[s] : linear[s] + k2 * (Math.log(rock[i] + x) - lnRockPlusC[i]);
  }
}

/** Basin term of each site (equation 4.11), undefined in regions without one. z2pt5 km, z1pt0 m. */
function basinTerms(
  options: KuehnOptions,
  region: KuehnRegion,
  c: Coefficients,
  imt: Imt,
  sites: SiteParameters,
): Float64Array | undefined {
  const { basin } = region;
  const { vs30 } = sites.numeric;
  if (basin === undefined || (options.newZealand && options.region === 'NZL')) return undefined;
  const [z1, z2, z3, z4] = basin.reference;
  const lnExpected = (v: number): number => {
    const e = Math.exp((Math.log(v) - z3) / z4);
    return z1 + ((z2 - z1) * e) / (1 + e);
  };
  /** m in the unit of the site parameter */
  const unit = basin.depth === 'z2pt5' ? 1000 : 1;
  const depths = knownDepths(sites.numeric[basin.depth], vs30, (v) => Math.exp(lnExpected(v)) / unit);
  const z2pt5 = (s: number): number => (basin.depth === 'z2pt5' ? depths[s] : 0);
  if (basin.constant !== undefined) {
    const term = c[basin.constant];
    return vs30.map((_, s) => usgsTerm(options, term, imt, z2pt5(s)));
  }
  return vs30.map((v, s) => {
    if (!(depths[s] > 0)) return 0;
    const term = c[basin.c11] + c[basin.c12] * (Math.log(unit * depths[s]) - lnExpected(v));
    return usgsTerm(options, term, imt, z2pt5(s));
  });
}

/** Options of the United States: ln 2 above deep basins at long periods; less of the term above shallow ones. */
function usgsTerm({ m9Basin, usgsBasin }: KuehnOptions, term: number, imt: Imt, z2pt5: number): number {
  const whole = m9Basin && imt.period >= 1.9 && z2pt5 >= 6 ? Math.LN2 : term;
  return usgsBasin ? whole * usgsBasinFactor(z2pt5, imt.period, 'z2pt5') : whole;
}

/** What is fixed for one measure of an evaluation. */
interface Prepared {
  readonly motion: Measure;
  readonly site: SiteTerms;
  readonly sigma: LinearSigma;
  /** SA to 0.1 s: not below PGA */
  readonly bounded: boolean;
  readonly isPga: boolean;
}

/** The model for one set of options. */
export function kuehn(id: string, requires: Requirements, options: KuehnOptions): GroundMotionModel {
  const region = KUEHN_REGIONS[options.region];
  const { slab, newZealand, sigmaMuEpsilon } = options;
  const shift = (imts: readonly Imt[]): ShiftMeans => {
    const uncertainties = imts.map((imt) => medianUncertainty(slab, options.region, imt));
    return (batch, means) => {
      uncertainties.forEach((uncertainty, m) => uncertainty.add(sigmaMuEpsilon, batch, means[m]));
    };
  };
  const base: GroundMotionModel = {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const vs30 = sites.numeric.vs30;
      const flags = sites.numeric.backarc;
      const backArc = (imt: Imt) => (newZealand && slab ? backArcCoefficients(imt, id) : undefined);
      const pgaRow = TABLE.row(PGA, id);
      const pga = measure(pgaRow, options, region, false, backArc(PGA));
      const pgaSite = siteTerms(pga, vs30, basinTerms(options, region, pgaRow, PGA, sites));
      const rockSite = (pga.c7 + pga.k2 * SITE_N) * Math.log(ROCK_VELOCITY / pga.k1);
      const prepared: Prepared[] = imts.map((imt) => {
        const c = TABLE.row(imt, id);
        const motion = measure(c, options, region, true, backArc(imt));
        return {
          motion,
          site: siteTerms(motion, vs30, basinTerms(options, region, c, imt, sites)),
          sigma: { tau: c.tau, phi: c.phi, tauPga: pgaRow.tau, phiPga: pgaRow.phi, ...correlationWithPga(imt, id) },
          bounded: imt.kind === 'SA' && imt.period <= 0.1,
          isPga: imt.kind === 'PGA',
        };
      });
      const rock = new Float64Array(capacity);
      const lnRockPlusC = new Float64Array(capacity);
      const bound = new Float64Array(capacity);
      return (batch, out) => {
        const { size } = batch;
        rockMotion(pga, batch, flags, bound);
        for (let i = 0; i < size; i++) {
          rock[i] = Math.exp(bound[i] + rockSite);
          lnRockPlusC[i] = Math.log(rock[i] + SITE_C);
        }
        addSiteTerms(pgaSite, batch, rock, lnRockPlusC, bound);
        for (let k = 0; k < prepared.length; k++) {
          const { motion, site, sigma, bounded, isPga } = prepared[k];
          const mean = out.mean[k];
          if (isPga) for (let i = 0; i < size; i++) mean[i] = bound[i];
          else {
            rockMotion(motion, batch, flags, mean);
            addSiteTerms(site, batch, rock, lnRockPlusC, mean);
            if (bounded) for (let i = 0; i < size; i++) if (mean[i] < bound[i]) mean[i] = bound[i];
          }
          if (options.modifiedSigma) nonlinearSigma(site, sigma, batch, rock, out, k);
          else fillSigma(out, k, size, Math.hypot(sigma.tau, sigma.phi), sigma.tau, sigma.phi);
        }
      };
    },
  };
  return shiftedModel(base, { ...options, sigmaMuEpsilon: 0 }, sigmaMuEpsilon === 0 ? undefined : shift);
}

function nonlinearSigma(
  { k2, soft }: SiteTerms,
  sigma: LinearSigma,
  batch: ContextBatch,
  rock: Float64Array,
  out: GroundMotion,
  k: number,
): void {
  const [total, inter, intra] = [out.total[k], out.inter[k], out.intra[k]];
  for (let i = 0; i < batch.size; i++) {
    const x = soft[batch.site[i]];
    const p = rock[i];
    const slope = x === 0 ? 0 : k2 * p * (1 / (p + x) - 1 / (p + SITE_C));
    const tau2 = nonlinearTau2(sigma, slope);
    const phi2 = nonlinearPhi2(sigma.phi, sigma.phiPga, sigma.rhoW, slope);
    inter[i] = Math.sqrt(tau2);
    intra[i] = Math.sqrt(phi2);
    total[i] = Math.sqrt(tau2 + phi2);
  }
}

/** Arguments that all names of the model take. */
export const COMMON_ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'region',
    type: 'text',
    default: 'GLO',
    allowed: Object.keys(KUEHN_REGIONS),
    meaning: 'region whose constant, attenuation, site and basin terms are taken; GLO: global, SEA: Seattle basin',
  },
  {
    name: 'm_b',
    type: 'number',
    default: null,
    meaning: 'magnitude of the break in scaling, in place of that of the region',
  },
  SIGMA_MU_EPSILON,
];
const ARGUMENTS: readonly ArgumentDeclaration[] = [
  ...COMMON_ARGUMENTS,
  {
    name: 'm9_basin_term',
    type: 'boolean',
    default: null,
    meaning: 'ln 2 as basin term from 1.9 s on where z2pt5 is 6 km and more (CAS, SEA)',
  },
  {
    name: 'usgs_basin_scaling',
    type: 'boolean',
    default: false,
    meaning: 'reduce the basin term as the USGS does (CAS, SEA)',
  },
];

/** Regions that the basin options of the US are made for. */
const US_BASINS = ['CAS', 'SEA'];

/** Errors: Refusal for such an option in another region. */
export function optionsFrom(id: string, args: Arguments, slab: boolean, newZealand: boolean): KuehnOptions {
  const region = String(args.region);
  const m9Basin = args.m9_basin_term === true;
  const usgsBasin = args.usgs_basin_scaling === true;
  if ((m9Basin || usgsBasin) && !US_BASINS.includes(region))
    throw refusedArgument(
      id,
      'region',
      `: m9_basin_term and usgs_basin_scaling need the region CAS or SEA, not ${region}`,
      region,
      US_BASINS.join(', '),
    );
  return {
    slab,
    region,
    magnitudeBreak: typeof args.m_b === 'number' ? args.m_b : undefined,
    m9Basin,
    usgsBasin,
    sigmaMuEpsilon: Number(args.sigma_mu_epsilon),
    newZealand,
    modifiedSigma: args.modified_sigma === true,
  };
}

/** What contexts must hold: regions with a basin term need its depth too. */
export function requirements(slab: boolean, region: string, newZealand: boolean): Requirements {
  const depth = newZealand && region === 'NZL' ? undefined : KUEHN_REGIONS[region].basin?.depth;
  return {
    rupture: ['mag', 'ztor'],
    distances: ['rrup'],
    site: ['vs30', ...(depth ? [depth] : []), ...(newZealand && slab ? ['backarc'] : [])],
  };
}

/** What the model is applied to by its authors and by the U.S. Geological Survey. */
export const VALIDITY: Validity = {
  magnitude: [5, 9.5],
  distance: { kind: 'rrup', range: [10, 1000] },
  vs30: [150, 1500],
  depth: { kind: 'ztor', range: [0, 200] },
  source: 'limits of application of the model in nshmp-lib (U.S. Geological Survey) and pyGMM',
};

function declare(id: string, slab: boolean): ModelDeclaration {
  return {
    id,
    citation:
      'N. Kuehn, Y. Bozorgnia, K. Campbell, N. Gregor (2020), PEER Report 2020/04; (2023), Earthquake Spectra, doi:10.1177/87552930231180906',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    validity: VALIDITY,
    imts: TABLE.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: requirements(slab, 'GLO', false),
    referenceVelocity: ROCK_VELOCITY,
    arguments: ARGUMENTS,
    notes:
      'The regions CAS, JPN and SEA need z2pt5 as well, NZL and TWN z1pt0. SA to 0.1 s is not less than PGA. PGA takes the magnitude break of the region without its shift, as in the reference engine. Attenuation by sub-region is not used.',
    create: (args) => kuehn(id, requirements(slab, String(args.region), false), optionsFrom(id, args, slab, false)),
  };
}

export const models: ModelModule['models'] = [
  declare('KuehnEtAl2020SInter', false),
  declare('KuehnEtAl2020SSlab', true),
  ...regionAliases('KuehnEtAl2020SInter', { CascadiaSeattleBasin: 'SEA' }),
  ...regionAliases('KuehnEtAl2020SSlab', { CascadiaSeattleBasin: 'SEA' }),
];
