import type { KiteFaultSource } from '../../hazard/sources/source.js';
import { readFaultProperties } from './elements/fault-properties.js';
import type { ReadingContext } from './source-reader.js';
import { readKiteSurface, readSimpleFaultGeometry } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** The surface comes as profiles or, as for a simple fault, as trace, dip and depths. */
export function readKiteFaultSource(element: Element, context: ReadingContext): KiteFaultSource {
  const { scope } = context;
  const simple = scope.child(element, 'simpleFaultGeometry');
  return {
    type: 'kiteFault',
    ...context.base,
    ...readFaultProperties(element, context),
    geometry: simple
      ? readSimpleFaultGeometry(simple, scope)
      : readKiteSurface(scope.need(element, 'kiteSurface'), scope),
  };
}
