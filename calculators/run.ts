/**
 * A whole calculation, as the manual tells it. The job has been read (inputs/read-job.ts):
 *  1. preclassical: sources are packed, filtered against the sites, counted, and cut into tasks;
 *  2. classical: annual rates of exceedance, one tile of sites after another, or those of an earlier calculation;
 *  3. postclassical: from the rates of a tile the hazard curves, statistics and maps of its sites;
 *  4. disaggregation: at levels read off the mean curves, where the job asks for it;
 *  5. post-processing: what else the job asks for (spectra, joint rates ...).
 * All of it lands in one file, from which tables are exported when somebody wants them (datastore/exports/).
 * A phase is a function of the run and of what the phase before has made.
 */
import { CalculationFile } from '../datastore/calculation-file.js';
import { freeBytes } from '../datastore/disk-space.js';
import type { Job } from '../job/job.js';
import { Run } from './calculation-run.js';
import { classical } from './classical/classical.js';
import { planDisaggregation } from './disaggregation/bins-plan.js';
import { disaggregation } from './disaggregation/disaggregation.js';
import { postclassical } from './postclassical/postclassical.js';
import { checkRoomForRealizations } from './postclassical/wanted-curves.js';
import { postProcessing } from './postprocessing/post-processing.js';
import { preclassical } from './preclassical/preclassical.js';
import { earlierRates } from './reuse/earlier-rates.js';
import { calculationSetup } from './tasks/calculation-setup.js';
import type { Distributor, Monitor } from './tasks/distributor.js';
import { recordsBasis, type TaskRecords } from './tasks/task-records.js';

/** What a run needs besides the job. */
export interface RunOptions {
  /** file to be written */
  readonly path: string;
  readonly distributor: Distributor;
  readonly monitor: Monitor;
  /** as the file tells it; default: now */
  readonly startDate?: Date;
  /** file of an earlier calculation whose rates are taken over; default: they are computed */
  readonly earlier?: string;
  /** of an earlier run that was interrupted, and of this one for a later run; default: nothing is kept */
  readonly records?: TaskRecords;
}

/**
 * Runs a job and writes `path`. On any error the unfinished file is removed and the error thrown on.
 * Errors: TaskFailed for what goes wrong in a worker, Refusal for sources that are refused, DatastoreError.
 */
export async function runCalculation(job: Job, options: RunOptions): Promise<void> {
  const { path, distributor, monitor } = options;
  checkRoomForRealizations(job, freeBytes(path));
  const file = await CalculationFile.create(path, job, options.startDate ?? new Date());
  try {
    const run = new Run(job, file, distributor, monitor, options.records);
    const setup = calculationSetup(run);
    options.records?.open(recordsBasis(job, setup), setup);
    await distributor.open(setup);
    await phases(run, options.earlier);
    file.writePerformance(run.performance());
    file.finish();
    monitor.progress(1, 'complete');
  } catch (error) {
    file.discard();
    throw error;
  }
}

async function phases(run: Run, earlier: string | undefined): Promise<void> {
  const sources = await preclassical(run);
  if (run.job.parameters.calculationMode === 'preclassical') return;
  // what is too large to be disaggregated is refused before the curves are computed
  const bins = planDisaggregation(run, sources);
  const rates = earlier === undefined ? classical(run, sources) : earlierRates(run, earlier);
  await postclassical(run, rates);
  await disaggregation(run, sources, bins);
  await postProcessing(run, sources);
}
