import type { AreaSource } from '../../hazard/sources/source.js';
import { readDistributedSeismicity } from './elements/distributed-seismicity.js';
import { readMfd } from './elements/mfd.js';
import { checkCrossings, withoutRepetitions } from './elements/polyline.js';
import { POSITIVE, type Scope } from '../nrml/scope.js';
import type { ReadingContext } from './source-reader.js';
import { readCoordinates } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** Reads `areaSource`. */
export function readAreaSource(element: Element, context: ReadingContext): AreaSource {
  const { scope } = context;
  const geometry = scope.need(element, 'areaGeometry');
  const polygon = readPolygon(geometry, scope);
  const discretization = scope.optionalAttribute(geometry, 'discretization', POSITIVE);
  const mfd = readMfd(element, scope, context.widthOfMfdBin);
  if (mfd.kind === 'taperedGutenbergRichter')
    scope.fault(element, 'an area source cannot be divided into points with a tapered Gutenberg-Richter distribution', {
      code: 'INVALID_MFD',
    });
  return {
    type: 'area',
    ...context.base,
    ...readDistributedSeismicity(element, geometry, context),
    mfd,
    polygon,
    ...(discretization !== undefined && { discretization }),
  };
}

/** The outer ring of an <areaGeometry> [lon, lat, ...], checked. */
export function readPolygon(geometry: Element, scope: Scope): Float64Array {
  const outline = scope.need(geometry, 'Polygon');
  for (const hole of scope.childrenNamed(outline, 'interior')) {
    scope.warn(hole, 'a hole of the area is not used, as in the OpenQuake engine: the whole outline counts');
    scope.skip(hole);
  }
  const ring = scope.need(outline, 'exterior', 'LinearRing', 'posList');
  // a last point that repeats the first stays: it makes another source of the same polygon, as in the reference
  const polygon = scope.shared.of(withoutRepetitions(readCoordinates(ring, scope, 2), false));
  if (polygon.length < 8 && withoutRepetitions(polygon, true).length < 6)
    scope.fault(ring, 'a polygon needs more points', {
      code: 'INVALID_GEOMETRY',
      allowed: 'at least 3 different points',
    });
  else checkCrossings(polygon, true, ring, scope, 'the polygon');
  return polygon;
}
