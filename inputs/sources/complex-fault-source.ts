import type { ComplexFaultSource } from '../../hazard/sources/source.js';
import { readFaultProperties } from './elements/fault-properties.js';
import type { ReadingContext } from './source-reader.js';
import { readComplexFaultGeometry } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** Reads `complexFaultSource`. */
export function readComplexFaultSource(element: Element, context: ReadingContext): ComplexFaultSource {
  const geometry = context.scope.need(element, 'complexFaultGeometry');
  return {
    type: 'complexFault',
    ...context.base,
    ...readFaultProperties(element, context),
    geometry: readComplexFaultGeometry(geometry, context.scope),
  };
}
