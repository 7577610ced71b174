import type { CharacteristicFaultSource } from '../../hazard/sources/source.js';
import { readRake } from './elements/fault-properties.js';
import { readMfd } from './elements/mfd.js';
import { refuseOtherOccurrence } from './elements/occurrence.js';
import type { ReadingContext } from './source-reader.js';
import { readSurfaces } from './elements/surface-geometry.js';
import type { Element } from '../nrml/xml.js';

/** Reads `characteristicFaultSource`. */
export function readCharacteristicFaultSource(element: Element, context: ReadingContext): CharacteristicFaultSource {
  const { scope } = context;
  refuseOtherOccurrence(element, context);
  return {
    type: 'characteristicFault',
    ...context.base,
    mfd: readMfd(element, scope, context.widthOfMfdBin),
    rake: readRake(element, scope),
    surfaces: readSurfaces(scope.need(element, 'surface'), scope),
  };
}
