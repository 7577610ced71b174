import { atMagnitude, type MagnitudeSteps } from './al-atik-2015.js';
import { CoefficientTable, type Coefficients } from './coefficients.js';
import type { Requirements, SiteParameters } from './context.js';
import type { Imt } from './imt.js';
import type { Arguments, ArgumentValue, GroundMotionModel } from './model.js';

/** The functional form that Kotha et al. (2020) and Weatherill (2024) share: equations 1-3 of the former. */

const HINGE = 5.7;
const REFERENCE_MAGNITUDE = 4.5;
const REFERENCE_DISTANCE = 30;

/** Everything of one measure that does not depend on the rupture. */
export interface KothaTerms {
  readonly c: Coefficients;
  readonly lnUnit: number;
  /** anelastic attenuation, [sites] */
  readonly attenuation: Float64Array;
  /** site term, [sites] */
  readonly site: Float64Array;
  /** epistemic standard deviations added, and the table of these at large magnitudes */
  readonly epsilon: number;
  readonly sigmaMu: Coefficients;
  /** a fixed shift instead */
  readonly shift?: number;
  readonly tau: MagnitudeSteps;
  readonly phi: MagnitudeSteps;
  /** site-to-site standard deviation, [sites] */
  readonly siteToSite: Float64Array;
}

export function kothaModel(
  id: string,
  requires: Requirements,
  termsOf: (imt: Imt, sites: SiteParameters) => KothaTerms,
): GroundMotionModel {
  return {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const terms = imts.map((imt) => termsOf(imt, sites));
      const lnRatio = new Float64Array(capacity);
      const excess = new Float64Array(capacity);
      return (batch, out) => {
        const { start, site, rjb, mag, hypoDepth } = batch;
        for (let r = 0; r < batch.ruptures; r++) {
          const h = saturationDepth(hypoDepth[r]);
          const reference = Math.sqrt(REFERENCE_DISTANCE * REFERENCE_DISTANCE + h * h);
          for (let i = start[r]; i < start[r + 1]; i++) {
            const distance = Math.sqrt(rjb[i] * rjb[i] + h * h);
            lnRatio[i] = Math.log(distance / reference);
            excess[i] = (distance - reference) / 100;
          }
        }
        for (let k = 0; k < terms.length; k++) {
          const { c, attenuation, site: siteTerm, siteToSite, tau, phi } = terms[k];
          const mean = out.mean[k];
          for (let r = 0; r < batch.ruptures; r++) {
            const m = mag[r];
            const source = sourceTerm(c, m) + epistemicShift(terms[k], m, hypoDepth[r]) + terms[k].lnUnit;
            const slope = c.c1 + c.c2 * (m - REFERENCE_MAGNITUDE);
            const inter = atMagnitude(tau, m);
            const single = atMagnitude(phi, m);
            for (let i = start[r]; i < start[r + 1]; i++) {
              const s = site[i];
              mean[i] = source + slope * lnRatio[i] + attenuation[s] * excess[i] + siteTerm[s];
              const variance = single * single + siteToSite[s] * siteToSite[s];
              out.inter[k][i] = inter;
              out.intra[k][i] = Math.sqrt(variance);
              out.total[k][i] = Math.sqrt(inter * inter + variance);
            }
          }
        }
      };
    },
  };
}

/** f_M (equation 2). */
function sourceTerm(c: Coefficients, m: number): number {
  const d = m - HINGE;
  return d <= 0 ? c.e1 + c.b1 * d + c.b2 * d * d : c.e1 + c.b3 * d;
}

/** Near-source saturation by hypocentral depth, km. */
function saturationDepth(depth: number): number {
  if (depth <= 10) return 4;
  return depth > 20 ? 12 : 8;
}

/** Number of epistemic standard deviations times their size, which grows at large magnitudes. */
function epistemicShift({ shift, epsilon, c, sigmaMu }: KothaTerms, m: number, depth: number): number {
  if (shift !== undefined) return shift;
  if (epsilon === 0) return 0;
  if (m < 7.4) return epsilon * c.tau_l2l;
  const [upper, lower] =
    depth < 10
      ? [sigmaMu.sigma_mu_m8_shallow, sigmaMu.sigma_mu_m7p4_shallow]
      : depth >= 20
        ? [sigmaMu.sigma_mu_m8_deep, sigmaMu.sigma_mu_m7p4_deep]
        : [sigmaMu.sigma_mu_m8_intermediate, sigmaMu.sigma_mu_m7p4_intermediate];
  const size = m >= 8 ? upper : lower + ((upper - lower) * (m - 7.4)) / 0.6;
  return epsilon * Math.max(c.tau_l2l, size);
}

/**
 * Anelastic attenuation of each site: of its region 1 to 5 if `regions` is given, else (and in region 0) the average.
 * Errors: RangeError for another region.
 */
export function attenuationByRegion(
  c: Coefficients,
  epsilon: number,
  sites: SiteParameters,
  regions: Coefficients | undefined,
  id: string,
): Float64Array {
  const average = c.c3 + epsilon * c.tau_c3;
  if (!regions) return new Float64Array(sites.size).fill(average);
  const given = sites.text.region ?? sites.numeric.region;
  return Float64Array.from(given as ArrayLike<string | number>, (value) => {
    const region = Number(value);
    if (region === 0) return average;
    const mean = regions[`region_${region}`];
    if (mean === undefined)
      throw new RangeError(`${id}: site parameter region = ${value} must be a number from 0 to 5`);
    return mean + epsilon * regions[`tau_region_${region}`];
  });
}

/** Site term of the European model of 2020 by velocity, measured or inferred. */
export function siteTermByVs30(
  c: Coefficients,
  sites: SiteParameters,
): { term: Float64Array; siteToSite: Float64Array } {
  const { vs30, vs30measured } = sites.numeric;
  return {
    term: vs30.map((v, s) => {
      const l = Math.log(Math.min(v, 1100));
      return vs30measured[s] ? c.d0_obs + c.d1_obs * l : c.d0_inf + c.d1_inf * l;
    }),
    siteToSite: vs30measured.map((measured) => (measured ? c.phi_s2s_obs : c.phi_s2s_inf)),
  };
}

export interface GeologyTables {
  readonly fixed: CoefficientTable;
  readonly intercept: CoefficientTable;
  readonly gradient: CoefficientTable;
}

/** Site term by slope and geological unit; units that the model does not know have the fixed effects only. */
export function siteTermByGeology(
  { fixed, intercept, gradient }: GeologyTables,
  imt: Imt,
  sites: SiteParameters,
  id: string,
): { term: Float64Array; siteToSite: Float64Array } {
  const c = fixed.row(imt, id);
  const a = intercept.row(imt, id);
  const b = gradient.row(imt, id);
  const { geology } = sites.text;
  return {
    term: sites.numeric.slope.map((slope, s) => {
      const l = Math.log(Math.min(Math.max(slope, 0.0005), 0.3));
      return c.V1 + (a[geology[s]] ?? 0) + (c.V2 + (b[geology[s]] ?? 0)) * l;
    }),
    siteToSite: new Float64Array(sites.size).fill(c.phi_s2s),
  };
}

/** A table of numbers by measure given as an argument. Errors: RangeError if it is something else. */
export function valueByMeasure(id: string, name: string, given: ArgumentValue): ((imt: Imt) => number) | undefined {
  if (given === null) return undefined;
  const entries = typeof given === 'object' && !Array.isArray(given) ? Object.entries(given as Arguments) : [];
  if (entries.length === 0 || entries.some(([, value]) => typeof value !== 'number'))
    throw new RangeError(`${id}: ${name} must be a table of numbers by measure`);
  const rows = entries.map(([imt, value]) => [imt, Number(value)]);
  const table = new CoefficientTable({ columns: ['imt', 'value'], rows });
  return (imt) => table.row(imt, id).value;
}
