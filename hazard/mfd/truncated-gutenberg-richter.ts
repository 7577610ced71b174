import { binCentres, checkSpan, gutenbergRichterRate } from './bins.js';
import type { BinnedRates, TruncatedGutenbergRichter } from './mfd.js';
import { refusal } from '../refusal.js';

/** Bins of a truncated Gutenberg-Richter distribution. Errors: Refusal for a span below one bin or b <= 0. */
export function truncatedGutenbergRichterRates(mfd: TruncatedGutenbergRichter, width: number): BinnedRates {
  const { aValue, bValue, minMag, maxMag } = mfd;
  checkSpan('maximum magnitude', minMag, maxMag, width);
  if (!(bValue > 0))
    throw refusal('INVALID_MFD', `b-value ${bValue} must be positive`, { key: 'bValue', value: String(bValue) });
  const magnitudes = binCentres(minMag, maxMag, width);
  return { magnitudes, rates: magnitudes.map((m) => gutenbergRichterRate(aValue, bValue, m, width)) };
}

/** Moment rate in N m / yr of the continuous truncated distribution, with log10 M0 = 1.5 m + 9.05. */
export function momentRate({ aValue, bValue, minMag, maxMag }: TruncatedGutenbergRichter): number {
  const ai = aValue + Math.log10(bValue) + 9.05;
  const bi = 1.5 - bValue;
  if (bi === 0) return 10 ** ai * (maxMag - minMag);
  return (10 ** ai / bi) * (10 ** (bi * maxMag) - 10 ** (bi * minMag));
}

/** The a-value with which a distribution of given b and limits has a moment rate (N m / yr). */
export function aValueOfMomentRate(rate: number, bValue: number, minMag: number, maxMag: number): number {
  const unit = momentRate({ kind: 'truncatedGutenbergRichter', aValue: 0, bValue, minMag, maxMag });
  return Math.log10(rate / unit);
}
