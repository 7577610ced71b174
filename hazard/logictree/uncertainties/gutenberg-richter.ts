import type { MultiMfd, TruncatedGutenbergRichter } from '../../mfd/mfd.js';
import type { Discretization, Source } from '../../sources/source.js';
import { numberOf, type Uncertainty, type UncertaintyValue, valueOf } from './uncertainty.js';

/** Changes one truncated Gutenberg-Richter distribution. */
type Change = (mfd: TruncatedGutenbergRichter, value: UncertaintyValue) => TruncatedGutenbergRichter;

function gutenbergRichter(
  type: string,
  valueKind: 'number' | 'twoNumbers',
  requires: Uncertainty['requires'],
  change: Change,
): Uncertainty {
  const apply = (source: Source, value: UncertaintyValue, { widthOfMfdBin }: Discretization): Source => {
    if (!('mfd' in source)) throw new RangeError('the source has no magnitude-frequency distribution');
    const changed = (mfd: TruncatedGutenbergRichter): TruncatedGutenbergRichter =>
      checked(change(mfd, value), widthOfMfdBin);
    if (source.type === 'multiPoint') return { ...source, mfd: changeMembers(source.mfd, changed) };
    if (source.mfd.kind !== 'truncatedGutenbergRichter')
      throw new RangeError(`a truncated Gutenberg-Richter distribution is needed, not ${source.mfd.kind}`);
    return { ...source, mfd: changed(source.mfd) };
  };
  return { type, valueKind, requires, apply };
}

function checked(mfd: TruncatedGutenbergRichter, widthOfMfdBin: number | undefined): TruncatedGutenbergRichter {
  const { aValue, bValue, minMag, maxMag } = mfd;
  if (!(maxMag >= minMag + (widthOfMfdBin ?? 0)))
    throw new RangeError(`the largest magnitude becomes ${maxMag}, less than a bin above the smallest (${minMag})`);
  if (!(bValue > 0)) throw new RangeError(`the b-value becomes ${bValue}, which must be above 0`);
  if (!Number.isFinite(aValue)) throw new RangeError('the a-value becomes infinite');
  return mfd;
}

const FIELDS = ['a_val', 'b_val', 'min_mag', 'max_mag'] as const;

/** The change on each point's distribution; fields that differ among points become one value per point. */
function changeMembers(mfd: MultiMfd, change: (mfd: TruncatedGutenbergRichter) => TruncatedGutenbergRichter): MultiMfd {
  if (mfd.memberKind !== 'truncGutenbergRichterMFD')
    throw new RangeError(`truncated Gutenberg-Richter distributions are needed, not ${mfd.memberKind}`);
  const single = FIELDS.every((name) => mfd.fields[name].length === 1);
  const count = single ? 1 : mfd.size;
  const changed = FIELDS.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const [aValue, bValue, minMag, maxMag] = FIELDS.map((name) => {
      const field = mfd.fields[name];
      return field[field.length === 1 ? 0 : i];
    });
    const member = change({ kind: 'truncatedGutenbergRichter', aValue, bValue, minMag, maxMag });
    [member.aValue, member.bValue, member.minMag, member.maxMag].forEach((value, k) => (changed[k][i] = value));
  }
  return { ...mfd, fields: { ...mfd.fields, ...Object.fromEntries(FIELDS.map((name, k) => [name, changed[k]])) } };
}

/** log10 of the constant between magnitude and moment in N m. */
const MOMENT_CONSTANT = 9.05;

/** Moment rate of the unbinned distribution, N m / yr. */
function momentRate({ aValue, bValue, minMag, maxMag }: TruncatedGutenbergRichter): number {
  const intercept = aValue + Math.log10(bValue) + MOMENT_CONSTANT;
  const slope = 1.5 - bValue;
  if (slope === 0) return 10 ** intercept * (maxMag - minMag);
  return (10 ** intercept / slope) * (10 ** (slope * maxMag) - 10 ** (slope * minMag));
}

/** The distribution with the a-value that gives it the moment rate of another. */
function balanced(mfd: TruncatedGutenbergRichter, like: TruncatedGutenbergRichter): TruncatedGutenbergRichter {
  const withUnitRate = momentRate({ ...mfd, aValue: 0 });
  return { ...mfd, aValue: Math.log10(momentRate(like) / withUnitRate) };
}

export const gutenbergRichterUncertainties: readonly Uncertainty[] = [
  gutenbergRichter('maxMagGRRelative', 'number', 'none', (mfd, value) =>
    balanced({ ...mfd, maxMag: mfd.maxMag + numberOf(value) }, mfd),
  ),
  gutenbergRichter('maxMagGRRelativeNoMoBalance', 'number', 'none', (mfd, value) => ({
    ...mfd,
    maxMag: mfd.maxMag + numberOf(value),
  })),
  gutenbergRichter('maxMagGRAbsolute', 'number', 'oneSource', (mfd, value) => ({ ...mfd, maxMag: numberOf(value) })),
  gutenbergRichter('bGRRelative', 'number', 'none', (mfd, value) =>
    balanced({ ...mfd, bValue: mfd.bValue + numberOf(value) }, mfd),
  ),
  gutenbergRichter('bGRAbsolute', 'number', 'oneSource', (mfd, value) => ({ ...mfd, bValue: numberOf(value) })),
  gutenbergRichter('abGRAbsolute', 'twoNumbers', 'oneSource', (mfd, value) => {
    const { first: aValue, second: bValue } = valueOf(value, 'twoNumbers');
    return { ...mfd, aValue, bValue };
  }),
];
