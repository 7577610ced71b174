import { arbitraryRates } from './arbitrary.js';
import { incrementalRates } from './incremental.js';
import type { BinnedRates, SingleMfd } from './mfd.js';
import { gutenbergRichterOfSlipRate } from './slip-rate.js';
import { taperedGutenbergRichterRates } from './tapered-gutenberg-richter.js';
import { truncatedGutenbergRichterRates } from './truncated-gutenberg-richter.js';
import { youngsCoppersmithRates } from './youngs-coppersmith-1985.js';
import { refusal } from '../refusal.js';

/**
 * Magnitude bins and annual rates of a distribution, in its own order and with zero rates. `faultArea` (km2) is needed for
 * distributions by slip rate. Errors: Refusal for parameters that are refused, or a functional form without bin width.
 */
export function binnedRates(mfd: SingleMfd, widthOfMfdBin: number | undefined, faultArea?: number): BinnedRates {
  switch (mfd.kind) {
    case 'incremental':
      return incrementalRates(mfd);
    case 'arbitrary':
      return arbitraryRates(mfd);
    case 'truncatedGutenbergRichter':
      return truncatedGutenbergRichterRates(mfd, mfd.binWidth ?? needWidth(widthOfMfdBin));
    case 'slipRateGutenbergRichter':
      return truncatedGutenbergRichterRates(
        gutenbergRichterOfSlipRate(mfd, faultArea ?? NaN),
        needWidth(widthOfMfdBin),
      );
    case 'taperedGutenbergRichter':
      return taperedGutenbergRichterRates(mfd, needWidth(widthOfMfdBin));
    case 'youngsCoppersmith':
      return youngsCoppersmithRates(mfd, mfd.binWidth ?? needWidth(widthOfMfdBin));
  }
}

function needWidth(width: number | undefined): number {
  if (width === undefined)
    throw refusal('MISSING_PARAMETER', 'the job must give width_of_mfd_bin', { key: 'width_of_mfd_bin' });
  return width;
}

/** Bins of several rate columns over one list of magnitudes: `rates` is [bins x columns]. */
export interface MagnitudeBins {
  readonly magnitudes: Float64Array;
  readonly columns: number;
  readonly rates: Float64Array;
}

/** Magnitudes nearer than this are one bin: functional forms accumulate their centres, with rounding errors. */
const SAME_MAGNITUDE = 1e-9;

/**
 * The bins with a positive rate in at least one of the columns; a column has rate 0 where it lacks a bin. With one column
 * the order is the distribution's own and repeated magnitudes stay; several columns with different bins are merged in
 * ascending order. Errors: Refusal as `binnedRates`.
 */
export function magnitudeBins(
  columns: readonly SingleMfd[],
  widthOfMfdBin: number | undefined,
  faultArea?: number,
): MagnitudeBins {
  const each = columns.map((mfd) => withoutEmptyBins(binnedRates(mfd, widthOfMfdBin, faultArea)));
  const [first] = each;
  if (each.every((bins) => sameMagnitudes(bins.magnitudes, first.magnitudes))) {
    const rates = new Float64Array(first.magnitudes.length * columns.length);
    each.forEach((bins, c) => bins.rates.forEach((rate, i) => (rates[i * columns.length + c] = rate)));
    return { magnitudes: first.magnitudes, columns: columns.length, rates };
  }
  return merged(
    columns.length,
    each.flatMap((bins, column) =>
      Array.from(bins.magnitudes, (magnitude, i) => ({ magnitude, column, rate: bins.rates[i] })),
    ),
  );
}

/** One column of bins with the rates of several, summed by magnitude, ascending. */
export function summedBins(several: readonly MagnitudeBins[]): MagnitudeBins {
  return merged(
    1,
    several.flatMap(({ magnitudes, rates }) =>
      Array.from(magnitudes, (magnitude, i) => ({ magnitude, column: 0, rate: rates[i] })),
    ),
  );
}

/** Bins of entries sorted by magnitude, rates of equal magnitudes summed by column. */
function merged(columns: number, entries: { magnitude: number; column: number; rate: number }[]): MagnitudeBins {
  entries.sort((a, b) => a.magnitude - b.magnitude || a.column - b.column);
  const magnitudes: number[] = [];
  const rates: number[][] = [];
  for (const { magnitude, column, rate } of entries) {
    const last = magnitudes.length - 1;
    if (last < 0 || magnitude - magnitudes[last] > SAME_MAGNITUDE) {
      magnitudes.push(magnitude);
      rates.push(new Array<number>(columns).fill(0));
    }
    rates[magnitudes.length - 1][column] += rate;
  }
  return { magnitudes: Float64Array.from(magnitudes), columns, rates: Float64Array.from(rates.flat()) };
}

/** The bins with a positive rate: sources make no ruptures of the others. */
function withoutEmptyBins({ magnitudes, rates }: BinnedRates): BinnedRates {
  return { magnitudes: magnitudes.filter((_, i) => rates[i] > 0), rates: rates.filter((rate) => rate > 0) };
}

function sameMagnitudes(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((magnitude, i) => Math.abs(magnitude - b[i]) < SAME_MAGNITUDE);
}
