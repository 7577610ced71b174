import { statSync } from 'node:fs';
import type { Monitor } from '../../calculators/tasks/distributor.js';
import { runCalculation } from '../../calculators/run.js';
import { listOutputs } from '../../datastore/exports/registry.js';
import type { Job } from '../../job/job.js';
import type { DataFolder } from '../data-folder.js';
import { makeDistributor } from '../distribution/make-distributor.js';
import type { JobStore } from '../store/job-store.js';
import { markProcess } from '../store/process-mark.js';
import { failJob } from './failure.js';

/** A job and what it is run with. */
export interface Execution {
  readonly store: JobStore;
  readonly folder: DataFolder;
  readonly id: number;
  /** threads; undefined: one per processor */
  readonly workers?: number;
  /** told besides the store, for terminals */
  readonly echo?: Partial<Monitor>;
}

/** ms between two writes of the progress */
const PROGRESS_INTERVAL = 150;

/**
 * Runs a validated job that is in the store as created or submitted, to its end: complete, failed, or aborted by somebody else.
 * Faults of the calculation do not throw; they are the job's reason.
 */
export async function executeJob(execution: Execution, job: Job): Promise<'complete' | 'failed' | 'aborted'> {
  const { store, folder, id, workers, echo } = execution;
  const processName = `runner/${process.pid}`;
  const log: Monitor['log'] = (level, message) => {
    store.log(id, level, processName, message);
    echo?.log?.(level, message);
  };
  let lastWrite = 0;
  const progress: Monitor['progress'] = (fraction, phase) => {
    echo?.progress?.(fraction, phase);
    const now = performance.now();
    if (now - lastWrite < PROGRESS_INTERVAL && fraction < 1) return;
    lastWrite = now;
    store.progress(id, fraction, phase);
  };
  if (!store.start(id, markProcess(process.pid))) return 'aborted';
  store.describe(id, job.parameters.calculationMode, job.parameters.description);
  for (const warning of job.warnings) log('WARNING', warning);
  const path = folder.datastore(id);
  const distributor = makeDistributor(workers);
  try {
    await runCalculation(job, { path, distributor, monitor: { log, progress } });
    for (const { type, name, formats } of await listOutputs(path)) store.addOutput(id, type, name, formats);
    const completed = store.complete(id, statSync(path).size);
    if (!completed) folder.removeResults(id);
    return completed ? 'complete' : 'aborted';
  } catch (error) {
    folder.removeResults(id);
    return failJob(store, id, error, processName) ? 'failed' : 'aborted';
  } finally {
    await distributor.close();
  }
}
