import type { MultiMfd, SingleMfd } from './mfd.js';

/** An upper bound of the magnitudes of a distribution with a positive rate; Infinity where only its points know. */
export function largestMagnitudeOf(mfd: SingleMfd | MultiMfd): number {
  switch (mfd.kind) {
    case 'incremental':
      return mfd.minMag + mfd.binWidth * mfd.occurRates.findLastIndex((rate) => rate > 0);
    case 'arbitrary':
      return mfd.magnitudes.reduce(
        (m, magnitude, i) => (mfd.occurRates[i] > 0 ? Math.max(m, magnitude) : m),
        -Infinity,
      );
    case 'multi':
      return Infinity;
    case 'youngsCoppersmith':
      return mfd.characteristicMag + 0.25;
    default:
      return mfd.maxMag;
  }
}
