import type { SingleMfd } from '../mfd/mfd.js';
import { magnitudeBins } from '../mfd/rates.js';
import { PointRuptures } from './distributed/point-ruptures.js';
import type { SourceKind } from './prepared-source.js';
import { namingSource } from './refusal.js';
import { MagnitudeShapes, Seismicity } from './distributed/seismicity.js';
import type { Discretization, PointSource } from './source.js';
import { changesOfSeismicity } from './source-changes.js';
import { sizeOfPoints } from './source-size.js';
import { refusal } from '../refusal.js';
import { outlineOfPoints } from './source-outline.js';

/** Seismicity below one place: planes of several orientations around hypocentres at several depths. One unit. */
export const pointSource: SourceKind<PointSource> = {
  type: 'point',
  code: 'P',
  outline: ({ lon, lat }) => outlineOfPoints(Float64Array.of(lon, lat)),
  changes: changesOfSeismicity(),
  size: (source, discretization) => sizeOfPoints(source, 1, discretization),
  points: (source) => [source],
  prepare: (source, discretization, columns = [source.mfd]) =>
    namingSource(source.id, () => preparePoint(source, discretization, columns)),
};

function preparePoint(
  source: PointSource,
  discretization: Discretization,
  columns: readonly SingleMfd[],
): PointRuptures {
  const seismicity = new Seismicity(source);
  const bins = magnitudeBins(columns, discretization.widthOfMfdBin);
  if (bins.magnitudes.length === 0) throw refusal('INVALID_MFD', 'no magnitude has a positive rate');
  const shapes = new MagnitudeShapes(bins, seismicity);
  const { lon, lat } = source;
  const places = {
    lon: Float64Array.of(lon),
    lat: Float64Array.of(lat),
    shapes: () => shapes,
    share: 1,
    box: [lon, lat, lon, lat] as [number, number, number, number],
    boxHoldsRuptures: true,
    averages: true,
  };
  return new PointRuptures(seismicity, places, { ...discretization, negativeBinomial: source.negativeBinomial });
}
