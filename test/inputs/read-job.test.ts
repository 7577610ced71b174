import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumFiles } from '../../inputs/files/checksum.js';
import { Refusal } from '../../hazard/refusal.js';
import type { Job } from '../../job/job.js';
import { readJob } from '../../inputs/read-job.js';
import {
  branchSet,
  logicTree,
  REGION,
  tinyIni,
  tinyJob,
  withFolder,
  writeFiles,
  writeZip,
  type JobFiles,
} from './tiny-job.js';

async function read(files: JobFiles, overrides: Readonly<Record<string, string>> = {}): Promise<Job> {
  return withFolder(async (folder) => {
    await writeFiles(join(folder, 'job'), files);
    return readJob(join(folder, 'job'), { overrides, workFolder: join(folder, 'work') });
  });
}

describe('job', () => {
  it('is complete: parameters, levels, sites, trees, sources, filters', async () => {
    const job = await read(tinyJob());
    assert.equal(job.parameters.calculationMode, 'classical');
    assert.equal(job.parameters.investigationTime, 50);
    assert.equal(job.parameters.individualRlzs, undefined);
    assert.deepEqual(
      job.imts.map(({ imt, levels }) => [imt.name, ...levels]),
      [
        ['PGA', 0.1, 0.2],
        ['SA(0.2)', 0.1, 0.2],
      ],
    );
    assert.deepEqual([...job.sites.points.lon], [10.1]);
    assert.equal(job.sitesFromModel, false);
    assert.equal(job.logicTree.realizations.length, 1);
    assert.deepEqual(
      job.groups.map(({ sources }) => sources.map(({ id }) => id)),
      [['1']],
    );
    const filter = job.filters.get(REGION);
    assert.deepEqual([...(filter?.magnitudes ?? []), ...(filter?.distances ?? [])], [2.5, 10.2, 200, 200]);
    assert.equal(job.pointSourceDistances.get(REGION), 100);
    assert.deepEqual(job.warnings, []);
    assert.ok(job.inputSize > 1000);
    assert.ok(Number.isInteger(job.checksum) && job.checksum > 0 && job.checksum < 2 ** 32);
  });

  it('shows its parameters without null', async () => {
    const { oqparam } = await read(tinyJob({ 'job.ini': tinyIni({ quantiles: '', tiling: '' }) }));
    assert.doesNotMatch(JSON.stringify(oqparam), /null/);
    assert.deepEqual(oqparam.hazard_imtls, { PGA: [0.1, 0.2], 'SA(0.2)': [0.1, 0.2] });
    assert.deepEqual(oqparam.sites, [[10.1, 45.2, 0]]);
  });

  it('takes values from outside', async () => {
    const job = await read(tinyJob(), {
      investigation_time: '1',
      pointsource_distance: '1000',
      calculation_mode: 'preclassical',
    });
    assert.equal(job.parameters.investigationTime, 1);
    assert.equal(job.parameters.calculationMode, 'preclassical');
    assert.equal(job.pointSourceDistances.get(REGION), Infinity);
  });

  it('says whether areas and multi-points are split', async () => {
    for (const split of ['true', 'false']) {
      const { discretization, pointSourceDistances } = await read(tinyJob(), { split_sources: split });
      assert.equal(discretization.splitSources, split === 'true');
      assert.equal(pointSourceDistances.get(REGION), 100);
    }
  });

  it('stays unpacked in the work folder when it was a ZIP, and is removed when it is refused', async () => {
    await withFolder(async (folder) => {
      const workFolder = join(folder, 'work');
      await writeZip(join(folder, 'good.zip'), tinyJob());
      const job = await readJob(join(folder, 'good.zip'), { workFolder });
      assert.ok(job.modelFolders.every((place) => existsSync(place)));
      await writeZip(join(folder, 'bad.zip'), tinyJob({ 'gmlt.xml': 'x' }));
      await assert.rejects(readJob(join(folder, 'bad.zip'), { workFolder: join(folder, 'other') }), Refusal);
      assert.equal(existsSync(join(folder, 'other/job')), false);
    });
  });

  it('reports the faults of all its files together', async () => {
    const files = tinyJob({
      'job.ini': tinyIni({ truncation_level: '-1', site_model_file: 'sites.csv', sites: null }),
      'sites.csv': 'lon,lat,vs30\n10,95,760\n',
      'gmlt.xml': logicTree(
        branchSet('gmpeModel', [['a', 'FooEtAl2099', '0.5']], ` applyToTectonicRegionType="${REGION}"`),
      ),
    });
    const error = await read(files).then(
      () => assert.fail('accepted'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Refusal);
    for (const part of [/truncation_level = -1/, /sites\.csv, line 2: the latitude 95/, /FooEtAl2099/, /weight/])
      assert.match(error.message, part);
  });

  it('says which feature is missing when nothing else is wrong', async () => {
    const error = await read(tinyJob(), { calculation_mode: 'scenario' }).then(
      () => assert.fail('accepted'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Refusal);
    assert.equal(error.code, 'UNSUPPORTED');
    assert.deepEqual(error.features, ['scenario']);
  });

  it('may give every region one model in place of a tree', async () => {
    const job = await read(tinyJob({ 'job.ini': tinyIni({ gsim_logic_tree_file: null, gsim: 'SadighEtAl1997' }) }));
    assert.deepEqual(
      job.logicTree.groundMotion.map(({ branches }) => branches[0].specification.name),
      ['SadighEtAl1997'],
    );
  });
});

describe('checksum of the inputs', () => {
  it('is Adler-32 over all files', async () => {
    await withFolder(async (folder) => {
      await writeFile(join(folder, 'a'), 'Wiki');
      await writeFile(join(folder, 'b'), 'pedia');
      // the example of the public description of Adler-32
      assert.deepEqual(await checksumFiles([join(folder, 'a'), join(folder, 'b')]), { checksum: 0x11e60398, size: 9 });
    });
  });
});
