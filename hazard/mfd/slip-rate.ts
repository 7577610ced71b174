import type { SlipRateGutenbergRichter, TruncatedGutenbergRichter } from './mfd.js';
import { refusal } from '../refusal.js';

/**
 * The truncated Gutenberg-Richter distribution that releases a slip rate on a fault of a given area (km2), after
 * Anderson & Luco (1983). Errors: Refusal without a positive area.
 */
export function gutenbergRichterOfSlipRate(
  mfd: SlipRateGutenbergRichter,
  faultArea: number,
): TruncatedGutenbergRichter {
  if (!(faultArea > 0)) throw refusal('INVALID_MFD', 'a distribution by slip rate needs a fault with an area');
  const { slipRate, rigidity, constantTerm, bValue: b, minMag, maxMag } = mfd;
  const momentRate = slipRate * 1e-3 * (rigidity * 1e9) * (faultArea * 1e6);
  const above = 10 ** (-b * maxMag);
  const aValue = Math.log10((momentRate * (1.5 - b) * (1 - above)) / (b * 10 ** (1.5 * maxMag + constantTerm) * above));
  return { kind: 'truncatedGutenbergRichter', aValue, bValue: b, minMag, maxMag };
}
