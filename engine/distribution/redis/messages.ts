import type { TaskName, TaskTypes } from '../../../calculators/tasks/distributor.js';
import type { Fault } from '../../../hazard/refusal.js';

/** What the queue carries for a task: keys of content, no content. */
export interface QueuedTask {
  /** of the run: what is cached for one is not mixed with that of another */
  readonly run: string;
  readonly name: TaskName;
  /** content: what all tasks of the run share, and the data tables of its models */
  readonly setup: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** content: what this task is given, but for the packed block */
  readonly payload: string;
  /** content: the packed block */
  readonly blob?: string;
}

/** What a worker answers: where the outcome is, or that nobody waits for it any more. */
export type TaskAnswer = { readonly outcome: string } | { readonly gone: true };

/** The outcome of a task, as it lies in Redis. */
export type RemoteOutcome =
  | { readonly ok: true; readonly result: TaskTypes[TaskName]['result'] }
  /** `lost`: the thread of the task died; `faults` of a Refusal */
  | {
      readonly ok: false;
      readonly lost: boolean;
      readonly message: string;
      readonly stack: string;
      readonly faults?: readonly Fault[];
    };

/** What a worker says of itself. */
export interface WorkerFacts {
  readonly program: string;
  readonly threads: number;
  /** host and process */
  readonly where: string;
}
