/** Jobs that ended before they were complete, and go on: with what was computed, where there is something (docs/decisions/resume.md). */
import { existsSync } from 'node:fs';
import type { DataFolder } from './data-folder.js';
import { EngineError } from './errors.js';
import type { ProcessMark } from './store/job-record.js';
import type { JobStore } from './store/job-store.js';

/**
 * Enters a job that failed or was aborted again: for a process that runs it itself, or in line.
 * Errors: EngineError UNKNOWN_JOB, WRONG_STATUS for a job that is not over or that is complete, or whose inputs are gone.
 */
export function enterAgain(store: JobStore, folder: DataFolder, id: number, runner?: ProcessMark): void {
  const { status, inputs } = store.get(id);
  if (status === 'deleted') throw new EngineError('UNKNOWN_JOB', `Unknown job ${id}`);
  if (status !== 'failed' && status !== 'aborted')
    throw new EngineError('WRONG_STATUS', `Job ${id} is ${status}: only a job that failed or was aborted can go on`);
  if (inputs.source === '' || !existsSync(inputs.source))
    throw new EngineError('WRONG_STATUS', `Job ${id} cannot go on: its inputs are no longer there`);
  if (!store.resume(id, runner)) throw new EngineError('WRONG_STATUS', `Job ${id} is going on already`);
  folder.clearWork(id);
  store.log(id, 'INFO', `engine/${process.pid}`, 'the job goes on');
}
