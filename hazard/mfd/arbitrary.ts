import { checkRates } from './bins.js';
import type { ArbitraryMfd, BinnedRates } from './mfd.js';

/** The given magnitudes and rates, in their order. Errors: RangeError for lists of different lengths or bad rates. */
export function arbitraryRates({ magnitudes, occurRates }: ArbitraryMfd): BinnedRates {
  if (magnitudes.length !== occurRates.length) {
    throw new RangeError(`${magnitudes.length} magnitudes but ${occurRates.length} rates`);
  }
  checkRates(occurRates);
  return { magnitudes, rates: occurRates };
}
