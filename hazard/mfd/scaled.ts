import type { SingleMfd } from './mfd.js';
import { refusal } from '../refusal.js';

/**
 * The distribution with all rates multiplied by a factor. Errors: Refusal for tapered distributions, whose rates do not
 * follow from scaled parameters in the reference, and for distributions by slip rate, which belong to whole faults.
 */
export function scaledMfd(mfd: SingleMfd, factor: number): SingleMfd {
  switch (mfd.kind) {
    case 'truncatedGutenbergRichter':
      return { ...mfd, aValue: mfd.aValue + Math.log10(factor) };
    case 'incremental':
    case 'arbitrary':
      return { ...mfd, occurRates: mfd.occurRates.map((rate) => rate * factor) };
    case 'youngsCoppersmith':
      return {
        ...mfd,
        ...(mfd.characteristicRate !== undefined && { characteristicRate: mfd.characteristicRate * factor }),
        ...(mfd.totalMomentRate !== undefined && { totalMomentRate: mfd.totalMomentRate * factor }),
      };
    case 'taperedGutenbergRichter':
    case 'slipRateGutenbergRichter':
      throw refusal('INVALID_MFD', `a distribution of kind ${mfd.kind} cannot be spread over points`);
  }
}
