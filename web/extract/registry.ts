import type { Calculation } from '../../datastore/calculation.js';
import { curves } from './curves.js';
import { dataset } from './dataset.js';
import { disaggregation, disaggregationLayer } from './disaggregation.js';
import type { Extraction } from './extraction.js';
import { npyFile, textArray } from './npy.js';
import { oqparam } from './oqparam.js';
import { realizations } from './realizations.js';
import { sitecol } from './sitecol.js';
import { statisticsOrRealizations } from './whole-curves.js';
import { zipBuffers } from './zip-file.js';

/** By the name in the path; anything else is looked up as a dataset. */
export const EXTRACTIONS: Readonly<Record<string, Extraction>> = {
  disagg: disaggregation,
  disagg_layer: disaggregationLayer,
  hcurves: curves('hcurves'),
  'hcurves-rlzs': statisticsOrRealizations('hcurves-rlzs'),
  'hcurves-stats': statisticsOrRealizations('hcurves-stats'),
  hmaps: curves('hmaps'),
  'hmaps-rlzs': statisticsOrRealizations('hmaps-rlzs'),
  'hmaps-stats': statisticsOrRealizations('hmaps-stats'),
  oqparam,
  realizations,
  sitecol,
  uhs: curves('uhs'),
};

/** The NPZ for extract/WHAT?QUERY. Errors: Refusal for unknown things and wrong queries. */
export async function extract(
  calculation: Calculation,
  what: string,
  query: URLSearchParams,
  extractions: Readonly<Record<string, Extraction>> = EXTRACTIONS,
): Promise<Uint8Array> {
  const extraction = Object.hasOwn(extractions, what) ? extractions[what] : dataset(what);
  const members = extraction.extract(calculation, query);
  const arrays = { ...members, extra: members.extra ?? textArray(['value']) };
  return zipBuffers(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npyFile(array)]));
}
