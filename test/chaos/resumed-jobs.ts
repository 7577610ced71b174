/**
 * Jobs of different kinds whose processes are killed at random instants, again and again, and which go on each time: by themselves
 * under the next server, or because they are told to. Each must end with the bits of one that ran in peace.
 */
import { isDeepStrictEqual } from 'node:util';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DataFolder } from '../../engine/data-folder.js';
import { isLive } from '../../engine/store/job-record.js';
import type { JobStore } from '../../engine/store/job-store.js';
import { contentOf } from '../engine/checkpoint/same-file.js';
import { AREA_SOURCE, POINT_SOURCE, sourceModel, tinyIni, tinyJob } from '../inputs/tiny-job.js';
import { exampleFiles, type ApiClient } from '../web/api-client.js';

/** A server that can be killed and served anew. */
export interface ChaosServer {
  readonly api: ApiClient;
  /** kills it, and its runners with it, and starts another one */
  replace(): Promise<void>;
}

/** ms that a job may take to its end */
const PATIENCE = 180_000;
/** kills of one job at most */
const KILLS = 4;

const MULTI_FAULT = fileURLToPath(new URL('../../../test/reference/multi-fault/', import.meta.url));

/** Some seconds of one thread each. */
const JOBS: Readonly<Record<string, () => ReadonlyMap<string, string>>> = {
  'area with sites': () =>
    textsOf(
      tinyJob({
        'job.ini': tinyIni({
          sites: Array.from({ length: 225 }, (_, k) => `${9 + (k % 15) / 7} ${44 + Math.floor(k / 15) / 7}`).join(', '),
          area_source_discretization: '3',
        }),
        'sm.xml': sourceModel(AREA_SOURCE.replace('id="1"', 'id="a"'), POINT_SOURCE.replace('id="1"', 'id="p"')),
      }),
    ),
  'multi-fault': () => {
    const files = new Map(
      readdirSync(MULTI_FAULT).map((file) => [file, readFileSync(join(MULTI_FAULT, file), 'utf8')]),
    );
    files.delete('expected.json');
    const sites = Array.from({ length: 6400 }, (_, k) => `${-118.5 + (k % 80) / 40} ${33.2 + Math.floor(k / 80) / 40}`);
    return files.set(
      'job.ini',
      files
        .get('job.ini')!
        .replace(/sites = .*/, `sites = ${sites.join(', ')}`)
        .replace(/rupture_mesh_spacing = .*/, 'rupture_mesh_spacing = 0.5'),
    );
  },
  disaggregation: () =>
    exampleFiles('07-disaggregation', (ini) =>
      ini.replace(/area_source_discretization = .*/, 'area_source_discretization = 0.5'),
    ),
};

function textsOf(files: ReturnType<typeof tinyJob>): Map<string, string> {
  return new Map(Object.entries(files).map(([name, content]) => [name, String(content)]));
}

/** Runs every job so many times, killed at random; what went wrong, one line each. */
export async function* resumedJobs(
  { store, folder, server, random }: { store: JobStore; folder: DataFolder; server: ChaosServer; random: () => number },
  rounds: number,
): AsyncGenerator<string | undefined> {
  const inPeace = new Map<string, { content: Map<string, unknown>; time: number }>();
  for (const [name, files] of Object.entries(JOBS)) {
    const begin = performance.now();
    const id = (await server.api.sendFiles(files())).body.job_id;
    await end(store, server, id);
    const time = performance.now() - begin;
    inPeace.set(name, { content: await contentOf(folder.datastore(id)), time });
    await server.api.post(`/v1/calc/${id}/remove`);
  }
  const names = Object.keys(JOBS);
  for (let round = 0; round < rounds; round++) {
    const name = names[round % names.length];
    const { content, time } = inPeace.get(name)!;
    const id = (await server.api.sendFiles(JOBS[name]())).body.job_id;
    const kills = 1 + Math.floor(random() * KILLS);
    const victims: string[] = [];
    for (let kill = 0; kill < kills && store.get(id).status !== 'complete'; kill++) {
      await delay(random() * time * 0.7);
      const hit = store.get(id).runner?.pid;
      victims.push(await killOne(store, server, id, random));
      await runs(store, server, id, hit);
    }
    const status = await end(store, server, id);
    const told = store.logRows(id).map(({ message }) => /^(\d+) tasks were done before/.exec(message)?.[1]);
    const kept = told.reduce((sum, count) => sum + Number(count ?? 0), 0);
    const label = `${name} (${victims.join(', ')}; ${kept} tasks kept)`;
    if (status !== 'complete') yield `${label}: job ${id} is ${status}: ${store.get(id).reason.join(' ')}`;
    else if (!isDeepStrictEqual(await contentOf(folder.datastore(id)), content))
      yield `${label}: job ${id} has other bits`;
    else if (existsSync(folder.work(id))) yield `${label}: the work folder of job ${id} stays behind`;
    else {
      console.log(label);
      yield undefined;
    }
    await server.api.post(`/v1/calc/${id}/remove`);
  }
}

async function killOne(store: JobStore, server: ChaosServer, id: number, random: () => number): Promise<string> {
  const { runner } = store.get(id);
  const kinds = ['server', 'runner', 'abort'] as const;
  const kind = kinds[Math.floor(random() * kinds.length)];
  if (kind === 'server') await server.replace();
  else if (kind === 'abort') await server.api.post(`/v1/calc/${id}/abort`);
  else if (runner)
    try {
      process.kill(runner.pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  return kind;
}

/** Waits for the end of a job, and has it go on whenever it fails; ends as failed only if nothing helps. */
async function end(store: JobStore, server: ChaosServer, id: number): Promise<string> {
  const deadline = Date.now() + PATIENCE;
  for (let resumed = 0; Date.now() < deadline; await delay(20)) {
    const { status, attempts } = store.get(id);
    if (status === 'complete') return status;
    // by itself it would go on after a pause
    if (status === 'submitted' && attempts > 1) await server.api.post(`/v1/calc/${id}/abort`);
    else if (!isLive(status)) {
      if (resumed++ === KILLS) return status;
      await server.api.post(`/v1/calc/${id}/resume`);
    }
  }
  return store.get(id).status;
}

/** Waits until a job that was hit runs again, or has ended for good. */
async function runs(store: JobStore, server: ChaosServer, id: number, hit: number | undefined): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (; Date.now() < deadline; await delay(20)) {
    const { status, runner, attempts } = store.get(id);
    if (status === 'complete' || (status === 'executing' && runner?.pid !== hit)) return;
    if (status === 'failed' || status === 'aborted') await server.api.post(`/v1/calc/${id}/resume`);
    if (status === 'submitted' && attempts > 1) await server.api.post(`/v1/calc/${id}/abort`);
  }
}
