import type { Job } from '../../job/job.js';
import { readJob } from '../../inputs/read-job.js';
import type { DataFolder } from '../data-folder.js';
import type { JobInputs } from '../store/job-record.js';
import { keepJobTree } from './draw-logic-tree.js';

/**
 * Reads a whole job and draws its logic trees; archives are unpacked in the work folder of the job.
 * Errors: Refusal with every fault found.
 */
export async function readInputs(folder: DataFolder, id: number, inputs: JobInputs): Promise<Job> {
  const { source, jobIni, overrides } = inputs;
  const work = folder.makeWork(id);
  const job = await readJob(source, { jobIni, overrides, workFolder: work.path });
  keepJobTree(folder, id, job);
  return job;
}
