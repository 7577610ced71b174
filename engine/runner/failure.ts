import { type ToldError, tellError } from '../tell-error.js';
import type { JobReporter } from './job-reporter.js';

/** What a user is told about an error of a calculation. */
export function tellJobError(error: unknown, id: number): ToldError {
  return tellError(error, { what: `calculation ${id}`, details: `the log of calculation ${id} at level DEBUG` });
}

/** Ends a job as failed: the reason goes to the job and to its log, the place in the code to the log's details only. */
export function failJob(reporter: JobReporter, id: number, error: unknown): boolean {
  const { lines, faults, details } = tellJobError(error, id);
  if (!reporter.fail(lines, faults)) return false;
  if (details !== undefined) reporter.log('DEBUG', details);
  reporter.log('CRITICAL', lines.join('\n'));
  return true;
}
