import type { Job } from '../../job/job.js';
import { readJob } from '../../inputs/read-job.js';
import type { DataFolder } from '../data-folder.js';
import { refusal } from '../../hazard/refusal.js';
import { readLaterJob } from '../../inputs/later-job.js';
import type { ParentCalculation } from './parent.js';
import type { JobInputs } from '../store/job-record.js';
import { keepJobTree } from './draw-logic-tree.js';

/**
 * Reads a whole job and draws its logic trees; archives are unpacked in the work folder of the job.
 * @param parent the calculation that the job starts from
 * Errors: Refusal with every fault found.
 */
export async function readInputs(
  folder: DataFolder,
  id: number,
  inputs: JobInputs,
  parent?: ParentCalculation,
): Promise<Job> {
  const { source, jobIni, overrides } = inputs;
  const workFolder = folder.makeWork(id).path;
  const job = parent
    ? await readLaterJob(inputs, { id: parent.id, earlier: parent.inputs }, { workFolder })
    : await readJob(source, { jobIni, overrides, workFolder });
  const named = job.oqparam.hazard_calculation_id;
  if (!parent && typeof named === 'number' && named > 0)
    throw refusal(
      'OTHER_CALCULATION',
      `hazard_calculation_id = ${named}: there is none of this number here (over HTTP, name it as hazard_job_id)`,
      {
        key: 'hazard_calculation_id',
        value: String(named),
      },
    );
  keepJobTree(folder, id, job);
  return job;
}
