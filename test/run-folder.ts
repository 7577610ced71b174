/** Runs the job of a folder in this thread, for tests of whole jobs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCalculation } from '../calculators/run.js';
import { InlineDistributor } from '../engine/distribution/inline-distributor.js';
import { readJob } from '../inputs/read-job.js';

/** A finished calculation: its file, and a folder for whatever is made of it. */
export interface FinishedJob {
  readonly path: string;
  readonly workFolder: string;
}

/** The folder of the calculation is removed when `use` is done. Errors: those of reading and running. */
export async function withFinishedJob<T>(folder: string, use: (job: FinishedJob) => T | Promise<T>): Promise<T> {
  const workFolder = mkdtempSync(join(tmpdir(), 'terrane-job-'));
  const distributor = new InlineDistributor();
  try {
    const job = await readJob(folder, { workFolder });
    const path = join(workFolder, 'calc_1.hdf5');
    const monitor = { log: () => undefined, progress: () => undefined };
    await runCalculation(job, { path, distributor, monitor });
    return await use({ path, workFolder });
  } finally {
    await distributor.close();
    rmSync(workFolder, { recursive: true, force: true });
  }
}
