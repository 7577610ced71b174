/**
 * The line of jobs of a server. Every uploaded job gets a runner process that reads and checks it at once; then it runs, or
 * waits in line as `submitted` without a process until one of the allowed places is free.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { abortJob, reapDeadJobs, removeJob } from './abort.js';
import type { DataFolder } from './data-folder.js';
import { RunnerProcess } from './runner/runner-process.js';
import type { JobStore } from './store/job-store.js';
import { markProcess } from './store/process-mark.js';

/** How many jobs and threads run. */
export interface DispatcherOptions {
  /** jobs that may run at the same time */
  readonly atOnce: number;
  /** threads per job; undefined: one per processor */
  readonly workers?: number;
}

/** jobs read and checked at the same time */
const READING_AT_ONCE = 2;
/** ms after which an upload is answered although its job is still being read */
const ANSWER_WITHIN = 12_000;
/** ms between two looks for jobs whose process has vanished */
const REAP_INTERVAL = 2_000;

/** Lets jobs wait in line and runs them, each in a process of its own. */
export class Dispatcher {
  private readonly reading = new Map<number, RunnerProcess>();
  private readonly running = new Map<number, RunnerProcess>();
  private readonly waitingToRead: (() => void)[] = [];
  private readonly reaper: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly store: JobStore,
    private readonly folder: DataFolder,
    private readonly options: DispatcherOptions,
  ) {
    this.reaper = setInterval(() => reapDeadJobs(store, folder, this.running), REAP_INTERVAL);
    this.reaper.unref();
  }

  /** Puts things right after a crash: dead jobs fail, jobs that had not begun go back in line. */
  recover(): void {
    reapDeadJobs(this.store, this.folder);
    for (const job of this.store.list({ live: true, limit: Number.MAX_SAFE_INTEGER }))
      if (job.status === 'created' && !job.runner) this.store.submit(job.id);
    this.startNext();
  }

  /**
   * Checks a job whose inputs are in place and lets it run or wait. Resolves as soon as the verdict is known, at the latest
   * after some seconds, with false when the input was refused.
   */
  async accept(id: number): Promise<boolean> {
    const verdict = this.read(id);
    const accepted = await Promise.race([verdict, delay(ANSWER_WITHIN, true, { ref: false })]);
    return accepted;
  }

  private async read(id: number): Promise<boolean> {
    while (this.reading.size >= READING_AT_ONCE) await new Promise<void>((free) => this.waitingToRead.push(free));
    if (this.closed || this.store.get(id).status !== 'created') return false;
    const runner = new RunnerProcess(this.folder, id, 'accept', this.options.workers);
    this.reading.set(id, runner);
    void this.bury(id, runner);
    const message = await runner.verdict;
    this.reading.delete(id);
    this.waitingToRead.shift()?.();
    if (message?.kind !== 'accepted') {
      await runner.ended;
      return false;
    }
    const mayStart = this.running.size < this.options.atOnce && !this.store.nextSubmitted();
    if (mayStart) {
      this.running.set(id, runner);
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
      const runner = new RunnerProcess(this.folder, job.id, 'run', this.options.workers);
      this.running.set(job.id, runner);
      // out of the line at once: the runner needs a moment until it says so itself
      if (runner.pid !== undefined) this.store.start(job.id, markProcess(runner.pid));
      else this.store.fail(job.id, ['the runner could not be started']);
      void this.bury(job.id, runner);
    }
  }

  /** Waits for the end of a runner; one that died without a word leaves a failed job. */
  private async bury(id: number, runner: RunnerProcess): Promise<void> {
    const obituary = await runner.ended;
    if (obituary !== undefined && !this.closed && this.store.fail(id, [obituary]))
      this.store.log(id, 'CRITICAL', `engine/${process.pid}`, obituary);
    const status = this.store.find(id)?.status;
    if (status === 'failed' || status === 'aborted') this.folder.removeResults(id);
    if (this.running.get(id) === runner) this.running.delete(id);
    this.startNext();
  }

  /** Errors: EngineError UNKNOWN_JOB, WRONG_STATUS. */
  async abort(id: number): Promise<void> {
    await abortJob(this.store, this.folder, id);
    await this.stop(id);
  }

  /** Errors: EngineError UNKNOWN_JOB, HAS_CHILDREN. */
  async remove(id: number): Promise<void> {
    await removeJob(this.store, this.folder, id);
    await this.stop(id);
  }

  private async stop(id: number): Promise<void> {
    const runner = this.reading.get(id) ?? this.running.get(id);
    runner?.kill();
    await runner?.ended;
  }

  /** Ends all runners; their jobs fail, those in line wait for the next server. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.reaper);
    for (const id of this.running.keys()) {
      const reason = 'the server was stopped while this calculation ran';
      if (this.store.fail(id, [reason])) this.store.log(id, 'CRITICAL', `engine/${process.pid}`, reason);
    }
    await Promise.all(
      [...this.reading, ...this.running].map(async ([id, runner]) => {
        runner.kill();
        await runner.ended;
        if (this.store.find(id)?.status === 'failed') this.folder.removeResults(id);
      }),
    );
  }
}
