/** What runs in the threads of the pool: one task worker per thread, made from the setup that all tasks share. */
import { threadId } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import type { TaskName, TaskTypes } from '../../calculators/tasks/distributor.js';
import { runTask } from '../../calculators/tasks/run-task.js';
import type { CalculationSetup } from '../../calculators/tasks/calculation-setup.js';
import { TaskWorker } from '../../calculators/tasks/task-worker.js';
import { type Fault, Refusal } from '../../hazard/refusal.js';

/** Errors lose their class and fields between threads, so they travel as values. */
export type TaskOutcome = { readonly thread: number } & (
  | { readonly ok: true; readonly result: TaskTypes[TaskName]['result'] }
  /** `faults` of a Refusal: what the user is told */
  | { readonly ok: false; readonly message: string; readonly stack: string; readonly faults?: readonly Fault[] }
);

/** What a thread is asked to do. */
export interface PoolTask {
  readonly name: TaskName;
  readonly payload: TaskTypes[TaskName]['payload'];
  /** signs of life, in shared memory */
  readonly beats: Int32Array;
}

let opened: Promise<TaskWorker> | undefined;

/** Runs one task in the thread, which opens the calculation with its first one; faults come back as data. */
export default async function runInThread({ name, payload, beats }: PoolTask): Promise<unknown> {
  try {
    opened ??= TaskWorker.open(workerData as CalculationSetup);
    const worker = await opened;
    worker.beats = beats;
    return moved({ thread: threadId, ok: true, result: runTask(worker, name, payload) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const faults = error instanceof Refusal ? error.faults : undefined;
    return { thread: threadId, ok: false, message, stack: stack ?? message, faults } satisfies TaskOutcome;
  }
}

/** Lets the buffers of rates change threads instead of being copied. */
function moved(outcome: TaskOutcome): unknown {
  if (!outcome.ok || !('sums' in outcome.result)) return outcome;
  const buffers = [...new Set(outcome.result.sums.map(({ rates }) => rates.buffer))];
  return move({
    get [transferableSymbol]() {
      return buffers;
    },
    get [valueSymbol]() {
      return outcome;
    },
  });
}
