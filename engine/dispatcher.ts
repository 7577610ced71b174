/**
 * The line of jobs of a server. Every uploaded job gets a runner process that reads and checks it at once; then it runs, or
 * waits in line as `submitted` without a process until one of the allowed places is free.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { abortJob, failDeadJobs, removeJob } from './abort.js';
import type { DataFolder } from './data-folder.js';
import { commitResults } from './results.js';
import { enterAgain } from './resume.js';
import type { RunnerMessage, RunnerTask } from './runner/messages.js';
import { parentOf } from './runner/parent.js';
import type { WatchLimits } from './runner/process-watch.js';
import { RunnerProcess } from './runner/runner-process.js';
import type { JobStore } from './store/job-store.js';
import { markProcess } from './store/process-mark.js';

/** How many jobs and threads run. */
export interface DispatcherOptions {
  /** jobs that may run at the same time */
  readonly atOnce: number;
  /** threads per job; undefined: one per processor */
  readonly workers?: number;
  /** address of a Redis whose workers compute instead of threads */
  readonly redis?: string;
  /** reading and checking an upload; default: 10 minutes, 4 GB */
  readonly readingLimits?: WatchLimits;
  /** running a job; default: none */
  readonly runningLimits?: WatchLimits;
  /** days that ended jobs stay which are shared with nobody; default: until they are removed */
  readonly keepDays?: number;
}

const READING_LIMITS: WatchLimits = { seconds: 600, memory: 4 * 2 ** 30 };
/** jobs read and checked at the same time */
const READING_AT_ONCE = 2;
/** ms after which an upload is answered although its job is still being read */
const ANSWER_WITHIN = 12_000;
/** ms between two looks for jobs whose process has vanished */
const LOOK_INTERVAL = 2_000;
/** ms between two looks for jobs that have been kept long enough */
const CLEANING_INTERVAL = 3_600_000;
const DAY = 86_400_000;

/** Lets jobs wait in line and runs them, each in a process of its own. */
export class Dispatcher {
  private readonly reading = new Map<number, RunnerProcess>();
  private readonly running = new Map<number, RunnerProcess>();
  private readonly waitingToRead: (() => void)[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly cleaning: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly store: JobStore,
    private readonly folder: DataFolder,
    private readonly options: DispatcherOptions,
  ) {
    this.timer = setInterval(() => void this.look(), LOOK_INTERVAL);
    this.timer.unref();
    this.cleaning = setInterval(() => void this.removeOld(), CLEANING_INTERVAL);
    this.cleaning.unref();
  }

  /**
   * Puts things right after a crash: results that were finished are completed, jobs that ran or had not begun go back in line,
   * uploads that were broken off fail, and what belongs to no job is removed.
   */
  async recover(): Promise<void> {
    // calculations whose store was lost are never written over
    this.store.reserveNumbers(this.folder.calculationNumbers().at(-1) ?? 0);
    await failDeadJobs(this.store, this.folder, undefined, true);
    for (const job of this.store.list({ live: true, limit: Number.MAX_SAFE_INTEGER })) {
      if (job.status !== 'created' || job.runner) continue;
      if (job.inputs.source !== '') this.store.submit(job.id);
      else if (this.store.fail(job.id, ['the upload was broken off'])) {
        this.store.log(job.id, 'CRITICAL', `engine/${process.pid}`, 'the upload was broken off');
        this.folder.removeInputs(job.id);
      }
    }
    const kept = new Set(this.store.list({ limit: Number.MAX_SAFE_INTEGER }).map(({ id }) => id));
    this.folder.sweep(
      (id) => kept.has(id),
      (id) => this.store.find(id)?.status === 'deleted',
    );
    await this.removeOld();
    this.startNext();
  }

  /** Jobs whose process has vanished, and those whose pause is over. */
  private async look(): Promise<void> {
    await failDeadJobs(this.store, this.folder, this.running, true);
    this.startNext();
  }

  /** Removes jobs that ended long enough ago; those that others start from, or that are shared, stay. */
  private async removeOld(): Promise<void> {
    const { keepDays } = this.options;
    if (keepDays === undefined) return;
    for (const id of this.store.endedBefore(Date.now() - keepDays * DAY)) {
      if (this.closed) return;
      if (this.store.children(id).length > 0) continue;
      try {
        await this.remove(id);
        this.store.log(id, 'INFO', `engine/${process.pid}`, `removed: it had been kept for ${keepDays} days`);
      } catch (error) {
        // somebody else removed it, or the disk refuses: the next look tries again, the server goes on
        const reason = error instanceof Error ? error.message : String(error);
        this.store.log(
          id,
          'WARNING',
          `engine/${process.pid}`,
          `could not be removed after ${keepDays} days: ${reason}`,
        );
      }
    }
  }

  /**
   * Checks a job whose inputs are in place and lets it run or wait. Resolves as soon as the verdict is known, at the latest
   * after some seconds, with false when the input was refused.
   */
  async accept(id: number): Promise<boolean> {
    const verdict = this.read(id);
    return Promise.race([verdict, delay(ANSWER_WITHIN, true, { ref: false })]);
  }

  private async read(id: number): Promise<boolean> {
    while (this.reading.size >= READING_AT_ONCE) await new Promise<void>((free) => this.waitingToRead.push(free));
    if (this.closed || this.store.get(id).status !== 'created') return false;
    let accept: (accepted: boolean) => void = () => undefined;
    const verdict = new Promise<boolean>((resolve) => (accept = resolve));
    const runner = this.startRunner(id, 'accept', this.options.readingLimits ?? READING_LIMITS, (message) => {
      if (message.kind === 'accepted') accept(true);
    });
    this.reading.set(id, runner);
    const end = this.followToEnd(id, runner);
    void end.then(() => accept(false));
    const accepted = await verdict;
    this.reading.delete(id);
    this.waitingToRead.shift()?.();
    if (!accepted) {
      await end;
      return false;
    }
    const mayStart = this.running.size < this.options.atOnce && !this.store.nextSubmitted();
    if (mayStart && this.enterStart(id, runner)) {
      this.running.set(id, runner);
      runner.limit(this.options.runningLimits ?? {});
      runner.tell({ kind: 'go' });
    } else {
      this.store.submit(id);
      runner.tell({ kind: 'later' });
    }
    return true;
  }

  private startNext(): void {
    while (!this.closed && this.running.size < this.options.atOnce) {
      const job = this.store.nextSubmitted();
      if (!job) return;
      const runner = this.startRunner(job.id, 'run', this.options.runningLimits ?? {});
      this.running.set(job.id, runner);
      if (runner.pid === undefined) this.store.fail(job.id, ['the runner could not be started']);
      else this.enterStart(job.id, runner);
      void this.followToEnd(job.id, runner);
    }
  }

  /** The store says that the job runs, and by which process. */
  private enterStart(id: number, runner: RunnerProcess): boolean {
    return runner.pid !== undefined && this.store.start(id, markProcess(runner.pid));
  }

  private startRunner(
    id: number,
    mode: RunnerTask['mode'],
    limits: WatchLimits,
    onMessage: (message: RunnerMessage) => void = () => undefined,
  ): RunnerProcess {
    const { store, folder } = this;
    const { inputs } = store.get(id);
    folder.clearWork(id);
    for (const path of [folder.work(id), folder.exports(id), folder.inputs(id)])
      mkdirSync(path, { recursive: true, mode: 0o700 });
    const processName = (): string => `runner/${runner.pid ?? 0}`;
    const { workers, redis } = this.options;
    const parent = parentOf(store, folder, id);
    const task: RunnerTask = { kind: 'task', mode, id, inputs, parent, dataFolder: folder.path, workers, redis };
    const ofParent = parent ? [parent.datastore, folder.inputs(parent.id)].filter((path) => existsSync(path)) : [];
    const view = {
      readable: [folder.inputs(id), ...ofParent],
      writable: [folder.work(id), folder.exports(id)],
      network: redis !== undefined,
    };
    const runner = new RunnerProcess(task, { view, limits }, (message) => {
      if (message.kind === 'described') store.describe(id, message.calculationMode, message.description);
      else if (message.kind === 'log') store.log(id, message.level, processName(), message.message);
      else if (message.kind === 'progress') store.progress(id, message.fraction, message.phase);
      else if (message.kind === 'failed') store.fail(id, message.reason, message.faults);
      else if (message.kind === 'complete') commitResults(store, folder, id, message.outputs);
      onMessage(message);
    });
    return runner;
  }

  /** Waits for the end of a runner; one that died without a word leaves a failed job. */
  private async followToEnd(id: number, runner: RunnerProcess): Promise<void> {
    const reason = await runner.ended;
    if (reason !== undefined && !this.closed && this.store.fail(id, [reason]))
      this.store.log(id, 'CRITICAL', `engine/${process.pid}`, reason);
    const status = this.store.find(id)?.status;
    if (status === 'failed' || status === 'aborted') this.folder.removeUnfinished(id);
    // a job that had to wait may run already, in a process of its own
    else if ((this.running.get(id) ?? runner) === runner) this.folder.removeWork(id);
    if (this.running.get(id) === runner) this.running.delete(id);
    this.startNext();
  }

  /** Errors: EngineError UNKNOWN_JOB, WRONG_STATUS. */
  async abort(id: number): Promise<void> {
    await abortJob(this.store, this.folder, id);
    await this.stop(id);
  }

  /** Puts a job that failed or was aborted in line again. Errors: EngineError UNKNOWN_JOB, WRONG_STATUS. */
  resume(id: number): void {
    enterAgain(this.store, this.folder, id);
    this.startNext();
  }

  /** Errors: EngineError UNKNOWN_JOB, HAS_CHILDREN. */
  async remove(id: number): Promise<void> {
    await removeJob(this.store, this.folder, id);
    await this.stop(id);
    this.folder.removeResults(id);
    this.folder.removeInputs(id);
  }

  private async stop(id: number): Promise<void> {
    const runner = this.reading.get(id) ?? this.running.get(id);
    runner?.kill();
    await runner?.ended;
  }

  /** Ends all runners; their jobs go on under the next server, as those in line do. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    clearInterval(this.cleaning);
    for (const id of this.running.keys()) {
      const told = 'the server is stopped while this calculation runs: the next one goes on with it';
      if (this.store.lineUpAgain(id, this.store.get(id).attempts, 0))
        this.store.log(id, 'WARNING', `engine/${process.pid}`, told);
    }
    await Promise.all(
      [...this.reading, ...this.running].map(async ([id, runner]) => {
        runner.kill();
        await runner.ended;
        if (this.running.has(id) && this.store.get(id).status === 'submitted') this.folder.removeUnfinished(id);
      }),
    );
  }
}
