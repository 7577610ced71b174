import type { MultiMfd, TruncatedGutenbergRichter } from '../../mfd/mfd.js';
import {
  withBValue,
  withBValueIncrement,
  withMaxMag,
  withMaxMagIncrement,
  withMaxMagIncrementOnly,
  withValues,
} from '../../mfd/modifications.js';
import type { Discretization, Source } from '../../sources/source.js';
import {
  ABOVE_ZERO,
  numberOf,
  type NumberRange,
  type Uncertainty,
  type UncertaintyValue,
  valueOf,
} from './uncertainty.js';
import { refusal } from '../../refusal.js';

/** Changes one truncated Gutenberg-Richter distribution. */
type Change = (mfd: TruncatedGutenbergRichter, value: UncertaintyValue) => TruncatedGutenbergRichter;

function gutenbergRichter(
  type: string,
  valueKind: 'number' | 'twoNumbers' | 'threeNumbers',
  requires: Uncertainty['requires'],
  change: Change,
  range?: NumberRange,
): Uncertainty {
  const apply = (source: Source, value: UncertaintyValue, { widthOfMfdBin }: Discretization): Source => {
    const { mfd } = source;
    if (!mfd) throw refusal('TREE_UNCERTAINTY', 'the source has no magnitude-frequency distribution');
    const changed = (member: TruncatedGutenbergRichter): TruncatedGutenbergRichter =>
      checked(change(member, value), widthOfMfdBin);
    if (mfd.kind === 'multi') return { ...source, mfd: changeMembers(mfd, changed) };
    if (mfd.kind !== 'truncatedGutenbergRichter')
      throw refusal('TREE_UNCERTAINTY', `a truncated Gutenberg-Richter distribution is needed, not ${mfd.kind}`);
    return { ...source, mfd: changed(mfd) };
  };
  return { type, valueKind, requires, ofDistribution: true, apply, ...(range && { range }) };
}

function checked(mfd: TruncatedGutenbergRichter, widthOfMfdBin: number | undefined): TruncatedGutenbergRichter {
  const { aValue, bValue, minMag, maxMag } = mfd;
  if (!(maxMag >= minMag + (widthOfMfdBin ?? 0)))
    throw refusal(
      'TREE_UNCERTAINTY',
      `the largest magnitude becomes ${maxMag}, less than a bin above the smallest (${minMag})`,
    );
  if (!(bValue > 0)) throw refusal('TREE_UNCERTAINTY', `the b-value becomes ${bValue}, which must be above 0`);
  if (!Number.isFinite(aValue)) throw refusal('TREE_UNCERTAINTY', 'the a-value becomes infinite');
  return mfd;
}

const FIELDS = ['a_val', 'b_val', 'min_mag', 'max_mag'] as const;

/** The change on each point's distribution; fields that differ among points become one value per point. */
function changeMembers(mfd: MultiMfd, change: (mfd: TruncatedGutenbergRichter) => TruncatedGutenbergRichter): MultiMfd {
  if (mfd.memberKind !== 'truncGutenbergRichterMFD')
    throw refusal('TREE_UNCERTAINTY', `truncated Gutenberg-Richter distributions are needed, not ${mfd.memberKind}`);
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

/** Types that change a truncated Gutenberg-Richter distribution. */
export const gutenbergRichterUncertainties: readonly Uncertainty[] = [
  gutenbergRichter('maxMagGRRelative', 'number', 'none', (mfd, value) => withMaxMagIncrement(mfd, numberOf(value))),
  gutenbergRichter('maxMagGRRelativeNoMoBalance', 'number', 'none', (mfd, value) =>
    withMaxMagIncrementOnly(mfd, numberOf(value)),
  ),
  gutenbergRichter('maxMagGRAbsolute', 'number', 'oneSource', (mfd, value) => withMaxMag(mfd, numberOf(value))),
  gutenbergRichter('bGRRelative', 'number', 'none', (mfd, value) => withBValueIncrement(mfd, numberOf(value))),
  gutenbergRichter('bGRAbsolute', 'number', 'oneSource', (mfd, value) => withBValue(mfd, numberOf(value)), ABOVE_ZERO),
  gutenbergRichter('abGRAbsolute', 'twoNumbers', 'oneSource', (mfd, value) => {
    const { first, second } = valueOf(value, 'twoNumbers');
    return withValues(mfd, first, second);
  }),
  gutenbergRichter('abMaxMagAbsolute', 'threeNumbers', 'oneOfMany', (mfd, value) => {
    const { first, second, third } = valueOf(value, 'threeNumbers');
    return withMaxMag(withValues(mfd, first, second), third);
  }),
];
