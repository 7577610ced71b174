import type { Imt } from '../imt.js';

/**
 * What the forms for central and eastern North America of the 2008 US hazard model share: magnitudes of the catalogue (Mblg)
 * are converted, and medians are capped. Source: M. D. Petersen et al. (2008), USGS Open-File Report 2008-1128.
 */

/** Mw: moment magnitude as it is; Mblg87, Mblg96: from Mblg after Atkinson & Boore (1987) or Johnston (1996). */
export type MagnitudeScale = 'Mw' | 'Mblg87' | 'Mblg96';

/** Moment magnitude of a magnitude on the given scale. */
export function momentMagnitude(scale: MagnitudeScale, m: number): number {
  if (scale === 'Mblg87') return 2.715 - 0.277 * m + 0.127 * m * m;
  if (scale === 'Mblg96') return 1.14 + 0.24 * m + 0.0933 * m * m;
  return m;
}

/** ln of the highest median: ln 1.5 g for PGA, ln 3 g for 0.02 s < T < 0.55 s, rounded as in the model; Infinity elsewhere. */
export function medianCap(imt: Imt): number {
  if (imt.kind === 'PGA') return 0.405;
  return imt.kind === 'SA' && imt.period > 0.02 && imt.period < 0.55 ? 1.099 : Infinity;
}

/** Caps mean [0, size). */
export function capMean(mean: Float64Array, size: number, cap: number): void {
  if (cap === Infinity) return;
  for (let i = 0; i < size; i++) if (mean[i] > cap) mean[i] = cap;
}
