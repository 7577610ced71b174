import { checkRates } from './bins.js';
import type { ArbitraryMfd, BinnedRates } from './mfd.js';
import { refusal } from '../refusal.js';

/** The given magnitudes and rates, in their order. Errors: Refusal for lists of different lengths or bad rates. */
export function arbitraryRates({ magnitudes, occurRates }: ArbitraryMfd): BinnedRates {
  if (magnitudes.length !== occurRates.length) {
    throw refusal('INVALID_MFD', `${magnitudes.length} magnitudes but ${occurRates.length} rates`);
  }
  checkRates(occurRates);
  return { magnitudes, rates: occurRates };
}
