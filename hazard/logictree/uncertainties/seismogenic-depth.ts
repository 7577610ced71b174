import type { HypocentralDepth, Source, SourceType } from '../../sources/source.js';
import { numberOf, sourceOf, type Uncertainty } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/** km, positive downwards */
interface DepthRange {
  readonly upperSeismogenicDepth: number;
  readonly lowerSeismogenicDepth: number;
}

const POINT_LIKE_TOO = ['simpleFault', 'point', 'multiPoint', 'area'] as const satisfies readonly SourceType[];

/** The source between other depths. Errors: Refusal for an empty range, or one that leaves out hypocentres. */
function withDepths(
  source: Source,
  kinds: readonly (typeof POINT_LIKE_TOO)[number][],
  change: (depths: DepthRange) => Partial<DepthRange>,
): Source {
  const layered = sourceOf(source, ...kinds);
  if (layered.type === 'simpleFault') {
    const geometry = { ...layered.geometry, ...change(layered.geometry) };
    checkRange(geometry);
    if (!(geometry.upperSeismogenicDepth >= 0))
      throw refusal(
        'TREE_UNCERTAINTY',
        `the upper seismogenic depth becomes ${geometry.upperSeismogenicDepth} km, above the surface of the earth`,
      );
    return { ...layered, geometry };
  }
  const changed = { ...layered, ...change(layered) };
  checkRange(changed);
  checkHypocentres(changed, changed.hypocentralDepths);
  return changed;
}

function checkRange({ upperSeismogenicDepth: upper, lowerSeismogenicDepth: lower }: DepthRange): void {
  if (!(lower > upper))
    throw refusal(
      'TREE_UNCERTAINTY',
      `the lower seismogenic depth becomes ${lower} km, not below the upper one (${upper} km)`,
    );
}

/** Errors: Refusal for a hypocentre that is not between the seismogenic depths. */
export function checkHypocentres(
  { upperSeismogenicDepth: upper, lowerSeismogenicDepth: lower }: DepthRange,
  hypocentres: readonly HypocentralDepth[],
): void {
  for (const { depth } of hypocentres)
    if (!(depth >= upper && depth <= lower))
      throw refusal('TREE_UNCERTAINTY', `the hypocentral depth of ${depth} km is not between ${upper} and ${lower} km`);
}

const lowerDepth = (lowerSeismogenicDepth: number): Partial<DepthRange> => ({ lowerSeismogenicDepth });
const upperDepth = (upperSeismogenicDepth: number): Partial<DepthRange> => ({ upperSeismogenicDepth });

/**
 * Depths of the seismogenic layer. The lower one by value is for simple faults, as in OpenQuake engine 3.24; the other types
 * came later, for point-like sources too.
 */
export const seismogenicDepthUncertainties: readonly Uncertainty[] = [
  {
    type: 'setLowerSeismDepthAbsolute',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) => withDepths(source, ['simpleFault'], () => lowerDepth(numberOf(value))),
  },
  {
    type: 'setLowerSeismDepthRelative',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) =>
      withDepths(source, POINT_LIKE_TOO, (depths) => lowerDepth(depths.lowerSeismogenicDepth + numberOf(value))),
  },
  {
    type: 'setUpperSeismDepthAbsolute',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) => withDepths(source, POINT_LIKE_TOO, () => upperDepth(numberOf(value))),
  },
  {
    type: 'setUpperSeismDepthRelative',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) =>
      withDepths(source, POINT_LIKE_TOO, (depths) => upperDepth(depths.upperSeismogenicDepth + numberOf(value))),
  },
];
