import type { BatchState, ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { RateRowsState } from '../../hazard/contexts/rate-rows.js';
import { addContributions, addPoissonRates, type Contribution } from '../../hazard/exceedance/accumulate.js';
import type { RowSums } from '../../hazard/exceedance/row-sums.js';
import type { WorkSource } from '../tasks/source-block.js';
import type { RegionTile, TaskWorker } from '../tasks/task-worker.js';
import { dispersion, sourceContribution } from './occurrence-rules.js';
import type { RateSums } from './rate-sums.js';

/** What an unfinished addition passes on. */
export interface PausedAddition {
  /** contexts that are not added yet */
  readonly batch: BatchState;
  /** sums by rate row that are not in the rates yet: [models][rows] of [tile sites x levels] */
  readonly rows?: RateRowsState & { readonly sums: readonly (readonly Float64Array[])[] };
}

/** Adds batches of independent ruptures, of sources whose rates stand in the same columns. */
export class BatchAddition {
  readonly batch: ContextBatch;
  private readonly contribution: Contribution;
  /** by model, where there are several columns */
  private readonly rowSums: readonly RowSums[];

  constructor(
    private readonly worker: TaskWorker,
    private readonly region: RegionTile,
    private readonly work: WorkSource,
    private readonly target: () => RateSums,
    paused?: PausedAddition,
  ) {
    this.batch = region.batch(work.groups.length);
    const { investigationTime } = worker.setup;
    this.contribution = sourceContribution(work, investigationTime);
    this.rowSums = this.batch.rateRows ? region.newRowSums() : [];
    if (!paused) return;
    const { batch, rows } = paused;
    this.batch.restore(batch);
    if (!rows) return;
    this.batch.rateRows?.restore(rows);
    this.rowSums.forEach((sums, k) => sums.restore(rows.sums[k]));
  }

  /** Takes what the batch holds; a full table of rate rows is emptied into the columns. */
  readonly flush = (): void => {
    this.addBatch();
    if (this.batch.rateRows?.isFull) this.addRows();
  };

  /** Takes what the batch holds and brings everything into the columns. */
  finish(): void {
    this.addBatch();
    this.addRows();
  }

  /**
   * What stands in the batch and in the sums by row, untouched: batches are cut, and rows emptied, where they would have been
   * without the pause.
   */
  pause(): PausedAddition {
    const { batch, rowSums } = this;
    const { rateRows } = batch;
    const rows = rateRows && { ...rateRows.state(), sums: rowSums.map((sums) => sums.state(rateRows.count)) };
    return { batch: batch.state(), rows };
  }

  private addBatch(): void {
    const { batch, region, contribution, work, rowSums } = this;
    const { grid, table, amplification } = this.worker;
    if (batch.size > 0) {
      region.contexts += batch.size;
      const sums = this.target();
      const poissonian = dispersion(work) === undefined && !batch.probabilities.some((list) => list !== undefined);
      const factor = 1 / this.worker.setup.investigationTime;
      region.ranges.sample(batch);
      for (let k = 0; k < region.models.count; k++) {
        const motions = region.models.evaluate(k, batch);
        region.ranges.add(k, batch, motions, table);
        const targets = batch.rateRows ? rowSums[k].rows(batch.rateRows.count) : [sums.get(work.groups[0], k)];
        if (amplification)
          amplification.add(batch, motions, table, { contribution, factor }, targets, region.firstSite);
        else if (poissonian)
          for (const { weight, motion } of motions) addPoissonRates(batch, motion, grid, table, weight, targets);
        else addContributions(batch, motions, this.worker, contribution, targets[0], factor);
      }
    }
    batch.reset();
  }

  private addRows(): void {
    const { rateRows } = this.batch;
    if (!rateRows?.count) return;
    const sums = this.target();
    this.rowSums.forEach((rows, k) =>
      rows.addTo(
        this.work.groups.map((group) => sums.get(group, k)),
        rateRows,
      ),
    );
    rateRows.clear();
  }
}
