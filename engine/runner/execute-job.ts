import { TaskFailed, type Monitor } from '../../calculators/tasks/distributor.js';
import { runCalculation } from '../../calculators/run.js';
import { listOutputs } from '../../datastore/exports/registry.js';
import type { Job } from '../../job/job.js';
import { Refusal } from '../../hazard/refusal.js';
import { Checkpoint } from '../checkpoint/checkpoint.js';
import type { DataFolder } from '../data-folder.js';
import { makeDistributor } from '../distribution/make-distributor.js';
import { failJob } from './failure.js';
import type { JobReporter } from './job-reporter.js';
import type { ParentCalculation } from './parent.js';

/** A job and what it is run with. */
export interface Execution {
  readonly reporter: JobReporter;
  readonly folder: DataFolder;
  readonly id: number;
  /** threads; undefined: one per processor */
  readonly workers?: number;
  /** address of a Redis whose workers compute instead of threads */
  readonly redis?: string;
  /** a finished calculation whose rates are taken over */
  readonly parent?: ParentCalculation;
  /** told besides, for terminals */
  readonly echo?: Partial<Monitor>;
}

/** ms between two reports of the progress */
const PROGRESS_INTERVAL = 150;

/**
 * Runs a validated job to its end: complete, failed, or aborted by somebody else. Faults of the calculation do not throw; they are
 * the job's reason. What is written lies in the work folder of the job until it is complete.
 */
export async function executeJob(execution: Execution, job: Job): Promise<'complete' | 'failed' | 'aborted'> {
  const { reporter, folder, id, workers, redis, parent, echo } = execution;
  const log: Monitor['log'] = (level, message) => {
    reporter.log(level, message);
    echo?.log?.(level, message);
  };
  let lastReport = 0;
  const progress: Monitor['progress'] = (fraction, phase) => {
    echo?.progress?.(fraction, phase);
    const now = performance.now();
    if (now - lastReport < PROGRESS_INTERVAL && fraction < 1) return;
    lastReport = now;
    reporter.progress(fraction, phase);
  };
  if (!reporter.start()) return 'aborted';
  reporter.describe(job.parameters.calculationMode, job.parameters.description);
  for (const warning of job.warnings) log('WARNING', warning);
  const path = folder.makeWork(id).datastore;
  const distributor = await makeDistributor({ workers, redis, log: (text) => log('WARNING', text) });
  const checkpoint = new Checkpoint(folder.checkpoint(id), { log });
  try {
    const earlier = parent?.datastore;
    await runCalculation(job, { path, distributor, monitor: { log, progress }, records: checkpoint, earlier });
    return reporter.complete(await listOutputs(path)) ? 'complete' : 'aborted';
  } catch (error) {
    // what is refused will be refused again
    if (error instanceof Refusal) checkpoint.remove();
    if (error instanceof TaskFailed && error.label !== undefined)
      log('ERROR', `${error.message}; terrane replay ${id} ${error.label} runs it alone`);
    return failJob(reporter, id, error) ? 'failed' : 'aborted';
  } finally {
    checkpoint.close();
    await distributor.close();
  }
}
