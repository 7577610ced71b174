import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DataFolder } from '../data-folder.js';
import type { RunnerMessage, RunnerMode, ServerMessage } from './messages.js';

const RUNNER_FILE = fileURLToPath(new URL('./runner.js', import.meta.url));
/** characters of a runner's last words that are kept */
const LAST_WORDS = 4000;

/** A runner as the server sees it. */
export class RunnerProcess {
  private readonly child: ChildProcess;
  private lastWords = '';
  /** resolves when the process is gone, with the reason if that was not of its own will */
  readonly ended: Promise<string | undefined>;
  /** resolves with the runner's verdict on the input; undefined when it died before */
  readonly verdict: Promise<RunnerMessage | undefined>;

  constructor(folder: DataFolder, id: number, mode: RunnerMode, workers: number | undefined) {
    const args = [folder.path, String(id), mode, ...(workers === undefined ? [] : [String(workers)])];
    this.child = fork(RUNNER_FILE, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-LAST_WORDS);
    });
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(`the runner could not be started (${error.message})`));
      this.child.once('close', (code, signal) => resolve(code === 0 ? undefined : this.obituary(code, signal)));
    });
    this.verdict = new Promise((resolve) => {
      this.child.once('message', (message) => resolve(message as RunnerMessage));
      void this.ended.then(() => resolve(undefined));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  tell(message: ServerMessage): void {
    if (this.child.connected) this.child.send(message);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private obituary(code: number | null, signal: NodeJS.Signals | null): string {
    if (/heap out of memory|Array buffer allocation failed/i.test(this.lastWords))
      return 'the runner ran out of memory';
    if (signal === 'SIGKILL') return 'the runner was killed (SIGKILL: by hand, or by the system for lack of memory)';
    if (signal) return `the runner died (${signal})`;
    const lines = this.lastWords.trim().split('\n');
    const told = lines.find((line) => /^\w*Error\b.*:/.test(line.trim())) ?? lines.at(-1) ?? '';
    return `the runner died with exit code ${code}${told ? `: ${told.trim()}` : ''}`;
  }
}
