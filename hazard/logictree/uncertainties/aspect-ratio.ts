import type { Source } from '../../sources/source.js';
import { ABOVE_ZERO, numberOf, sourceOf, type Uncertainty } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/** The source with another ratio of length to width of its ruptures. */
function withAspectRatio(source: Source, change: (before: number) => number): Source {
  const floating = sourceOf(source, 'point', 'multiPoint', 'area', 'simpleFault', 'complexFault', 'kiteFault');
  const ruptureAspectRatio = change(floating.ruptureAspectRatio);
  if (!(ruptureAspectRatio > 0))
    throw refusal('TREE_UNCERTAINTY', `the rupture aspect ratio becomes ${ruptureAspectRatio}, which must be above 0`);
  return { ...floating, ruptureAspectRatio };
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
