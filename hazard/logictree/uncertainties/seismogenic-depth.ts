import { sourceKind } from '../../sources/registry.js';
import type { DepthRange } from '../../sources/source-changes.js';
import type { Source } from '../../sources/source.js';
import { changeOf, notOfType, numberOf, type Uncertainty } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/** The source between other depths. Errors: Refusal for an empty range, or one that leaves out hypocentres. */
function withDepths(source: Source, change: (depths: DepthRange) => Partial<DepthRange>): Source {
  const layer = changeOf(source, 'layer');
  const depths = { ...layer.get(source), ...change(layer.get(source)) };
  const { upperSeismogenicDepth: upper, lowerSeismogenicDepth: lower } = depths;
  if (!(lower > upper))
    throw refusal(
      'TREE_UNCERTAINTY',
      `the lower seismogenic depth becomes ${lower} km, not below the upper one (${upper} km)`,
    );
  if (layer.belowSurface && !(upper >= 0))
    throw refusal(
      'TREE_UNCERTAINTY',
      `the upper seismogenic depth becomes ${upper} km, above the surface of the earth`,
    );
  return checkHypocentres(layer.with(source, depths));
}

/** The source as it is. Errors: Refusal for a hypocentre that is not between the seismogenic depths. */
export function checkHypocentres(source: Source): Source {
  const { changes } = sourceKind(source.type);
  const layer = changes?.layer?.get(source);
  if (!layer) return source;
  const { upperSeismogenicDepth: upper, lowerSeismogenicDepth: lower } = layer;
  for (const { depth } of changes?.hypocentralDepths?.get(source) ?? [])
    if (!(depth >= upper && depth <= lower))
      throw refusal('TREE_UNCERTAINTY', `the hypocentral depth of ${depth} km is not between ${upper} and ${lower} km`);
  return source;
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
    apply(source, value) {
      if (!changeOf(source, 'layer').lowerByValue)
        throw notOfType(source, ({ changes }) => changes?.layer?.lowerByValue === true);
      return withDepths(source, () => lowerDepth(numberOf(value)));
    },
  },
  {
    type: 'setLowerSeismDepthRelative',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) =>
      withDepths(source, ({ lowerSeismogenicDepth }) => lowerDepth(lowerSeismogenicDepth + numberOf(value))),
  },
  {
    type: 'setUpperSeismDepthAbsolute',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) => withDepths(source, () => upperDepth(numberOf(value))),
  },
  {
    type: 'setUpperSeismDepthRelative',
    valueKind: 'number',
    requires: 'none',
    apply: (source, value) =>
      withDepths(source, ({ upperSeismogenicDepth }) => upperDepth(upperSeismogenicDepth + numberOf(value))),
  },
];
