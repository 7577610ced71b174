import { readAreaSource } from './area-source.js';
import { readCharacteristicFaultSource } from './characteristic-fault-source.js';
import { readComplexFaultSource } from './complex-fault-source.js';
import { readKiteFaultSource } from './kite-fault-source.js';
import { buildMultiFaultSource } from './multi-fault-source.js';
import { readMultiPointSource } from './multi-point-source.js';
import { buildNonParametricSource } from './non-parametric-source.js';
import { readPointSource } from './point-source.js';
import { readSimpleFaultSource } from './simple-fault-source.js';
import type { SourceEntry } from './source-reader.js';

/** Source types by their tag in NRML. */
export const SOURCE_READERS: Readonly<Record<string, SourceEntry>> = {
  areaSource: { read: readAreaSource },
  characteristicFaultSource: { read: readCharacteristicFaultSource },
  complexFaultSource: { read: readComplexFaultSource },
  kiteFaultSource: { read: readKiteFaultSource },
  multiFaultSource: { build: buildMultiFaultSource },
  multiPointSource: { read: readMultiPointSource },
  nonParametricSeismicSource: { build: buildNonParametricSource },
  pointSource: { read: readPointSource },
  simpleFaultSource: { read: readSimpleFaultSource },
};
