import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { Arguments, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
import {
  backArcCoefficients,
  backArcTerm,
  correlationWithPga,
  nonlinearPhi2,
  nonlinearTau2,
  type BackArc,
  type LinearSigma,
} from '../terms/nz-nshm-2022.js';
import { ARGUMENTS, BREAKS, DEFAULT_BREAK } from './parker-2020-arguments.js';
import { medianUncertainty } from './parker-2020-uncertainty.js';
import { parkerAliases } from './parker-2020-aliases.js';
import { basinTerms, linearTerms, nonlinearCoefficients, type BasinOptions } from './parker-2020-site.js';
import { shiftedModel, type ShiftMeans } from '../shifted-model.js';
import { refusedArgument } from '../refusals.js';

const { tables } = readTables(import.meta.url, 'parker-2020');
/** Coefficients by period, those of the regions in columns of their own. */
export const TABLE = new CoefficientTable(tables.main);
const PGA = parseImt('PGA');
/** g: strength of shaking on rock at which site response turns nonlinear */
const F3 = 0.05;
const B4 = 0.1;
const LN_2_5 = Math.log(2.5);

/** What sets the variants of the model apart; the arguments of a job end up here. */
export interface ParkerOptions extends BasinOptions {
  readonly slab: boolean;
  readonly saturationRegion?: string;
  readonly sigmaMuEpsilon: number;
  /** model of New Zealand, 2022: back-arc term of slab earthquakes, nonlinear site response at all periods */
  readonly newZealand: boolean;
  readonly modifiedSigma: boolean;
  coefficients(imt: Imt): Coefficients;
}

/** Coefficients of one measure in one region. */
interface Measure {
  readonly c0: number;
  readonly c1: number;
  readonly a0: number;
  readonly c4: number;
  readonly c5: number;
  readonly c6: number;
  readonly depthLimit: number;
  readonly depthConstant: number;
  readonly depthSlope: number;
  readonly backArc?: BackArc;
}

/** Value of a regional column. Errors: Refusal naming the choice that has no column. */
function regional(id: string, c: Coefficients, column: string, { region, saturationRegion }: ParkerOptions): number {
  const value = c[column];
  if (value === undefined)
    throw refusedArgument(
      id,
      'saturation_region',
      `: region = ${JSON.stringify(region ?? null)} with saturation_region = ${JSON.stringify(saturationRegion ?? null)} has no coefficients; one of ${Object.keys(BREAKS).join(', ')} is needed as saturation_region`,
      saturationRegion ?? null,
      Object.keys(BREAKS).join(', '),
    );
  return value;
}

function measure(id: string, options: ParkerOptions, c: Coefficients, backArc: BackArc | undefined): Measure {
  const { slab, region, saturationRegion } = options;
  const common = {
    depthLimit: c.db,
    depthConstant: c.d,
    depthSlope: c.m,
    backArc,
  };
  if (!slab) {
    const a0 = region === undefined || region === 'Cascadia' ? 'a0' : `${region}_a0`;
    const c0 = saturationRegion === undefined ? 'c0' : `${saturationRegion}_c0`;
    return {
      ...common,
      c0: regional(id, c, c0, options),
      a0: regional(id, c, a0, options),
      c1: c.c1,
      c4: c.c4,
      c5: c.c5,
      c6: c.c6,
    };
  }
  const ofSaturation = region === 'AK' || region === 'SA';
  const c0 = region === undefined ? 'c0slab' : `${ofSaturation ? saturationRegion : region}_c0slab`;
  return {
    ...common,
    c0: regional(id, c, c0, options),
    a0: regional(id, c, region === undefined ? 'a0slab' : `${region}_a0slab`, options),
    c1: c.c1slab,
    c4: c.c4slab,
    c5: c.c5slab,
    c6: c.c6slab,
  };
}

/** Finite-fault term h (km) of slab earthquakes (equation 4.6). */
function slabSaturation(mag: number, magnitudeBreak: number): number {
  if (mag > magnitudeBreak) return 35;
  const slope = (Math.log10(35) - Math.log10(3.12)) / (magnitudeBreak - 4);
  return Math.exp(Math.LN10 * (slope * (mag - magnitudeBreak) + Math.log10(35)));
}

/** Distance terms shared by all measures: R, ln R and ln(R / sqrt(1 + h^2)). */
interface Distances {
  readonly r: Float64Array;
  readonly lnR: Float64Array;
  readonly lnRatio: Float64Array;
}

function fillDistances(
  slab: boolean,
  magnitudeBreak: number,
  batch: ContextBatch,
  { r, lnR, lnRatio }: Distances,
): void {
  const { start, mag, rrup } = batch;
  for (let k = 0; k < batch.ruptures; k++) {
    const h = slab ? slabSaturation(mag[k], magnitudeBreak) : Math.exp(Math.LN10 * (-0.82 + 0.252 * mag[k]));
    const lnNear = 0.5 * Math.log(1 + h * h);
    for (let i = start[k]; i < start[k + 1]; i++) {
      const squared = rrup[i] * rrup[i] + h * h;
      r[i] = Math.sqrt(squared);
      lnR[i] = 0.5 * Math.log(squared);
      lnRatio[i] = lnR[i] - lnNear;
    }
  }
}

/** Depth scaling of slab earthquakes (equation 4.8); hypoDepth km. */
function depthTerm({ depthLimit, depthConstant, depthSlope }: Measure, hypoDepth: number): number {
  // between tabulated periods the limit may be shallower than 20 km: up to that depth the term is constant all the same
  if (hypoDepth > 20 && hypoDepth >= depthLimit) return depthConstant;
  return depthSlope * (Math.max(hypoDepth, 20) - depthLimit) + depthConstant;
}

/** ln of the motion at 760 m/s (g, cm/s). */
function rockMotion(
  k: Measure,
  setting: { readonly slab: boolean; readonly magnitudeBreak: number; readonly flags: Float64Array },
  batch: ContextBatch,
  { r: distance, lnR, lnRatio }: Distances,
  out: Float64Array,
): void {
  const { slab, magnitudeBreak, flags } = setting;
  const { start, site, mag, rrup, hypoDepth } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const dm = m - magnitudeBreak;
    let constant = k.c0 + (dm > 0 ? k.c6 * dm : dm * (k.c4 + k.c5 * dm));
    if (slab) constant += depthTerm(k, hypoDepth[r]);
    const near = B4 * m;
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = constant + k.c1 * lnR[i] + near * lnRatio[i] + k.a0 * distance[i];
  }
  const { backArc } = k;
  if (backArc) for (let i = 0; i < batch.size; i++) if (flags[site[i]] === 1) out[i] += backArcTerm(backArc, rrup[i]);
}

/** Linear standard deviations of a measure: tau, and phi^2 at 200 and 500 km with its dependence on velocity. */
interface SigmaTerms {
  readonly tau2: number;
  readonly tau: number;
  readonly near: number;
  readonly far: number;
  /** [sites]: part of phi^2 at short distance that velocity adds */
  readonly velocity: Float64Array;
}

function sigmaTerms(c: Coefficients, vs30: Float64Array): SigmaTerms {
  const velocity = vs30.map((v) => c.phi2V * Math.min(Math.max(Math.log(500 / v) / LN_2_5, 0), 1));
  return { tau: c.Tau, tau2: c.Tau * c.Tau, near: c.phi21, far: c.phi22, velocity };
}

/** The model for one set of options. */
function parker(id: string, requires: Requirements, options: ParkerOptions): GroundMotionModel {
  const { slab, saturationRegion, sigmaMuEpsilon, newZealand } = options;
  const breaks = saturationRegion === undefined ? DEFAULT_BREAK : (BREAKS[saturationRegion] ?? DEFAULT_BREAK);
  const magnitudeBreak = slab ? breaks.slab : breaks.interface;
  const shift = (imts: readonly Imt[]): ShiftMeans => {
    const terms = imts.map((imt) => sigmaMuEpsilon * medianUncertainty(id, options, imt));
    return (batch, means) => {
      terms.forEach((term, m) => {
        for (let i = 0; i < batch.size; i++) means[m][i] += term;
      });
    };
  };
  const base: GroundMotionModel = {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const vs30 = sites.numeric.vs30;
      const flags = sites.numeric.backarc;
      const backArc = (imt: Imt) => (newZealand && slab ? backArcCoefficients(imt, id) : undefined);
      const pgaRow = options.coefficients(PGA);
      const pga = measure(id, options, pgaRow, backArc(PGA));
      const prepared = imts.map((imt) => {
        const c = options.coefficients(imt);
        const basin = basinTerms(options, c, imt, sites);
        const nonlinear = newZealand || imt.kind !== 'SA' || imt.period < 3;
        const linear = linearTerms(c, options.region, vs30);
        return {
          motion: measure(id, options, c, backArc(imt)),
          linear: linear.map((term, s) => term + (basin ? basin[s] : 0)),
          nonlinear: nonlinear ? nonlinearCoefficients(c, vs30) : new Float64Array(vs30.length),
          sigma: sigmaTerms(c, vs30),
          correlation: correlationWithPga(imt, id),
        };
      });
      const distances: Distances = {
        r: new Float64Array(capacity),
        lnR: new Float64Array(capacity),
        lnRatio: new Float64Array(capacity),
      };
      const rock = new Float64Array(capacity);
      const lnRock = new Float64Array(capacity);
      // share of the way from 200 to 500 km, in ln Rrup
      const far = new Float64Array(capacity);
      return (batch, out) => {
        const { site, rrup, size } = batch;
        fillDistances(slab, magnitudeBreak, batch, distances);
        rockMotion(pga, { slab, magnitudeBreak, flags }, batch, distances, rock);
        for (let i = 0; i < size; i++) {
          rock[i] = Math.exp(rock[i]);
          lnRock[i] = Math.log((rock[i] + F3) / F3);
          far[i] = Math.log(Math.min(Math.max(rrup[i], 200), 500) / 200) / LN_2_5;
        }
        for (let k = 0; k < prepared.length; k++) {
          const { motion, linear, nonlinear, sigma, correlation } = prepared[k];
          const mean = out.mean[k];
          rockMotion(motion, { slab, magnitudeBreak, flags }, batch, distances, mean);
          for (let i = 0; i < size; i++) mean[i] += linear[site[i]] + nonlinear[site[i]] * lnRock[i];
          if (!options.modifiedSigma) {
            const { tau, tau2, near, velocity } = sigma;
            const growth = sigma.far - near;
            for (let i = 0; i < size; i++) {
              const phi2 = near + growth * far[i] + velocity[site[i]] * (1 - far[i]);
              out.inter[k][i] = tau;
              out.intra[k][i] = Math.sqrt(phi2);
              out.total[k][i] = Math.sqrt(tau2 + phi2);
            }
          } else {
            const linearSigma: LinearSigma = { tau: sigma.tau, phi: 0, tauPga: pgaRow.Tau, phiPga: 0, ...correlation };
            for (let i = 0; i < size; i++) {
              const phi = Math.sqrt(sigma.near + (sigma.far - sigma.near) * far[i]);
              const phiPga = Math.sqrt(pgaRow.phi21 + (pgaRow.phi22 - pgaRow.phi21) * far[i]);
              const slope = (nonlinear[site[i]] * rock[i]) / (rock[i] + F3);
              const tau2 = nonlinearTau2(linearSigma, slope);
              const phi2 = nonlinearPhi2(phi, phiPga, correlation.rhoW, slope);
              out.inter[k][i] = Math.sqrt(tau2);
              out.intra[k][i] = Math.sqrt(phi2);
              out.total[k][i] = Math.sqrt(tau2 + phi2);
            }
          }
        }
      };
    },
  };
  return shiftedModel(base, { ...options, sigmaMuEpsilon: 0 }, sigmaMuEpsilon === 0 ? undefined : shift);
}

type Kind = Pick<ParkerOptions, 'slab' | 'withBasin' | 'newZealand' | 'coefficients'>;

/** Errors: Refusal for a basin option outside Cascadia, or of a model without basin term (B has one). */
function optionsFrom(id: string, args: Arguments, kind: Kind): ParkerOptions {
  for (const name of ['m9_basin_term', 'usgs_basin_scaling'])
    if (args[name] === true && !(kind.withBasin && args.region === 'Cascadia'))
      throw refusedArgument(
        id,
        name,
        `: ${name} = true needs region = "Cascadia" and a model with basin term (${id.replace(/B$/, '')}B)`,
        true,
        'region = "Cascadia" of a model B',
      );
  const text = (name: string) => (typeof args[name] === 'string' ? args[name] : undefined);
  return {
    ...kind,
    region: text('region'),
    saturationRegion: text('saturation_region') ?? text('region'),
    basin: text('basin') as 'out' | 'Seattle' | undefined,
    m9Basin: args.m9_basin_term === true,
    usgsBasin: args.usgs_basin_scaling === true,
    sigmaMuEpsilon: Number(args.sigma_mu_epsilon),
    modifiedSigma: args.modified_sigma === true,
  };
}

/** What a variant needs. */
function requirements({ slab, withBasin, newZealand }: Kind): Requirements {
  return {
    rupture: slab ? ['mag', 'hypoDepth'] : ['mag'],
    distances: ['rrup'],
    site: ['vs30', ...(withBasin ? ['z2pt5'] : []), ...(newZealand && slab ? ['backarc'] : [])],
  };
}

/** The declaration of a variant: what the publications differ in is given. */
export function declareParker(
  id: string,
  kind: Kind,
  own: Pick<ModelDeclaration, 'citation' | 'arguments' | 'notes'>,
): ModelDeclaration {
  const requires = requirements(kind);
  return {
    id,
    ...own,
    tectonicRegionType: `Subduction ${kind.slab ? 'IntraSlab' : 'Interface'}`,
    validity: {
      magnitude: [4.5, 9.5],
      distance: { kind: 'rrup', range: [0, 1000] },
      vs30: [150, 2000],
      source: 'limits of application of the model in nshmp-lib (U.S. Geological Survey) and pyGMM',
    },
    imts: TABLE.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    create: (args) => parker(id, requires, optionsFrom(id, args, kind)),
  };
}

/** B: with the basin terms of Japan and Cascadia. */
function declare(id: string, slab: boolean, withBasin: boolean): ModelDeclaration {
  const kind: Kind = { slab, withBasin, newZealand: false, coefficients: (imt) => TABLE.row(imt, id) };
  return declareParker(id, kind, {
    citation:
      'G. A. Parker, J. P. Stewart, D. M. Boore, G. M. Atkinson, B. Hassani (2020), PEER Report 2020/03; (2022), Earthquake Spectra 38(1), 456-493, doi:10.1177/87552930211034889',
    arguments: ARGUMENTS,
    notes:
      'Site response of slab earthquakes takes the coefficient f4 of interface earthquakes, PGV is shifted by sigma_mu_epsilon like PGA, and between its two periods the standard deviation of the median starts from 0, as in the reference engine.',
  });
}

export const models: ModelModule['models'] = [
  declare('ParkerEtAl2020SInter', false, false),
  declare('ParkerEtAl2020SInterB', false, true),
  declare('ParkerEtAl2020SSlab', true, false),
  declare('ParkerEtAl2020SSlabB', true, true),
  ...parkerAliases('ParkerEtAl2020SInter'),
  ...parkerAliases('ParkerEtAl2020SSlab'),
];
