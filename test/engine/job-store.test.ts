import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failDeadJobs, removeJob } from '../../engine/abort.js';
import { DataFolder } from '../../engine/data-folder.js';
import { EngineError } from '../../engine/errors.js';
import { JobStore } from '../../engine/store/job-store.js';
import { isAlive, markProcess } from '../../engine/store/process-mark.js';

describe('the job store', () => {
  let path: string;
  let folder: DataFolder;
  let store: JobStore;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'terrane-store-'));
    folder = new DataFolder(path);
    store = new JobStore(folder.storeFile);
  });
  afterEach(() => {
    store.close();
    rmSync(path, { recursive: true, force: true });
  });
  const mark = markProcess(process.pid);

  it('gives ids that grow by one and are never used again', async () => {
    assert.deepEqual([store.create({ owner: 'a' }), store.create({ owner: 'a' })], [1, 2]);
    store.fail(2, ['no']);
    await removeJob(store, folder, 2);
    assert.equal(store.create({ owner: 'a' }), 3);
    assert.deepEqual(
      store.list().map(({ id }) => id),
      [3, 1],
    );
    assert.equal(store.find(2)?.status, 'deleted');
  });

  it('lets a job pass through its statuses and no late word change its end', () => {
    const id = store.create({ owner: 'a' });
    assert.ok(store.submit(id));
    assert.ok(store.start(id, mark));
    store.progress(id, 0.5, 'classical');
    assert.equal(store.get(id).progress, 0.5);
    assert.ok(store.abort(id));
    assert.ok(!store.complete(id, 10));
    assert.ok(!store.fail(id, ['too late']));
    store.progress(id, 0.9, 'classical');
    const { status, progress, reason } = store.get(id);
    assert.deepEqual({ status, progress, reason }, { status: 'aborted', progress: 0.5, reason: [] });
  });

  it('does not start a job that was aborted while it waited', () => {
    const id = store.create({ owner: 'a' });
    store.submit(id);
    store.abort(id);
    assert.ok(!store.start(id, mark));
  });

  it('numbers the rows of a log from zero, for each job by itself', () => {
    const first = store.create({ owner: 'a' });
    const second = store.create({ owner: 'a' });
    store.log(first, 'INFO', 'p', 'one');
    store.log(second, 'INFO', 'p', 'other');
    store.log(first, 'WARNING', 'p', 'two');
    assert.deepEqual(
      store.logRows(first).map(({ number, message }) => [number, message]),
      [
        [0, 'one'],
        [1, 'two'],
      ],
    );
    assert.deepEqual(
      store.logRows(first, 1, 2).map(({ message }) => message),
      ['two'],
    );
    assert.equal(store.logSize(first), 2);
    assert.deepEqual(store.logRows(99), []);
  });

  it('keeps every change that was made before the writing process was killed', async () => {
    const script = `
      import { JobStore } from ${JSON.stringify(new URL('../../engine/store/job-store.js', import.meta.url).href)};
      const store = new JobStore(process.argv[1]);
      const id = store.create({ owner: 'b' });
      for (let k = 0; k < 200; k++) store.log(id, 'INFO', 'p', String(k));
      process.stdout.write('written');
      for (;;) store.log(id, 'INFO', 'p', 'more');
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder.storeFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const rows = store.logRows(1);
    assert.ok(rows.length >= 200);
    assert.deepEqual(
      rows.map(({ number }) => number),
      rows.map((_, k) => k),
    );
    store.log(1, 'INFO', 'p', 'after');
    assert.equal(store.logRows(1).at(-1)?.message, 'after');
  });

  it('ends jobs whose process is gone as failed, with the reason', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const id = store.create({ owner: 'a' });
    const dead = markProcess(child.pid!);
    store.start(id, dead);
    assert.deepEqual(await failDeadJobs(store, folder), []);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.ok(!isAlive(dead));
    assert.deepEqual(await failDeadJobs(store, folder), [id]);
    const { status, reason } = store.get(id);
    assert.equal(status, 'failed');
    assert.match(reason[0], /runner died/);
  });

  it('refuses to remove a job that others start from', async () => {
    const parent = store.create({ owner: 'a' });
    store.create({ owner: 'a', parentId: parent });
    store.fail(parent, ['x']);
    await assert.rejects(
      removeJob(store, folder, parent),
      (error) => error instanceof EngineError && error.code === 'HAS_CHILDREN',
    );
  });

  it('filters the list by status, mode, time and number', () => {
    const first = store.create({ owner: 'a', calculationMode: 'classical' });
    store.fail(first, ['x']);
    store.create({ owner: 'a', calculationMode: 'preclassical' });
    const ids = (filter: Parameters<JobStore['list']>[0]): number[] => store.list(filter).map(({ id }) => id);
    assert.deepEqual(ids({ live: true }), [2]);
    assert.deepEqual(ids({ live: false }), [1]);
    assert.deepEqual(ids({ calculationMode: 'classical' }), [1]);
    assert.deepEqual(ids({ limit: 1 }), [2]);
    assert.deepEqual(ids({ startedFrom: Date.now() + 60_000 }), []);
  });

  it('is seen by a second connection at once', () => {
    const other = new JobStore(folder.storeFile);
    try {
      const version = store.dataVersion();
      other.create({ owner: 'b' });
      assert.notEqual(store.dataVersion(), version);
      assert.equal(store.list().length, 1);
    } finally {
      other.close();
    }
  });
});

describe('the data folder', () => {
  let path: string;
  let folder: DataFolder;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'terrane-data-'));
    folder = new DataFolder(path);
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  it('is served by one server at a time', () => {
    assert.equal(folder.server(), undefined);
    const served = folder.claim();
    served.announce('http://localhost:1');
    assert.equal(folder.server()?.url, 'http://localhost:1');
    served.release();
    assert.equal(folder.server(), undefined);
    folder.claim().release();
  });

  it('is taken by one of several processes that start at the same instant, and free when that one is killed', async () => {
    const program = `
      import { DataFolder } from ${JSON.stringify(new URL('../../engine/data-folder.js', import.meta.url).href)};
      try {
        new DataFolder(${JSON.stringify(path)}).claim();
        console.log('serving');
        setInterval(() => undefined, 1000);
      } catch (error) {
        console.log(error.code);
      }`;
    for (let round = 0; round < 3; round++) {
      const children = Array.from({ length: 4 }, () =>
        spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] }),
      );
      const words = await Promise.all(
        children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()),
      );
      assert.deepEqual(words.sort(), ['DATA_FOLDER_IN_USE', 'DATA_FOLDER_IN_USE', 'DATA_FOLDER_IN_USE', 'serving']);
      for (const child of children) {
        if (child.exitCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    folder.claim().release();
  });

  it('loses what belongs to no job, and nothing else', () => {
    for (const name of ['inputs/1', 'inputs/2', 'work/2', 'exports/2', 'inputs/notes'])
      mkdirSync(join(path, name), { recursive: true });
    for (const name of ['calc_1.hdf5', 'calc_2.hdf5', 'calc_3.hdf5']) writeFileSync(join(path, name), '');
    folder.sweep(
      (id) => id === 1,
      (id) => id === 3,
    );
    assert.deepEqual(readdirSync(path).sort(), ['calc_1.hdf5', 'calc_2.hdf5', 'exports', 'inputs', 'work']);
    assert.deepEqual(readdirSync(join(path, 'inputs')).sort(), ['1', 'notes']);
    assert.deepEqual([...readdirSync(join(path, 'work')), ...readdirSync(join(path, 'exports'))], []);
  });
});
