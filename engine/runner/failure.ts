import { TaskFailed } from '../../calculators/tasks/distributor.js';
import { Refusal } from '../../hazard/refusal.js';
import { EngineError } from '../errors.js';
import type { JobReporter } from './job-reporter.js';

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
export function failJob(reporter: JobReporter, error: unknown): boolean {
  const reason = reasonOf(error);
  if (!reporter.fail(reason)) return false;
  if (reason[0].startsWith('internal fault') && error instanceof Error) {
    const cause = error.cause instanceof Error ? error.cause : error;
    reporter.log('DEBUG', cause.stack ?? cause.message);
  }
  reporter.log('CRITICAL', reason.join('\n'));
  return true;
}
