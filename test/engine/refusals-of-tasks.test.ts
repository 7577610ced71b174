import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runCalculation } from '../../calculators/run.js';
import { TaskFailed } from '../../calculators/tasks/distributor.js';
import { InlineDistributor } from '../../engine/distribution/inline-distributor.js';
import { PoolDistributor } from '../../engine/distribution/pool-distributor.js';
import { tellJobError } from '../../engine/runner/failure.js';
import { Refusal } from '../../hazard/refusal.js';
import { readJob } from '../../inputs/read-job.js';
import { sourceModel, tinyIni, tinyJob, withFolder, writeFiles } from '../inputs/tiny-job.js';

const FAULT = `<simpleFaultSource id="f1" name="fault"><simpleFaultGeometry><gml:LineString><gml:posList>10 45 10.3 45.3</gml:posList></gml:LineString>
<dip>60</dip><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>15</lowerSeismoDepth></simpleFaultGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="3.5" bValue="1.0" minMag="5.0" maxMag="6.5"/><rake>0</rake></simpleFaultSource>`;

/** Runs a job whose fault is seen when its ruptures are made. */
async function failure(distributor: InlineDistributor | PoolDistributor): Promise<unknown> {
  return withFolder(async (folder) => {
    const ini = tinyIni({ rupture_mesh_spacing: '10' });
    await writeFiles(folder, tinyJob({ 'job.ini': ini, 'sm.xml': sourceModel(FAULT) }));
    const job = await readJob(folder, { workFolder: folder });
    const monitor = { log: () => undefined, progress: () => undefined };
    try {
      await runCalculation(job, { path: join(folder, 'calc_1.hdf5'), distributor, monitor });
      return undefined;
    } catch (error) {
      return error;
    } finally {
      await distributor.close();
    }
  });
}

describe('what a task throws', () => {
  for (const [where, make] of [
    ['in a thread of the pool', () => new PoolDistributor(2, { inlineTime: 0 })],
    ['in the thread of the run', () => new InlineDistributor()],
  ] as const) {
    it(`${where} stays a refusal with code and source, told as the user's fault`, async () => {
      const error = await failure(make());
      assert.ok(error instanceof Refusal, String(error));
      assert.equal(error.code, 'MESH_TOO_COARSE');
      const { by, lines } = tellJobError(error, 1);
      assert.equal(by, 'user');
      assert.match(lines[0], /^source f1: the rupture mesh spacing of 10 km is too large/);
    });

    it(`${where} is told as a bug if it is one`, async () => {
      const distributor = make();
      await distributor.open(undefined as never).catch(() => undefined);
      const error = await distributor.run('classical', undefined as never).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      await distributor.close();
      assert.ok(error instanceof TaskFailed || error instanceof Error, String(error));
      assert.equal(tellJobError(error, 1).by, 'terrane');
    });
  }
});
