/**
 * Hands tasks to workers on other machines by a queue in Redis (BullMQ). Redis carries keys, content by hash, and results that are
 * removed as soon as they are fetched. A task whose worker dies goes to another one by the queue's means; one that is lost with
 * Redis, or fails for good there, is a lost worker to the calculation, which runs it again.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { CalculationSetup } from '../../../calculators/tasks/calculation-setup.js';
import {
  TaskFailed,
  WorkerLost,
  type Distributor,
  type TaskName,
  type TaskTypes,
} from '../../../calculators/tasks/distributor.js';
import { Refusal } from '../../../hazard/refusal.js';
import { EngineError } from '../../errors.js';
import { BEAT, connect, LIFE, PREFIX, PROGRAM, QUEUE } from './connection.js';
import { dropContent, getContent, putContent } from './content.js';
import type { QueuedTask, RemoteOutcome, TaskAnswer } from './messages.js';
import { fitting, liveWorkers } from './registry.js';

/** ms between two looks at tasks of which nothing was heard */
const LOOK = 10_000;
/** s that the queue remembers how a task ended, in case that the message of it is missed */
const REMEMBERED = 600;

type Result = TaskTypes[TaskName]['result'];
interface Waiting {
  readonly resolve: (answer: TaskAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** Runs tasks on the workers that a Redis knows. */
export class RedisDistributor implements Distributor {
  /** threads of all workers; at least 1, so that tasks wait for the first worker in the queue */
  workers = 1;
  private redis: Redis | undefined;
  private queue: Queue<QueuedTask> | undefined;
  private events: QueueEvents | undefined;
  private readonly name = randomUUID();
  private shared: Pick<QueuedTask, 'setup' | 'files'> | undefined;
  private setup: CalculationSetup | undefined;
  private readonly blobs = new WeakMap<Uint8Array, Promise<string>>();
  private readonly waiting = new Map<string, Waiting>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly connections: Redis[] = [];
  private closed = false;
  private told = '';

  /** @param log told when there are no workers, or only such that do not fit */
  constructor(
    private readonly address: string,
    private readonly log: (message: string) => void,
  ) {}

  async open(setup: CalculationSetup): Promise<void> {
    this.setup = setup;
    const redis = (this.redis = await connect(this.address));
    const options = { prefix: PREFIX, connection: this.further(redis) };
    this.queue = new Queue<QueuedTask>(QUEUE, options);
    this.events = new QueueEvents(QUEUE, {
      prefix: PREFIX,
      connection: this.further(redis),
    });
    this.queue.on('error', () => undefined);
    this.events.on('error', () => undefined);
    this.events.on('completed', ({ jobId, returnvalue }) => this.answered(jobId, returnvalue as unknown as TaskAnswer));
    this.events.on('failed', ({ jobId, failedReason }) => this.failed(jobId, failedReason));
    await this.events.waitUntilReady();
    await this.beat();
    await this.share();
    this.timers.push(setInterval(() => void this.beat().catch(() => undefined), BEAT));
    this.timers.push(setInterval(() => void this.look().catch(() => undefined), LOOK));
  }

  async run<N extends TaskName>(name: N, payload: TaskTypes[N]['payload']): Promise<TaskTypes[N]['result']> {
    const { queue, redis } = this;
    if (!queue || !redis || this.closed) throw new Error('the distributor is not open');
    const { blob, ...rest } = payload as { blob?: Uint8Array };
    const id = `${this.name}-${randomUUID()}`;
    const own = await putContent(redis, serialize(rest), id);
    const task: QueuedTask = {
      run: this.name,
      name,
      ...(await this.share()),
      payload: own,
      ...(blob && { blob: await this.blob(blob) }),
    };
    try {
      const answer = await new Promise<TaskAnswer>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        const kept = { age: REMEMBERED };
        queue.add(name, task, { jobId: id, removeOnComplete: kept, removeOnFail: kept }).catch(reject);
      });
      return (await this.outcome(name, answer)) as TaskTypes[N]['result'];
    } catch (error) {
      if (error instanceof Refusal || error instanceof TaskFailed) throw error;
      // what Redis has lost is put there again for the next attempt
      this.shared = undefined;
      if (blob) this.blobs.delete(blob);
      throw new WorkerLost(name, error instanceof Error ? error.message : String(error), { cause: error });
    } finally {
      this.waiting.delete(id);
      await dropContent(redis, own).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.timers.forEach((timer) => clearInterval(timer));
    for (const { reject } of this.waiting.values()) reject(new Error('the distributor was closed'));
    // workers that come to a task of a run that is over leave it
    await this.redis?.del(lifeOf(this.name)).catch(() => undefined);
    await this.events?.close().catch(() => undefined);
    await this.queue?.close().catch(() => undefined);
    for (const connection of this.connections) connection.disconnect();
    this.redis?.disconnect();
  }

  private further(redis: Redis): Redis {
    const connection = redis.duplicate();
    connection.on('error', () => undefined);
    this.connections.push(connection);
    return connection;
  }

  private async outcome(name: TaskName, answer: TaskAnswer): Promise<Result> {
    if ('gone' in answer) throw new Error('a worker took the run for over');
    const outcome = deserialize(await getContent(this.redis!, answer.outcome)) as RemoteOutcome;
    await dropContent(this.redis!, answer.outcome);
    if (outcome.ok) return outcome.result;
    const cause = new Error(outcome.message);
    cause.stack = outcome.stack;
    if (outcome.faults) throw new Refusal(outcome.faults, { cause });
    throw new (outcome.lost ? WorkerLost : TaskFailed)(name, outcome.message, { cause });
  }

  /** What all tasks share, in Redis. */
  private async share(): Promise<Pick<QueuedTask, 'setup' | 'files'>> {
    if (this.shared) return this.shared;
    const setup = this.setup!;
    const files: { path: string; content: string }[] = [];
    for (const path of tablesOf(setup))
      files.push({ path: path.name, content: await putContent(this.redis!, readFileSync(path.place)) });
    const content = await putContent(this.redis!, serialize({ ...setup, modelFolders: [] }));
    return (this.shared = { setup: content, files });
  }

  private blob(blob: Uint8Array): Promise<string> {
    let place = this.blobs.get(blob);
    if (!place) this.blobs.set(blob, (place = putContent(this.redis!, Uint8Array.from(blob))));
    return place;
  }

  /** Says that the run lives, and looks how many workers there are. */
  private async beat(): Promise<void> {
    const redis = this.redis!;
    await redis.set(lifeOf(this.name), '1', 'PX', LIFE);
    const { threads, others } = fitting(await liveWorkers(redis));
    this.workers = Math.max(1, threads);
    const different = [...new Set(others.map(({ program, where }) => `${where} has ${program}`))];
    const told =
      threads > 0
        ? ''
        : different.length > 0
          ? `no worker fits: this is ${PROGRAM}, ${different.join(', ')}; install the same version of Terrane and Node on all machines`
          : 'there is no worker yet: tasks wait (terrane worker ADDRESS starts one)';
    if (told !== this.told && told !== '') this.log(told);
    this.told = told;
  }

  private answered(id: string, answer: unknown): void {
    const value = typeof answer === 'string' ? (JSON.parse(answer) as TaskAnswer) : (answer as TaskAnswer);
    this.waiting.get(id)?.resolve(value);
  }

  private failed(id: string, reason: string): void {
    this.waiting.get(id)?.reject(new Error(reason));
  }

  /** Tasks whose end was not heard of: a message may be lost with a connection, a queue with its Redis. */
  private async look(): Promise<void> {
    for (const id of [...this.waiting.keys()]) {
      const job = await this.queue!.getJob(id);
      if (!job) this.failed(id, 'its task is gone from Redis');
      else if (await job.isCompleted()) this.answered(id, job.returnvalue);
      else if (await job.isFailed()) this.failed(id, job.failedReason);
    }
  }
}

/** The key that says that a run lives. */
export const lifeOf = (run: string): string => `${PREFIX}:run:${run}`;

/** Data tables that the models of a run name, where they lie in its folders. Errors: EngineError for a folder that is not there. */
function tablesOf({ modelFolders, regions }: CalculationSetup): { name: string; place: string }[] {
  const named = JSON.stringify(regions);
  const found = new Map<string, string>();
  for (const folder of modelFolders)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const place = join(entry.parentPath, entry.name);
      const name = relative(folder, place);
      if (!found.has(name) && named.includes(entry.name) && statSync(place).size > 0) found.set(name, place);
    }
  if (found.size > 100) throw new EngineError('REDIS', `${found.size} data tables of models are too many to be sent`);
  return [...found].map(([name, place]) => ({ name, place }));
}
