import { setTimeout } from 'node:timers/promises';
import type { DataFolder } from './data-folder.js';
import { EngineError, withRemedy } from './errors.js';
import { adoptResults } from './results.js';
import { lineUpAgain } from './resume.js';
import { isLive, type JobRecord } from './store/job-record.js';
import type { JobStore } from './store/job-store.js';
import { isAlive } from './store/process-mark.js';

/**
 * Aborts a job in any status that is not final: marks it, kills its process, removes what was half written; what it could go on
 * from stays.
 * Errors: EngineError UNKNOWN_JOB, WRONG_STATUS.
 */
export async function abortJob(store: JobStore, folder: DataFolder, id: number): Promise<void> {
  const job = store.get(id);
  if (job.status === 'deleted') throw new EngineError('UNKNOWN_JOB', `Unknown job ${id}`);
  if (!store.abort(id)) throw new EngineError('WRONG_STATUS', `Job ${id} is not running`);
  store.log(id, 'WARNING', `engine/${process.pid}`, 'aborted by the user');
  await killRunner(job);
  folder.removeUnfinished(id);
}

/** Ends the process of a job for good; returns when it is gone. */
async function killRunner({ runner }: JobRecord): Promise<void> {
  if (!runner || runner.pid === process.pid || !isAlive(runner)) return;
  process.kill(runner.pid, 'SIGKILL');
  while (isAlive(runner)) await setTimeout(10);
}

/**
 * Removes a job with all its files; its id is never used again. A running one is aborted first.
 * Errors: EngineError UNKNOWN_JOB, HAS_CHILDREN.
 */
export async function removeJob(store: JobStore, folder: DataFolder, id: number): Promise<void> {
  const job = store.find(id);
  if (!job) throw new EngineError('UNKNOWN_JOB', `Cannot delete calculation ${id}: ID does not exist`);
  const children = store.children(id);
  if (children.length > 0)
    throw new EngineError(
      'HAS_CHILDREN',
      `Cannot delete calculation ${id}: the calculations ${children.join(', ')} depend on it`,
    );
  if (isLive(job.status)) await abortJob(store, folder, id);
  store.delete(id);
  folder.removeResults(id);
  folder.removeInputs(id);
}

/**
 * Puts right every job whose process has died without a word: one whose results were finished before is complete, one of a server
 * that is gone, too, waits in line for the next one, all others fail. Returns the ids of the failed ones.
 * @param watched jobs whose process somebody looks after already, who will know better why it died
 * @param goOn whether jobs of a server may go back in line
 */
export async function failDeadJobs(
  store: JobStore,
  folder: DataFolder,
  watched: { has(id: number): boolean } = new Set<number>(),
  goOn = folder.server() === undefined,
): Promise<number[]> {
  const dead: number[] = [];
  for (const job of store.list({ live: true, limit: Number.MAX_SAFE_INTEGER })) {
    if (!job.runner || watched.has(job.id) || isAlive(job.runner)) continue;
    // its own last word may have come between the two looks
    if (!isLive(store.get(job.id).status) || (await adoptResults(store, folder, job.id))) continue;
    if (goOn && lineUpAgain(store, folder, job)) continue;
    const reason = withRemedy('RUNNER_DIED', 'the runner died, its process is gone');
    if (!store.fail(job.id, [reason])) continue;
    store.log(job.id, 'CRITICAL', `engine/${process.pid}`, reason);
    folder.removeUnfinished(job.id);
    dead.push(job.id);
  }
  return dead;
}
