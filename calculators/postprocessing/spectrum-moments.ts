/** Moments of ground motion at the levels of the mean hazard map of one site: what median and conditional spectra share. */
import { MOMENTS, type SpectrumRequest } from '../../hazard/spectrum/moments.js';
import { wantedStatistics } from '../postclassical/wanted-curves.js';
import { runInOrder } from '../tasks/ordered-tasks.js';
import type { Run } from '../calculation-run.js';
import { type MeasuredSources, workOf } from '../preclassical/work-items.js';

/** ln levels [probabilities x measures] of the mean hazard map of a site; NaN where the curve does not reach the probability. */
export function meanMapLevels({ job, file }: Run, site: number): Float64Array {
  const mean = wantedStatistics(job.parameters).findIndex(({ kind }) => kind === 'mean');
  const map = file.readMap(site, mean);
  const [measures, poes] = [job.imts.length, job.parameters.poes.length];
  return Float64Array.from({ length: map.length }, (_, cell) => {
    const level = map[(cell % measures) * poes + Math.floor(cell / measures)];
    return level > 0 ? Math.log(level) : NaN;
  });
}

/** Moments [probabilities x measures x MOMENTS] of one site by source group, as the mean over the branches of the group. */
export async function spectrumMoments(
  run: Run,
  { items }: MeasuredSources,
  site: number,
  request: SpectrumRequest,
): Promise<Map<number, Float64Array>> {
  const { job, meanWeights } = run;
  const size = request.totals.length * job.imts.length * MOMENTS;
  const byGroup = new Map<number, Float64Array>();
  const tasks = items.map((item) => ({ ...workOf(item), site, request }));
  await runInOrder(run, 'spectrum', tasks, {
    take: (result) => {
      for (const { group, model, moments } of result.moments) {
        const weight = meanWeights[group][model] ?? 0;
        if (weight === 0) continue;
        let sum = byGroup.get(group);
        if (!sum) byGroup.set(group, (sum = new Float64Array(size)));
        for (let k = 0; k < size; k++) sum[k] += weight * moments[k];
      }
    },
  });
  return byGroup;
}

/** Adds up equal-sized arrays. */
export function total(rows: Iterable<Float64Array>, size: number): Float64Array {
  const sum = new Float64Array(size);
  for (const row of rows) for (let k = 0; k < size; k++) sum[k] += row[k];
  return sum;
}
