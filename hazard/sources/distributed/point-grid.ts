import { gridInside } from '../../geo/polygon.js';
import { DEGREES_PER_KM, DEGREES_TO_RADIANS } from '../../geo/constants.js';
import { multiMfdMember } from '../../mfd/multi.js';
import { scaledMfd } from '../../mfd/scaled.js';
import { namingSource } from '../refusal.js';
import type {
  AreaSource,
  CollapsedPointSource,
  Discretization,
  MultiPointSource,
  PointSource,
  Source,
} from '../source.js';
import { refusal } from '../../refusal.js';

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
    const { tectonicRegionType } = members[0];
    cells.push({ type: 'collapsedPoint', id, name: id, tectonicRegionType, members, gridSpacing: spacing });
  }
  return [...cells, ...alone, ...sources.filter((_, i) => parts[i].length === 0)];
}

/** The point sources that a point-like source stands for; none for other sources, nor for an area or multi-point of one. */
function pointsOf(source: Source, discretization: Discretization): PointSource[] {
  if (source.type === 'point') return [source];
  if (source.type !== 'multiPoint' && source.type !== 'area') return [];
  const points =
    source.type === 'area' ? pointsOfArea(source, discretization) : pointsOfMultiPoint(source, discretization);
  return points.length === 1 ? [] : points;
}

function pointsOfMultiPoint(source: MultiPointSource, { widthOfMfdBin }: Discretization): PointSource[] {
  const { points, mfd, ...common } = source;
  return Array.from({ length: points.length / 2 }, (_, i) => ({
    ...common,
    type: 'point',
    id: `${source.id}.${i}`,
    mfd: multiMfdMember(mfd, i, widthOfMfdBin),
    lon: points[2 * i],
    lat: points[2 * i + 1],
  }));
}

function pointsOfArea(source: AreaSource, { areaSourceDiscretization }: Discretization): PointSource[] {
  const { polygon, discretization, mfd, ...common } = source;
  const spacing = discretization ?? areaSourceDiscretization;
  if (spacing === undefined)
    throw refusal('MISSING_PARAMETER', 'the job must give area_source_discretization', {
      key: 'area_source_discretization',
    });
  const grid = gridInside(polygon, spacing);
  const n = grid.length / 2;
  const share = scaledMfd(mfd, 1 / n);
  return Array.from({ length: n }, (_, i) => ({
    ...common,
    type: 'point',
    id: `${source.id}.${i}`,
    mfd: share,
    lon: grid[2 * i],
    lat: grid[2 * i + 1],
  }));
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
