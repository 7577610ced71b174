/** Moments of ground motion at the levels of the mean hazard map of one site: what median and conditional spectra share. */
import { MOMENTS, type SpectrumRequest } from '../../hazard/spectrum/moments.js';
import { wantedStatistics } from '../postclassical/wanted-statistics.js';
import { runInOrder } from '../tasks/ordered-tasks.js';
import type { PostProcessingInput } from './post-processing.js';

/** ln levels [probabilities x measures] of the mean hazard map of a site; NaN where the curve does not reach the probability. */
export function meanMapLevels({ job, file }: PostProcessingInput, site: number): Float64Array {
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
  { job, items, weights, distributor }: PostProcessingInput,
  site: number,
  request: SpectrumRequest,
): Promise<Map<number, Float64Array>> {
  const size = request.totals.length * job.imts.length * MOMENTS;
  const byGroup = new Map<number, Float64Array>();
  await runInOrder(
    items.length,
    distributor.workers,
    (number) => {
      const { block, ranges } = items[number];
      return distributor.run('spectrum', { number, block: block.number, blob: block.blob, ranges, site, request });
    },
    (result) => {
      for (const { group, model, moments } of result.moments) {
        const weight = weights[group][model] ?? 0;
        if (weight === 0) continue;
        let sum = byGroup.get(group);
        if (!sum) byGroup.set(group, (sum = new Float64Array(size)));
        for (let k = 0; k < size; k++) sum[k] += weight * moments[k];
      }
    },
  );
  return byGroup;
}

/** Adds up equal-sized arrays. */
export function total(rows: Iterable<Float64Array>, size: number): Float64Array {
  const sum = new Float64Array(size);
  for (const row of rows) for (let k = 0; k < size; k++) sum[k] += row[k];
  return sum;
}
