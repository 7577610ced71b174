import { binCentres, gutenbergRichterRate } from './bins.js';
import type { BinnedRates, YoungsCoppersmith } from './mfd.js';
import { refusal } from '../refusal.js';

/** Half the width of the characteristic part, magnitude units. */
const HALF_CHARACTERISTIC = 0.25;

/** The a-value of the exponential part and the rate (1/yr) of the characteristic part. */
export interface CharacteristicRates {
  readonly aValue: number;
  readonly characteristicRate: number;
}

/** Youngs & Coppersmith (1985): both parts from the characteristic rate, or from the total moment rate (eq. 16 and 17). */
export function characteristicRates(mfd: YoungsCoppersmith): CharacteristicRates {
  const { bValue: b, minMag, characteristicMag } = mfd;
  if (mfd.characteristicRate !== undefined) {
    const characteristicRate = mfd.characteristicRate;
    const density = Math.log10(characteristicRate / (2 * HALF_CHARACTERISTIC));
    return { aValue: b * (characteristicMag - 1.25) + density - Math.log10(b * Math.LN10), characteristicRate };
  }
  if (!(mfd.totalMomentRate !== undefined && mfd.totalMomentRate > 0)) {
    throw refusal('INVALID_MFD', 'a characteristic rate or a positive total moment rate is needed');
  }
  const beta = b * Math.LN10;
  const upper = characteristicMag + HALF_CHARACTERISTIC;
  const upperMoment = 10 ** (1.5 * upper + 9.05);
  const c1 = Math.exp(-beta * (upper - minMag - 0.5));
  const c2 = Math.exp(-beta * (upper - minMag - 1.5));
  const c3 = (beta * c2) / (2 * (1 - c1) + beta * c2);
  const c4 = (b * 10 ** -0.75) / (1.5 - b) + (b * Math.exp(beta) * (1 - 10 ** -0.75)) / 1.5;
  const total = ((1 - c1) * mfd.totalMomentRate) / ((1 - c3) * c1 * upperMoment * c4);
  const characteristicRate = c3 * total;
  const below = 10 ** (-b * minMag) - 10 ** (-b * (characteristicMag - HALF_CHARACTERISTIC));
  return { aValue: Math.log10((total - characteristicRate) / below), characteristicRate };
}

/** Bins of the distribution. Errors: Refusal for a bin width outside (0, 0.5] or an exponential part below one bin. */
export function youngsCoppersmithRates(mfd: YoungsCoppersmith, widthOfMfdBin: number): BinnedRates {
  const width = mfd.binWidth ?? widthOfMfdBin;
  const { bValue, minMag, characteristicMag } = mfd;
  if (!(width > 0 && width <= 0.5)) {
    throw refusal(
      'INVALID_MFD',
      `bin width ${width} must be in (0, 0.5], to allow for one characteristic bin at least`,
    );
  }
  const boundary = characteristicMag - HALF_CHARACTERISTIC;
  if (!(boundary >= minMag + width)) {
    throw refusal(
      'INVALID_MFD',
      `characteristic magnitude ${characteristicMag} - 0.25 must exceed the minimum magnitude ${minMag} by a bin of ${width} at least`,
    );
  }
  const { aValue, characteristicRate } = characteristicRates(mfd);
  const magnitudes = binCentres(minMag, characteristicMag + HALF_CHARACTERISTIC, width);
  const rates = magnitudes.map((m) =>
    m >= minMag && m < boundary
      ? gutenbergRichterRate(aValue, bValue, m, width)
      : (characteristicRate / (2 * HALF_CHARACTERISTIC)) * width,
  );
  return { magnitudes, rates };
}

/**
 * The distribution whose bins release exactly its total moment rate (log10 M0 = 1.5 m + 9.05). Inputs never ask for it: a
 * distribution read from a file keeps the rates of `characteristicRates`. Errors: as `youngsCoppersmithRates`.
 */
export function balancedYoungsCoppersmith(mfd: YoungsCoppersmith, widthOfMfdBin: number): YoungsCoppersmith {
  const { characteristicRate } = characteristicRates(mfd);
  const { magnitudes, rates } = youngsCoppersmithRates(mfd, widthOfMfdBin);
  const released = rates.reduce((sum, rate, i) => sum + rate * 10 ** (1.5 * magnitudes[i] + 9.05), 0);
  const { totalMomentRate, ...rest } = mfd;
  const target = totalMomentRate ?? released;
  return { ...rest, characteristicRate: (characteristicRate * target) / released };
}
