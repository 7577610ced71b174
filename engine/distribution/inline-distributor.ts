import { setImmediate } from 'node:timers/promises';
import { TaskFailed, type Distributor, type TaskName, type TaskTypes } from '../../calculators/tasks/distributor.js';
import { runTask } from '../../calculators/tasks/run-task.js';
import type { CalculationSetup } from '../../calculators/tasks/calculation-setup.js';
import { TaskWorker } from '../../calculators/tasks/task-worker.js';
import { Refusal } from '../../hazard/refusal.js';

/** Runs every task in the caller's own thread, one after the other: no threads to start, for one worker and for small jobs. */
export class InlineDistributor implements Distributor {
  readonly workers = 1;
  private worker: TaskWorker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  async open(setup: CalculationSetup): Promise<void> {
    this.worker = await TaskWorker.open(setup);
  }

  run<N extends TaskName>(name: N, payload: TaskTypes[N]['payload']): Promise<TaskTypes[N]['result']> {
    const result = this.last.then(() => this.runNow(name, payload));
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Errors: Refusal for an input that is refused in the task, else TaskFailed. */
  async runNow<N extends TaskName>(name: N, payload: TaskTypes[N]['payload']): Promise<TaskTypes[N]['result']> {
    // between two tasks, signals and messages get their turn
    await setImmediate();
    if (!this.worker) throw new Error('the distributor is not open');
    try {
      return runTask(this.worker, name, ownSums(payload));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new TaskFailed(name, error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  close(): Promise<void> {
    this.worker = undefined;
    return Promise.resolve();
  }
}

/** A task adds to the sums of its earlier parts in place: whoever runs it again still has them as they were. */
function ownSums<P extends object>(payload: P): P {
  const { partial } = payload as { partial?: unknown };
  return partial === undefined ? payload : { ...payload, partial: structuredClone(partial) };
}
