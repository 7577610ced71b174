import { DEGREES_PER_KM, DEGREES_TO_RADIANS } from '../../geo/constants.js';
import { namingSource } from '../refusal.js';
import { cellOfPoints } from '../collapsed-point.js';
import { sourceKind } from '../registry.js';
import type { CollapsedPointSource, Discretization, PointSource, Source } from '../source.js';

/**
 * Sources of one group with the point-like ones gathered on a grid (ps_grid_spacing, km): areas and multi-points are split
 * into points, and a cell with several points becomes one source. Nothing changes when the points do not spread over at
 * least two longitudes and two latitudes. `group` is the number that the ids of cells show.
 * Errors: Refusal, with the id of the source, for an area that cannot be split.
 */
export function collapseOnGrid(
  sources: readonly Source[],
  spacing: number,
  group: number,
  discretization: Discretization,
): Source[] {
  const parts = sources.map((source) => namingSource(source.id, () => pointsOf(source, discretization)));
  const points = parts.flat();
  if (
    !(spacing > 0) ||
    new Set(points.map(({ lon }) => lon)).size < 2 ||
    new Set(points.map(({ lat }) => lat)).size < 2
  )
    return [...sources];
  const prefix = `cps-${String(group).padStart(3, '0')}-`;
  const cells: CollapsedPointSource[] = [];
  const alone: PointSource[] = [];
  for (const members of pointsByCell(points, spacing)) {
    if (members.length === 1) {
      alone.push(members[0]);
      continue;
    }
    const id = prefix + String(cells.length + 1).padStart(4, '0');
    cells.push(cellOfPoints(id, members, spacing));
  }
  return [...cells, ...alone, ...sources.filter((_, i) => parts[i].length === 0)];
}

/** The point sources that a source stands for; none for sources that are not gathered. */
function pointsOf(source: Source, discretization: Discretization): readonly PointSource[] {
  return sourceKind(source.type).points?.(source, discretization) ?? [];
}

/** Points by cell; cells follow one another as their first points do. */
function pointsByCell(points: readonly PointSource[], spacing: number): PointSource[][] {
  const lat = points.map((point) => point.lat);
  const lon = points.map((point) => point.lon);
  const meanLat = lat.reduce((a, b) => a + b, 0) / lat.length;
  const rows = binsOf(lat, spacing * DEGREES_PER_KM);
  const columns = binsOf(lon, (spacing * DEGREES_PER_KM) / Math.cos(meanLat * DEGREES_TO_RADIANS));
  const cells = new Map<string, PointSource[]>();
  points.forEach((point, i) => {
    const key = `${rows[i]} ${columns[i]}`;
    const members = cells.get(key);
    if (members) members.push(point);
    else cells.set(key, [point]);
  });
  return [...cells.values()];
}

/**
 * Numbers of the intervals that values fall into, when their exact extent is cut into the fewest equal ones below a size. Grids
 * of points often have rows on such a limit: the limits carry the rounding of the reference, least + k (least + step - least).
 */
function binsOf(values: readonly number[], size: number): number[] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const extent = values.reduce((a, b) => Math.max(a, b)) - least;
  const step = extent / Math.ceil(extent / size);
  const rounded = least + step - least;
  const last = Math.ceil(extent / step) - 1;
  return values.map((value) => {
    let bin = Math.min(last, Math.floor((value - least) / step));
    if (bin < last && value >= least + (bin + 1) * rounded) bin++;
    if (value < least + bin * rounded) bin--;
    return bin;
  });
}
