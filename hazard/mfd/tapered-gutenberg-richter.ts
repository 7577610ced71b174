import { binCentres, checkSpan, gutenbergRichterRate } from './bins.js';
import type { BinnedRates, TaperedGutenbergRichter } from './mfd.js';
import { refusal } from '../refusal.js';

/** Threshold magnitude of the tapered Pareto distribution. */
const THRESHOLD = 4;
/** Corner magnitude so large that its taper does not show: what the truncated distribution is normalised with. */
const UNTAPERED = 9.05;

function moment(magnitude: number): number {
  return 10 ** (1.5 * magnitude + 9.05);
}

/** Share of the magnitudes above m in a tapered Pareto distribution (Kagan 2002, eq. 10). */
function survival(m: number, corner: number, bValue: number): number {
  const threshold = moment(THRESHOLD);
  return (threshold / moment(m)) ** ((2 / 3) * bValue) * Math.exp((threshold - moment(m)) / moment(corner));
}

/** Bins of a tapered Gutenberg-Richter distribution. Errors: Refusal for spans below one bin or b <= 0. */
export function taperedGutenbergRichterRates(mfd: TaperedGutenbergRichter, width: number): BinnedRates {
  const { aValue, bValue, minMag, maxMag, cornerMag } = mfd;
  checkSpan('maximum magnitude', minMag, maxMag, width);
  checkSpan('corner magnitude', minMag, cornerMag, width);
  if (!(bValue > 0))
    throw refusal('INVALID_MFD', `b-value ${bValue} must be positive`, { key: 'bValue', value: String(bValue) });
  const half = width / 2;
  const share = (m: number, corner: number): number =>
    survival(m - half, corner, bValue) - survival(m + half, corner, bValue);
  const magnitudes = binCentres(minMag, maxMag, width);
  const rates = magnitudes.map(
    (m) => (gutenbergRichterRate(aValue, bValue, m, width) * share(m, cornerMag)) / share(m, UNTAPERED),
  );
  return { magnitudes, rates };
}
