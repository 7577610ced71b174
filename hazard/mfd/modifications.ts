import type { TruncatedGutenbergRichter } from './mfd.js';
import { aValueOfMomentRate, momentRate } from './truncated-gutenberg-richter.js';

/**
 * Changes of a truncated Gutenberg-Richter distribution, as logic trees make them: relative changes keep the moment rate by
 * recomputing the a-value, absolute ones do not. The result may be invalid; binning it then throws Refusal.
 */

/** Maximum magnitude raised by an increment, moment rate kept. */
export function withMaxMagIncrement(mfd: TruncatedGutenbergRichter, increment: number): TruncatedGutenbergRichter {
  return withMomentRateOf(mfd, { ...mfd, maxMag: mfd.maxMag + increment });
}

/** Maximum magnitude raised by an increment, a- and b-value kept. */
export function withMaxMagIncrementOnly(mfd: TruncatedGutenbergRichter, increment: number): TruncatedGutenbergRichter {
  return { ...mfd, maxMag: mfd.maxMag + increment };
}

/** Another maximum magnitude, a- and b-value kept. */
export function withMaxMag(mfd: TruncatedGutenbergRichter, maxMag: number): TruncatedGutenbergRichter {
  return { ...mfd, maxMag };
}

/** b-value raised by an increment, moment rate kept. */
export function withBValueIncrement(mfd: TruncatedGutenbergRichter, increment: number): TruncatedGutenbergRichter {
  return withMomentRateOf(mfd, { ...mfd, bValue: mfd.bValue + increment });
}

/** Another b-value, a-value kept. */
export function withBValue(mfd: TruncatedGutenbergRichter, bValue: number): TruncatedGutenbergRichter {
  return { ...mfd, bValue };
}

/** Other a- and b-values. */
export function withValues(mfd: TruncatedGutenbergRichter, aValue: number, bValue: number): TruncatedGutenbergRichter {
  return { ...mfd, aValue, bValue };
}

function withMomentRateOf(
  before: TruncatedGutenbergRichter,
  after: TruncatedGutenbergRichter,
): TruncatedGutenbergRichter {
  const aValue = aValueOfMomentRate(momentRate(before), after.bValue, after.minMag, after.maxMag);
  return { ...after, aValue };
}
