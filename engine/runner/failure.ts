import { TaskFailed } from '../../calculators/tasks/distributor.js';
import { Refusal } from '../../hazard/refusal.js';
import type { JobStore } from '../store/job-store.js';
import { EngineError } from '../errors.js';

/** What a user is told about an error: plain sentences, one fault a line. */
export function reasonOf(error: unknown): string[] {
  if (error instanceof Refusal) return error.message.split('\n');
  if (error instanceof TaskFailed || error instanceof EngineError || error instanceof RangeError)
    return [error.message];
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC') return [`no space left on the disk (${message})`];
  return [`internal fault: ${message || 'without a message'}`];
}

/** Ends a job as failed: the reason goes to the job and to its log, the place in the code to the log's details only. */
export function failJob(store: JobStore, id: number, error: unknown, processName: string): boolean {
  const reason = reasonOf(error);
  if (!store.fail(id, reason)) return false;
  if (reason[0].startsWith('internal fault') && error instanceof Error) {
    const cause = error.cause instanceof Error ? error.cause : error;
    store.log(id, 'DEBUG', processName, cause.stack ?? cause.message);
  }
  store.log(id, 'CRITICAL', processName, reason.join('\n'));
  return true;
}
