import type { SlipRateGutenbergRichter } from '../../mfd/mfd.js';
import { gutenbergRichterOfSlipRate } from '../../mfd/slip-rate.js';
import type { Discretization, Source } from '../../sources/source.js';
import { changeOf, type Uncertainty, valueOf } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/**
 * The source with the a-value that its slip rate stands for, found on the fault as it is before any change; other sources as
 * they are. Errors: Refusal for a source without a fault.
 */
export function withRatesOfSlip(source: Source, discretization: Discretization): Source {
  if (source.mfd?.kind !== 'slipRateGutenbergRichter') return source;
  return withSlip(source, source.mfd, discretization);
}

function withSlip(source: Source, mfd: SlipRateGutenbergRichter, discretization: Discretization): Source {
  const area = changeOf(source, 'faultArea')(source, discretization);
  return { ...source, mfd: gutenbergRichterOfSlipRate(mfd, area) };
}

/** The a-value that releases a slip rate on the area of the fault. */
export const truncatedGrFromSlipAbsolute: Uncertainty = {
  type: 'truncatedGRFromSlipAbsolute',
  valueKind: 'slip',
  requires: 'oneSource',
  apply(source, value, discretization) {
    changeOf(source, 'faultArea');
    const { mfd } = source;
    if (mfd?.kind !== 'truncatedGutenbergRichter')
      throw refusal(
        'TREE_UNCERTAINTY',
        `a truncated Gutenberg-Richter distribution is needed, not ${mfd?.kind ?? 'none'}`,
      );
    const { slipRate, rigidity, constantTerm } = valueOf(value, 'slip');
    const { bValue, minMag, maxMag } = mfd;
    const bySlip = {
      kind: 'slipRateGutenbergRichter' as const,
      slipRate,
      rigidity,
      constantTerm,
      bValue,
      minMag,
      maxMag,
    };
    return withSlip(source, bySlip, discretization);
  },
};
