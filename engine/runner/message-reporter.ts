import type { FaultFacts } from '../../hazard/refusal.js';
import type { LogLevel } from '../store/job-record.js';
import type { JobReporter, NewOutput } from './job-reporter.js';
import type { RunnerMessage } from './messages.js';

/** Tells everything to the server that started this process. */
export class MessageReporter implements JobReporter {
  /** the server has entered the start itself, and ends this process when the job is aborted */
  start(): boolean {
    return true;
  }
  describe(calculationMode: string, description: string): void {
    tell({ kind: 'described', calculationMode, description });
  }
  log(level: LogLevel, message: string): void {
    tell({ kind: 'log', level, message });
  }
  progress(fraction: number, phase: string): void {
    tell({ kind: 'progress', fraction, phase });
  }
  complete(outputs: readonly NewOutput[]): boolean {
    tell({ kind: 'complete', outputs });
    return true;
  }
  fail(reason: readonly string[], faults: readonly FaultFacts[]): boolean {
    tell({ kind: 'failed', reason, faults });
    return true;
  }
}

/** Sends a message to the server; messages arrive in order. */
export function tell(message: RunnerMessage): void {
  process.send?.(message);
}

/** Resolves when all messages so far are on their way: a process that ends before may lose them. */
export function allTold(): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send || !process.connected) resolve();
    else process.send({ kind: 'end' } satisfies RunnerMessage, () => resolve());
  });
}
