import type { MultiMfd, SingleMfd } from './mfd.js';
import { refusal } from '../refusal.js';

/**
 * The distribution of one point of a multi-point source. `widthOfMfdBin` stands in for a bin width that is not given.
 * Errors: Refusal for a missing field or width, and for Youngs & Coppersmith members, which the format cannot express.
 */
export function multiMfdMember(mfd: MultiMfd, point: number, widthOfMfdBin: number | undefined): SingleMfd {
  const value = (name: string): number => {
    const field = mfd.fields[name];
    if (!field) throw refusal('INVALID_MFD', `a multiMFD of kind ${mfd.memberKind} needs '${name}'`);
    return field.length === 1 ? field[0] : field[point];
  };
  const list = (name: string): Float64Array => {
    const field = mfd.fields[name];
    if (!field) throw refusal('INVALID_MFD', `a multiMFD of kind ${mfd.memberKind} needs '${name}'`);
    const start = listStart(mfd, point);
    return field.slice(start, start + value('lengths'));
  };
  switch (mfd.memberKind) {
    case 'truncGutenbergRichterMFD':
      return {
        kind: 'truncatedGutenbergRichter',
        aValue: value('a_val'),
        bValue: value('b_val'),
        minMag: value('min_mag'),
        maxMag: value('max_mag'),
        ...(mfd.fields.bin_width && { binWidth: value('bin_width') }),
      };
    case 'incrementalMFD': {
      const binWidth = mfd.fields.bin_width ? value('bin_width') : widthOfMfdBin;
      if (binWidth === undefined) throw refusal('INVALID_MFD', 'a multiMFD of increments needs a bin width');
      return { kind: 'incremental', minMag: value('min_mag'), binWidth, occurRates: list('occurRates') };
    }
    case 'arbitraryMFD':
      return { kind: 'arbitrary', magnitudes: list('magnitudes'), occurRates: list('occurRates') };
    case 'YoungsCoppersmithMFD':
      throw refusal('INVALID_MFD', 'a multiMFD cannot be of kind YoungsCoppersmithMFD');
  }
}

/** Where the list of a point begins in the concatenated lists. */
function listStart(mfd: MultiMfd, point: number): number {
  const { lengths } = mfd.fields;
  if (lengths.length === 1) return lengths[0] * point;
  let starts = LIST_STARTS.get(lengths);
  if (!starts) {
    starts = new Int32Array(lengths.length);
    for (let i = 1; i < lengths.length; i++) starts[i] = starts[i - 1] + lengths[i - 1];
    LIST_STARTS.set(lengths, starts);
  }
  return starts[point];
}

/** Starts of the lists by their lengths, so that reading all members does not sum them again and again. */
const LIST_STARTS = new WeakMap<Float64Array, Int32Array>();
