import { boundingBoxOfPoints, unrolledBox } from '../geo/bounding-box.js';
import type { SingleMfd } from '../mfd/mfd.js';
import { multiMfdMember } from '../mfd/multi.js';
import { magnitudeBins } from '../mfd/rates.js';
import { PointRuptures } from './distributed/point-ruptures.js';
import type { SourceKind } from './prepared-source.js';
import { namingSource } from './refusal.js';
import { MagnitudeShapes, Seismicity } from './distributed/seismicity.js';
import { changesOfSeismicity } from './source-changes.js';
import { sizeOfPoints } from './source-size.js';
import type { Discretization, MultiPointSource, PointSource } from './source.js';
import { refusal } from '../refusal.js';
import { outlineOfPoints } from './source-outline.js';

/** Many points that share planes and depths, each with a distribution of its own. One unit per point. */
export const multiPointSource: SourceKind<MultiPointSource> = {
  type: 'multiPoint',
  code: 'M',
  outline: ({ points }) => outlineOfPoints(points),
  lastDistributionOnly: true,
  changes: changesOfSeismicity(),
  size: (source, discretization) => sizeOfPoints(source, source.points.length / 2, discretization),
  points: (source, discretization) => (source.points.length === 2 ? [] : pointsOfMultiPoint(source, discretization)),
  prepare: (source, discretization, columns) =>
    namingSource(source.id, () => prepareMultiPoint(source, discretization, columns)),
};

function prepareMultiPoint(
  source: MultiPointSource,
  discretization: Discretization,
  columns: readonly SingleMfd[] | undefined,
): PointRuptures {
  if (columns) throw new RangeError('a multi-point source has the distributions of its points only');
  const seismicity = new Seismicity(source);
  const width = discretization.widthOfMfdBin;
  const n = source.points.length / 2;
  const shapes = Array.from({ length: n }, (_, i) => {
    const bins = magnitudeBins([multiMfdMember(source.mfd, i, width)], width);
    if (bins.magnitudes.length === 0) throw refusal('INVALID_MFD', `no magnitude of point ${i} has a positive rate`);
    return new MagnitudeShapes(bins, seismicity);
  });
  const places = {
    lon: source.points.filter((_, i) => i % 2 === 0),
    lat: source.points.filter((_, i) => i % 2 === 1),
    shapes: (place: number) => shapes[place],
    share: 1,
    box: unrolledBox(boundingBoxOfPoints(source.points, 2)),
    boxHoldsRuptures: false,
    averages: discretization.splitSources && n > 1,
  };
  return new PointRuptures(seismicity, places, { ...discretization, negativeBinomial: source.negativeBinomial });
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
