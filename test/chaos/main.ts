/**
 * npm run chaos -- --kills N [--seed S]: a server takes jobs while it and its runners are killed (SIGKILL) at random instants of
 * uploads, reading, running, exports and removals. After each kill the promises of docs/security.md are looked at: no finished result
 * is lost or changed, no job is left in a wrong status, no process and no file stays behind. --resumes N: jobs of three kinds are killed
 * in turn, go on, and must end with the same bits (resumed-jobs.ts). Ends with `N passed, N failed`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Calculation } from '../../datastore/calculation.js';
import { exportOutput } from '../../datastore/exports/registry.js';
import { DataFolder } from '../../engine/data-folder.js';
import { isLive, type ProcessMark } from '../../engine/store/job-record.js';
import { JobStore } from '../../engine/store/job-store.js';
import { isAlive } from '../../engine/store/process-mark.js';
import { ApiClient, exampleFiles } from '../web/api-client.js';
import { resumedJobs, type ChaosServer } from './resumed-jobs.js';

const COMMAND = fileURLToPath(new URL('../../../cli/terrane.mjs', import.meta.url));
/** ms after the beginning of an action within which the kill falls */
const LATEST_KILL = 2500;
/** ms that a job may take to its end after a kill: twenty times what it takes in peace */
const PATIENCE = 120_000;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    resumes: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
  },
});
const kills = Number(values.kills);
const random = generator(Number(values.seed));

const data = mkdtempSync(join(tmpdir(), 'terrane-chaos-'));
const folder = new DataFolder(data);
const store = new JobStore(folder.storeFile);
let server = await serve();
const expected = await firstResult();
let passed = 0;
let failed = 0;
for (let kill = 0; kill < kills; kill++) {
  const faults = await oneKill(kill);
  if (faults.length === 0) passed++;
  else {
    failed++;
    for (const fault of faults) console.log(`kill ${kill}: ${fault}`);
  }
}
const killable: ChaosServer = {
  get api() {
    return server.api;
  },
  replace: async () => {
    await stop(server.process, 'SIGKILL');
    server = await serve();
  },
};
for await (const fault of resumedJobs({ store, folder, server: killable, random }, Number(values.resumes))) {
  if (fault === undefined) passed++;
  else {
    failed++;
    console.log(fault);
  }
}
await stop(server.process, 'SIGTERM');
store.close();
if (failed === 0) rmSync(data, { recursive: true, force: true });
else console.log(`the data folder is kept: ${data}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A server in a process of its own, as users start it. */
async function serve(): Promise<{ process: ChildProcess; api: ApiClient }> {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--data', data, '--workers', '1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk) => (text += String(chunk)));
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const [, url] = /serving at (\S+)/.exec(text) ?? [];
    if (url) return { process: child, api: new ApiClient(url) };
  }
  throw new Error(`the server did not start: ${text}`);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** What the job gives in peace. */
async function firstResult(): Promise<string> {
  const { job_id: id } = (await server.api.sendFiles(exampleFiles('03-logic-tree'))).body;
  await end(id);
  return curvesOf(id);
}

/** The mean curves of a complete job as text, without the line that names time and version. */
async function curvesOf(id: number): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'terrane-chaos-export-'));
  try {
    const files = await exportOutput(folder.datastore(id), 'hcurves', 'csv', place);
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    return texts.map((text) => text.slice(text.indexOf('\n') + 1)).join('');
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function end(id: number): Promise<string> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const { status } = store.get(id);
    if (!isLive(status)) return status;
    await delay(20);
  }
  return store.get(id).status;
}

/** One action, one kill, and what was found wrong afterwards. */
async function oneKill(number: number): Promise<string[]> {
  const before = store.list({ limit: 1000 }).map(({ id, status }) => ({ id, status }));
  const action = (['run', 'run', 'run', 'export', 'remove'] as const)[Math.floor(random() * 5)];
  const victim = random() < 0.5 ? 'server' : 'runner';
  const complete = before.filter(({ status }) => status === 'complete');
  const target = complete[Math.floor(random() * complete.length)]?.id;
  const quiet = <T>(promise: Promise<T>): Promise<T | undefined> => promise.catch(() => undefined);
  let removing: number | undefined;
  if (action === 'run') void quiet(server.api.sendFiles(exampleFiles('03-logic-tree')));
  else if (action === 'export' && target !== undefined) {
    rmSync(folder.exports(target), { recursive: true, force: true });
    const output = store.outputs(target).find(({ type }) => type === 'hcurves')!;
    void quiet(server.api.get(`/v1/calc/result/${output.id}?export_type=csv`).then((response) => response.text()));
  } else if (target !== undefined && complete.length > 3) {
    removing = target;
    void quiet(server.api.post(`/v1/calc/${target}/remove`));
  }
  await delay(random() * (action === 'run' ? LATEST_KILL : LATEST_KILL / 10));
  const marks = liveMarks();
  const completeAtKill = new Set(
    store
      .list({ limit: 1000 })
      .filter(({ status }) => status === 'complete')
      .map(({ id }) => id),
  );
  if (victim === 'runner') for (const { pid } of marks) quietKill(pid);
  else {
    await stop(server.process, 'SIGKILL');
    server = await serve();
  }
  const faults: string[] = [];
  const label = `${action}, ${victim} killed`;
  for (const { id, status } of store.list({ limit: 1000 })) if (isLive(status)) await end(id);
  for (const { id, status } of store.list({ limit: 1000 }))
    if (isLive(status)) faults.push(`${label}: job ${id} stays ${status}`);
  for (const id of completeAtKill) {
    if (id === removing) continue;
    if (store.get(id).status !== 'complete')
      faults.push(`${label}: job ${id} was complete and is ${store.get(id).status}`);
  }
  faults.push(...(await checkFiles(label, removing)));
  for (const mark of [...marks, ...liveMarks()]) {
    for (let k = 0; k < 100 && isAlive(mark); k++) await delay(20);
    if (isAlive(mark)) faults.push(`${label}: process ${mark.pid} lives on`);
  }
  if (number % 10 === 9) console.log(`${number + 1} kills`);
  return faults;
}

function liveMarks(): ProcessMark[] {
  return store.list({ live: true, limit: 1000 }).flatMap(({ runner }) => (runner ? [runner] : []));
}

function quietKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

/** Complete jobs hold what they held in peace; others hold no results; nothing half-written is there. */
async function checkFiles(label: string, removing: number | undefined): Promise<string[]> {
  const faults: string[] = [];
  // a removal that the kill of a runner does not touch may be under way
  if (removing !== undefined) await delay(300);
  const jobs = new Map(store.list({ limit: 1000 }).map((job) => [job.id, job]));
  for (const { id, status } of jobs.values()) {
    const there = existsSync(folder.datastore(id));
    if (status === 'complete' && !there) faults.push(`${label}: the results of job ${id} are lost`);
    if (status !== 'complete' && there) faults.push(`${label}: job ${id} is ${status} and has results`);
    if (status !== 'complete' || !there) continue;
    const calculation = await Calculation.open(folder.datastore(id));
    calculation.close();
    if ((await curvesOf(id)) !== expected) faults.push(`${label}: the curves of job ${id} have changed`);
    if (store.outputs(id).length === 0) faults.push(`${label}: job ${id} lists no outputs`);
  }
  for (const name of readdirSync(data)) {
    const [, id] = /^calc_(\d+)\.hdf5/.exec(name) ?? [];
    if (id !== undefined && !jobs.has(Number(id))) faults.push(`${label}: ${name} belongs to no job`);
    if (name.endsWith('.partial')) faults.push(`${label}: ${name} is half written`);
  }
  for (const kind of ['work', 'inputs', 'exports'])
    for (const name of existsSync(join(data, kind)) ? readdirSync(join(data, kind)) : [])
      if (!jobs.has(Number(name)) || (kind === 'work' && halfWritten(Number(name), jobs.get(Number(name))!.status)))
        faults.push(`${label}: ${kind}/${name} stays behind`);
  return faults;
}

/** Whether the work folder of a job holds more than what it could go on from. */
function halfWritten(id: number, status: string): boolean {
  const names = readdirSync(folder.work(id));
  const over = status === 'failed' || status === 'aborted';
  return names.some((name) => !over || name !== 'checkpoint');
}

/** Numbers in 0 .. 1 from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
