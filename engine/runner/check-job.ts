import { join } from 'node:path';
import type { FaultFacts } from '../../hazard/refusal.js';
import type { JobInputs } from '../store/job-record.js';
import { PREVIEW_FILE } from './messages.js';
import { RunnerProcess } from './runner-process.js';
import type { WatchLimits } from './process-watch.js';

/** What is wrong with a job: one fault a line, and the faults as programs read them. */
export interface CheckedJob {
  readonly lines: readonly string[];
  readonly faults: readonly FaultFacts[];
}

/** Reading a job only to check it: s and bytes. */
const CHECK_LIMITS: WatchLimits = { seconds: 60, memory: 2 ** 30 };

/**
 * Reads a job in a process of its own, with limits. `workFolder` holds the archive, and archives are unpacked there.
 * Returns what is wrong, line by line and as data; nothing for a good job.
 */
export async function checkJob(inputs: JobInputs, workFolder: string, limits = CHECK_LIMITS): Promise<CheckedJob> {
  return check('check', inputs, workFolder, limits);
}

/** Sizes a preview may need besides: s and bytes. */
const PREVIEW_LIMITS: WatchLimits = { seconds: 300, memory: 4 * 2 ** 30 };

/**
 * Reads a job and says what it is: `preview` is the file with a JobPreview (JSON) in the work folder, where nothing is wrong. Somebody who
 * no longer wants to know aborts `signal`.
 */
export async function previewOfJob(
  inputs: JobInputs,
  workFolder: string,
  signal: AbortSignal,
): Promise<CheckedJob & { readonly preview?: string }> {
  const checked = await check('preview', inputs, workFolder, PREVIEW_LIMITS, signal);
  return checked.lines.length > 0 ? checked : { ...checked, preview: join(workFolder, PREVIEW_FILE) };
}

async function check(
  mode: 'check' | 'preview',
  inputs: JobInputs,
  workFolder: string,
  limits: WatchLimits,
  signal?: AbortSignal,
): Promise<CheckedJob> {
  let checked: CheckedJob | undefined;
  const runner = new RunnerProcess(
    { kind: 'task', mode, id: 0, inputs, dataFolder: workFolder, workFolder },
    { view: { readable: [], writable: [workFolder] }, limits },
    (message) => {
      if (message.kind === 'checked') checked = { lines: message.lines, faults: message.faults };
    },
  );
  signal?.addEventListener('abort', () => runner.kill());
  const reason = await runner.ended;
  return checked ?? { lines: [reason ?? 'the check ended without a word'], faults: [] };
}
