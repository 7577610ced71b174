import { addSiteResponse, ROCK_VELOCITY, SITE_C, SITE_N, siteResponse } from './bc-hydro.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
  Validity,
} from '../model.js';
import { usgsBasinFactor } from '../terms/nga-west2.js';
import { backArcCoefficients, backArcTerm, type BackArc } from '../terms/nz-nshm-2022.js';
import { refusedArgument } from '../refusals.js';
import { SIGMA_MU_EPSILON } from '../shared-arguments.js';
import { regionAliases } from '../terms/subduction-regions.js';
import { shiftedModel, type ShiftMeans } from '../shifted-model.js';
import { knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'abrahamson-gulerce-2020');
/** Coefficients by period, those of the regions in columns of their own. */
export const TABLE = new CoefficientTable(tables.main);
const PGA = parseImt('PGA');

/** Names of the columns of a region, and its magnitude hinge of slab earthquakes. */
interface Region {
  readonly slabHinge: number;
  readonly constant: string;
  readonly attenuation?: string;
  readonly site?: string;
  readonly spreading?: string;
  readonly adjustment?: string;
  /** column of the single-station site-to-site deviation */
  readonly s2s: 'phi_s2s_g1' | 'phi_s2s_g2' | 'phi_s2s_g3';
}
const REGIONS: Readonly<Record<string, Region>> = {
  GLO: { slabHinge: 7.5, constant: 'a1', s2s: 'phi_s2s_g1' },
  'USA-AK': {
    slabHinge: 7.9,
    constant: 'a31',
    attenuation: 'a24',
    site: 'a17',
    adjustment: 'USA-AK_Adj',
    s2s: 'phi_s2s_g1',
  },
  CAS: { slabHinge: 7.1, constant: 'a32', attenuation: 'a25', site: 'a18', adjustment: 'CAS_Adj', s2s: 'phi_s2s_g1' },
  CAM: { slabHinge: 7.4, constant: 'a33', attenuation: 'a26', site: 'a19', s2s: 'phi_s2s_g2' },
  JPN: { slabHinge: 7.6, constant: 'a34', attenuation: 'a27', site: 'a20', s2s: 'phi_s2s_g3' },
  NZL: { slabHinge: 8.0, constant: 'a35', attenuation: 'a28', site: 'a21', s2s: 'phi_s2s_g1' },
  SAM: { slabHinge: 7.5, constant: 'a36', attenuation: 'a29', site: 'a22', s2s: 'phi_s2s_g3' },
  TWN: { slabHinge: 7.7, constant: 'a37', attenuation: 'a30', site: 'a23', spreading: 'a16', s2s: 'phi_s2s_g1' },
};

const A3 = 0.1;
const A4 = 0.73;
const A9 = 0.4;
const A45 = 0.34;
const SATURATION = 10;
const TAU = 0.47;
const AMPLIFICATION_VARIANCE = 0.3 * 0.3;

/** What sets the variants of the model apart; the arguments of a job end up here. */
export interface Options {
  readonly slab: boolean;
  readonly region: string;
  readonly ergodic: boolean;
  readonly usaAdjustment: boolean;
  readonly usgsBasin: boolean;
  readonly sigmaMuEpsilon: number;
  /** back-arc term of slab earthquakes in New Zealand (site parameter backarc) */
  readonly backArc: boolean;
}

/** Coefficients of one measure in one region. */
interface Measure {
  readonly c: Coefficients;
  readonly constant: number;
  readonly hinge: number;
  readonly belowHinge: number;
  readonly spreading: number;
  readonly attenuation: number;
  readonly site: number;
  readonly backArc?: BackArc;
}

function measure(id: string, { slab, region, usaAdjustment, backArc }: Options, imt: Imt): Measure {
  const c = TABLE.row(imt, id);
  const r = REGIONS[region];
  let constant = c[r.constant];
  if (usaAdjustment && r.adjustment) constant += c[r.adjustment];
  if (slab) constant += c.a10 + (A4 + A45) * (r.slabHinge - 7.5);
  return {
    c,
    constant,
    hinge: slab ? r.slabHinge : c.c1i,
    belowHinge: slab ? A4 + A45 : A4,
    spreading: c.a2 + (slab ? c.a14 : 0) + (r.spreading ? c[r.spreading] : 0),
    attenuation: c.a6 + (r.attenuation ? c[r.attenuation] : 0),
    site: c.a12 + (r.site ? c[r.site] : 0),
    backArc: backArc ? backArcCoefficients(imt, id) : undefined,
  };
}

/** Depth scaling of slab earthquakes (equation 4.6); ztor km. */
function depthTerm(c: Coefficients, ztor: number): number {
  if (ztor <= 50) return c.a8 * (ztor - 50);
  return c.a11 * (Math.min(ztor, 200) - 50);
}

/** ln of the rock motion, g; lnSaturated = ln(Rrup + 10 exp(0.4 (M - 6))). */
function rockMotion(
  { c, constant, hinge, belowHinge, spreading, attenuation, backArc }: Measure,
  slab: boolean,
  batch: ContextBatch,
  lnSaturated: Float64Array,
  backArcFlags: Float64Array,
  out: Float64Array,
): void {
  const { start, site, mag, rrup, ztor } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    let term = constant + c.a13 * (10 - m) * (10 - m) + belowHinge * Math.min(m - hinge, 0);
    if (slab) term += depthTerm(c, ztor[r]);
    const slope = spreading + A3 * (m - 7);
    for (let i = start[r]; i < start[r + 1]; i++) out[i] = term + slope * lnSaturated[i] + attenuation * rrup[i];
  }
  if (backArc)
    for (let i = 0; i < batch.size; i++) if (backArcFlags[site[i]] === 1) out[i] += backArcTerm(backArc, rrup[i]);
}

/** Basin term of each site (equations 4.12 to 4.15): Cascadia and Japan; z2pt5 in km. */
function basinTerms(
  options: Options,
  c: Coefficients,
  period: number,
  sites: SiteParameters,
): Float64Array | undefined {
  const { region, usgsBasin } = options;
  if (region !== 'CAS' && region !== 'JPN') return undefined;
  const { vs30 } = sites.numeric;
  const lnReferenceAt = (v: number): number =>
    region === 'CAS'
      ? Math.min(Math.max(8.52 - 0.88 * Math.log(v / 200), 7.6), 8.52)
      : Math.min(Math.max(7.3 - 2.066 * Math.log(v / 170), 4.1), 7.3);
  const z2pt5 = knownDepths(sites.numeric.z2pt5, vs30, (v) => 0.001 * Math.exp(lnReferenceAt(v)));
  return vs30.map((v, s) => {
    const lnReference = lnReferenceAt(v);
    const z = Math.log((1000 * z2pt5[s] + 50) / (Math.exp(lnReference) + 50));
    if (region === 'JPN') return c.a41 * Math.max(z, -2);
    return Math.max(z, 0) * c.a39 * (usgsBasin ? usgsBasinFactor(z2pt5[s], period, 'z2pt5') : 1);
  });
}

/** Period dependence F(T) of a distance-dependent part of phi: F = offset - alpha * scale (equation 5.7). */
interface PeriodTaper {
  readonly offset: number;
  readonly scale: number;
}
function periodTaper(period: number, [t1, t2, t3, t4]: readonly [number, number, number, number]): PeriodTaper {
  if (period <= t1) return { offset: 1, scale: 1 };
  if (period <= t2) return { offset: 1, scale: Math.log(period / t2) / Math.log(t1 / t2) };
  if (period <= t3) return { offset: 1, scale: 0 };
  if (period < t4) return { offset: Math.log(period / t4) / Math.log(t3 / t4), scale: 0 };
  return { offset: 0, scale: 0 };
}

/** Linear within-event variance of one measure, without site-to-site variance where the model is not ergodic. */
interface LinearPhi {
  readonly d1: number;
  readonly d2: number;
  /** taper of the part that grows with distance; undefined in regions that lack it */
  readonly distant?: PeriodTaper;
  /** constant part of South America and Japan, less the site-to-site variance */
  readonly offset: number;
}

function linearPhi({ region, ergodic }: Options, c: Coefficients, period: number, s2s: number): LinearPhi {
  const distant = region === 'CAM' || region === 'JPN' || region === 'SAM';
  let offset = ergodic ? 0 : -s2s * s2s;
  if (region === 'JPN' || region === 'SAM') {
    const taper = periodTaper(period, [0.03, 0.075, 0.1, 0.3]);
    offset += 0.242 * (taper.offset - 0.42 * taper.scale);
  }
  return { d1: c.d1, d2: c.d2, distant: distant ? periodTaper(period, [0.03, 0.075, 0.2, 1]) : undefined, offset };
}

function phi2At({ d1, d2, distant, offset }: LinearPhi, rrup: number): number {
  let phi2 = offset + Math.min(Math.max(d1 + (d2 * (rrup - 150)) / 300, d1), d1 + d2);
  if (distant) {
    const x = Math.min(Math.max((rrup - 225) / 225, 0), 1);
    const alpha = Math.min(Math.max(1 - 0.0036 * (rrup - 250), 0.28), 1);
    phi2 += (0.109 + 0.062 * x + 0.47 * x * x) * (distant.offset - alpha * distant.scale);
  }
  return phi2;
}

/** The model for one set of options. */
export function abrahamsonGulerce(id: string, requires: Requirements, options: Options): GroundMotionModel {
  const { slab, sigmaMuEpsilon } = options;
  const shift = (imts: readonly Imt[]): ShiftMeans => {
    const rows = imts.map((imt) => measure(id, options, imt).c);
    return (batch, means) => {
      rows.forEach((c, m) => addMedianUncertainty(c, sigmaMuEpsilon, batch, means[m]));
    };
  };
  const s2sColumn = REGIONS[options.region].s2s;
  const base: GroundMotionModel = {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const vs30 = sites.numeric.vs30;
      // here a velocity above the bound is judged stiff or soft by the bound
      const bounded = vs30.map((v) => Math.min(v, ROCK_VELOCITY));
      const backArcFlags = sites.numeric.backarc;
      const pga = measure(id, options, PGA);
      const rockSite = (pga.site + pga.c.b * SITE_N) * Math.log(ROCK_VELOCITY / pga.c.vlin);
      const measures = imts.map((imt) => {
        const own = measure(id, options, imt);
        const s2s = own.c[s2sColumn];
        // in regions of the first group the reference engine takes the site-to-site deviation of the period for PGA too
        const s2sPga = s2sColumn === 'phi_s2s_g1' ? s2s : pga.c[s2sColumn];
        return {
          own,
          response: siteResponse(bounded, own.site, own.c.b, own.c.vlin),
          basin: basinTerms(options, own.c, imt.period, sites),
          phi: linearPhi(options, own.c, imt.period, s2s),
          phiPga: linearPhi(options, pga.c, 0, s2sPga),
        };
      });
      const lnSaturated = new Float64Array(capacity);
      const rock = new Float64Array(capacity);
      const lnRockPlusC = new Float64Array(capacity);
      return (batch, out) => {
        const { start, mag, rrup, site, size } = batch;
        for (let r = 0; r < batch.ruptures; r++) {
          const saturation = SATURATION * Math.exp(A9 * (mag[r] - 6));
          for (let i = start[r]; i < start[r + 1]; i++) lnSaturated[i] = Math.log(rrup[i] + saturation);
        }
        rockMotion(pga, slab, batch, lnSaturated, backArcFlags, rock);
        for (let i = 0; i < size; i++) {
          rock[i] = Math.exp(rock[i] + rockSite);
          lnRockPlusC[i] = Math.log(rock[i] + SITE_C);
        }
        for (let k = 0; k < measures.length; k++) {
          const { own, response, basin, phi, phiPga } = measures[k];
          const mean = out.mean[k];
          rockMotion(own, slab, batch, lnSaturated, backArcFlags, mean);
          addSiteResponse(response, batch, rock, lnRockPlusC, mean);
          if (basin) for (let i = 0; i < size; i++) mean[i] += basin[site[i]];
          const { b, rhoW, rhoB } = own.c;
          for (let i = 0; i < size; i++) {
            const x = response.soft[site[i]];
            let phi2 = phi2At(phi, rrup[i]);
            let tau2 = TAU * TAU;
            if (x !== 0) {
              const p = rock[i];
              const slope = b * p * (1 / (p + x) - 1 / (p + SITE_C));
              const own2 = Math.sqrt(phi2 - AMPLIFICATION_VARIANCE);
              const rock2 = slope * Math.sqrt(phi2At(phiPga, rrup[i]) - AMPLIFICATION_VARIANCE);
              phi2 += rock2 * (rock2 + 2 * own2 * rhoW);
              tau2 *= 1 + slope * (slope + 2 * rhoB);
            }
            out.intra[k][i] = Math.sqrt(phi2);
            out.inter[k][i] = Math.sqrt(tau2);
            out.total[k][i] = Math.sqrt(phi2 + tau2);
          }
        }
      };
    },
  };
  return shiftedModel(base, { ...options, sigmaMuEpsilon: 0 }, sigmaMuEpsilon === 0 ? undefined : shift);
}

/** Shift of the median by epsilon standard deviations, which grow with distance (equation 6.1). */
function addMedianUncertainty(c: Coefficients, epsilon: number, batch: ContextBatch, mean: Float64Array): void {
  for (let i = 0; i < batch.size; i++) {
    const distance = Math.min(Math.max(batch.rrup[i], 50), 500) / 100;
    mean[i] += epsilon * (c.e1 + distance * (c.e2 + c.e3 * distance));
  }
}

/** Arguments that all names of the model take. */
export const COMMON_ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'region',
    type: 'text',
    default: 'GLO',
    allowed: Object.keys(REGIONS),
    meaning: 'region whose constant, attenuation and site terms are taken; GLO: global',
  },
  { name: 'ergodic', type: 'boolean', default: true, meaning: 'false: without site-to-site variance' },
  {
    name: 'apply_usa_adjustment',
    type: 'boolean',
    default: false,
    meaning: 'adjustment of the median in Alaska (USA-AK) and Cascadia (CAS)',
  },
  SIGMA_MU_EPSILON,
];
const ARGUMENTS: readonly ArgumentDeclaration[] = [
  ...COMMON_ARGUMENTS,
  {
    name: 'usgs_basin_scaling',
    type: 'boolean',
    default: false,
    meaning: 'reduce the basin term of Cascadia as the USGS does',
  },
];

/** Errors: Refusal for basin scaling outside Cascadia, which alone it is made for. */
export function optionsFrom(id: string, args: Arguments, slab: boolean, backArc: boolean): Options {
  if (args.usgs_basin_scaling === true && args.region !== 'CAS')
    throw refusedArgument(
      id,
      'usgs_basin_scaling',
      `: usgs_basin_scaling = true is for region = "CAS" only, not for "${String(args.region)}"`,
      true,
      'region = "CAS"',
    );
  return {
    slab,
    region: String(args.region),
    ergodic: args.ergodic === true,
    usaAdjustment: args.apply_usa_adjustment === true,
    usgsBasin: args.usgs_basin_scaling === true,
    sigmaMuEpsilon: Number(args.sigma_mu_epsilon),
    backArc,
  };
}

/** What contexts must hold; the basin terms of Cascadia and Japan need z2pt5. */
export function requirements(slab: boolean, region: string, backArc: boolean): Requirements {
  const basin = region === 'CAS' || region === 'JPN';
  return {
    rupture: slab ? ['mag', 'ztor'] : ['mag'],
    distances: ['rrup'],
    site: ['vs30', ...(basin ? ['z2pt5'] : []), ...(backArc ? ['backarc'] : [])],
  };
}

/** What its authors mean the model for. */
export const VALIDITY: Validity = {
  magnitude: [5, 9.5],
  distance: { kind: 'rrup', range: [0, 500] },
  source: 'what its authors mean it for in the fore-arc, summary of PEER Report 2020/25 (Cascadia: to 800 km)',
};

function declare(id: string, slab: boolean): ModelDeclaration {
  return {
    id,
    citation:
      'N. A. Abrahamson, Z. Gülerce (2020), PEER Report 2020/25; (2022), Earthquake Spectra 38(4), 2638-2681, doi:10.1177/87552930221114374',
    tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
    validity: VALIDITY,
    imts: TABLE.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: requirements(slab, 'GLO', false),
    referenceVelocity: 1000,
    arguments: ARGUMENTS,
    notes:
      'The regions CAS and JPN need z2pt5 as well. Without ergodicity, regions other than CAM, JPN and SAM take the site-to-site deviation of the period for PGA too, as in the reference engine.',
    create: (args) =>
      abrahamsonGulerce(id, requirements(slab, String(args.region), false), optionsFrom(id, args, slab, false)),
  };
}

export const models: ModelModule['models'] = [
  declare('AbrahamsonGulerce2020SInter', false),
  declare('AbrahamsonGulerce2020SSlab', true),
  ...regionAliases('AbrahamsonGulerce2020SInter'),
  ...regionAliases('AbrahamsonGulerce2020SSlab'),
];
