import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DataFolder } from '../../engine/data-folder.js';
import { JobStore } from '../../engine/store/job-store.js';
import type { ProcessMark } from '../../engine/store/job-record.js';
import { isAlive } from '../../engine/store/process-mark.js';
import { ApiClient, exampleFiles, longJob } from '../web/api-client.js';

const COMMAND = fileURLToPath(new URL('../../../cli/terrane.mjs', import.meta.url));

/** A server in a process of its own, as users start it. */
async function serve(data: string): Promise<{ process: ChildProcess; api: ApiClient }> {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--data', data, '--workers', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const [, url] = /serving at (\S+)/.exec(text) ?? [];
    if (url) return { process: child, api: new ApiClient(url) };
  }
  throw new Error(`the server did not start: ${text}`);
}

/** Waits until a process is gone: one that lost its server tells its end first and ends then. */
async function ended(mark: ProcessMark): Promise<void> {
  while (isAlive(mark)) await setImmediate();
}

describe('jobs of a server', () => {
  let data: string;
  let folder: DataFolder;
  let store: JobStore;
  let server: { process: ChildProcess; api: ApiClient };
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-jobs-'));
    folder = new DataFolder(data);
    store = new JobStore(folder.storeFile);
    server = await serve(data);
  });
  afterEach(async () => {
    await end(server.process, 'SIGTERM');
    store.close();
    rmSync(data, { recursive: true, force: true });
  });

  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const files = (): string[] => readdirSync(data).filter((name) => name.startsWith('calc_'));

  it('are aborted at once, with process and half-written file gone', async () => {
    const { body } = await server.api.sendFiles(longJob());
    await server.api.waitFor(body.job_id, 'executing');
    const { runner } = store.get(body.job_id);
    assert.ok(runner && isAlive(runner));
    const answer = await server.api.post(`/v1/calc/${body.job_id}/abort`);
    assert.deepEqual(answer.body, { success: `Killing job ${body.job_id}` });
    assert.equal(store.get(body.job_id).status, 'aborted');
    assert.ok(!isAlive(runner));
    assert.deepEqual(files(), []);
    const again = await server.api.post(`/v1/calc/${body.job_id}/abort`);
    assert.deepEqual(again.body, { error: `Job ${body.job_id} is not running` });
    assert.deepEqual((await server.api.post('/v1/calc/99/abort')).body, { error: 'Unknown job 99' });
  });

  it('wait in line beyond the allowed number, and are aborted there too', async () => {
    const first = (await server.api.sendFiles(longJob())).body.job_id;
    const second = (await server.api.sendFiles(exampleFiles('03-logic-tree'))).body.job_id;
    const third = (await server.api.sendFiles(exampleFiles('03-logic-tree'))).body.job_id;
    assert.deepEqual(
      [second, third].map((id) => store.get(id).status),
      ['submitted', 'submitted'],
    );
    await server.api.post(`/v1/calc/${second}/abort`);
    await server.api.post(`/v1/calc/${first}/abort`);
    assert.equal(await server.api.waitForEnd(third), 'complete');
    assert.deepEqual(
      [first, second].map((id) => store.get(id).status),
      ['aborted', 'aborted'],
    );
  });

  it('fail with the reason when their process is killed; the server and the next job live on', async () => {
    const first = (await server.api.sendFiles(longJob())).body.job_id;
    await server.api.waitFor(first, 'executing');
    const next = (await server.api.sendFiles(exampleFiles('03-logic-tree'))).body.job_id;
    process.kill(store.get(first).runner!.pid, 'SIGKILL');
    assert.equal(await server.api.waitForEnd(first), 'failed');
    assert.match(store.get(first).reason[0], /killed/);
    // the drawing of its logic trees, too
    assert.ok(!existsSync(folder.exports(first)));
    // only what the job could go on from
    assert.ok(!existsSync(folder.work(first)) || readdirSync(folder.work(first)).join() === 'checkpoint');
    assert.equal(await server.api.waitForEnd(next), 'complete');
    assert.deepEqual(files(), [`calc_${next}.hdf5`]);
  });

  it('survive the end of their server, killed or stopped: what ran goes on under the next one, and what waited runs', async () => {
    const running = (await server.api.sendFiles(longJob())).body.job_id;
    await server.api.waitFor(running, 'executing');
    const waiting = (await server.api.sendFiles(exampleFiles('03-logic-tree'))).body.job_id;
    for (const [signal, attempts] of [
      ['SIGKILL', 1],
      ['SIGTERM', 1],
    ] as const) {
      const { runner } = store.get(running);
      await end(server.process, signal);
      await ended(runner!);
      server = await serve(data);
      await server.api.waitFor(running, 'executing');
      assert.notEqual(store.get(running).runner!.pid, runner!.pid);
      assert.equal(store.get(running).attempts, attempts);
    }
    assert.deepEqual(files(), []);
    await server.api.post(`/v1/calc/${running}/abort`);
    assert.equal(await server.api.waitForEnd(waiting), 'complete');
    assert.deepEqual(files(), [`calc_${waiting}.hdf5`]);
  });

  it('that were aborted go on when they are told to, and only those', async () => {
    const { job_id: id } = (await server.api.sendFiles(longJob())).body;
    await server.api.waitFor(id, 'executing');
    assert.deepEqual((await server.api.post(`/v1/calc/${id}/resume`)).body, {
      error: `Job ${id} is executing: only a job that failed or was aborted can go on`,
    });
    await server.api.post(`/v1/calc/${id}/abort`);
    assert.deepEqual((await server.api.post(`/v1/calc/${id}/resume`)).body, { success: `Job ${id} goes on` });
    await server.api.waitFor(id, 'executing');
    assert.deepEqual(store.get(id).reason, []);
    await server.api.post(`/v1/calc/${id}/abort`);
  });

  it('keep results that were finished when server and runner died before the store knew', async () => {
    const { job_id: id } = (await server.api.sendFiles(exampleFiles('03-logic-tree'))).body;
    assert.equal(await server.api.waitForEnd(id), 'complete');
    const whole = readFileSync(folder.datastore(id));
    await end(server.process, 'SIGKILL');
    // as a kill between the two steps leaves it: the file has its place, or is finished in the work folder
    for (const place of [folder.datastore(id), folder.makeWork(id).datastore]) {
      rmSync(folder.datastore(id), { force: true });
      writeFileSync(place, whole);
      const gone = spawn(process.execPath, ['-e', '']);
      await once(gone, 'exit');
      const late = store.create({ owner: 'test', runner: { pid: gone.pid!, started: '1' } });
      if (place !== folder.datastore(id)) renameSync(place, folder.makeWork(late).datastore);
      else renameSync(place, folder.datastore(late));
      store.start(late, { pid: gone.pid!, started: '1' });
      server = await serve(data);
      assert.equal(store.get(late).status, 'complete');
      assert.ok(store.outputs(late).some(({ type }) => type === 'hcurves'));
      assert.deepEqual(readFileSync(folder.datastore(late)), whole);
      await end(server.process, 'SIGKILL');
      writeFileSync(folder.datastore(id), whole);
    }
  });

  it('whose upload was broken off fail, and nothing else is run in their place', async () => {
    await end(server.process, 'SIGKILL');
    const id = store.create({ owner: 'test' });
    server = await serve(data);
    assert.equal(store.get(id).status, 'failed');
    assert.deepEqual(store.get(id).reason, ['the upload was broken off']);
  });

  it('cannot be served twice from one folder', async () => {
    const other = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--data', data], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    other.stderr.on('data', (chunk) => (words += String(chunk)));
    const [code] = (await once(other, 'exit')) as [number];
    assert.equal(code, 1);
    assert.match(words, /is served already by process/);
  });
});
