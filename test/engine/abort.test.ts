import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abortJob, removeJob } from '../../engine/abort.js';
import { DataFolder } from '../../engine/data-folder.js';
import { EngineError } from '../../engine/errors.js';
import { commitResults } from '../../engine/results.js';
import { JobStore } from '../../engine/store/job-store.js';
import { isAlive, markProcess } from '../../engine/store/process-mark.js';

describe('a job that is ended from outside', () => {
  let data: string;
  let folder: DataFolder;
  let store: JobStore;
  let runner: ChildProcess;
  let id: number;
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-abort-'));
    folder = new DataFolder(data);
    store = new JobStore(folder.storeFile);
    // a runner that does not listen to anything
    runner = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6)']);
    await once(runner, 'spawn');
    id = store.create({ owner: 'test' });
    store.start(id, markProcess(runner.pid!));
    writeFileSync(folder.makeWork(id).datastore, 'half written');
    mkdirSync(folder.inputs(id), { recursive: true });
  });
  afterEach(() => {
    runner.kill('SIGKILL');
    store.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('is aborted with its process gone and its files but the inputs removed', async () => {
    const mark = store.get(id).runner!;
    assert.ok(isAlive(mark));
    await abortJob(store, folder, id);
    assert.ok(!isAlive(mark));
    assert.equal(store.get(id).status, 'aborted');
    assert.deepEqual([existsSync(folder.work(id)), existsSync(folder.inputs(id))], [false, true]);
    await assert.rejects(
      abortJob(store, folder, id),
      (error) => error instanceof EngineError && error.code === 'WRONG_STATUS',
    );
  });

  it('is aborted before it is removed, with all its files', async () => {
    const mark = store.get(id).runner!;
    await removeJob(store, folder, id);
    assert.ok(!isAlive(mark));
    assert.deepEqual([existsSync(folder.work(id)), existsSync(folder.inputs(id))], [false, false]);
    await assert.rejects(removeJob(store, folder, id + 1), /ID does not exist/);
  });

  it('keeps its results and nothing else where they were finished before', () => {
    writeFileSync(folder.makeWork(id).datastore, 'whole');
    assert.equal(
      commitResults(store, folder, id, [{ type: 'hcurves', name: 'Hazard Curves', formats: ['csv'] }]),
      true,
    );
    assert.deepEqual([existsSync(folder.datastore(id)), existsSync(folder.work(id))], [true, false]);
    const { status, size } = store.get(id);
    assert.deepEqual([status, size], ['complete', 5]);
    assert.deepEqual(
      store.outputs(id).map(({ type }) => type),
      ['hcurves'],
    );
  });

  it('leaves no results that come after its end', async () => {
    await abortJob(store, folder, id);
    writeFileSync(folder.makeWork(id).datastore, 'late');
    assert.equal(commitResults(store, folder, id, []), false);
    assert.deepEqual([existsSync(folder.datastore(id)), existsSync(folder.work(id))], [false, false]);
    assert.equal(store.get(id).status, 'aborted');
  });
});
