import { checkRates } from './bins.js';
import type { BinnedRates, EvenlyDiscretized } from './mfd.js';
import { refusal } from '../refusal.js';

/** Bins of an evenly discretized distribution, zero rates included. Errors: Refusal for a bad width or bad rates. */
export function incrementalRates({ minMag, binWidth, occurRates }: EvenlyDiscretized): BinnedRates {
  if (!(binWidth > 0))
    throw refusal('INVALID_MFD', `the width of a magnitude bin must be positive, not ${binWidth}`, {
      key: 'binWidth',
      value: String(binWidth),
    });
  checkRates(occurRates);
  return { magnitudes: occurRates.map((_, i) => minMag + i * binWidth), rates: occurRates };
}
