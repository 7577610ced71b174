import { type Uncertainty, valueOf } from './uncertainty.js';

/** Replaces an evenly discretized distribution. */
export const incrementalMfdAbsolute: Uncertainty = {
  type: 'incrementalMFDAbsolute',
  valueKind: 'distribution',
  requires: 'none',
  apply(source, value) {
    const { mfd } = valueOf(value, 'distribution');
    if (!('mfd' in source) || source.mfd.kind !== 'incremental' || source.type === 'multiPoint')
      throw new RangeError('a source with an incremental distribution is needed');
    return { ...source, mfd };
  },
};
