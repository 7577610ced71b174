import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { CoefficientTable, Coefficients } from '../coefficients.js';
import { parseImt, type Imt } from '../imt.js';
import type { ArgumentDeclaration, Arguments, GroundMotionModel } from '../model.js';
import { fillSigma } from '../per-measure.js';
import { SIGMA_MU_EPSILON } from '../shared-arguments.js';

/*
 * The form of Abrahamson, Gregor, Addo (2016), Earthquake Spectra 32(1), 23-44, "BC Hydro": shared by its descendants, which
 * differ in coefficients, hinge magnitude, distance and the treatment of back-arc sites.
 */

const PGA = parseImt('PGA');
const SATURATION = 10;
const SATURATION_GROWTH = 0.4;
/** constants of the nonlinear site response (equation 7) */
export const SITE_N = 1.18;
/** Constant c of the site term. */
export const SITE_C = 1.88;
/** m/s: velocities above it count as this, and the rock motion is that at this velocity */
export const ROCK_VELOCITY = 1000;

/** Magnitude scaling; where the coefficients are columns of the table it is read from them. */
export interface MagnitudeScaling {
  /** hinge of the distance term */
  readonly hinge: number;
  readonly theta3: number;
  readonly theta4: number;
  readonly theta5: number;
  readonly theta13: number;
}

/** What sets the models with the form of BC Hydro apart. */
export interface BcHydroOptions {
  readonly slab: boolean;
  readonly requires: Requirements;
  coefficients(imt: Imt): Coefficients;
  scaling(c: Coefficients): MagnitudeScaling;
  /** shift of the hinge of the magnitude term */
  hingeShift(imt: Imt): number;
  /** 0..1 per site: how far it lies in the back-arc */
  backArcWeight(sites: SiteParameters): Float64Array;
  /** km, in place of the depth of the rupture */
  readonly fixedDepth?: number;
  readonly distance?: 'rrup' | 'rhypo';
  /** added to the coefficient of anelastic attenuation */
  readonly theta6Adjustment: number;
  /** added to ln Y */
  medianShift(imt: Imt): number;
  readonly ergodic: boolean;
}

/** Arguments that all models with the form of BC Hydro take. */
export const BC_HYDRO_ARGUMENTS: readonly ArgumentDeclaration[] = [
  { name: 'ergodic', type: 'boolean', default: true, meaning: 'false: single-station sigma' },
  {
    name: 'theta6_adjustment',
    type: 'number',
    default: 0,
    meaning: 'added to the coefficient of anelastic attenuation, 1/km',
  },
  SIGMA_MU_EPSILON,
];

/** How the European model tapers the back-arc term; other models of the family take the flag of the site as it is. */
export const TAPER_ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'faba_taper_model',
    type: 'text',
    default: 'Step',
    allowed: ['Step', 'Linear', 'SFunc', 'Sigmoid', 'Gaussian'],
    meaning: 'how the back-arc term grows from 0 to 1 with the distance behind the volcanic front',
  },
  { name: 'width', type: 'number', default: null, meaning: 'Linear: width of the transition, km' },
  {
    name: 'a',
    type: 'number',
    default: null,
    meaning: 'SFunc, Gaussian: start of the transition, km behind the front',
  },
  { name: 'b', type: 'number', default: null, meaning: 'SFunc, Gaussian: end of the transition, km behind the front' },
  { name: 'c', type: 'number', default: null, meaning: 'Sigmoid: scale of the transition, km' },
  { name: 'sigma', type: 'number', default: null, meaning: 'Gaussian: standard deviation of the transition, km' },
];

/** The tapers as the models that have none take them: a tree may give them, and they change nothing. */
export const UNUSED_TAPER_ARGUMENTS: readonly ArgumentDeclaration[] = TAPER_ARGUMENTS.map((argument) => ({
  ...argument,
  meaning: 'of the European model; without effect here, where the site parameter backarc is a flag',
}));

/** What the arguments common to the family say; `uncertainty` gives the standard deviation of the median by measure. */
export function bcHydroArguments(
  args: Arguments,
  uncertainty: (imt: Imt) => number,
): Pick<BcHydroOptions, 'ergodic' | 'theta6Adjustment' | 'medianShift'> {
  const epsilon = Number(args.sigma_mu_epsilon);
  return {
    ergodic: args.ergodic === true,
    theta6Adjustment: Number(args.theta6_adjustment),
    medianShift: (imt) => (epsilon === 0 ? 0 : epsilon * uncertainty(imt)),
  };
}

/** Standard deviation of the median by measure: that of a column of the table, which is given as a range of 90 %. */
export function medianUncertainty(table: CoefficientTable, slab: boolean, id: string): (imt: Imt) => number {
  return (imt) => {
    const row = table.row(imt, id);
    return (slab ? row.SIGMA_MU_SSLAB : row.SIGMA_MU_SINTER) / 1.65;
  };
}

/** Flags of back-arc sites as they stand in the site parameters. */
export function backArcFlags(sites: SiteParameters): Float64Array {
  return sites.numeric.backarc;
}

/** Terms of the rock motion shared by all measures of a batch. */
interface Shared {
  /** ln(R + c4 exp(theta9 (M - 6))) */
  readonly lnSaturated: Float64Array;
  /** ln(max(R, Rmin) / 40), 0 where no site of the tile lies in the back-arc */
  readonly lnBackArc: Float64Array;
}

interface Measure {
  readonly c: Coefficients;
  readonly scaling: MagnitudeScaling;
  readonly shiftedHinge: number;
  readonly hingeShift: number;
  readonly attenuation: number;
}

/** ln of the rock motion (equations 1-4 without the site term) with the constants of one measure. */
function rockMotion(
  options: BcHydroOptions,
  { c, scaling, shiftedHinge, hingeShift, attenuation }: Measure,
  batch: ContextBatch,
  shared: Shared & { readonly distance: Float64Array; readonly weight: Float64Array | undefined },
  out: Float64Array,
): void {
  const { start, site, mag } = batch;
  const { slab, fixedDepth } = options;
  const { lnSaturated, lnBackArc, distance, weight } = shared;
  const { theta3, theta4, theta5, theta13, hinge } = scaling;
  const base = c.theta1 + theta4 * hingeShift + (slab ? c.theta10 : 0);
  const spreading = c.theta2 + (slab ? c.theta14 : 0);
  const backArc = slab ? c.theta7 : c.theta15;
  const backArcSlope = slab ? c.theta8 : c.theta16;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const above = m - shiftedHinge;
    let constant = base + (above > 0 ? theta5 : theta4) * above + theta13 * (10 - m) * (10 - m);
    if (slab) constant += c.theta11 * (Math.min(fixedDepth ?? batch.hypoDepth[r], 120) - 60);
    const slope = spreading + theta3 * (m - hinge);
    for (let i = start[r]; i < start[r + 1]; i++)
      out[i] = constant + slope * lnSaturated[i] + attenuation * distance[i];
  }
  if (weight === undefined) return;
  for (let i = 0; i < batch.size; i++) {
    const w = weight[site[i]];
    if (w !== 0) out[i] += w * (backArc + backArcSlope * lnBackArc[i]);
  }
}

/** Site response of equation 7 for each site: hoisted by measure, applied by `addSiteResponse`. */
export interface SiteResponse {
  readonly b: number;
  /** the whole term on stiff sites, its linear part on soft ones */
  readonly linear: Float64Array;
  /** c (V/vlin)^n on soft sites, 0 on stiff ones */
  readonly soft: Float64Array;
}

/** vs30 [sites] m/s; linearSlope is theta12 (or its regional value). */
export function siteResponse(vs30: Float64Array, linearSlope: number, b: number, vlin: number): SiteResponse {
  const linear = vs30.map((v) => {
    const ratio = Math.log(Math.min(v, ROCK_VELOCITY) / vlin);
    return v >= vlin ? (linearSlope + b * SITE_N) * ratio : linearSlope * ratio;
  });
  const soft = vs30.map((v) => {
    return v >= vlin ? 0 : SITE_C * Math.exp(SITE_N * Math.log(Math.min(v, ROCK_VELOCITY) / vlin));
  });
  return { b, linear, soft };
}

/** Adds the site response; rock [contexts] is the rock PGA, g, lnRockPlusC is ln(rock + c). */
export function addSiteResponse(
  response: SiteResponse,
  batch: ContextBatch,
  rock: Float64Array,
  lnRockPlusC: Float64Array,
  mean: Float64Array,
): void {
  const { linear, soft, b } = response;
  const { site } = batch;
  for (let i = 0; i < batch.size; i++) {
    const s = site[i];
    const x = soft[s];
    mean[i] += x === 0 ? linear[s] : linear[s] + b * (Math.log(rock[i] + x) - lnRockPlusC[i]);
  }
}

/** Makes a model of the family. Errors of prepare: Refusal for a measure outside the table. */
export function bcHydro(id: string, options: BcHydroOptions): GroundMotionModel {
  const { slab, requires } = options;
  const distanceKind = options.distance ?? (slab ? 'rhypo' : 'rrup');
  const minimumDistance = slab ? 85 : 100;

  function measure(imt: Imt): Measure {
    const c = options.coefficients(imt);
    const scaling = options.scaling(c);
    const hingeShift = options.hingeShift(imt);
    return {
      c,
      scaling,
      hingeShift,
      shiftedHinge: scaling.hinge + hingeShift,
      attenuation: c.theta6 + options.theta6Adjustment,
    };
  }

  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const weights = options.backArcWeight(sites);
      const weight = weights.some((w) => w !== 0) ? weights : undefined;
      const vs30 = sites.numeric.vs30;
      const rockMeasure = measure(PGA);
      const rockSite =
        (rockMeasure.c.theta12 + rockMeasure.c.b * SITE_N) * Math.log(ROCK_VELOCITY / rockMeasure.c.vlin);
      const measures = imts.map((imt) => {
        const own = measure(imt);
        const { theta12, b, vlin, tau, sigma } = own.c;
        const total = options.ergodic ? sigma : own.c.sigma_ss;
        return {
          ...own,
          response: siteResponse(vs30, theta12, b, vlin),
          shift: options.medianShift(imt),
          total,
          tau,
          phi: options.ergodic ? own.c.phi : Math.sqrt(total * total - tau * tau),
        };
      });
      const shared: Shared = { lnSaturated: new Float64Array(capacity), lnBackArc: new Float64Array(capacity) };
      const rock = new Float64Array(capacity);
      const lnRockPlusC = new Float64Array(capacity);
      return (batch, out) => {
        const { start, mag, size } = batch;
        const distance = batch[distanceKind];
        for (let r = 0; r < batch.ruptures; r++) {
          const saturation = SATURATION * Math.exp(SATURATION_GROWTH * (mag[r] - 6));
          for (let i = start[r]; i < start[r + 1]; i++) shared.lnSaturated[i] = Math.log(distance[i] + saturation);
        }
        if (weight)
          for (let i = 0; i < size; i++) shared.lnBackArc[i] = Math.log(Math.max(distance[i], minimumDistance) / 40);
        rockMotion(options, rockMeasure, batch, { ...shared, distance, weight }, rock);
        for (let i = 0; i < size; i++) {
          rock[i] = Math.exp(rock[i] + rockSite);
          lnRockPlusC[i] = Math.log(rock[i] + SITE_C);
        }
        for (let m = 0; m < measures.length; m++) {
          const own = measures[m];
          const mean = out.mean[m];
          rockMotion(options, own, batch, { ...shared, distance, weight }, mean);
          addSiteResponse(own.response, batch, rock, lnRockPlusC, mean);
          if (own.shift !== 0) for (let i = 0; i < size; i++) mean[i] += own.shift;
          fillSigma(out, m, size, own.total, own.tau, own.phi);
        }
      };
    },
  };
}
