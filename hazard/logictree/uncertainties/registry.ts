import { faultGeometryUncertainties } from './fault-geometry.js';
import { gutenbergRichterUncertainties } from './gutenberg-richter.js';
import { incrementalMfdAbsolute } from './incremental.js';
import { recomputeMmax } from './recompute-mmax.js';
import { truncatedGrFromSlipAbsolute } from './slip-rate.js';
import type { Uncertainty } from './uncertainty.js';

/** Changes nothing, whatever its values. */
const dummy: Uncertainty = { type: 'dummy', valueKind: 'number', requires: 'none', apply: (source) => source };

/** Every uncertainty that changes sources, by its type in the file. */
export const UNCERTAINTIES: ReadonlyMap<string, Uncertainty> = new Map(
  [
    dummy,
    incrementalMfdAbsolute,
    recomputeMmax,
    truncatedGrFromSlipAbsolute,
    ...faultGeometryUncertainties,
    ...gutenbergRichterUncertainties,
  ].map((uncertainty) => [uncertainty.type, uncertainty]),
);
