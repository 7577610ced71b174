/**
 * How calculators hand out work. The calculators know this interface only; the engine implements it (in the runner's own
 * thread, by a piscina pool, later by a queue). Threads exchange the messages listed here and nothing else.
 */
import type { ClassicalResult, ClassicalTask } from '../classical/classical-task.js';
import type { DisaggregatedCells, DisaggregationTask } from '../disaggregation/disaggregation-task.js';
import type { PostclassicalResult, PostclassicalTask } from '../postclassical/postclassical-task.js';
import type { JointRatesResult, JointRatesTask } from '../postprocessing/joint-rates-task.js';
import type { PreclassicalResult, PreclassicalTask } from '../preclassical/preclassical-task.js';
import type { SpectrumResult, SpectrumTask } from '../postprocessing/spectrum-task.js';
import type { CalculationSetup } from './calculation-setup.js';

/** Work by name: payload and result of each task. Typed arrays in results may be transferred. */
export interface TaskTypes {
  preclassical: { payload: PreclassicalTask; result: PreclassicalResult };
  classical: { payload: ClassicalTask; result: ClassicalResult };
  disaggregation: { payload: DisaggregationTask; result: readonly DisaggregatedCells[] };
  spectrum: { payload: SpectrumTask; result: SpectrumResult };
  postclassical: { payload: PostclassicalTask; result: PostclassicalResult };
  jointRates: { payload: JointRatesTask; result: JointRatesResult };
}
/** The kinds of tasks. */
export type TaskName = keyof TaskTypes;

/** Runs tasks, in this thread or in others; the phases do not know which. */
export interface Distributor {
  /** tasks that can run at the same time */
  readonly workers: number;
  /** Gives every worker what all tasks share; called once per calculation, before the first task. */
  open(setup: CalculationSetup): Promise<void>;
  /**
   * Runs one task; tasks beyond `workers` wait in line.
   * Errors: Refusal for an input that is refused in the worker, else TaskFailed naming task and source, with the message of what
   * was thrown there; WorkerLost when the worker died.
   */
  run<N extends TaskName>(name: N, payload: TaskTypes[N]['payload']): Promise<TaskTypes[N]['result']>;
  close(): Promise<void>;
}

/** What a calculation tells about itself while it runs. */
export interface Monitor {
  log(level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR', message: string): void;
  /** fraction of the whole calculation, 0 .. 1, and the phase in the field's words */
  progress(fraction: number, phase: string): void;
}

/** A task failed in its worker; `cause` is what was thrown there. */
export class TaskFailed extends Error {
  readonly code = 'TASK_FAILED';
  constructor(
    readonly task: TaskName,
    message: string,
    options?: ErrorOptions,
    /** under which `terrane replay` runs the task alone, once it has failed for good */
    readonly label?: string,
  ) {
    super(message, options);
    this.name = 'TaskFailed';
  }
}

/** The worker of a task died (out of memory, killed, without a sign of life) before it had a result: the task may be run again. */
export class WorkerLost extends TaskFailed {
  constructor(task: TaskName, message: string, options?: ErrorOptions, label?: string) {
    super(task, message, options, label);
    this.name = 'WorkerLost';
  }
}
