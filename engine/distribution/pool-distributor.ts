import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import {
  TaskFailed,
  WorkerLost,
  type Distributor,
  type TaskName,
  type TaskTypes,
} from '../../calculators/tasks/distributor.js';
import { Refusal } from '../../hazard/refusal.js';
import type { CalculationSetup } from '../../calculators/tasks/calculation-setup.js';
import { InlineDistributor } from './inline-distributor.js';
import type { PoolTask, TaskOutcome } from './pool-worker.js';
import { TaskQueue, type WaitingTask } from './task-queue.js';

/** What a pool may be told. */
export interface PoolOptions {
  /** ms of work done in the runner's own thread before threads are started: most jobs end sooner than a pool is up */
  readonly inlineTime?: number;
  /** what runs in the threads */
  readonly workerFile?: string;
  /** s without a sign of life after which a thread is ended; a sign is given for every source and every batch of contexts */
  readonly silence?: number;
}

const INLINE_TIME = 700;
const SILENCE = 900;
const WORKER_FILE = fileURLToPath(new URL('./pool-worker.js', import.meta.url));

/** A pool of threads, started when the work turns out to be worth it. */
export class PoolDistributor implements Distributor {
  private readonly inline = new InlineDistributor();
  private readonly queue = new TaskQueue();
  private setup: CalculationSetup | undefined;
  private pool: Piscina | undefined;
  private starting: Promise<void> | undefined;
  private running = 0;
  private inlineSpent = 0;
  private inlineBusy = false;
  private closed = false;

  private readonly inlineTime: number;
  private readonly workerFile: string;
  private readonly silence: number;
  /** tasks that every thread has done, by the number of the thread */
  readonly tasksByThread = new Map<number, number>();

  constructor(
    readonly workers: number,
    { inlineTime = INLINE_TIME, workerFile = WORKER_FILE, silence = SILENCE }: PoolOptions = {},
  ) {
    this.inlineTime = inlineTime;
    this.workerFile = workerFile;
    this.silence = silence;
  }

  async open(setup: CalculationSetup): Promise<void> {
    this.setup = setup;
    await this.inline.open(setup);
  }

  run<N extends TaskName>(name: N, payload: TaskTypes[N]['payload']): Promise<TaskTypes[N]['result']> {
    if (this.closed) return Promise.reject(new Error('the distributor was closed'));
    return new Promise((resolve, reject) => {
      this.queue.push({ name, payload, resolve, reject });
      this.advance();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.queue.rejectAll(new Error('the distributor was closed'));
    await this.starting;
    await this.pool?.destroy();
    await this.inline.close();
  }

  private advance(): void {
    if (this.closed || this.queue.size === 0) return;
    if (this.pool) {
      while (this.running < this.workers) {
        const task = this.queue.shift();
        if (!task) return;
        void this.runInPool(task);
      }
    } else if (this.inlineSpent >= this.inlineTime) {
      this.starting ??= this.startPool();
    } else if (!this.inlineBusy) {
      void this.runInline(this.queue.shift()!);
    }
  }

  private async runInline(task: WaitingTask): Promise<void> {
    this.inlineBusy = true;
    const begin = performance.now();
    try {
      task.resolve(await this.inline.runNow(task.name, task.payload));
    } catch (error) {
      task.reject(error);
    }
    this.inlineSpent += performance.now() - begin;
    this.inlineBusy = false;
    this.advance();
  }

  private async startPool(): Promise<void> {
    try {
      const { Piscina } = await import('piscina');
      this.pool = new Piscina({
        filename: this.workerFile,
        minThreads: this.workers,
        maxThreads: this.workers,
        concurrentTasksPerWorker: 1,
        workerData: this.setup,
        recordTiming: false,
      });
      // a worker that fails while it starts rejects its task; without a listener the event would end the process
      this.pool.on('error', () => undefined);
      this.advance();
    } catch (error) {
      this.queue.rejectAll(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async runInPool(task: WaitingTask): Promise<void> {
    this.running++;
    try {
      task.resolve(await this.runInThread(task));
    } catch (error) {
      task.reject(error);
    }
    this.running--;
    this.advance();
  }

  private async runInThread({ name, payload }: WaitingTask): Promise<TaskTypes[TaskName]['result']> {
    const request: PoolTask = { name, payload, beats: new Int32Array(new SharedArrayBuffer(4)) };
    const life = watchBeats(request.beats, this.silence);
    let outcome: TaskOutcome;
    try {
      outcome = (await this.pool!.run(request, { signal: life.signal })) as TaskOutcome;
    } catch (error) {
      if (life.signal.aborted)
        throw new WorkerLost(name, `its thread gave no sign of life for ${this.silence} s`, { cause: error });
      const why = error instanceof Error ? error.message : String(error);
      throw new WorkerLost(name, `its thread died (${why})`, { cause: error });
    } finally {
      life.stop();
    }
    this.tasksByThread.set(outcome.thread, (this.tasksByThread.get(outcome.thread) ?? 0) + 1);
    if (outcome.ok) return outcome.result;
    const cause = new Error(outcome.message);
    cause.stack = outcome.stack;
    if (outcome.faults) throw new Refusal(outcome.faults, { cause });
    throw new TaskFailed(name, outcome.message, { cause });
  }
}

/** Looks whether a counter goes on, four times within the time that it may rest; ends the thread that counts when it does not. */
function watchBeats(beats: Int32Array, silence: number): { readonly signal: AbortSignal; stop(): void } {
  const life = new AbortController();
  let last = -1;
  let rest = 0;
  const timer = setInterval(() => {
    const now = Atomics.load(beats, 0);
    rest = now === last ? rest + 1 : 0;
    last = now;
    if (rest >= 4) life.abort();
  }, silence * 250);
  timer.unref();
  return { signal: life.signal, stop: () => clearInterval(timer) };
}
