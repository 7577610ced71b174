import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Admission } from '../../engine/admission.js';
import { DataFolder } from '../../engine/data-folder.js';
import { JobStore } from '../../engine/store/job-store.js';
import { markProcess } from '../../engine/store/process-mark.js';
import { patientServer, startServer, type ServerOptions } from '../../web/server.js';
import { ApiClient, exampleFiles, longJob } from './api-client.js';

describe('what a server takes in', () => {
  let data: string;
  beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'terrane-admission-'))));
  afterEach(() => rmSync(data, { recursive: true, force: true }));
  const start = (options: Partial<ServerOptions>) =>
    startServer({ data, host: '127.0.0.1', port: 0, atOnce: 1, ...options });

  it('is one job more only while a user has fewer than the limit', async () => {
    const server = await start({ admissionLimits: { jobsPerUser: 1 } });
    try {
      const api = new ApiClient(server.url);
      const { body } = await api.sendFiles(longJob());
      const refused = await api.sendFiles(exampleFiles('03-logic-tree'));
      assert.equal(refused.status, 429);
      assert.match(refused.body.traceback[0], /^1 job of \S+ wait or run already, the limit is 1: abort one/);
      await api.post(`/v1/calc/${body.job_id}/abort`);
      assert.equal((await api.sendFiles(exampleFiles('03-logic-tree'))).status, 200);
    } finally {
      await server.close();
    }
  });

  it('is told before an upload has been sent: too large, or no room for it', async () => {
    const server = await start({ uploadLimits: { totalSize: 2 ** 20, files: 10 } });
    try {
      // the first bytes of 3 GB: an answer comes though the rest never does
      const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
        const sent = request(`${server.url}/v1/calc/run`, {
          method: 'POST',
          headers: { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': String(3 * 2 ** 30) },
        });
        sent.on('response', (response) => {
          let text = '';
          response.on('data', (part: Buffer) => (text += part.toString()));
          response.on('end', () => resolve({ status: response.statusCode!, text }));
        });
        sent.on('error', reject);
        sent.write('--x\r\n');
      });
      assert.equal(answer.status, 413);
      assert.match(answer.text, /the upload is larger than 1 MB/);
      // no job has been made for it, and nothing lies on the disk
      assert.deepEqual(await new ApiClient(server.url).json('/v1/calc/list'), []);
      assert.ok(!existsSync(join(data, 'inputs')) || readdirSync(join(data, 'inputs')).length === 0);
    } finally {
      await server.close();
    }
  });

  it('is an upload however slow: requests as a whole have no end, their headers have', () => {
    const http = patientServer(() => undefined);
    assert.deepEqual([http.requestTimeout, http.headersTimeout, http.timeout], [0, 20_000, 120_000]);
  });

  it('is no upload of which nothing comes any more: the connection is closed, no job is left', async () => {
    const server = await start({ idleTimeout: 200 });
    try {
      const sent = request(`${server.url}/v1/calc/run`, {
        method: 'POST',
        headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      });
      const ended = new Promise((resolve) => sent.on('error', resolve));
      sent.write('--x\r\n');
      assert.ok((await ended) instanceof Error);
      const list = await new ApiClient(server.url).json<{ status: string }[]>('/v1/calc/list');
      assert.ok(list.every(({ status }) => status !== 'complete' && status !== 'executing'));
    } finally {
      await server.close();
    }
  });

  it('leaves room on the disk and keeps to the share of each user', () => {
    const folder = new DataFolder(data);
    const store = new JobStore(folder.storeFile);
    store.restore({
      id: 1,
      owner: 'a',
      calculationMode: 'classical',
      description: '',
      startTime: 1,
      stopTime: 2,
      size: 5 * 2 ** 20,
    });
    const admission = new Admission(store, folder, { bytesPerUser: 4 * 2 ** 20 });
    assert.match(admission.refuse('a', 0)!.message, /^the calculations of a take 5 MB of 4 MB: remove some first$/);
    assert.equal(admission.refuse('b', 0), undefined);
    const full = new Admission(store, folder, { freeBytes: Number.MAX_SAFE_INTEGER });
    assert.match(full.refuse('b', 2 ** 20)!.message, /too little for an upload of 1 MB$/);
    store.close();
  });

  it('runs in turns: a user with one job does not wait for all jobs of another', () => {
    const store = new JobStore(new DataFolder(data).storeFile);
    const mark = markProcess(process.pid);
    for (const owner of ['a', 'a', 'a', 'b', 'c', 'b']) store.submit(store.create({ owner }));
    const order: string[] = [];
    // a clock that goes on from job to job
    let time = Date.now();
    const { now } = Date;
    Date.now = () => time++;
    try {
      for (let next = store.nextSubmitted(); next; next = store.nextSubmitted()) {
        order.push(`${next.owner}${next.id}`);
        store.start(next.id, mark);
        store.complete(next.id, 1);
      }
    } finally {
      Date.now = now;
    }
    assert.deepEqual(order, ['a1', 'b4', 'c5', 'a2', 'b6', 'a3']);
    store.close();
  });

  it('keeps results for as many days as the operator says, shared ones for good', async () => {
    const folder = new DataFolder(data);
    const store = new JobStore(folder.storeFile);
    const day = 86_400_000;
    const job = { owner: 'a', calculationMode: 'classical', description: '', startTime: 1, size: 1 };
    store.restore({ ...job, id: 1, stopTime: Date.now() - 3 * day });
    store.restore({ ...job, id: 2, stopTime: Date.now() - 3 * day });
    store.restore({ ...job, id: 3, stopTime: Date.now() - day });
    store.changeStatus(2, 'complete', 'shared');
    store.close();
    const server = await start({ keepDays: 2 });
    try {
      const list = await new ApiClient(server.url).json<{ id: number }[]>('/v1/calc/list');
      assert.deepEqual(
        list.map(({ id }) => id),
        [3, 2],
      );
    } finally {
      await server.close();
    }
  });
});
