import { isSpecial, type SourceGroup } from '../../hazard/logictree/logic-tree.js';
import { collapseOnGrid } from '../../hazard/sources/distributed/point-grid.js';
import type { Discretization } from '../../hazard/sources/source.js';

/**
 * Groups with their point-like sources gathered on a grid (ps_grid_spacing, km); groups of mutually exclusive sources and
 * clusters stay as they are, and all groups when sources are not split. Errors: Refusal, with the id of the source, for an
 * area that has no points.
 */
export function gatherPointSources(
  groups: readonly SourceGroup[],
  spacing: number,
  discretization: Discretization,
): readonly SourceGroup[] {
  if (!(spacing > 0) || !discretization.splitSources) return groups;
  return groups.map((group, number) => {
    if (isSpecial(group.interdependence)) return group;
    return { ...group, sources: collapseOnGrid(group.sources, spacing, number, discretization) };
  });
}
