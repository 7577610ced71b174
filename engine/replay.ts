/** A task that failed for good, run alone: to see what it is that fails. */
import { describeWork } from '../calculators/tasks/describe-work.js';
import type { TaskName, TaskTypes } from '../calculators/tasks/distributor.js';
import { failedTasks, readFailedTask } from './checkpoint/failed-task.js';
import type { DataFolder } from './data-folder.js';
import { InlineDistributor } from './distribution/inline-distributor.js';
import { EngineError } from './errors.js';

/** What a task that is run again is about, and its end. */
export interface Replayed {
  readonly work: string;
  /** s that it took; what it throws otherwise */
  readonly end: number | Error;
}

/**
 * Runs a task that failed in this process.
 * Errors: EngineError UNKNOWN_TASK when nothing of this name is kept, with the names there are.
 */
export async function replayTask(folder: DataFolder, id: number, label: string): Promise<Replayed> {
  const place = folder.checkpoint(id);
  const labels = failedTasks(place);
  if (!labels.includes(label)) {
    const there = labels.length > 0 ? `: there are ${labels.join(', ')}` : '';
    throw new EngineError('UNKNOWN_TASK', `calculation ${id} has no failed task ${label}${there}`);
  }
  const { name, payload, setup } = readFailedTask(place, label);
  const work = payload as TaskTypes[TaskName]['payload'];
  const distributor = new InlineDistributor();
  const begin = performance.now();
  try {
    await distributor.open(setup);
    await distributor.run(name, work as never);
    return { work: describeWork(work), end: (performance.now() - begin) / 1000 };
  } catch (error) {
    return { work: describeWork(work), end: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    await distributor.close();
  }
}
