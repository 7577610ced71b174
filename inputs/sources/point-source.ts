import type { PointSource } from '../../hazard/sources/source.js';
import { readDistributedSeismicity } from './elements/distributed-seismicity.js';
import { readMfd } from './elements/mfd.js';
import type { ReadingContext } from './source-reader.js';
import { readCoordinates } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** Reads `pointSource`. */
export function readPointSource(element: Element, context: ReadingContext): PointSource {
  const { scope } = context;
  const geometry = scope.need(element, 'pointGeometry');
  const pos = scope.need(geometry, 'Point', 'pos');
  const point = readCoordinates(pos, scope, 2);
  if (point.length > 2)
    scope.fault(pos, 'one point is needed', { code: 'INVALID_GEOMETRY', allowed: 'longitude and latitude' });
  return {
    type: 'point',
    ...context.base,
    ...readDistributedSeismicity(element, geometry, context),
    mfd: readMfd(element, scope, context.widthOfMfdBin),
    lon: point[0],
    lat: point[1],
  };
}
