import { runClassical } from './classical-task.js';
import { runDisaggregationCells } from './disaggregation-cells-task.js';
import { runDisaggregation } from './disaggregation-task.js';
import type { TaskName, TaskTypes } from './distribution.js';
import { runJointRates } from './joint-rates-task.js';
import { runPreclassical } from './preclassical-task.js';
import { runSpectrum } from './spectrum-task.js';
import { runStatistics } from './statistics-task.js';
import type { TaskWorker } from './worker.js';

const TASKS: { [N in TaskName]: (worker: TaskWorker, task: TaskTypes[N]['payload']) => TaskTypes[N]['result'] } = {
  preclassical: runPreclassical,
  classical: runClassical,
  disaggregation: runDisaggregation,
  disaggregationCells: runDisaggregationCells,
  spectrum: runSpectrum,
  statistics: runStatistics,
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
