/** Mean rates by source (disagg_by_src): which sources are listed, and how the rates of a tile are written. */
import type { CalculationFile } from '../../datastore/calculation-file.js';
import { isSpecial } from '../../hazard/logictree/logic-tree.js';
import { coreId } from '../../hazard/sources/source-id.js';
import type { Job } from '../../job/job.js';
import { SMALLEST_NUMBER } from '../postclassical/realization-curves.js';

/** Names under which mean rates by source are listed, sorted; none where they are not kept. */
export function listedSources(job: Job): string[] {
  if (!job.parameters.disaggBySource) return [];
  const names = job.groups.flatMap((group) => {
    const ids = group.sources.map((source) => coreId(source.id));
    return isSpecial(group.interdependence) ? [[...new Set(ids)].join('+')] : ids;
  });
  return [...new Set(names)].sort();
}

/** Writes rates [sites x levels x sources] of sites first .. last - 1. bySource: rates [sites x levels] by name. */
export function writeRatesBySource(
  file: CalculationFile,
  [first, last]: readonly [number, number],
  names: readonly string[],
  bySource: ReadonlyMap<string, Float64Array>,
  levelCount: number,
): void {
  const values = new Float64Array((last - first) * levelCount * names.length);
  names.forEach((name, s) => {
    const own = bySource.get(name);
    if (!own) return;
    for (let k = 0; k < own.length; k++) values[k * names.length + s] = own[k] < SMALLEST_NUMBER ? 0 : own[k];
  });
  file.writeRatesBySource(first, last, values);
}
