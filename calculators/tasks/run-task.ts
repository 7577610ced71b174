import { runClassical } from '../classical/classical-task.js';
import { runDisaggregationCells } from '../disaggregation/cells-task.js';
import { runDisaggregation } from '../disaggregation/region-task.js';
import type { TaskName, TaskTypes } from './distributor.js';
import { runJointRates } from '../postprocessing/joint-rates-task.js';
import { runPreclassical } from '../preclassical/preclassical-task.js';
import { runSpectrum } from '../postprocessing/spectrum-task.js';
import { runPostclassical } from '../postclassical/postclassical-task.js';
import type { TaskWorker } from './task-worker.js';

const TASKS: { [N in TaskName]: (worker: TaskWorker, task: TaskTypes[N]['payload']) => TaskTypes[N]['result'] } = {
  preclassical: runPreclassical,
  classical: runClassical,
  disaggregation: runDisaggregation,
  disaggregationCells: runDisaggregationCells,
  spectrum: runSpectrum,
  postclassical: runPostclassical,
  jointRates: runJointRates,
};

/** The receiving end of a distributor: runs one task. Errors: whatever the task throws. */
export function runTask<N extends TaskName>(
  worker: TaskWorker,
  name: N,
  payload: TaskTypes[N]['payload'],
): TaskTypes[N]['result'] {
  return TASKS[name](worker, payload);
}
