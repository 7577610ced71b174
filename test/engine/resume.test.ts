import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { failDeadJobs } from '../../engine/abort.js';
import { DataFolder } from '../../engine/data-folder.js';
import { enterAgain } from '../../engine/resume.js';
import { JobStore } from '../../engine/store/job-store.js';
import { AREA_SOURCE, MODEL_TREE, sourceModel, tinyIni, tinyJob, writeFiles } from '../inputs/tiny-job.js';
import { contentOf } from './checkpoint/same-file.js';

const COMMAND = fileURLToPath(new URL('../../../cli/terrane.mjs', import.meta.url));

/** About ten classical tasks. */
const JOB = tinyJob({
  'job.ini': tinyIni({
    sites: Array.from({ length: 225 }, (_, k) => `${9 + (k % 15) / 7} ${44 + Math.floor(k / 15) / 7}`).join(', '),
    area_source_discretization: '4',
  }),
  'sm.xml': sourceModel(AREA_SOURCE),
});

describe('terrane resume', () => {
  let place: string;
  let folder: DataFolder;
  let store: JobStore;
  before(async () => {
    place = mkdtempSync(join(tmpdir(), 'terrane-resume-'));
    await writeFiles(join(place, 'job'), JOB);
    folder = new DataFolder(join(place, 'data'));
    store = new JobStore(folder.storeFile);
  });
  after(() => {
    store.close();
    rmSync(place, { recursive: true, force: true });
  });

  /** What the command says, whatever its exit code. */
  const terrane = async (...words: string[]): Promise<string> => {
    const call = promisify(execFile)(process.execPath, [COMMAND, ...words, '--data', folder.path]);
    const { stdout, stderr } = await call.catch((error: { stdout: string; stderr: string }) => error);
    return stdout + stderr;
  };

  /** Bytes of the sums that job has written so far. */
  function sumsOf(id: number): number {
    const checkpoint = folder.checkpoint(id);
    const names = existsSync(checkpoint) ? readdirSync(checkpoint).filter((name) => name.startsWith('sums-')) : [];
    return names.reduce((sum, name) => sum + statSync(join(checkpoint, name)).size, 0);
  }

  /** Starts the job and ends it when it has computed something. */
  async function interrupted(signal: NodeJS.Signals): Promise<number> {
    const child = spawn(process.execPath, [
      COMMAND,
      'run',
      join(place, 'job'),
      '--workers',
      '1',
      '--data',
      folder.path,
    ]);
    const closed = once(child, 'close');
    const known = store.list().at(0)?.id ?? 0;
    while (sumsOf(known + 1) < 5000) await setImmediate();
    child.kill(signal);
    await closed;
    return known + 1;
  }

  it('goes on with a job that was killed or ended by Ctrl-C, to the same bits, and leaves nothing behind', async () => {
    await terrane('run', join(place, 'job'));
    const whole = await contentOf(folder.datastore(1));
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const id = await interrupted(signal);
      if (signal === 'SIGINT') assert.deepEqual(readdirSync(folder.work(id)), ['checkpoint']);
      assert.match(await terrane('resume', String(id)), new RegExp(`^calculation ${id}\n`));
      assert.deepEqual(await contentOf(folder.datastore(id)), whole);
      assert.equal(store.get(id).status, 'complete');
      assert.ok(store.logRows(id).some(({ message }) => /^[1-9]\d* tasks were done before/.test(message)));
      assert.ok(!existsSync(folder.work(id)));
    }
  });

  it('refuses a job that is complete, unknown, or without its inputs', async () => {
    assert.match(await terrane('resume', '1'), /Job 1 is complete: only a job that failed or was aborted can go on/);
    assert.match(await terrane('resume', '99'), /Unknown job 99/);
    const gone = store.create({ owner: 'test', inputs: { source: join(place, 'gone'), overrides: {} } });
    store.fail(gone, ['it was to fail']);
    assert.match(await terrane('resume', String(gone)), /its inputs are no longer there/);
    assert.equal(store.get(gone).status, 'failed');
  });

  it('has nothing to go on from after a refusal', async () => {
    // a depth of -100 m is not unknown (-999): the model takes the logarithm of a negative number
    await writeFiles(
      join(place, 'refused'),
      tinyJob({
        'job.ini': tinyIni({ reference_depth_to_1pt0km_per_sec: null, sites: null, site_model_file: 'sites.csv' }),
        'sites.csv': 'lon,lat,vs30,vs30measured,z1pt0\n10.1,45.2,760,1,-100\n',
        'gmlt.xml': MODEL_TREE.replace('BooreAtkinson2008', 'AbrahamsonSilva2008'),
      }),
    );
    assert.match(await terrane('run', join(place, 'refused')), /gives no number/);
    assert.ok(!existsSync(folder.work(store.list()[0].id)));
  });
});

describe('a job whose server and process are gone', () => {
  let place: string;
  let folder: DataFolder;
  let store: JobStore;
  const gone = { pid: 2 ** 22 - 1, started: '1' };
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'terrane-gone-'));
    folder = new DataFolder(place);
    store = new JobStore(folder.storeFile);
  });
  afterEach(() => {
    store.close();
    rmSync(place, { recursive: true, force: true });
  });

  function running(source = folder.inputs(1)): number {
    const id = store.create({ owner: 'a', inputs: { source, overrides: {} } });
    store.start(id, gone);
    mkdirSync(folder.checkpoint(id), { recursive: true });
    writeFileSync(`${folder.workDatastore(id)}.partial`, 'half');
    return id;
  }

  it('waits in line for the next one with what was computed, longer each time, and fails in the end', async () => {
    const id = running();
    const pauses: boolean[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      assert.deepEqual(await failDeadJobs(store, folder), []);
      assert.deepEqual([store.get(id).status, store.get(id).attempts], ['submitted', attempt]);
      assert.deepEqual(readdirSync(folder.work(id)), ['checkpoint']);
      pauses.push(store.nextSubmitted() === undefined);
      store.start(id, gone);
    }
    assert.deepEqual(pauses, [false, true, true]);
    assert.deepEqual(await failDeadJobs(store, folder), [id]);
    assert.match(store.get(id).reason.join(), /the runner died/);
    assert.deepEqual(readdirSync(folder.work(id)), ['checkpoint'], 'people may still go on with it');
    // who asks for it gets all attempts anew
    mkdirSync(folder.inputs(id), { recursive: true });
    enterAgain(store, folder, id);
    assert.deepEqual([store.get(id).attempts, store.nextSubmitted()?.id], [0, id]);
  });

  it('fails when no server has taken it in', async () => {
    const id = running(join(place, 'elsewhere'));
    assert.deepEqual(await failDeadJobs(store, folder), [id]);
  });
});
