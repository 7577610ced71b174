import { runClassical } from '../classical/classical-task.js';
import { runDisaggregation } from '../disaggregation/disaggregation-task.js';
import type { TaskName, TaskTypes } from './distributor.js';
import { runJointRates } from '../postprocessing/joint-rates-task.js';
import { runPreclassical } from '../preclassical/preclassical-task.js';
import { runSpectrum } from '../postprocessing/spectrum-task.js';
import { runPostclassical } from '../postclassical/postclassical-task.js';
import { Refusal } from '../../hazard/refusal.js';
import type { TaskWorker } from './task-worker.js';

const TASKS: { [N in TaskName]: (worker: TaskWorker, task: TaskTypes[N]['payload']) => TaskTypes[N]['result'] } = {
  preclassical: runPreclassical,
  classical: runClassical,
  disaggregation: runDisaggregation,
  spectrum: runSpectrum,
  postclassical: runPostclassical,
  jointRates: runJointRates,
};

/**
 * The receiving end of a distributor: runs one task. Errors: the task's Refusal as it is; anything else is a fault of the
 * engine, told with the task and the source that was worked on.
 */
export function runTask<N extends TaskName>(
  worker: TaskWorker,
  name: N,
  payload: TaskTypes[N]['payload'],
): TaskTypes[N]['result'] {
  worker.source = undefined;
  try {
    return TASKS[name](worker, payload);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const at = worker.source === undefined ? '' : ` at source ${worker.source}`;
    const message = error instanceof Error ? error.message : String(error);
    const told = new Error(`${name} task${at}: ${message}`, { cause: error });
    // the place in the code is that of the cause
    if (error instanceof Error) told.stack = error.stack;
    throw told;
  }
}
