import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Refusal } from '../../hazard/refusal.js';
import { readJob } from '../../inputs/read-job.js';
import { withFolder } from '../inputs/tiny-job.js';
import { JOB_KINDS, randomJob } from './generate/job.js';
import { commonModels } from './generate/models.js';
import { type JobSpec, writeJob } from './job-spec.js';
import { shrink, smaller } from './shrink.js';

const MODELS = await commonModels(['BooreAtkinson2008', 'SadighEtAl1997', 'AkkarBommer2010', 'YoungsEtAl1997SSlab']);

describe('random jobs of the differential test', () => {
  it('depend on their seed alone', () => {
    for (const kind of JOB_KINDS) assert.deepEqual(randomJob(7, kind, MODELS), randomJob(7, kind, MODELS));
    assert.notDeepEqual(randomJob(7, 'plain', MODELS), randomJob(8, 'plain', MODELS));
  });

  it('are mostly valid, and are refused with a reason otherwise', async () => {
    let valid = 0;
    for (let seed = 1; seed <= 30; seed++)
      await withFolder(async (folder) => {
        writeJob(randomJob(seed, undefined, MODELS), join(folder, 'job'));
        try {
          await readJob(join(folder, 'job'), { workFolder: folder });
          valid++;
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      });
    assert.ok(valid >= 20, `${valid} of 30`);
  });

  it('lose one thing after another until they no longer fail', async () => {
    const spec = randomJob(3, 'trees', MODELS);
    const sources = ({ models }: JobSpec): number =>
      models.flatMap(({ groups }) => groups.flatMap((g) => g.sources)).length;
    const least = await shrink(spec, 500, (candidate) => Promise.resolve(sources(candidate) >= 1));
    assert.equal(sources(least), 1);
    assert.equal(least.sets.length, 0);
    assert.equal(least.groundMotion.length, 1);
    assert.ok([...smaller(least)].length < [...smaller(spec)].length);
  });
});
