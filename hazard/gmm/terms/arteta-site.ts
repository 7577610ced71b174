import type { SiteParameters } from '../../site/site-parameters.js';
import type { Coefficients } from '../coefficients.js';

/*
 * Site response of C. A. Arteta et al. (2021, 2023): classes by the predominant period of the ratio of horizontal to vertical
 * spectra, whose peak enters with its logarithm; without them, classes by vs30 with the mean peak of each.
 */

/** lower limits of vs30, m/s, and mean peak of classes 2 to 5 */
const BY_VELOCITY = [
  [600, 's2', 3.29],
  [370, 's3', 4.48],
  [230, 's4', 4.24],
  [0, 's5', 3.47],
] as const;
/** peaks below this say that the site has no predominant period */
const LOWEST_PEAK = 2;

/** ln units, [sites], from vs30. */
export function siteTermsOfVelocity(c: Coefficients, { numeric: { vs30 } }: SiteParameters): Float64Array {
  return vs30.map((v) => {
    const [, column, peak] = BY_VELOCITY.find(([limit]) => v >= limit)!;
    return c[column] * Math.log(peak);
  });
}

/** ln units, [sites], from the predominant period THV (s) and its peak PHV. */
export function siteTermsOfPeriod(c: Coefficients, { numeric: { THV, PHV } }: SiteParameters): Float64Array {
  return THV.map((period, s) => {
    if (PHV[s] < LOWEST_PEAK) return 0;
    const column = period <= 0.2 ? 's2' : period <= 0.4 ? 's3' : period <= 0.8 ? 's4' : 's5';
    return c[column] * Math.log(PHV[s]);
  });
}
