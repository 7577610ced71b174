import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../job/job.js';
import { readJob } from '../../inputs/read-job.js';
import type { DataFolder } from '../data-folder.js';
import type { JobInputs } from '../store/job-record.js';
import { keepJobTree } from './draw-logic-tree.js';

/** Reads a whole job and draws its logic trees; archives are unpacked below the job's own folder. Errors: Refusal with every fault found. */
export async function readInputs(folder: DataFolder, id: number, inputs: JobInputs): Promise<Job> {
  forgetUnpacked(folder, id);
  const { source, jobIni, overrides } = inputs;
  const job = await readJob(source, { jobIni, overrides, workFolder: folder.inputs(id) });
  keepJobTree(folder, id, job);
  return job;
}

/** Removes what an archive was unpacked to: the archive itself is kept. */
export function forgetUnpacked(folder: DataFolder, id: number): void {
  rmSync(join(folder.inputs(id), 'job'), { recursive: true, force: true });
}
