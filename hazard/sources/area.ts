import { boundingBoxOfPoints, unrolledBox } from '../geo/bounding-box.js';
import { gridInside } from '../geo/polygon.js';
import type { SingleMfd } from '../mfd/mfd.js';
import { magnitudeBins } from '../mfd/rates.js';
import { scaledMfd } from '../mfd/scaled.js';
import { PointRuptures } from './distributed/point-ruptures.js';
import type { SourceKind } from './prepared-source.js';
import { namingSource } from './refusal.js';
import { MagnitudeShapes, Seismicity } from './distributed/seismicity.js';
import { changesOfSeismicity, field } from './source-changes.js';
import { gridPoints, sizeOfPoints } from './source-size.js';
import type { AreaSource, Discretization, PointSource } from './source.js';
import { refusal } from '../refusal.js';
import { outlineOfPolygon } from './source-outline.js';

/** Seismicity spread evenly over a polygon: a grid of points that share the rates alike. One unit per point. */
export const areaSource: SourceKind<AreaSource> = {
  type: 'area',
  code: 'A',
  outline: ({ polygon }) => outlineOfPolygon(polygon),
  changes: { ...changesOfSeismicity(), polygon: field('polygon') },
  size(source, discretization) {
    const step = source.discretization ?? discretization.areaSourceDiscretization;
    const areaPoints = step !== undefined && step > 0 ? gridPoints(source.polygon, step) : 0;
    return sizeOfPoints(source, areaPoints, discretization, areaPoints);
  },
  needsGridSpacing: ({ discretization }) => discretization === undefined,
  points(source, discretization) {
    const points = pointsOfArea(source, discretization);
    return points.length === 1 ? [] : points;
  },
  prepare: (source, discretization, columns = [source.mfd]) =>
    namingSource(source.id, () => prepareArea(source, discretization, columns)),
};

function prepareArea(source: AreaSource, discretization: Discretization, columns: readonly SingleMfd[]): PointRuptures {
  if (columns.some((mfd) => mfd.kind === 'taperedGutenbergRichter')) {
    throw refusal(
      'INVALID_MFD',
      'a tapered Gutenberg-Richter distribution cannot be spread over the points of an area source',
    );
  }
  const spacing = source.discretization ?? discretization.areaSourceDiscretization;
  if (spacing === undefined)
    throw refusal('MISSING_PARAMETER', 'the job must give area_source_discretization', {
      key: 'area_source_discretization',
    });
  const seismicity = new Seismicity(source);
  const bins = magnitudeBins(columns, discretization.widthOfMfdBin);
  if (bins.magnitudes.length === 0) throw refusal('INVALID_MFD', 'no magnitude has a positive rate');
  const points = gridInside(source.polygon, spacing);
  const n = points.length / 2;
  if (n === 0) throw refusal('INVALID_GEOMETRY', `no grid point at a spacing of ${spacing} km lies inside the polygon`);
  const shapes = new MagnitudeShapes(bins, seismicity, n);
  const places = {
    lon: points.filter((_, i) => i % 2 === 0),
    lat: points.filter((_, i) => i % 2 === 1),
    shapes: () => shapes,
    share: 1 / n,
    box: unrolledBox(boundingBoxOfPoints(source.polygon, 2)),
    boxHoldsRuptures: false,
    averages: discretization.splitSources && n > 1,
  };
  return new PointRuptures(seismicity, places, { ...discretization, negativeBinomial: source.negativeBinomial });
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
