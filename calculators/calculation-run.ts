/** One run of a job: what every phase has at hand, and where it tells how far it is. */
import type { CalculationFile } from '../datastore/calculation-file.js';
import { type RateColumn, rateColumns } from '../hazard/logictree/choice-model.js';
import type { Job } from '../job/job.js';
import { type CurveStatisticsRequest, statisticsRequest } from './postclassical/curve-statistics.js';
import type { Distributor, Monitor } from './tasks/distributor.js';
import { meanWeights } from './tasks/mean-weights.js';
import type { TaskRecords } from './tasks/task-records.js';

/** The phases with the part of the progress bar that each fills. */
const PROGRESS = {
  preclassical: [0, 0.1],
  classical: [0.1, 0.97],
  postclassical: [0.97, 0.98],
  disaggregation: [0.98, 0.99],
  'post-processing': [0.99, 1],
} as const;
/** The phases of a run. */
export type Phase = keyof typeof PROGRESS;

/** Wall time and memory of a phase, for the results. */
export interface PhasePerformance {
  readonly operation: string;
  seconds: number;
  memoryMb: number;
  counts: number;
}

/** A run of a job: what every phase works with, and what the results tell about the phases. */
export class Run {
  /** what rates are made for: every source group with every model of its region */
  readonly columns: readonly RateColumn[];
  /** what the statistics of the curves need; undefined where none are wanted */
  readonly statistics: CurveStatisticsRequest | undefined;
  /** s of wall time after which a classical task hands back its rest */
  readonly budget: number;
  private weights: readonly (readonly number[])[] | undefined;
  private phase: Phase = 'preclassical';
  private begin = performance.now();
  private fraction = 0;
  private readonly rows = new Map<Phase, PhasePerformance>();

  /**
   * Errors: Refusal when the branch sets of the tree depend on one another in more ways than can be held.
   */
  constructor(
    readonly job: Job,
    readonly file: CalculationFile,
    readonly distributor: Distributor,
    readonly monitor: Monitor,
    /** where what is done is kept for a later run; absent: nowhere */
    readonly records?: TaskRecords,
  ) {
    this.budget = job.parameters.timePerTask;
    this.columns = rateColumns(job.logicTree, job.groups);
    this.statistics = statisticsRequest(job, this.columns);
  }

  /** Weight of each [source group][model of its region] in the mean: the sum over realizations. */
  get meanWeights(): readonly (readonly number[])[] {
    return (this.weights ??= meanWeights(this.job));
  }

  /** From now on time is counted for this phase; phases may take turns. `operation` names it in the results. */
  enter(phase: Phase, operation: string = phase): void {
    this.leave();
    this.phase = phase;
    if (!this.rows.has(phase)) this.rows.set(phase, { operation, seconds: 0, memoryMb: 0, counts: 0 });
  }

  /** Adds to what the present phase counts: sources, contexts ... */
  count(counts: number): void {
    this.rows.get(this.phase)!.counts += counts;
  }

  /** Tells how far the present phase is, 0 .. 1; the bar never goes back. */
  progress(fraction: number): void {
    const [from, to] = PROGRESS[this.phase];
    this.fraction = Math.max(this.fraction, from + (to - from) * Math.min(1, fraction));
    this.monitor.progress(this.fraction, this.phase);
  }

  /** The phases so far, in their order. */
  performance(): PhasePerformance[] {
    this.leave();
    return [...this.rows.values()];
  }

  private leave(): void {
    const now = performance.now();
    const row = this.rows.get(this.phase);
    if (row) {
      row.seconds += (now - this.begin) / 1000;
      row.memoryMb = process.memoryUsage.rss() / 2 ** 20;
    }
    this.begin = now;
  }
}
