/**
 * A worker: takes tasks of all runs from the queue of a Redis and computes them in threads, so that its own thread can say that it
 * lives. Content is fetched once; threads of runs of which nothing was heard for a while are ended.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { CalculationSetup } from '../../../calculators/tasks/calculation-setup.js';
import { WorkerLost, type Distributor } from '../../../calculators/tasks/distributor.js';
import { Refusal } from '../../../hazard/refusal.js';
import { PoolDistributor } from '../pool-distributor.js';
import { BEAT, connect, PREFIX, PROGRAM, QUEUE } from './connection.js';
import { getContent, putContent } from './content.js';
import type { QueuedTask, RemoteOutcome, TaskAnswer, WorkerFacts } from './messages.js';
import { lifeOf } from './redis-distributor.js';
import { announce, leave } from './registry.js';

/** ms after which another worker takes a task over whose worker says nothing */
const LOCK = 20_000;
/** bytes of packed blocks that are kept */
const BLOCKS_KEPT = 256 * 2 ** 20;
/** ms that threads of a run wait for its next task */
const IDLE = 60_000;

interface OpenRun {
  readonly distributor: Distributor;
  readonly folder: string;
  tasks: number;
  lastUsed: number;
}

/** Runs until it is closed. */
export class TaskHost {
  private readonly runs = new Map<string, Promise<OpenRun>>();
  private readonly blocks = new Map<string, Promise<Uint8Array>>();
  private blockBytes = 0;
  private readonly timers: NodeJS.Timeout[] = [];

  private constructor(
    private readonly connections: readonly Redis[],
    private readonly worker: Worker<QueuedTask, TaskAnswer>,
    private readonly facts: WorkerFacts,
  ) {}

  private get redis(): Redis {
    return this.connections[0];
  }

  /**
   * @param lock ms after which another worker takes a task over whose worker says nothing
   * Errors: EngineError REDIS when it cannot be reached.
   */
  static async start(address: string, threads: number, lock = LOCK): Promise<TaskHost> {
    const redis = await connect(address);
    const own = redis.duplicate();
    own.on('error', () => undefined);
    const worker = new Worker<QueuedTask, TaskAnswer>(
      QUEUE,
      (job): Promise<TaskAnswer> => host.run(job.data, job.id!),
      {
        prefix: PREFIX,
        connection: own,
        concurrency: threads,
        lockDuration: lock,
        stalledInterval: lock / 2,
        maxStalledCount: 2,
        autorun: false,
      },
    );
    worker.on('error', () => undefined);
    const facts = { program: PROGRAM, threads, where: `${hostname()}/${process.pid}` };
    const host = new TaskHost([redis, own], worker, facts);
    await announce(redis, facts);
    host.timers.push(setInterval(() => void announce(redis, facts).catch(() => undefined), BEAT));
    host.timers.push(setInterval(() => void host.endIdle(), IDLE / 4));
    void worker.run();
    return host;
  }

  /** Finishes what is under way unless `force` says not to wait, and leaves. */
  async close(force = false): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    await leave(this.redis, this.facts).catch(() => undefined);
    await this.worker.close(force);
    for (const run of [...this.runs.keys()]) await this.end(run);
    for (const connection of this.connections) connection.disconnect();
  }

  private async run(task: QueuedTask, id: string): Promise<TaskAnswer> {
    // whoever gave the task has gone: its result would be for nobody
    if ((await this.redis.exists(lifeOf(task.run))) === 0) return { gone: true };
    const run = await this.opened(task);
    run.tasks++;
    try {
      const rest = deserialize(await getContent(this.redis, task.payload)) as object;
      const payload = task.blob === undefined ? rest : { ...rest, blob: await this.block(task.blob) };
      const outcome = await outcomeOf(run.distributor, task, payload);
      return { outcome: await putContent(this.redis, serialize(outcome), `result-${id}`) };
    } finally {
      run.tasks--;
      run.lastUsed = Date.now();
    }
  }

  private opened(task: QueuedTask): Promise<OpenRun> {
    let run = this.runs.get(task.run);
    if (!run) {
      run = this.openRun(task);
      this.runs.set(task.run, run);
      run.catch(() => this.runs.delete(task.run));
    }
    return run;
  }

  private async openRun({ setup: place, files }: QueuedTask): Promise<OpenRun> {
    const setup = deserialize(await getContent(this.redis, place)) as CalculationSetup;
    const folder = mkdtempSync(join(tmpdir(), 'terrane-tables-'));
    for (const { path, content } of files) {
      const target = resolve(folder, path);
      if (!target.startsWith(folder + sep)) throw new RangeError(`${path} leads out of the folder`);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, await getContent(this.redis, content));
    }
    const distributor = new PoolDistributor(this.facts.threads, { inlineTime: 0 });
    await distributor.open({ ...setup, modelFolders: files.length > 0 ? [folder] : [] });
    return { distributor, folder, tasks: 0, lastUsed: Date.now() };
  }

  /** A packed block in shared memory: threads do not copy it. */
  private block(place: string): Promise<Uint8Array> {
    let block = this.blocks.get(place);
    if (block) this.blocks.delete(place);
    else {
      block = this.fetched(place);
      block.catch(() => this.blocks.delete(place));
    }
    this.blocks.set(place, block);
    return block;
  }

  private async fetched(place: string): Promise<Uint8Array> {
    const bytes = await getContent(this.redis, place);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    this.blockBytes += bytes.length;
    for (const [oldest, block] of this.blocks) {
      if (this.blockBytes <= BLOCKS_KEPT || oldest === place) break;
      this.blocks.delete(oldest);
      this.blockBytes -= (await block).length;
    }
    return shared;
  }

  private async endIdle(): Promise<void> {
    for (const [name, opening] of this.runs) {
      const run = await opening.catch(() => undefined);
      if (run && run.tasks === 0 && Date.now() - run.lastUsed > IDLE) await this.end(name);
    }
  }

  private async end(name: string): Promise<void> {
    const run = await this.runs.get(name)?.catch(() => undefined);
    this.runs.delete(name);
    if (!run) return;
    await run.distributor.close();
    rmSync(run.folder, { recursive: true, force: true });
  }
}

async function outcomeOf(distributor: Distributor, { name }: QueuedTask, payload: object): Promise<RemoteOutcome> {
  try {
    return { ok: true, result: await distributor.run(name, payload as never) };
  } catch (error) {
    const { message, stack = message, cause } = error instanceof Error ? error : new Error(String(error));
    const faults = error instanceof Refusal ? error.faults : undefined;
    const place = cause instanceof Error && cause.stack !== undefined ? cause.stack : stack;
    return { ok: false, lost: error instanceof WorkerLost, message, stack: place, faults };
  }
}
