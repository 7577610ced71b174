import type { ContextBatch } from '../../contexts/context-batch.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import type { Imt } from '../imt.js';

/**
 * Site amplification for central and eastern North America relative to very hard rock (3000 m/s). Linear: J. P. Stewart et
 * al. (2020), Earthquake Spectra 36(1), 42-68, doi:10.1177/8755293019878185; nonlinear: Y. M. A. Hashash et al. (2020),
 * Earthquake Spectra 36(1), 69-111.
 */

const { tables } = readTables(import.meta.url, 'stewart-hashash-2020');
const LINEAR = new CoefficientTable(tables.linear);
const NONLINEAR = new CoefficientTable(tables.nonlinear);
/** Factors from 3000 to 760 m/s as the models of the US have them. */
export const F760 = new CoefficientTable(tables.f760);

const REFERENCE = 760;
const LOWER = 200;
const UPPER = 2000;
const HARD = 3000;
const LN_HARD_SPAN = Math.log(HARD / UPPER);

/** Site terms of one measure, prepared for the sites. */
export interface SiteAmplification {
  /** Adds the amplification (ln) to `mean` [size], with `epsilon` standard deviations of it; pgaRock [size] g. */
  add(batch: ContextBatch, pgaRock: Float64Array, mean: Float64Array, epsilon: number): void;
  /** Adds the amplification (ln) and writes its standard deviation for each context. */
  addWithDeviation(batch: ContextBatch, pgaRock: Float64Array, mean: Float64Array, deviation: Float64Array): void;
}

/** `version` 2023: with the average of the nonlinear coefficients f4 and f4_mod, as the 2023 US hazard model has it. */
export function siteAmplification(
  imt: Imt,
  id: string,
  vs30: Float64Array,
  version: 2020 | 2023 = 2020,
): SiteAmplification {
  const lin = LINEAR.row(imt, id);
  const row = NONLINEAR.row(imt, id);
  const non = version === 2023 ? { ...row, f4: (row.f4 + row.f4_mod) / 2 } : row;
  const base = F760.row(imt, id);
  const longPeriod = imt.kind === 'PGV' || (imt.kind === 'SA' && imt.period > 0.4);
  const linear = vs30.map((v) => linearTerm(lin, base, v));
  const nonlinear = vs30.map((v) => nonlinearSlope(non, v, longPeriod ? HARD : REFERENCE));
  const constantVariance = vs30.map(
    (v) => mix(impedanceWeight(v), base.f760is, base.f760gs) ** 2 + linearDeviation(lin, v) ** 2,
  );
  const constantDeviation = constantVariance.map((variance) => Math.sqrt(variance));
  const deviationNonlinear = vs30.map((v) => nonlinearDeviation(non, v));
  const { f3 } = non;
  const variance = (s: number, softening: number) => {
    const d = deviationNonlinear[s] * softening;
    return constantVariance[s] + d * d;
  };
  return {
    add({ size, site }, pgaRock, mean, epsilon): void {
      for (let i = 0; i < size; i++) {
        const s = site[i];
        if (epsilon === 0 && nonlinear[s] === 0) {
          mean[i] += linear[s];
          continue;
        }
        const softening = Math.log(pgaRock[i] / f3 + 1);
        mean[i] += linear[s] + nonlinear[s] * softening;
        if (epsilon !== 0) mean[i] += epsilon * Math.sqrt(variance(s, softening));
      }
    },
    addWithDeviation({ size, site }, pgaRock, mean, deviation): void {
      for (let i = 0; i < size; i++) {
        const s = site[i];
        const d = deviationNonlinear[s];
        if (d === 0 && nonlinear[s] === 0) {
          mean[i] += linear[s];
          deviation[i] = constantDeviation[s];
          continue;
        }
        const softening = Math.log(pgaRock[i] / f3 + 1);
        mean[i] += linear[s] + nonlinear[s] * softening;
        deviation[i] = Math.sqrt(constantVariance[s] + d * d * softening * softening);
      }
    },
  };
}

/** Weight of the impedance condition (against gradient) for the factor from 3000 to 760 m/s. */
function impedanceWeight(v: number): number {
  if (v >= 600) return 0.767;
  if (v < 400) return 0.1;
  return (0.667 * Math.log(v / 400)) / Math.log(600 / 400) + 0.1;
}

const mix = (w: number, impedance: number, gradient: number) => w * impedance + (1 - w) * gradient;

/** f_V + f_760, ln, for coefficients of the two terms; `weight`: that of the impedance condition. */
export function linearTerm(c: Coefficients, base: Coefficients, v: number, weight = impedanceWeight(v)): number {
  const f760 = mix(weight, base.f760i, base.f760g);
  if (v >= HARD) return 0;
  if (v <= c.v1) return c.c * Math.log(c.v1 / REFERENCE) + f760;
  if (v <= c.v2) return c.c * Math.log(v / REFERENCE) + f760;
  const flat = c.c * Math.log(c.v2 / REFERENCE);
  if (v <= UPPER) return flat + f760;
  return (flat + f760) * (1 - Math.log(v / UPPER) / LN_HARD_SPAN);
}

/** Factor of ln((PGA + f3) / f3). */
export function nonlinearSlope(c: Coefficients, v: number, reference: number): number {
  if (v >= c.Vc) return 0;
  return c.f4 * (Math.exp(c.f5 * (Math.min(v, reference) - 360)) - Math.exp(c.f5 * (reference - 360)));
}

function linearDeviation(c: Coefficients, v: number): number {
  if (v > HARD) return 0;
  if (v >= UPPER) return c.sigma_U * (1 - Math.log(v / UPPER) / LN_HARD_SPAN);
  if (v > c.v2) {
    const x = (v - c.v2) / (UPPER - c.v2);
    return c.sigma_vc + (c.sigma_U - c.sigma_vc) * x * x;
  }
  if (v >= c.vf) return c.sigma_vc;
  const x = (v - LOWER) / (c.vf - LOWER);
  const span = c.sigma_L - c.sigma_vc;
  return c.sigma_L - 2 * span * x + span * x * x;
}

/** Falls linearly in ln of the velocity from 300 to 1000 m/s. */
function nonlinearDeviation(c: Coefficients, v: number): number {
  if (v < 300) return c.sigma_c;
  if (v >= 1000) return 0;
  return c.sigma_c * (1 - Math.log(v / 300) / Math.log(1000 / 300));
}
