import { gutenbergRichterOfSlipRate } from '../../mfd/slip-rate.js';
import type { Discretization, Source } from '../../sources/source.js';
import { faultArea } from './fault-area.js';
import { type Uncertainty, valueOf } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/**
 * The source with the a-value that its slip rate stands for, found on the fault as it is before any change; other sources as
 * they are. Errors: Refusal for a source without a fault.
 */
export function withRatesOfSlip(source: Source, discretization: Discretization): Source {
  if (!('mfd' in source) || source.type === 'multiPoint' || source.mfd.kind !== 'slipRateGutenbergRichter')
    return source;
  return { ...source, mfd: gutenbergRichterOfSlipRate(source.mfd, faultArea(source, discretization)) };
}

/** The a-value that releases a slip rate on the area of the fault. */
export const truncatedGrFromSlipAbsolute: Uncertainty = {
  type: 'truncatedGRFromSlipAbsolute',
  valueKind: 'slip',
  requires: 'oneSource',
  apply(source, value, discretization) {
    if (source.type !== 'simpleFault' && source.type !== 'complexFault' && source.type !== 'characteristicFault')
      throw refusal(
        'TREE_UNCERTAINTY',
        `a simple, complex or characteristic fault is needed, not a source of type ${source.type}`,
      );
    const { mfd } = source;
    if (mfd.kind !== 'truncatedGutenbergRichter')
      throw refusal('TREE_UNCERTAINTY', `a truncated Gutenberg-Richter distribution is needed, not ${mfd.kind}`);
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
    return { ...source, mfd: gutenbergRichterOfSlipRate(bySlip, faultArea(source, discretization)) };
  },
};
