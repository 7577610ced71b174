import type { JobInputs } from '../store/job-record.js';
import { RunnerProcess } from './runner-process.js';
import type { WatchLimits } from './process-watch.js';

/** Reading a job only to check it: s and bytes. */
const CHECK_LIMITS: WatchLimits = { seconds: 60, memory: 2 ** 30 };

/**
 * Reads a job in a process of its own, with limits. `workFolder` holds the archive, and archives are unpacked there.
 * Returns every fault, none for a good job.
 */
export async function checkJob(
  inputs: JobInputs,
  workFolder: string,
  limits = CHECK_LIMITS,
): Promise<readonly string[]> {
  let faults: readonly string[] | undefined;
  const runner = new RunnerProcess(
    { kind: 'task', mode: 'check', id: 0, inputs, dataFolder: workFolder, workFolder },
    { view: { readable: [], writable: [workFolder] }, limits },
    (message) => {
      if (message.kind === 'checked') faults = message.faults;
    },
  );
  const reason = await runner.ended;
  return faults ?? [reason ?? 'the check ended without a word'];
}
