import type { SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { baseId } from '../../hazard/sources/source-id.js';
import { type DistributedSeismicity, isDistributed, type Source } from '../../hazard/sources/source.js';

/** the relation whose ruptures are points */
const POINT_RELATION = 'PointMSR';

/**
 * Point-like sources of regions with a table of the equivalent distance: nodal planes and depths are replaced by their weighted
 * means, and the ruptures become points. The tables themselves act only on ruptures without a surface, which no source
 * makes, in the reference engine as here (docs/jobs.md, Distances and magnitudes); so they are not read. Sources named in `ignored` stay as they are.
 */
export function collapseForEquivalentDistance(
  groups: readonly SourceGroup[],
  regions: ReadonlySet<string>,
  ignored: ReadonlySet<string>,
): readonly SourceGroup[] {
  if (regions.size === 0) return groups;
  // sources that branches share stay shared
  const collapsed = new Map<Source, Source>();
  const collapse = (source: Source): Source => {
    if (ignored.has(source.id) || ignored.has(baseId(source.id))) return source;
    const known = collapsed.get(source);
    if (known) return known;
    const result = isDistributed(source) ? { ...source, ...collapsedPlanes(source) } : source;
    collapsed.set(source, result);
    return result;
  };
  return groups.map((group) =>
    regions.has(group.tectonicRegionType) ? { ...group, sources: group.sources.map(collapse) } : group,
  );
}

function collapsedPlanes({
  nodalPlanes,
  hypocentralDepths,
}: DistributedSeismicity): Pick<
  DistributedSeismicity,
  'nodalPlanes' | 'hypocentralDepths' | 'magnitudeScalingRelation'
> {
  const mean = (value: 'strike' | 'dip' | 'rake'): number =>
    nodalPlanes.reduce((sum, plane) => sum + plane.probability * plane[value], 0);
  const depth = hypocentralDepths.reduce((sum, { probability, depth: value }) => sum + probability * value, 0);
  return {
    nodalPlanes: [{ probability: 1, strike: mean('strike'), dip: mean('dip'), rake: mean('rake') }],
    hypocentralDepths: [{ probability: 1, depth }],
    magnitudeScalingRelation: POINT_RELATION,
  };
}
