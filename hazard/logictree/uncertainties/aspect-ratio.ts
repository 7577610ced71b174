import type { Source } from '../../sources/source.js';
import { ABOVE_ZERO, changeOf, numberOf, type Uncertainty } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/** The source with another ratio of length to width of its ruptures. */
function withAspectRatio(source: Source, change: (before: number) => number): Source {
  const part = changeOf(source, 'aspectRatio');
  const ruptureAspectRatio = change(part.get(source));
  if (!(ruptureAspectRatio > 0))
    throw refusal('TREE_UNCERTAINTY', `the rupture aspect ratio becomes ${ruptureAspectRatio}, which must be above 0`);
  return part.with(source, ruptureAspectRatio);
}

/** Aspect ratios of ruptures, as OpenQuake engine 3.26 introduced them. */
export const aspectRatioUncertainties: readonly Uncertainty[] = [
  {
    type: 'setAspectRatioAbsolute',
    valueKind: 'number',
    requires: 'none',
    range: ABOVE_ZERO,
    apply: (source, value) => withAspectRatio(source, () => numberOf(value)),
  },
  {
    type: 'setAspectRatioRelative',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) => withAspectRatio(source, (before) => before + numberOf(value)),
  },
];
