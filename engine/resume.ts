/** Jobs that ended before they were complete, and go on: with what was computed, where there is something (docs/decisions/resume.md). */
import { existsSync } from 'node:fs';
import type { DataFolder } from './data-folder.js';
import { EngineError } from './errors.js';
import type { JobRecord, ProcessMark } from './store/job-record.js';
import type { JobStore } from './store/job-store.js';

/** ms before a job goes on by itself for the first, second ... time: one that kills its processes must not circle. */
const PAUSES = [0, 30_000, 300_000];

/**
 * Enters a job that failed or was aborted again: for a process that runs it itself, or in line. A job in line is taken by a process
 * only where no server would run it.
 * Errors: EngineError UNKNOWN_JOB, WRONG_STATUS for a job that is not over or that is complete, or whose inputs are gone.
 */
export function enterAgain(store: JobStore, folder: DataFolder, id: number, runner?: ProcessMark): void {
  const { status, inputs } = store.get(id);
  if (status === 'deleted') throw new EngineError('UNKNOWN_JOB', `Unknown job ${id}`);
  const waits = status === 'submitted' && runner !== undefined && !folder.server();
  if (status !== 'failed' && status !== 'aborted' && !waits)
    throw new EngineError('WRONG_STATUS', `Job ${id} is ${status}: only a job that failed or was aborted can go on`);
  if (inputs.source === '' || !existsSync(inputs.source))
    throw new EngineError('WRONG_STATUS', `Job ${id} cannot go on: its inputs are no longer there`);
  if (!store.resume(id, runner)) throw new EngineError('WRONG_STATUS', `Job ${id} is going on already`);
  folder.clearWork(id);
  store.log(id, 'INFO', `engine/${process.pid}`, 'the job goes on');
}

/**
 * Puts a job back in line whose process is gone together with its server: the next server goes on with it. False for one that has
 * been tried too often, or that no server has taken in.
 */
export function lineUpAgain(store: JobStore, folder: DataFolder, { id, status, inputs, attempts }: JobRecord): boolean {
  if (status !== 'executing' || !inputs.source.startsWith(folder.inputs(id))) return false;
  if (attempts >= PAUSES.length || !store.lineUpAgain(id, attempts + 1, Date.now() + PAUSES[attempts])) return false;
  folder.removeUnfinished(id);
  const pause = PAUSES[attempts] === 0 ? '' : ` in ${PAUSES[attempts] / 1000} s`;
  const attempt = `attempt ${attempts + 1} of ${PAUSES.length}`;
  store.log(
    id,
    'WARNING',
    `engine/${process.pid}`,
    `the runner died: its process is gone; the job goes on${pause} (${attempt})`,
  );
  return true;
}
