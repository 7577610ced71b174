import type { FaultFacts } from '../../hazard/refusal.js';

/** Life of a job: created -> submitted (waits for its turn) -> executing -> complete | failed | aborted. */
export type JobStatus =
  'created' | 'submitted' | 'executing' | 'complete' | 'failed' | 'aborted' | 'shared' | 'deleted';

/** Statuses of jobs that may still change by themselves. */
export const LIVE_STATUSES = ['created', 'submitted', 'executing'] as const satisfies readonly JobStatus[];

/** True for a job that waits or runs. */
export function isLive(status: JobStatus): boolean {
  return (LIVE_STATUSES as readonly JobStatus[]).includes(status);
}

/** What the store knows about one job. */
export interface JobRecord {
  /** grows by one, never used again */
  readonly id: number;
  /** user@host */
  readonly owner: string;
  readonly calculationMode: string;
  readonly description: string;
  /** words by which users find it */
  readonly tags: readonly string[];
  readonly status: JobStatus;
  /** milliseconds since 1970 */
  readonly startTime: number;
  readonly stopTime: number | undefined;
  /** fraction done, 0 .. 1 */
  readonly progress: number;
  readonly phase: string;
  readonly parentId: number | undefined;
  /** bytes of the datastore, once complete */
  readonly size: number | undefined;
  readonly inputs: JobInputs;
  /** why it failed: one line per fault; empty otherwise */
  readonly reason: readonly string[];
  /** the faults of an input that was refused, as programs read them; empty otherwise */
  readonly faults: readonly FaultFacts[];
  /** how often it went on by itself after its process had died */
  readonly attempts: number;
  /** the process that runs it, while it does */
  readonly runner: ProcessMark | undefined;
}

/** Where the inputs of a job are. */
export interface JobInputs {
  /** absolute path of a folder, an ini or a zip */
  readonly source: string;
  /** which of several ini files: its name, or the end of its path */
  readonly jobIni?: string;
  /** values that replace those of the ini */
  readonly overrides: Readonly<Record<string, string>>;
}

/** A process told apart from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** start of the process in ticks since boot where the system tells it, '' elsewhere */
  readonly started: string;
  /** machine, boot and namespace in which the number counts; '' where the system does not tell */
  readonly place?: string;
}

/** How urgent a line of the log is. */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** A line of the log. */
export interface LogRow {
  /** 0, 1, 2 ... within the job, for ever */
  readonly number: number;
  /** milliseconds since 1970 */
  readonly time: number;
  readonly level: LogLevel;
  readonly process: string;
  readonly message: string;
}

/** A result of a job that can be exported. */
export interface OutputRecord {
  /** unique over all jobs */
  readonly id: number;
  readonly jobId: number;
  readonly type: string;
  readonly name: string;
  readonly formats: readonly string[];
}

/** Which jobs a listing shows. */
export interface JobFilter {
  readonly live?: boolean;
  readonly calculationMode?: string;
  /** milliseconds since 1970: jobs started then or later */
  readonly startedFrom?: number;
  /** only the jobs of this owner and those shared with everyone */
  readonly visibleTo?: string;
  readonly limit?: number;
}
