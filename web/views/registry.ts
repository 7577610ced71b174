import { disaggregation } from './disaggregation.js';
import { hdf5View } from './hdf5.js';
import { logicTree } from './logic-tree.js';
import { map } from './map.js';
import { realizationCurves } from './realization-curves.js';
import { siteCurves } from './site-curves.js';
import { sites } from './sites.js';
import { sourceRates } from './source-rates.js';
import { summary } from './summary.js';
import type { View } from './view.js';

/** Views by the last part of their address, /v2/calc/ID/NAME. */
export const VIEWS: Readonly<Record<string, View>> = {
  summary,
  sites,
  map,
  curves: siteCurves,
  realizations: realizationCurves,
  sources: sourceRates,
  disaggregation,
  tree: logicTree,
  hdf5: hdf5View,
};
