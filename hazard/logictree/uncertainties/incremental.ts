import type { EvenlyDiscretized, MultiMfd } from '../../mfd/mfd.js';
import { type Uncertainty, valueOf } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/** Replaces an evenly discretized distribution; in multi-point sources that of every point. */
export const incrementalMfdAbsolute: Uncertainty = {
  type: 'incrementalMFDAbsolute',
  valueKind: 'distribution',
  requires: 'none',
  ofDistribution: true,
  apply(source, value) {
    const { mfd } = valueOf(value, 'distribution');
    if (!source.mfd) throw refusal('TREE_UNCERTAINTY', 'the source has no magnitude-frequency distribution');
    if (source.mfd.kind === 'multi') return { ...source, mfd: forEveryPoint(source.mfd, mfd) };
    if (source.mfd.kind !== 'incremental')
      throw refusal('TREE_UNCERTAINTY', `an incremental distribution is needed, not ${source.mfd.kind}`);
    return { ...source, mfd };
  },
};

function forEveryPoint(mfd: MultiMfd, { minMag, binWidth, occurRates }: EvenlyDiscretized): MultiMfd {
  if (mfd.memberKind !== 'incrementalMFD')
    throw refusal('TREE_UNCERTAINTY', `incremental distributions are needed, not ${mfd.memberKind}`);
  const rates = new Float64Array(mfd.size * occurRates.length);
  for (let point = 0; point < mfd.size; point++) rates.set(occurRates, point * occurRates.length);
  const one = (number: number): Float64Array => Float64Array.of(number);
  const fields = { min_mag: one(minMag), bin_width: one(binWidth), lengths: one(occurRates.length), occurRates: rates };
  return { ...mfd, fields };
}
