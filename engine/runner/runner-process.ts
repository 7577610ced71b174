import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withRemedy } from '../errors.js';
import type { RunnerMessage, RunnerTask, ServerMessage } from './messages.js';
import { ProcessWatch, type WatchLimits } from './process-watch.js';
import { canIsolate, runnerCommand, SYSTEM_LIMITS, type RunnerView, type SystemLimits } from './sandbox.js';

const RUNNER_FILE = fileURLToPath(new URL('./runner.js', import.meta.url));
/** characters of what a runner writes to its standard error that are kept */
const KEPT_ERROR_TEXT = 4000;

/** How a runner is shut in and bounded. */
export interface RunnerOptions {
  readonly view: RunnerView;
  readonly limits?: WatchLimits;
  readonly system?: SystemLimits;
  /** default: wherever it can be had */
  readonly isolated?: boolean;
}

/** A runner as the server sees it. */
export class RunnerProcess {
  private readonly child: ChildProcess;
  private readonly watch: ProcessWatch | undefined;
  private errorText = '';
  private stopReason: string | undefined;
  /** resolves when the process is gone, with the reason if that was not of its own will */
  readonly ended: Promise<string | undefined>;

  constructor(
    task: RunnerTask,
    { view, limits = {}, system = SYSTEM_LIMITS, isolated = canIsolate() }: RunnerOptions,
    private readonly onMessage: (message: RunnerMessage) => void,
  ) {
    const { command, args } = runnerCommand(RUNNER_FILE, [], view, system, isolated);
    this.child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // nothing of the operator's environment: it may hold secrets
      env: { PATH: process.env.PATH, LANG: process.env.LANG, TZ: process.env.TZ, HOME: '/tmp', TERRANE_DATA: '/tmp' },
      cwd: '/',
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errorText = (this.errorText + text).slice(-KEPT_ERROR_TEXT);
    });
    this.child.on('message', (message) => this.onMessage(message as RunnerMessage));
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(`the runner could not be started (${error.message})`));
      this.child.once('close', (code, signal) => {
        this.watch?.stop();
        resolve(code === 0 ? undefined : this.causeOfEnd(code, signal));
      });
    });
    if (this.child.pid !== undefined)
      this.watch = new ProcessWatch(this.child.pid, limits, (reason) => {
        this.stopReason = reason;
        this.kill();
      });
    this.tell(task);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Other limits from now on: reading and running have their own. */
  limit(limits: WatchLimits): void {
    this.watch?.change(limits);
  }

  tell(message: ServerMessage): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private causeOfEnd(code: number | null, signal: NodeJS.Signals | null): string {
    if (this.stopReason !== undefined) return withRemedy('OVER_LIMIT', `the job was ended: ${this.stopReason}`);
    if (/heap out of memory|Array buffer allocation failed/i.test(this.errorText))
      return withRemedy('OUT_OF_MEMORY', 'the runner ran out of memory');
    // a shell or bubblewrap in between tells a signal as 128 + its number
    if (signal === 'SIGKILL' || code === 137)
      return withRemedy('RUNNER_DIED', 'the runner was killed (SIGKILL: by hand, or by the system for lack of memory)');
    if (code === 153 || /EFBIG/.test(this.errorText))
      return withRemedy('OVER_LIMIT', 'the job was ended: it wrote a file beyond the limit');
    if (signal) return withRemedy('RUNNER_DIED', `the runner died (${signal})`);
    const lines = this.errorText.trim().split('\n');
    const told = lines.find((line) => /^\w*Error\b.*:/.test(line.trim())) ?? lines.at(-1) ?? '';
    return withRemedy('RUNNER_DIED', `the runner died with exit code ${code}${told ? ` (${told.trim()})` : ''}`);
  }
}
