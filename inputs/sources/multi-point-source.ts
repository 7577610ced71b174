import type { MultiPointSource } from '../../hazard/sources/source.js';
import { readDistributedSeismicity } from './elements/distributed-seismicity.js';
import { readMultiMfd } from './elements/multi-mfd.js';
import type { ReadingContext } from './source-reader.js';
import { readCoordinates } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** Reads `multiPointSource`. */
export function readMultiPointSource(element: Element, context: ReadingContext): MultiPointSource {
  const { scope } = context;
  const geometry = scope.need(element, 'multiPointGeometry');
  const points = scope.shared.of(readCoordinates(scope.need(geometry, 'posList'), scope, 2).map(Math.fround));
  return {
    type: 'multiPoint',
    ...context.base,
    ...readDistributedSeismicity(element, geometry, context),
    mfd: readMultiMfd(element, scope, points.length / 2),
    points,
  };
}
