import { join } from 'node:path';
import { Run } from '../../calculators/calculation-run.js';
import { classical } from '../../calculators/classical/classical.js';
import { preclassical } from '../../calculators/preclassical/preclassical.js';
import { calculationSetup } from '../../calculators/tasks/calculation-setup.js';
import type { Distributor } from '../../calculators/tasks/distributor.js';
import { CalculationFile } from '../../datastore/calculation-file.js';
import { readJob } from '../../inputs/read-job.js';
import { withFolder, writeFiles, type JobFiles } from '../inputs/tiny-job.js';

/** What the classical phase of a job gives, in double precision, and what the log says. */
export interface JobRates {
  /** annual exceedance rates [sites x levels] by number of the column */
  readonly columns: ReadonlyMap<number, Float64Array>;
  /** the same by id of the source, with disagg_by_src */
  readonly bySource: ReadonlyMap<string, Float64Array>;
  /** rupture-site contexts */
  readonly contexts: number;
  readonly logged: readonly string[];
}

/** Runs a job of one tile of sites up to its rates. The distributor is closed at the end. */
export async function ratesOfJob(files: JobFiles, distributor: Distributor): Promise<JobRates> {
  return withFolder(async (folder) => {
    await writeFiles(folder, files);
    const job = await readJob(folder, { workFolder: folder });
    const file = await CalculationFile.create(join(folder, 'calc_1.hdf5'), job, new Date());
    const logged: string[] = [];
    const monitor = { log: (_: string, text: string) => void logged.push(text), progress: () => undefined };
    try {
      const run = new Run(job, file, distributor, monitor);
      await distributor.open(calculationSetup(run));
      const sources = await preclassical(run);
      for await (const { columns, bySource } of classical(run, sources)) {
        const contexts = run.performance().find(({ operation }) => operation === 'classical')!.counts;
        return { columns, bySource, contexts, logged };
      }
      throw new Error('a job without sites');
    } finally {
      file.discard();
      await distributor.close();
    }
  });
}
