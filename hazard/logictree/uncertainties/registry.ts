import { areaSourceGeometryAbsolute } from './area-geometry.js';
import { aspectRatioUncertainties } from './aspect-ratio.js';
import { faultGeometryUncertainties } from './fault-geometry.js';
import { gutenbergRichterUncertainties } from './gutenberg-richter.js';
import { setHypoDepthDistribution } from './hypocentral-depths.js';
import { incrementalMfdAbsolute } from './incremental.js';
import { recomputeMmax } from './recompute-mmax.js';
import { setRuptureMeshSpacingAbsolute } from './rupture-mesh.js';
import { seismogenicDepthUncertainties } from './seismogenic-depth.js';
import { truncatedGrFromSlipAbsolute } from './slip-rate.js';
import type { Uncertainty } from './uncertainty.js';

/** Changes nothing, whatever its values. */
const dummy: Uncertainty = { type: 'dummy', valueKind: 'number', requires: 'none', apply: (source) => source };

/** Every uncertainty that changes sources, by its type in the file. */
export const UNCERTAINTIES: ReadonlyMap<string, Uncertainty> = new Map(
  [
    areaSourceGeometryAbsolute,
    dummy,
    incrementalMfdAbsolute,
    recomputeMmax,
    setHypoDepthDistribution,
    setRuptureMeshSpacingAbsolute,
    truncatedGrFromSlipAbsolute,
    ...aspectRatioUncertainties,
    ...faultGeometryUncertainties(),
    ...gutenbergRichterUncertainties,
    ...seismogenicDepthUncertainties,
  ].map((uncertainty) => [uncertainty.type, uncertainty]),
);

/** Types that later versions of the OpenQuake engine have and this engine does not, with what they would need. */
export const UNSUPPORTED_UNCERTAINTIES: ReadonlyMap<string, string> = new Map([
  ...['bACAbsolute', 'bACRelative', 'maxMagAndDeltaMagACRelative', 'maxMagAndDeltaMagACRelativeNoMoBalance'].map(
    (type): [string, string] => [type, 'alternative characteristic magnitude-frequency distributions'],
  ),
  ...['rateSplit', 'recurRow', 'recurSet'].map((type): [string, string] => [type, 'recurrence parameters in rows']),
]);
