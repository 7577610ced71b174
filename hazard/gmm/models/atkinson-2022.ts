import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { parseImt } from '../imt.js';
import type { ArgumentDeclaration, Arguments, GroundMotionModel, ModelDeclaration, ModelModule } from '../model.js';
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
import { MODIFIED_SIGMA } from '../shared-arguments.js';
import { shiftedModel, type ShiftMeans } from '../shifted-model.js';

const { tables } = readTables(import.meta.url, 'atkinson-2022');
const TABLE = new CoefficientTable(tables.main);
const PGA = parseImt('PGA');
/** cm/s2 per g as the author takes it */
const LN_981 = Math.log(981);
/** cm/s2: a tenth of g, the strength at which site response turns nonlinear */
const NONLINEAR_PGA = 98.1;
/** 10th percentile of the normal distribution, times the calibration of the epistemic range */
const EPISTEMIC = 1.28155 * 0.893;
const REFERENCE_VELOCITY = 760;

type Setting = 'crust' | 'inter' | 'slab';
type Epistemic = 'Lower' | 'Central' | 'Upper';

/** Anelastic attenuation min(g0, g1 + g2 ln f) with f in Hz. */
const ATTENUATION: Readonly<Record<Setting, readonly [number, number, number]>> = {
  crust: [0.008, 0.005, 0.0016],
  inter: [0.006, 0.0045, 0.0014],
  slab: [0.005, 0.004, 0.0012],
};

interface Measure {
  readonly c0: number;
  readonly c1: number;
  readonly c2: number;
  readonly b3: number;
  readonly b4: number;
  readonly gamma: number;
  readonly backArc?: BackArc;
}

function measure(c: Coefficients, setting: Setting, backArc: BackArc | undefined): Measure {
  const suffix = setting === 'slab' ? 'slab' : 'crust';
  const [g0, g1, g2] = ATTENUATION[setting];
  return {
    c0: c[`c0_${suffix}`],
    c1: c[`c1_${suffix}`],
    c2: c[`c2_${suffix}`],
    b3: c.b3,
    b4: c.b4,
    gamma: Math.min(g0, g1 + g2 * Math.log(c.f)),
    backArc,
  };
}

/** ln of the geometric spreading: R^-1.3 to 50 km, R^-0.5 beyond. */
const LN_50 = Math.log(50);
function lnSpreading(lnR: number): number {
  return lnR <= LN_50 ? -1.3 * lnR : -1.3 * LN_50 - 0.5 * (lnR - LN_50);
}

/** Distance terms that all measures share: ln Z(R) and ln(R / R1), R1 the distance of a site above the source. */
function fillDistances(batch: ContextBatch, lnZ: Float64Array, lnRatio: Float64Array): void {
  const { start, mag, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const h = Math.exp(Math.LN10 * (-0.405 + 0.235 * mag[r]));
    const lnR1 = 0.5 * Math.log(1 + h * h);
    for (let i = start[r]; i < start[r + 1]; i++) {
      const lnR = 0.5 * Math.log(rrup[i] * rrup[i] + h * h);
      lnZ[i] = lnSpreading(lnR);
      lnRatio[i] = lnR - lnR1;
    }
  }
}

/** ln of the rock motion, cm/s2. */
function rockMotion(
  { c0, c1, c2, b3, b4, gamma, backArc }: Measure,
  batch: ContextBatch,
  lnZ: Float64Array,
  lnRatio: Float64Array,
  flags: Float64Array,
  out: Float64Array,
): void {
  const { start, site, mag, rrup } = batch;
  for (let r = 0; r < batch.ruptures; r++) {
    const m = mag[r];
    const constant = c0 + m * (c1 + c2 * m);
    const slope = b3 + b4 * m;
    for (let i = start[r]; i < start[r + 1]; i++) out[i] = constant + lnZ[i] + slope * lnRatio[i] - gamma * rrup[i];
  }
  if (backArc) for (let i = 0; i < batch.size; i++) if (flags[site[i]] === 1) out[i] += backArcTerm(backArc, rrup[i]);
}

/** Shift of ln Y of the lower or upper branch; lnR is ln Rrup (km). */
function epistemicShift(branch: Epistemic, mag: number, lnR: number): number {
  const large = 0.15 * Math.max(mag - 7, 0);
  if (branch === 'Lower') {
    const spread = Math.min(Math.max(Math.max(0.6 - 0.13 * lnR, 0.3), -0.25 + 0.12 * lnR), 0.5);
    return -EPISTEMIC * (spread + large);
  }
  const spread = Math.min(Math.max(Math.max(1 - 0.3 * lnR, 0.3), -0.25 + 0.12 * lnR), 0.8);
  return EPISTEMIC * (spread + large);
}

/** Nonlinear site coefficient of each site; vs30 m/s. */
function nonlinearCoefficients(c: Coefficients, vs30: Float64Array): Float64Array {
  const reference = Math.exp(400 * c.f5);
  return vs30.map((v) => c.f4 * (Math.exp(c.f5 * (Math.min(v, REFERENCE_VELOCITY) - 360)) - reference));
}

function linearSigma(c: Coefficients, setting: Setting): { tau: number; phi: number } {
  return { tau: c[`Be_${setting}`], phi: Math.hypot(c[`We_${setting}`], c.phiS2S) };
}

function atkinson2022(id: string, setting: Setting, requires: Requirements, args: Arguments): GroundMotionModel {
  const branch = args.epistemic as Epistemic;
  const modified = args.modified_sigma === true;
  const slab = setting === 'slab';
  const shift: ShiftMeans = (batch, means) => {
    const { start, mag, rrup } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      for (let i = start[r]; i < start[r + 1]; i++) {
        const term = epistemicShift(branch, mag[r], Math.log(rrup[i]));
        for (let k = 0; k < means.length; k++) means[k][i] += term;
      }
    }
  };
  const base: GroundMotionModel = {
    id,
    requires,
    prepare(imts, sites, capacity) {
      const vs30 = sites.numeric.vs30;
      const flags = sites.numeric.backarc;
      const pgaRow = TABLE.row(PGA, id);
      const pga = measure(pgaRow, setting, slab ? backArcCoefficients(PGA, id) : undefined);
      const pgaSigma = linearSigma(pgaRow, setting);
      const measures = imts.map((imt) => {
        const c = TABLE.row(imt, id);
        const own = linearSigma(c, setting);
        const sigma: LinearSigma = {
          ...own,
          tauPga: pgaSigma.tau,
          phiPga: pgaSigma.phi,
          ...correlationWithPga(imt, id),
        };
        return {
          motion: measure(c, setting, slab ? backArcCoefficients(imt, id) : undefined),
          linear: vs30.map((v) => c.c * Math.log(Math.min(v, c.Vc) / REFERENCE_VELOCITY) - LN_981),
          nonlinear: nonlinearCoefficients(c, vs30),
          sigma,
          total: c[`sigma_${setting}`],
        };
      });
      const lnZ = new Float64Array(capacity);
      const lnRatio = new Float64Array(capacity);
      const rock = new Float64Array(capacity);
      const lnRock = new Float64Array(capacity);
      return (batch, out) => {
        const { site, size } = batch;
        fillDistances(batch, lnZ, lnRatio);
        rockMotion(pga, batch, lnZ, lnRatio, flags, rock);
        for (let i = 0; i < size; i++) {
          rock[i] = Math.exp(rock[i]);
          lnRock[i] = Math.log((rock[i] + NONLINEAR_PGA) / NONLINEAR_PGA);
        }
        for (let k = 0; k < measures.length; k++) {
          const { motion, linear, nonlinear, sigma, total } = measures[k];
          const mean = out.mean[k];
          rockMotion(motion, batch, lnZ, lnRatio, flags, mean);
          for (let i = 0; i < size; i++) mean[i] += linear[site[i]] + nonlinear[site[i]] * lnRock[i];
          if (!modified) fillSigma(out, k, size, total, sigma.tau, sigma.phi);
          else {
            for (let i = 0; i < size; i++) {
              const slope = (nonlinear[site[i]] * rock[i]) / (rock[i] + NONLINEAR_PGA);
              const tau2 = nonlinearTau2(sigma, slope);
              const phi2 = nonlinearPhi2(sigma.phi, sigma.phiPga, sigma.rhoW, slope);
              out.inter[k][i] = Math.sqrt(tau2);
              out.intra[k][i] = Math.sqrt(phi2);
              out.total[k][i] = Math.sqrt(tau2 + phi2);
            }
          }
        }
      };
    },
  };
  return shiftedModel(base, { modified }, branch === 'Central' ? undefined : () => shift);
}

const ARGUMENTS: readonly ArgumentDeclaration[] = [
  {
    name: 'epistemic',
    type: 'text',
    default: 'Central',
    allowed: ['Lower', 'Central', 'Upper'],
    meaning: 'branch of the median',
  },
  MODIFIED_SIGMA,
];

function declare(id: string, tectonicRegionType: string, setting: Setting): ModelDeclaration {
  const requires: Requirements = {
    rupture: ['mag'],
    distances: ['rrup'],
    site: setting === 'slab' ? ['vs30', 'backarc'] : ['vs30'],
  };
  return {
    id,
    citation: 'G. M. Atkinson (2022), GNS Science Report 2022/11',
    tectonicRegionType,
    imts: TABLE.imts,
    component: 'Average Horizontal (RotD50)',
    standardDeviations: ['total', 'inter', 'intra'],
    requires,
    referenceVelocity: REFERENCE_VELOCITY,
    arguments: ARGUMENTS,
    notes:
      'In the Lower and Upper branches the growth with magnitude above 7 is added after the cap of the spread and multiplied with it, as in the reference engine.',
    create: (args) => atkinson2022(id, setting, requires, args),
  };
}

export const models: ModelModule['models'] = [
  declare('Atkinson2022Crust', 'Active Shallow Crust', 'crust'),
  declare('Atkinson2022SInter', 'Subduction Interface', 'inter'),
  declare('Atkinson2022SSlab', 'Subduction IntraSlab', 'slab'),
];
