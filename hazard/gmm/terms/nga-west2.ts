/*
 * What the models of the NGA-West2 project share: the scaling of basin depth with velocity, the epistemic uncertainty of the
 * median, and the limitation of basin terms used by the U.S. Geological Survey.
 */

import type { Imt } from '../imt.js';
import type { GroundMotionModel } from '../model.js';
import { shiftedModel, type ShiftMeans } from '../shifted-model.js';

/** Basin depth z1.0 (m) expected at vs30 (m/s), California; Chiou & Youngs (2014), equation 1. */
export function californiaZ1(vs30: number): number {
  return Math.exp((-7.15 / 4) * Math.log((vs30 ** 4 + 570.94 ** 4) / (1360 ** 4 + 570.94 ** 4)));
}

/** Basin depth z1.0 (m) expected at vs30 (m/s), Japan; Chiou & Youngs (2014), equation 2. */
export function japanZ1(vs30: number): number {
  return Math.exp((-5.23 / 2) * Math.log((vs30 ** 2 + 412.39 ** 2) / (1360 ** 2 + 412.39 ** 2)));
}

/**
 * Epistemic uncertainty of the median in ln units, 0.4 sqrt(2 / N), where N is the number of earthquakes recorded in a bin of
 * magnitude and distance; Petersen et al. (2014), documentation of the U.S. national seismic hazard maps. Magnitudes below 5
 * are in the bin of the largest magnitudes, as in the reference engine. rrup km.
 */
export function epistemicSigma(mag: number, rrup: number): number {
  const bin = rrup <= 10 ? 0 : rrup < 30 ? 1 : 2;
  if (mag >= 5 && mag < 6) return MODERATE[bin];
  return mag >= 6 && mag < 7 ? LARGE[bin] : OTHER[bin];
}
const sigmaOfCount = (count: number): number => 0.4 * Math.sqrt(2 / count);
const MODERATE = [11, 38, 94].map(sigmaOfCount);
const LARGE = [2, 7, 13].map(sigmaOfCount);
const OTHER = [2, 2, 4].map(sigmaOfCount);

/** A model with `epsilon` epistemic standard deviations added to its mean; `args` are the arguments of the model. */
export function withEpistemic(base: GroundMotionModel, epsilon: number, args: object): GroundMotionModel {
  const shift: ShiftMeans = (batch, means) => {
    for (let r = 0; r < batch.ruptures; r++)
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const term = epsilon * epistemicSigma(batch.mag[r], batch.rrup[i]);
        for (let m = 0; m < means.length; m++) means[m][i] += term;
      }
  };
  const needs = { rupture: ['mag'], distances: ['rrup'] } as const;
  return shiftedModel(base, { ...args, sigma_mu_epsilon: 0 }, epsilon === 0 ? undefined : () => shift, needs);
}

/** Factor of the basin term: 0 for shallow basins and short periods, 1 for deep basins; z in m for z1.0, km for z2.5. */
export function usgsBasinFactor(z: number, period: number, kind: 'z1pt0' | 'z2pt5'): number {
  const [upper, lower] = kind === 'z1pt0' ? [300, 500] : [1, 3];
  if (!(period > 0.5) || z <= upper) return 0;
  const factor = (Math.min(z, lower) - upper) / (lower - upper);
  return period === 0.75 ? 0.585 * factor : factor;
}

/**
 * For models derived from these: the linear site response of a measure at vs30 (m/s), from the response `own` of the model by
 * velocity. Models with such a change have no basin term.
 */
export type SiteResponseChange = (imt: Imt, vs30: number, own: (vs30: number) => number) => number;

/** ln(1 + x) for x >= 0, with a series below 0.02, whose relative error is below 2e-11: most sites are far from the rupture. */
export function lnOnePlus(x: number): number {
  if (x > 0.02) return Math.log(1 + x);
  return x * (1 - x * (1 / 2 - x * (1 / 3 - x * (1 / 4 - x * (1 / 5 - x * (1 / 6))))));
}
