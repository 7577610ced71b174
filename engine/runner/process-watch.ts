import { readdirSync, readFileSync } from 'node:fs';

/** Bounds on a process with all it has started; undefined: none. */
export interface WatchLimits {
  /** bytes of memory in use */
  readonly memory?: number;
  /** s from the start of the watch */
  readonly seconds?: number;
}

/** ms between two looks */
const INTERVAL = 250;

/**
 * Looks at a process until it is told to stop, and says once when it goes beyond a limit. Memory is read from /proc; where there
 * is none, only the time is bounded.
 */
export class ProcessWatch {
  private timer: NodeJS.Timeout | undefined;
  private begin = performance.now();
  /** bytes, the most seen */
  peak = 0;

  constructor(
    private readonly pid: number,
    private limits: WatchLimits,
    private readonly onExceeded: (reason: string) => void,
  ) {
    this.timer = setInterval(() => this.look(), INTERVAL);
    this.timer.unref();
  }

  /** Other limits from now on, for the next part of the work. */
  change(limits: WatchLimits): void {
    this.limits = limits;
    this.begin = performance.now();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const { memory, seconds } = this.limits;
    const passed = (performance.now() - this.begin) / 1000;
    if (seconds !== undefined && passed > seconds) this.exceeded(`it took longer than ${seconds} s`);
    else if (memory !== undefined) {
      const used = memoryOf(this.pid);
      this.peak = Math.max(this.peak, used);
      if (used > memory) this.exceeded(`it needed more than ${Math.round(memory / 2 ** 20)} MB of memory`);
    }
  }

  private exceeded(reason: string): void {
    if (this.timer === undefined) return;
    this.stop();
    this.onExceeded(reason);
  }
}

/** Resident bytes of a process and all below it. */
function memoryOf(pid: number): number {
  let pages = 0;
  for (const one of processTree(pid)) {
    try {
      pages += Number(readFileSync(`/proc/${one}/statm`, 'latin1').split(' ')[1]);
    } catch {
      // it ended meanwhile
    }
  }
  return pages * 4096;
}

/** The process and all that it has started, as far as they live. */
function processTree(pid: number): number[] {
  const found = [pid];
  for (const parent of found) {
    try {
      for (const thread of readdirSync(`/proc/${parent}/task`))
        found.push(
          ...readFileSync(`/proc/${parent}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
        );
    } catch {
      // it ended meanwhile, or the system does not tell
    }
  }
  return found;
}
