import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { DataFolder } from '../../engine/data-folder.js';
import { EngineError } from '../../engine/errors.js';
import { recoverStore } from '../../engine/recover.js';
import { JobStore } from '../../engine/store/job-store.js';
import { startServer } from '../../web/server.js';
import { ApiClient, exampleFiles } from '../web/api-client.js';

describe('a job store that is lost or broken', () => {
  let path: string;
  let folder: DataFolder;
  before(async () => {
    path = mkdtempSync(join(tmpdir(), 'terrane-recover-'));
    folder = new DataFolder(path);
    const server = await startServer({ data: path, host: '127.0.0.1', port: 0, atOnce: 1 });
    const api = new ApiClient(server.url);
    const { body } = await api.sendFiles(exampleFiles('03-logic-tree'));
    await api.waitFor(body.job_id, 'complete');
    await server.close();
    copyFileSync(folder.datastore(1), folder.datastore(7));
    const bytes = readFileSync(folder.datastore(1));
    bytes[3000] ^= 1;
    writeFileSync(folder.datastore(5), bytes);
  });
  after(() => rmSync(path, { recursive: true, force: true }));

  const removeStore = (): void => {
    for (const name of readdirSync(path).filter((one) => one.startsWith('jobs.db'))) rmSync(join(path, name));
  };

  it('gives no number again whose results are there', async () => {
    removeStore();
    const server = await startServer({ data: path, host: '127.0.0.1', port: 0, atOnce: 1 });
    const { body } = await new ApiClient(server.url).sendFiles(new Map([['job.ini', 'nothing']]));
    await server.close();
    assert.equal(body.job_id, 8);
  });

  it('is made anew from the files; those that are damaged are named', async () => {
    removeStore();
    const { jobs, unreadable, brokenStore } = await recoverStore(folder);
    assert.equal(brokenStore, undefined);
    assert.deepEqual(
      jobs.map(({ id }) => id),
      [1, 7],
    );
    assert.deepEqual(
      unreadable.map(({ file }) => file),
      ['calc_5.hdf5'],
    );
    assert.match(unreadable[0].reason, /damaged/);
    const store = new JobStore(folder.storeFile);
    const job = store.get(1);
    assert.equal(job.status, 'complete');
    assert.equal(job.description, 'Two source models, two regions, two models each: eight realizations');
    assert.equal(job.calculationMode, 'classical');
    assert.ok(store.outputs(1).some(({ type }) => type === 'hcurves'));
    assert.equal(store.create({ owner: 'a' }), 8);
    store.close();
    const again = await recoverStore(folder);
    assert.deepEqual(again.jobs, []);
    // what is known already is not taken up again, and no fault
    assert.deepEqual(
      again.unreadable.map(({ file }) => file),
      ['calc_5.hdf5'],
    );
  });

  it('is kept aside when it cannot be read', async () => {
    removeStore();
    writeFileSync(folder.storeFile, 'this is no database, whatever its name says'.repeat(200));
    const { jobs, brokenStore } = await recoverStore(folder);
    assert.match(brokenStore!, /^jobs\.db\.broken-/);
    assert.equal(jobs.length, 2);
    assert.match(readFileSync(join(path, brokenStore!), 'utf8'), /^this is no database/);
  });

  it('is not touched while a server uses it', async () => {
    const served = folder.claim();
    await assert.rejects(
      recoverStore(folder),
      (error) => error instanceof EngineError && error.code === 'DATA_FOLDER_IN_USE',
    );
    served.release();
  });

  it('shows all other jobs when one cell is broken', () => {
    const database = new Database(folder.storeFile);
    database.exec(`UPDATE job SET inputs = '{"source', reason = 'x', faults = '' WHERE id = 1`);
    database.close();
    const store = new JobStore(folder.storeFile);
    assert.deepEqual(
      store.list().map(({ id }) => id),
      [7, 1],
    );
    assert.deepEqual(store.get(1).reason, []);
    store.close();
  });
});
