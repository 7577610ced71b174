import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runCalculation } from '../../../calculators/run.js';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { readJob } from '../../../inputs/read-job.js';
import { branchSet, logicTree, REGION, tinyJob, withFolder, writeFiles } from '../../inputs/tiny-job.js';

describe('a model that needs what no source computes', () => {
  it('is refused by name', async () => {
    const model = branchSet(
      'gmpeModel',
      [['g1', 'ChiouYoungs2014NearFaultEffect', '1.0']],
      ` applyToTectonicRegionType="${REGION}"`,
    );
    await withFolder(async (folder) => {
      await writeFiles(folder, tinyJob({ 'gmlt.xml': logicTree(model) }));
      const job = await readJob(folder, { workFolder: folder });
      const monitor = { log: () => undefined, progress: () => undefined };
      await assert.rejects(
        runCalculation(job, { path: join(folder, 'calc_1.hdf5'), distributor: new InlineDistributor(), monitor }),
        /ChiouYoungs2014NearFaultEffect needs rcdpp, which no source computes/,
      );
    });
  });
});
