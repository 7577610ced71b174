import type { FaultFacts } from '../../hazard/refusal.js';
import type { JobInputs, LogLevel } from '../store/job-record.js';
import type { NewOutput } from './job-reporter.js';
import type { ParentCalculation } from './parent.js';

/** What a runner tells its server. Only the server writes to the store: a runner sees no job but its own. */
export type RunnerMessage =
  /** the input is right: run now? */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'described'; readonly calculationMode: string; readonly description: string }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  | { readonly kind: 'progress'; readonly fraction: number; readonly phase: string }
  | { readonly kind: 'complete'; readonly outputs: readonly NewOutput[] }
  | { readonly kind: 'failed'; readonly reason: readonly string[]; readonly faults: readonly FaultFacts[] }
  /** nothing more comes */
  | { readonly kind: 'end' }
  /** of a check: every fault of the job, none for a good one */
  | { readonly kind: 'checked'; readonly lines: readonly string[]; readonly faults: readonly FaultFacts[] };

/** What a server tells a runner: go, run now; later, the line is full: end, and be started again when it is your turn. */
export type ServerMessage = RunnerTask | { readonly kind: 'go' } | { readonly kind: 'later' };

/** The first message: what to do. accept reads the job, reports and waits for a word; run runs it at once; check only reads; preview also says what it is. */
export interface RunnerTask {
  readonly kind: 'task';
  readonly mode: 'accept' | 'run' | 'check' | 'preview';
  readonly id: number;
  readonly inputs: JobInputs;
  /** a finished calculation that the job starts from */
  readonly parent?: ParentCalculation;
  /** folder of the installation: the runner sees of it only what belongs to the job */
  readonly dataFolder: string;
  /** for a check: where archives are unpacked, and a preview is written */
  readonly workFolder?: string;
  readonly workers?: number;
  /** address of a Redis whose workers compute */
  readonly redis?: string;
}

/** File below the work folder that a preview is written to. */
export const PREVIEW_FILE = 'preview.json';
