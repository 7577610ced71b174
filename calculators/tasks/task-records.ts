/**
 * What a run remembers of tasks that are done, so that a run that was interrupted does not do them again. The calculators know
 * this interface only; the engine keeps the records (engine/checkpoint/, docs/decisions/resume.md).
 */
import { createHash, type Hash } from 'node:crypto';
import type { Job } from '../../job/job.js';
import type { CalculationSetup } from './calculation-setup.js';
import type { TaskName } from './distributor.js';

/** One part of a task: a task that its time budget cuts has several. */
export interface TaskPart {
  /** number of the task in its sequence */
  readonly number: number;
  readonly part: number;
  /** of what the task was given: see digestOf */
  readonly digest: string;
}

/** Sums over the first tasks of a sequence, which stand for the results of these tasks. */
export interface KeptSums {
  /** how many tasks are in the sums */
  readonly tasks: number;
  /** read one by one */
  readonly pieces: Iterable<unknown>;
}

/** Sums that can be written down and taken up again. Each piece is written and read by itself: all at once would double them. */
export interface Sums {
  /** bytes, about */
  bytes(): number;
  pieces(): Iterable<unknown>;
  /** Takes up what `pieces` has given once, for the first `tasks` tasks. */
  restore(pieces: Iterable<unknown>, tasks: number): void;
}

/** The records of one sequence of tasks. Whether something is kept is theirs to decide: writing must stay cheap. */
export interface SequenceRecords {
  /** The result of a part that was done in an earlier run; undefined when it is not known, or of another task. */
  find(part: TaskPart): unknown;
  /** Called as soon as a part is done, before anybody changes its result. */
  keep(part: TaskPart, result: unknown): void;
  /** Sums of an earlier run. */
  sums(): KeptSums | undefined;
  /** Offers the sums over the first `tasks` tasks, after each of them. */
  offerSums(tasks: number, sums: Sums): void;
  /** Nothing more comes: all tasks are in the sums. */
  close(): void;
}

/** The records of one run. */
export interface TaskRecords {
  /** Called once, before the first task, with what the results depend on besides what each task is given. */
  open(basis: RecordsBasis, setup: CalculationSetup): void;
  /**
   * The records of the next sequence; a run asks for its sequences in a fixed order.
   * @param digest of all tasks, where their sums are to be kept
   */
  sequence(name: TaskName, digest?: string): SequenceRecords;
  /** Keeps what a task was given that cannot be done; returns the name under which it can be run alone. */
  keepFailed(name: TaskName, number: number, payload: object): string | undefined;
}

/** What all results of a run depend on. */
export interface RecordsBasis {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** checksum and size of all input files */
  readonly inputs: string;
  /** of what all tasks share */
  readonly setup: string;
}

/** What the results of a job depend on, as it is compared when the job goes on. */
export function recordsBasis(job: Job, setup: CalculationSetup): RecordsBasis {
  return {
    parameters: job.oqparam,
    inputs: `checksum ${job.checksum}, ${job.inputSize} bytes`,
    setup: digestOf(setup),
  };
}

/** Digests of packed blocks, which many tasks share. */
const ofBlobs = new WeakMap<Uint8Array, string>();

/**
 * 40 hexadecimal digits that tell what a task was given from anything else. `partial` does not count: it is what earlier parts of
 * the same task have given.
 */
export function digestOf(payload: object): string {
  const { blob, ...rest } = payload as { blob?: Uint8Array };
  const hash = createHash('sha1');
  addValue(hash, { ...rest, partial: undefined });
  if (blob) hash.update(digestOfBlob(blob));
  return hash.digest('hex');
}

/**
 * Adds plain data with typed arrays and maps. The engine's own serialization would not do: it writes the same number in one way or the
 * other, as the compiler happens to hold it.
 */
function addValue(hash: Hash, value: unknown): void {
  if (typeof value !== 'object' || value === null) hash.update(`${typeof value} ${String(value)};`);
  else if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength};`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (value instanceof Map) {
    hash.update(`Map ${value.size};`);
    for (const [key, item] of value) {
      addValue(hash, key);
      addValue(hash, item);
    }
  } else if (Array.isArray(value)) {
    hash.update(`Array ${value.length};`);
    for (const item of value) addValue(hash, item);
  } else {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    hash.update(`Object ${entries.length};`);
    for (const [key, item] of entries) {
      hash.update(`${key}:`);
      addValue(hash, item);
    }
  }
}

function digestOfBlob(blob: Uint8Array): string {
  let digest = ofBlobs.get(blob);
  if (digest === undefined) ofBlobs.set(blob, (digest = createHash('sha1').update(blob).digest('hex')));
  return digest;
}

/** Tells a list of tasks from any other one. */
export function digestOfAll(payloads: readonly object[]): string {
  const hash = createHash('sha1');
  for (const payload of payloads) hash.update(digestOf(payload));
  return hash.digest('hex');
}
