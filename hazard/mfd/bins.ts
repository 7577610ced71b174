import { roundHalfAway } from '../geo/rounding.js';
import { refusal } from '../refusal.js';

/**
 * Bin centres of a functional form between two magnitudes: the limits are snapped to multiples of the bin width and the
 * centres accumulated, so the last digits are those of the reference. Empty when rounding leaves no bin between the limits.
 */
export function binCentres(minMag: number, maxMag: number, width: number): Float64Array {
  let first = width * roundHalfAway(minMag / width);
  let last = width * roundHalfAway(maxMag / width);
  if (first !== last) {
    first += width / 2;
    last -= width / 2;
  }
  return accumulated(first, Math.max(0, roundHalfAway((last - first) / width) + 1), width);
}

/** n magnitudes from a first one on, each the one before plus the width. */
function accumulated(first: number, n: number, width: number): Float64Array {
  const centres = new Float64Array(n);
  let magnitude = first;
  for (let i = 0; i < n; i++) {
    centres[i] = magnitude;
    magnitude += width;
  }
  return centres;
}

/** Rate of the magnitudes within half a width of m, where log10 N(above m) = a - b m. */
export function gutenbergRichterRate(a: number, b: number, m: number, width: number): number {
  return 10 ** (a - b * (m - width / 2)) - 10 ** (a - b * (m + width / 2));
}

/** Errors: Refusal unless the largest magnitude is at least one bin above the smallest. */
export function checkSpan(what: string, minMag: number, maxMag: number, width: number): void {
  if (!(width > 0))
    throw refusal('INVALID_MFD', `the width of a magnitude bin must be positive, not ${width}`, {
      key: 'binWidth',
      value: String(width),
    });
  if (!(minMag >= 0))
    throw refusal('INVALID_MFD', `minimum magnitude ${minMag} must not be negative`, {
      key: 'minMag',
      value: String(minMag),
    });
  if (!(maxMag >= minMag + width)) {
    throw refusal(
      'INVALID_MFD',
      `${what} ${maxMag} must exceed the minimum magnitude ${minMag} by a bin of ${width} at least`,
      { key: 'maxMag', value: String(maxMag) },
    );
  }
}

/** Errors: Refusal if a rate is negative or none is positive. */
export function checkRates(rates: Float64Array): void {
  if (rates.some((rate) => !(rate >= 0))) throw refusal('INVALID_MFD', 'occurrence rates must not be negative');
  if (!rates.some((rate) => rate > 0)) throw refusal('INVALID_MFD', 'at least one occurrence rate must be positive');
}
