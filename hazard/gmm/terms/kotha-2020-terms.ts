import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';
import type { ArgumentDeclaration, Arguments, ArgumentValue, GroundMotion } from '../model.js';
import { refusal } from '../../refusal.js';
import { refusedArgument } from '../refusals.js';

/*
 * Terms that the models of Kotha et al. (2020), Weatherill et al. (2020) and Weatherill (2024) share: source and path with
 * regional attenuation, and the shift of the median by its epistemic uncertainty.
 */

/** What sets the variants of Kotha et al. (2020) apart; the arguments of a job end up here. */
export interface Options {
  readonly id: string;
  readonly sigmaMuEpsilon: number;
  readonly c3Epsilon: number;
  readonly ergodic: boolean;
  /** shift of the median by measure, instead of the epistemic one */
  readonly shift: CoefficientTable | undefined;
  /** attenuation by measure, instead of that of the model */
  readonly attenuation: CoefficientTable | undefined;
}

/** Arguments that all names of the model take. */
export const OPTION_ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'sigma_mu_epsilon',
    meaning: 'number of epistemic standard deviations of the source term added to the median',
    type: 'number',
    default: 0,
  },
  {
    name: 'c3_epsilon',
    meaning: 'number of standard deviations added to the anelastic attenuation',
    type: 'number',
    default: 0,
  },
  {
    name: 'ergodic',
    meaning: 'whether the variability between sites is part of the standard deviation',
    type: 'boolean',
    default: true,
  },
  {
    name: 'dl2l',
    meaning: 'shift of the median by measure, instead of the epistemic one',
    type: 'table',
    default: null,
  },
  {
    name: 'c3',
    meaning: 'anelastic attenuation by measure, instead of that of the model',
    type: 'table',
    default: null,
  },
];

/** Errors: Refusal for tables that are not numbers by measure. */
export function parseOptions(id: string, args: Arguments): Options {
  return {
    id,
    sigmaMuEpsilon: Number(args.sigma_mu_epsilon),
    c3Epsilon: Number(args.c3_epsilon),
    ergodic: args.ergodic === true,
    shift: valuesByMeasure(id, 'dl2l', args.dl2l),
    attenuation: valuesByMeasure(id, 'c3', args.c3),
  };
}

function valuesByMeasure(id: string, name: string, value: ArgumentValue): CoefficientTable | undefined {
  if (value === null) return undefined;
  const rows = Object.entries(value).map(([imt, entry]) => {
    const number: unknown = typeof entry === 'object' && entry !== null ? Object.values(entry)[0] : entry;
    if (typeof number !== 'number')
      throw refusedArgument(id, `${name}.${imt}`, `: ${name}.${imt} must be a number`, number, 'a number');
    return [imt, number] as const;
  });
  return new CoefficientTable({ columns: ['imt', 'value'], rows });
}

const LAST_REGION = 5;

/** Attenuation regions of the sites. Errors: Refusal for a site that is in none. */
function regionsOf(sites: SiteParameters, id: string): Float64Array {
  const known = 'region' in sites.numeric ? sites.numeric.region : undefined;
  if (!known?.every((region) => Number.isInteger(region) && region >= 0 && region <= LAST_REGION))
    throw refusal(
      'MODEL_SITE_PARAMETER',
      `${id}: the site parameter region must be a whole number from 0 to ${LAST_REGION}`,
      { key: 'region', allowed: `0 to ${LAST_REGION}` },
    );
  return known;
}

/** The tables of one model: coefficients, uncertainty of the median at large magnitudes, attenuation by region. */
export interface Form {
  readonly id: string;
  readonly main: CoefficientTable;
  readonly sigmaMu: CoefficientTable;
  readonly regions: CoefficientTable | undefined;
}

/** Coefficients of one measure and its shift of the median. */
export interface MeasureTerms {
  readonly c: Coefficients;
  readonly sigmaMu: Coefficients;
  readonly sigmaMuEpsilon: number;
  /** NaN where the shift follows from the epistemic uncertainty */
  readonly shift: number;
  /** c3 by region, [sites] */
  readonly anelastic: Float64Array;
  /** site term and unit, [sites] */
  readonly site: Float64Array;
}

/** `row`: the measure as the tables name it. */
export function measureTerms(
  form: Form,
  options: Options,
  imt: Imt,
  row: Imt,
  sites: SiteParameters,
  site: Float64Array,
): MeasureTerms {
  const c = form.main.row(row, form.id);
  const fixed = options.attenuation?.row(row, form.id).value;
  const elsewhere = fixed ?? c.c3 + options.c3Epsilon * c.tau_c3;
  const anelastic = new Float64Array(sites.size).fill(elsewhere);
  if (form.regions && fixed === undefined && imt.kind !== 'PGV') {
    const regional = form.regions.row(row, form.id);
    regionsOf(sites, form.id).forEach((region, s) => {
      if (region > 0)
        anelastic[s] = regional[`region_${region}`] + options.c3Epsilon * regional[`tau_region_${region}`];
    });
  }
  return {
    c,
    sigmaMu: form.sigmaMu.row(row, form.id),
    sigmaMuEpsilon: options.sigmaMuEpsilon,
    shift: options.shift?.row(row, form.id).value ?? (options.sigmaMuEpsilon === 0 ? 0 : NaN),
    anelastic,
    site,
  };
}

const MREF = 4.5;
const MH = 5.7;
const RREF2 = 30 * 30;

/** ln of the median. */
export function meanOf(terms: MeasureTerms, batch: ContextBatch, mean: Float64Array): void {
  const { start, site, mag, hypoDepth, rjb } = batch;
  const { c, anelastic, site: siteTerm } = terms;
  for (let r = 0; r < batch.ruptures; r++) {
    const dm = mag[r] - MH;
    const shift =
      terms.shift === terms.shift ? terms.shift : terms.sigmaMuEpsilon * sigmaMu(terms, mag[r], hypoDepth[r]);
    const event = c.e1 + shift + (dm <= 0 ? c.b1 * dm + c.b2 * dm * dm : c.b3 * dm);
    const slope = c.c1 + c.c2 * (mag[r] - MREF);
    const h = hypoDepth[r] <= 10 ? 4 : hypoDepth[r] > 20 ? 12 : 8;
    const h2 = h * h;
    const reference = Math.sqrt(RREF2 + h2);
    const lnReference = Math.log(reference);
    const end = start[r + 1];
    for (let i = start[r]; i < end; i++) {
      const distance = Math.sqrt(rjb[i] * rjb[i] + h2);
      const s = site[i];
      mean[i] =
        event + slope * (Math.log(distance) - lnReference) + 0.01 * anelastic[s] * (distance - reference) + siteTerm[s];
    }
  }
}

/** Epistemic standard deviation of the median: larger for magnitudes from 7.4 to 8, by depth of the hypocentre. */
function sigmaMu({ c, sigmaMu: table }: MeasureTerms, mag: number, depth: number): number {
  if (mag < 7.4) return c.tau_l2l;
  const suffix = depth < 10 ? 'shallow' : depth >= 20 ? 'deep' : 'intermediate';
  const low = table[`sigma_mu_m7p4_${suffix}`];
  const high = table[`sigma_mu_m8_${suffix}`];
  return Math.max(c.tau_l2l, low + (high - low) * Math.min((mag - 7.4) / 0.6, 1));
}

/** Standard deviations that depend on magnitude; `siteVariance` [sites]. */
export function writeSigma(
  tauOf: (mag: number) => number,
  phiOf: (mag: number) => number,
  siteVariance: Float64Array,
  batch: ContextBatch,
  out: GroundMotion,
  m: number,
): void {
  const { start, site, mag } = batch;
  const total = out.total[m];
  const inter = out.inter[m];
  const intra = out.intra[m];
  for (let r = 0; r < batch.ruptures; r++) {
    const tau = tauOf(mag[r]);
    const phi = phiOf(mag[r]);
    const tau2 = tau * tau;
    const phi2 = phi * phi;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const within = phi2 + siteVariance[site[i]];
      inter[i] = tau;
      intra[i] = Math.sqrt(within);
      total[i] = Math.sqrt(within + tau2);
    }
  }
}

/** Site amplification by velocity, measured or inferred (Weatherill et al., 2020), [sites]; vs30 m/s. */
export function velocityTerms(c: Coefficients, vs30: Float64Array, vs30measured: Float64Array): Float64Array {
  return vs30.map((v, s) => {
    const ln = Math.log(Math.min(v, 1100));
    return vs30measured[s] ? c.d0_obs + c.d1_obs * ln : c.d0_inf + c.d1_inf * ln;
  });
}
