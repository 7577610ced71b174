import type { FaultFacts } from '../../hazard/refusal.js';
import type { DataFolder } from '../data-folder.js';
import { commitResults } from '../results.js';
import type { LogLevel } from '../store/job-record.js';
import type { JobStore } from '../store/job-store.js';
import { markProcess } from '../store/process-mark.js';

/** An output that a finished calculation offers. */
export interface NewOutput {
  readonly type: string;
  readonly name: string;
  readonly formats: readonly string[];
}

/** Where a job tells what becomes of it. A command writes to the store itself; the runner of a server sends messages. */
export interface JobReporter {
  /** the job begins; false when it was aborted meanwhile */
  start(): boolean;
  describe(calculationMode: string, description: string): void;
  log(level: LogLevel, message: string): void;
  /** fraction of the whole job, 0 .. 1 */
  progress(fraction: number, phase: string): void;
  /** the results lie complete in the work folder of the job; false when it was aborted meanwhile */
  complete(outputs: readonly NewOutput[]): boolean;
  /** ends the job with a reason, one fault a line, and the faults of its input; false when it had ended already */
  fail(reason: readonly string[], faults: readonly FaultFacts[]): boolean;
}

/** Writes to the store, for a job that runs in the process that entered it there. */
export class StoreReporter implements JobReporter {
  constructor(
    private readonly store: JobStore,
    private readonly folder: DataFolder,
    private readonly id: number,
    private readonly processName = `runner/${process.pid}`,
  ) {}

  start(): boolean {
    return this.store.start(this.id, markProcess(process.pid));
  }
  describe(calculationMode: string, description: string): void {
    this.store.describe(this.id, calculationMode, description);
  }
  log(level: LogLevel, message: string): void {
    this.store.log(this.id, level, this.processName, message);
  }
  progress(fraction: number, phase: string): void {
    this.store.progress(this.id, fraction, phase);
  }
  complete(outputs: readonly NewOutput[]): boolean {
    return commitResults(this.store, this.folder, this.id, outputs);
  }
  fail(reason: readonly string[], faults: readonly FaultFacts[]): boolean {
    return this.store.fail(this.id, reason, faults);
  }
}
