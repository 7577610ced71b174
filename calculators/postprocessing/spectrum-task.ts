/**
 * Work on spectra in a worker: some units of some sources against one site, giving moments of the ground motion of the ruptures
 * that exceed a level, by source group and model.
 */
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { RateRows } from '../../hazard/contexts/rate-rows.js';
import { addMoments, MOMENTS, type SpectrumRequest } from '../../hazard/spectrum/moments.js';
import type { SourceWork } from '../tasks/source-block.js';
import type { TaskWorker } from '../tasks/task-worker.js';

/** What a worker is asked for: weighted moments of ln Y of all measures at one site from some sources of a block. */
export interface SpectrumTask extends SourceWork {
  readonly site: number;
  readonly request: SpectrumRequest;
}
/** Moments [probabilities x measures x MOMENTS] of one source group with one model of its region. */
interface MomentSum {
  readonly group: number;
  readonly model: number;
  readonly moments: Float64Array;
}
/** Sums of the moments by source group and model. */
export interface SpectrumResult {
  readonly moments: readonly MomentSum[];
  readonly contexts: number;
}

/** Runs the task in a worker: see SpectrumTask. */
export function runSpectrum(worker: TaskWorker, task: SpectrumTask): SpectrumResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, [task.site, task.site + 1]);
  const before = region.contexts;
  const size = task.request.totals.length * worker.setup.imts.length * MOMENTS;
  const byKey = new Map<number, MomentSum>();
  const sumOf = (group: number, model: number): Float64Array => {
    const key = group * region.models.count + model;
    let sum = byKey.get(key);
    if (!sum) byKey.set(key, (sum = { group, model, moments: new Float64Array(size) }));
    return sum.moments;
  };
  for (const { source, first, last } of task.ranges) {
    const { groups } = block.sources[source];
    const batch = region.batch(groups.length);
    region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, () => {
      const rows = Math.max(1, batch.rateRows?.count ?? 1);
      meanRates(batch, worker.setup.investigationTime);
      for (let k = 0; k < region.models.count; k++) {
        const ofRows = new Float64Array(rows * size);
        for (const { weight, motion } of region.models.evaluate(k, batch))
          addMoments(batch, motion, task.request, worker.table, weight, ofRows);
        groups.forEach((group, column) => {
          spread(ofRows, batch.rateRows, column, sumOf(group, k));
        });
      }
    });
  }
  return { moments: [...byKey.values()], contexts: region.contexts - before };
}

/** Adds the sums of rate rows, times the rates of a column in them, to the sum of the column. */
function spread(ofRows: Float64Array, rows: RateRows | undefined, column: number, sum: Float64Array): void {
  const size = sum.length;
  for (let at = 0; at < ofRows.length; at += size) {
    const rate = rows ? rows.rates[(at / size) * rows.columns + column] : 1;
    if (rate === 0) continue;
    for (let k = 0; k < size; k++) sum[k] += rate * ofRows[at + k];
  }
}

/** Ruptures with explicit probabilities get the rate with which they do not happen just as often: -ln P(0) / T. */
export function meanRates(batch: ContextBatch, investigationTime: number): void {
  for (let r = 0; r < batch.ruptures; r++) {
    const probabilities = batch.probabilities[r];
    if (probabilities) batch.rates[r] = -Math.log(probabilities[0]) / investigationTime;
  }
}
