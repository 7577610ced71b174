/** Work on joint rates in a worker: some units of some sources against one site, as the mean over the branches of the logic tree. */
import { JointRates, type JointRequest } from '../../hazard/spectrum/joint-rates.js';
import type { SourceWork } from '../tasks/source-block.js';
import { meanRates } from './spectrum-task.js';
import type { TaskWorker } from '../tasks/task-worker.js';

/** What a worker is asked for: joint rates of two measures at one site from some sources of a block. */
export interface JointRatesTask extends SourceWork {
  readonly site: number;
  /** by source group of the block: weight of each model of the region in the mean */
  readonly weights: ReadonlyMap<number, readonly number[]>;
  readonly request: JointRequest;
}
/** Joint rates by cell. */
export interface JointRatesResult {
  /** 1/yr [cells of the first measure x cells of the second] */
  readonly cells: Float64Array;
}

/** Of batches without rate rows. */
const ONE_ROW = Float64Array.of(1);

/** Runs the task in a worker: see JointRatesTask. */
export function runJointRates(worker: TaskWorker, task: JointRatesTask): JointRatesResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, [task.site, task.site + 1]);
  const [levels, secondLevels] = task.request.levels;
  const cells = new Float64Array((levels.length - 1) * (secondLevels.length - 1));
  const joint = new JointRates(task.request);
  const rates = new Float64Array(region.capacity);
  for (const { source, first, last } of task.ranges) {
    const { groups } = block.sources[source];
    const batch = region.batch(groups.length);
    region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, () => {
      meanRates(batch, worker.setup.investigationTime);
      for (let k = 0; k < region.models.count; k++) {
        const weights = groups.map((group) => task.weights.get(group)?.[k] ?? 0);
        if (weights.every((weight) => weight === 0)) continue;
        const ofRow = batch.rateRows?.weighted(weights) ?? ONE_ROW;
        const share = batch.rateRows ? 1 : weights[0];
        for (let r = 0; r < batch.ruptures; r++) rates[r] = share * batch.rates[r] * ofRow[batch.row[r]];
        for (const { weight, motion } of region.models.evaluate(k, batch))
          joint.add(batch, motion, rates, weight, cells);
      }
    });
  }
  return { cells };
}
