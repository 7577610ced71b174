import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runCalculation } from '../../../calculators/run.js';
import { checkMotion } from '../../../calculators/tasks/motion-check.js';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import { parseImt } from '../../../hazard/gmm/imt.js';
import type { GroundMotion } from '../../../hazard/gmm/model.js';
import { Refusal } from '../../../hazard/refusal.js';
import { sitePoints } from '../../../hazard/site/site-points.js';
import { readJob } from '../../../inputs/read-job.js';
import {
  AREA_SOURCE,
  branchSet,
  logicTree,
  POINT_SOURCE,
  REGION,
  sourceModel,
  tinyIni,
  tinyJob,
  withFolder,
  writeFiles,
} from '../../inputs/tiny-job.js';

const IMTS = [parseImt('PGA'), parseImt('SA(0.2)')];

/** Two ruptures, the second at both sites. */
function batchOfThree(): ContextBatch {
  const batch = new ContextBatch(3, new Set(['mag']), new Set(['rrup']));
  batch.mag.set([5.1, 6.2]);
  batch.rrup.set([10, 20, 30]);
  batch.site.set([0, 0, 1]);
  batch.commitRupture(1);
  batch.commitRupture(2);
  return batch;
}
const SITES = {
  points: sitePoints(Float64Array.of(10, 11), Float64Array.of(45, 46), Float64Array.of(0, 0)),
  parameters: { size: 2, numeric: { vs30: Float64Array.of(760, 300) }, text: {} },
};

function motion(): GroundMotion {
  const rows = (value: number) => IMTS.map(() => new Float64Array(3).fill(value));
  return { mean: rows(-2), total: rows(0.6), inter: rows(0), intra: rows(0) };
}

describe('ground motion that is not a number', () => {
  it('is refused with model, measure, site and what the model was given, be it mean or sigma', () => {
    for (const kind of ['mean', 'total'] as const) {
      const out = motion();
      out[kind][1][2] = NaN;
      assert.throws(
        () => checkMotion('Toy2030', IMTS, batchOfThree(), out, SITES),
        (error: unknown) => {
          assert.ok(error instanceof Refusal);
          assert.equal(error.code, 'MODEL_NOT_A_NUMBER');
          const given = 'vs30 = 300, mag = 6.2, rrup = 30';
          assert.equal(error.message, `Toy2030 gives no number for SA(0.2) at site 11 46 (${given})`);
          return true;
        },
      );
    }
  });

  it('is refused with the rupture it belongs to, the first of several sites too', () => {
    const out = motion();
    out.mean[0][1] = NaN;
    assert.throws(
      () => checkMotion('Toy2030', IMTS, batchOfThree(), out, SITES),
      /no number for PGA at site 10 45 \(vs30 = 760, mag = 6.2, rrup = 20\)/,
    );
  });

  it('is told from numbers that are infinite, and from what stands behind the batch', () => {
    const out = motion();
    out.mean[0][0] = -Infinity;
    out.mean[0][1] = Infinity;
    assert.doesNotThrow(() => checkMotion('Toy2030', IMTS, batchOfThree(), out, SITES));
    const batch = batchOfThree();
    batch.size = 2;
    out.mean[1][2] = NaN;
    assert.doesNotThrow(() => checkMotion('Toy2030', IMTS, batch, out, SITES));
  });

  it('ends a run with the source named, and leaves no results', async () => {
    // a depth of -100 m is no unknown depth (-999): the model takes the logarithm of a negative number
    const changes = {
      'job.ini': tinyIni({
        sites: null,
        reference_depth_to_1pt0km_per_sec: null,
        site_model_file: 'sites.csv',
        area_source_discretization: '20',
      }),
      'sites.csv': 'lon,lat,vs30,vs30measured,z1pt0\n10.1,45.2,760,1,40\n10.2,45.1,400,1,-100\n',
      'gmlt.xml': logicTree(
        branchSet(
          'gmpeModel',
          [
            ['g1', 'BooreAtkinson2008', '0.5'],
            ['g2', 'AbrahamsonSilva2008', '0.5'],
          ],
          ` applyToTectonicRegionType="${REGION}"`,
        ),
      ),
      'sm.xml': sourceModel(POINT_SOURCE.replace('10.0 45.0', '14.0 45.0'), AREA_SOURCE.replace('id="1"', 'id="near"')),
    };
    await withFolder(async (folder) => {
      await writeFiles(folder, tinyJob(changes));
      const job = await readJob(folder, { workFolder: folder });
      const monitor = { log: () => undefined, progress: () => undefined };
      const path = join(folder, 'calc_1.hdf5');
      await assert.rejects(
        runCalculation(job, { path, distributor: new InlineDistributor(), monitor }),
        /source near: AbrahamsonSilva2008 gives no number for PGA at site 10.2 45.1 \(.*z1pt0 = -100/,
      );
    });
  });
});
