import type { ContextBatch } from '../../contexts/context-batch.js';
import { chiSquareQuantile } from '../terms/chi-square.js';
import { MAIN, measureOf, publishedOptions } from './chiou-youngs-2014.js';
import { evaluateMeasure, makeShared, sharedTerms, type Measure } from '../terms/chiou-youngs-2014-terms.js';
import { parseImt, type Imt } from '../imt.js';
import type {
  ArgumentDeclaration,
  Arguments,
  GroundMotion,
  GroundMotionModel,
  ModelDeclaration,
  ModelModule,
} from '../model.js';
import { unsupportedMeasure } from '../refusals.js';

const ID = 'Stafford2022';
const SHORTEST = parseImt('SA(0.01)');

const BRANCHES = ['Lower', 'Central', 'Upper'] as const;
type Branch = (typeof BRANCHES)[number];

const flag = (name: string, meaning: string): ArgumentDeclaration => ({
  name,
  meaning,
  type: 'boolean',
  default: true,
});
const branch = (name: string, meaning: string): ArgumentDeclaration => ({
  name,
  meaning,
  type: 'text',
  default: 'Central',
  allowed: BRANCHES,
});

const Stafford2022: ModelDeclaration = {
  id: ID,
  citation:
    'P. J. Stafford (2022), A model for the distribution of response spectral ordinates from New Zealand crustal earthquakes based upon adjustments to the Chiou and Youngs (2014) response spectral model, GNS Science Report',
  tectonicRegionType: 'Active Shallow Crust',
  imts: MAIN.imts.filter(({ kind }) => kind !== 'PGV'),
  component: 'Average Horizontal (RotD50)',
  standardDeviations: ['total', 'inter', 'intra'],
  requires: {
    rupture: ['mag', 'rake', 'dip', 'ztor'],
    distances: ['rrup', 'rjb', 'rx'],
    site: ['vs30', 'vs30measured', 'z1pt0'],
  },
  referenceVelocity: 1130,
  arguments: [
    branch('mu_branch', 'branch of the median'),
    branch('sigma_branch', 'branch of the total standard deviation'),
    flag('adjust_c1', 'whether the constant is adjusted'),
    flag('adjust_chm', 'whether the saturation at large magnitudes is adjusted'),
    flag('adjust_c7', 'whether the depth terms are adjusted'),
    flag('adjust_cg1', 'whether the anelastic attenuation is adjusted'),
  ],
  notes: 'PGA is taken as SA(0.01). Short periods are not bounded by PGA. The branch of sigma scales the total alone.',
  create: createModel,
};

function createModel(args: Arguments): GroundMotionModel {
  const muBranch = args.mu_branch as Branch;
  const sigmaBranch = args.sigma_branch as Branch;
  const options = publishedOptions(ID);
  const scale = quantileRatio({ Lower: 0.1, Central: 0.5, Upper: 0.9 }[sigmaBranch]);
  return {
    id: ID,
    requires: Stafford2022.requires,
    prepare(imts, sites, capacity) {
      const periods = imts.map(periodOf);
      const measures = imts.map((imt, k) =>
        adjusted(measureOf(options, imt.kind === 'PGA' ? SHORTEST : imt, sites), muBranch, periods[k], args),
      );
      const sigmas = periods.map(sigmaTerms);
      const corners = periods.map(epistemicCorners);
      const array = () => new Float64Array(capacity);
      const shared = makeShared(capacity);
      const own = { ...shared, far: array() };
      const lnDistance = array();
      return (batch, out) => {
        sharedTerms(options, batch, shared);
        for (let i = 0; i < batch.size; i++) lnDistance[i] = Math.log(batch.rrup[i]);
        for (let m = 0; m < measures.length; m++) {
          medianShift({ muBranch, args, corners: corners[m] }, batch, lnDistance, shared.far, own.far);
          evaluateMeasure(options, measures[m], batch, own, out, m);
          standardDeviations({ terms: sigmas[m], corners: corners[m], scale }, batch, lnDistance, out, m);
        }
      };
    },
  };
}

/** Errors: Refusal for PGV. */
function periodOf(imt: Imt): number {
  if (imt.kind === 'PGV') throw unsupportedMeasure(ID, imt, 'PGA and SA(0.01 to 10 s)');
  return imt.kind === 'PGA' ? 0.01 : imt.period;
}

/** From a to b around x0, over a width k. */
function sigmoid(x: number, a: number, b: number, x0: number, k: number): number {
  return a + (b - a) / (1 + Math.exp(-(x - x0) / k));
}

const A = 1.28155 * 0.893;

/**
 * Coefficients of depth and attenuation with the adjustments; the between-event deviation becomes 1, so that evaluateMeasure
 * leaves |1 + NL| in its row.
 */
function adjusted(measure: Measure, muBranch: Branch, period: number, args: Arguments): Measure {
  const c: Record<string, number> = { ...measure.c, tau1: 1, tau2: 1 };
  const ln = Math.log(period);
  if (args.adjust_c7 === true) {
    if (muBranch === 'Central') c.c7b += sigmoid(ln, -0.0865, 0, -1.5364, 0.3266);
    else if (muBranch === 'Lower') {
      c.c7 -= 0.02578;
      c.c7b += sigmoid(ln, -0.05737, 0.05733, -1.0324, 0.04875);
    }
  }
  if (args.adjust_cg1 === true) {
    const sign = muBranch === 'Lower' ? -1 : muBranch === 'Upper' ? 1 : 0;
    c.cg1 += Math.min(0.0024 * Math.tanh(0.8 * Math.log(period / 1.8)), 0);
    c.cg1 += sign * A * sigmoid(ln, 0.00054, 0.0004, Math.log(0.9), 0.2);
  }
  return { ...measure, c };
}

/** Corners and widths of the epistemic uncertainty of the median at one period. */
interface Corners {
  readonly lnDistance: number;
  readonly lnDistanceWidth: number;
  readonly magnitude: number;
  readonly magnitudeWidth: number;
}

function epistemicCorners(period: number): Corners {
  return {
    lnDistance: sigmoid(period, 3.75, 5.75, 3.5, 0.5),
    lnDistanceWidth: sigmoid(period, 0.225, 1.3, 3.5, 0.5),
    magnitude: sigmoid(period, 5.82, 6.4, 3.5, 0.5),
    magnitudeWidth: sigmoid(period, 0.42, 0.38, 2.5, 0.2),
  };
}

/** E: `ofMagnitude` is sigmoid(M; 1, 0), constant for a rupture. */
function epistemicSigma(corners: Corners, ofMagnitude: number, lnDistance: number): number {
  return 0.4 - 0.25 * ofMagnitude * sigmoid(lnDistance, 0, 1, corners.lnDistance, corners.lnDistanceWidth);
}

const magnitudePart = (c: Corners, mag: number): number => sigmoid(mag, 1, 0, c.magnitude, c.magnitudeWidth);

/** Standard deviations of one measure, and the branch of their epistemic uncertainty. */
interface ScaledSigma {
  readonly terms: SigmaTerms;
  readonly corners: Corners;
  readonly scale: (freedom: number) => number;
}

/** Adds the adjustments of c1 and chm to the distance term: `shifted` [size]. */
function medianShift(
  { muBranch, args, corners }: { readonly muBranch: Branch; readonly args: Arguments; readonly corners: Corners },
  batch: ContextBatch,
  lnDistance: Float64Array,
  far: Float64Array,
  shifted: Float64Array,
): void {
  const sign = muBranch === 'Lower' ? -1 : muBranch === 'Upper' ? 1 : 0;
  const constant = args.adjust_c1 === true ? sign * A : 0;
  const saturation = args.adjust_chm === true ? sign * 0.4 * A : 0;
  for (let r = 0; r < batch.ruptures; r++) {
    const ofMagnitude = magnitudePart(corners, batch.mag[r]);
    const near = 0.6638 - 0.257 * (Math.min(batch.mag[r], 7) - 6);
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
      let shift = 0;
      if (constant !== 0) shift += constant * epistemicSigma(corners, ofMagnitude, lnDistance[i]);
      if (saturation !== 0) shift += saturation * sigmoid(lnDistance[i], near, 0, 0.799, 0.9835);
      shifted[i] = far[i] + shift;
    }
  }
}

interface SigmaTerms {
  /** tau at magnitudes 5 and 6.5 */
  readonly tau: readonly [number, number];
  readonly siteToSite2: number;
  /** effective number of records */
  readonly count: number;
}

function sigmaTerms(period: number): SigmaTerms {
  const ln = Math.log(period);
  const x = period / 0.717;
  const siteToSite = 0.3171 + 0.3248 * Math.exp(0.7911 * Math.log(x)) * Math.exp(-0.897 * x);
  return {
    tau: [sigmoid(ln, 0.45, 0.4, 0, 0.2), sigmoid(ln, 0.35, 0.4, 0, 0.2)],
    siteToSite2: siteToSite * siteToSite,
    count:
      period <= 0.3
        ? sigmoid(ln, 190.34, 221.16, -2.4341, 0.10366)
        : 221.16 * Math.exp(-0.10299 * Math.log(period / 0.3)),
  };
}

const LN_80 = Math.log(80);
const PHI2 = 0.39 * 0.39;

function standardDeviations(
  { terms, corners, scale }: ScaledSigma,
  batch: ContextBatch,
  lnDistance: Float64Array,
  out: GroundMotion,
  m: number,
): void {
  const reference = epistemicSigma(corners, magnitudePart(corners, 5), LN_80);
  const inter = out.inter[m];
  const intra = out.intra[m];
  const total = out.total[m];
  for (let r = 0; r < batch.ruptures; r++) {
    const share = Math.min(Math.max(batch.mag[r] - 5, 0), 1.5) / 1.5;
    const tau0 = terms.tau[0] + (terms.tau[1] - terms.tau[0]) * share;
    const ofMagnitude = magnitudePart(corners, batch.mag[r]);
    for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
      const gain2 = inter[i] * inter[i];
      const phi2 = terms.siteToSite2 + PHI2 * (0.736 * gain2 + 0.264);
      const ratio = epistemicSigma(corners, ofMagnitude, lnDistance[i]) / reference;
      const freedom = terms.count / (ratio * ratio) - 1;
      inter[i] *= tau0;
      intra[i] = Math.sqrt(phi2);
      total[i] = Math.sqrt((gain2 * tau0 * tau0 + phi2) * scale(freedom));
    }
  }
}

const NODES = 16;
const SMALLEST = 0.02;
const LARGEST = 0.35;

/**
 * Quantile of the chi-square distribution over its degrees of freedom, as a function of these: a Chebyshev series in
 * 1/sqrt(freedom), whose error is below 1e-11 for 9 to 2500 degrees; outside by the distribution itself.
 */
function quantileRatio(q: number): (freedom: number) => number {
  const values = Float64Array.from({ length: NODES }, (_, k) => {
    const t = Math.cos((Math.PI * (k + 0.5)) / NODES);
    const u = 0.5 * (LARGEST - SMALLEST) * t + 0.5 * (LARGEST + SMALLEST);
    return u * u * chiSquareQuantile(q, 1 / (u * u));
  });
  const coefficients = Float64Array.from({ length: NODES }, (_, j) => {
    let sum = 0;
    for (let k = 0; k < NODES; k++) sum += values[k] * Math.cos((Math.PI * j * (k + 0.5)) / NODES);
    return ((j === 0 ? 1 : 2) / NODES) * sum;
  });
  return (freedom) => {
    const u = 1 / Math.sqrt(freedom);
    if (!(u >= SMALLEST && u <= LARGEST)) return chiSquareQuantile(q, freedom) / freedom;
    const t = (2 * u - LARGEST - SMALLEST) / (LARGEST - SMALLEST);
    let b1 = 0;
    let b2 = 0;
    for (let j = NODES - 1; j > 0; j--) {
      const b0 = coefficients[j] + 2 * t * b1 - b2;
      b2 = b1;
      b1 = b0;
    }
    return coefficients[0] + t * b1 - b2;
  };
}

export const models: ModelModule['models'] = [Stafford2022];
