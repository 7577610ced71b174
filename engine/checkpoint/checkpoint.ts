/**
 * The records of a run on the disk: what is done is written as it comes, and a later run of the same job goes on from it
 * (docs/decisions/resume.md). Results of tasks lie in `results.journal`. Sequences whose results are added up have files of their
 * own, `sums-SEQUENCE-GENERATION.journal`: sums first, then results that are not in them yet; new sums make a new generation.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { CalculationSetup } from '../../calculators/tasks/calculation-setup.js';
import type { Monitor, TaskName } from '../../calculators/tasks/distributor.js';
import type {
  KeptSums,
  RecordsBasis,
  SequenceRecords,
  Sums,
  TaskPart,
  TaskRecords,
} from '../../calculators/tasks/task-records.js';
import { freeBytes } from '../../datastore/disk-space.js';
import { currentBasis, differenceOf } from './basis.js';
import { keepFailedTask } from './failed-task.js';
import { Journal, type JournalRecord } from './journal.js';
import { WritingBudget } from './writing-budget.js';

type Head =
  | ({ readonly kind: 'result'; readonly sequence: number } & TaskPart)
  | { readonly kind: 'basis' }
  /** sums over the first `tasks` tasks, in so many records of kind piece */
  | { readonly kind: 'sums'; readonly digest: string; readonly tasks: number; readonly pieces: number }
  | { readonly kind: 'piece' };

/** Bytes that stay free on the disk, and bytes written between two looks. */
const LEFT_FREE = 2 ** 30;
const BETWEEN_LOOKS = 2 ** 26;
/** New sums are made at the latest when a file is so many bytes long, and so many times as long as they are. */
const LONG_FILE = 4e6;
const TIMES_SUMS = 4;

/** Keeps the records of one run in a folder. Trouble with the disk ends the keeping, never the run. */
export class Checkpoint implements TaskRecords {
  private readonly budget: WritingBudget;
  private setup: CalculationSetup | undefined;
  private readonly journals = new Set<Journal<Head>>();
  private plain: KeptResults | undefined;
  private sequences = 0;
  private written = 0;
  private looked = -Infinity;
  private stopped = false;
  /** parts that were not computed again */
  private reused = 0;

  /** @param budget default: as the clock of this process goes */
  constructor(
    private readonly folder: string,
    private readonly monitor: Pick<Monitor, 'log'>,
    budget = new WritingBudget(),
  ) {
    this.budget = budget;
  }

  /** Whether a folder holds anything that a run could go on from. */
  static isThere(folder: string): boolean {
    return existsSync(join(folder, 'results.journal'));
  }

  open(basis: RecordsBasis, setup: CalculationSetup): void {
    this.setup = setup;
    this.guarded(() => {
      const present = currentBasis(basis);
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      let journal = this.journal('results.journal');
      const [first] = journal.records;
      if (first) {
        const difference = first.head.kind === 'basis' ? differenceOf(this.body(journal, first), present) : 'form';
        if (difference !== undefined) {
          this.monitor.log('WARNING', `what was computed before does not fit, and is computed again: ${difference}`);
          this.release(journal);
          rmSync(this.folder, { recursive: true });
          mkdirSync(this.folder, { recursive: true, mode: 0o700 });
          journal = this.journal('results.journal');
        }
      }
      if (journal.records.length === 0) journal.append({ kind: 'basis' }, serialize(present));
      if (journal.dropped > 0)
        this.monitor.log('INFO', `a record that was being written (${journal.dropped} bytes) was dropped`);
      this.plain = new KeptResults(this, journal, 1);
    });
  }

  sequence(_name: TaskName, digest?: string): SequenceRecords {
    const number = this.sequences++;
    if (!this.plain) return NOTHING;
    if (digest === undefined) return new PlainRecords(this.plain, number);
    return this.guarded(() => new SummedRecords(this, number, digest)) ?? NOTHING;
  }

  keepFailed(name: TaskName, number: number, payload: object): string | undefined {
    const { folder, setup } = this;
    return this.guarded(() => keepFailedTask(folder, { name, number, payload, setup: setup! }));
  }

  /** Ends the keeping: records stay where they are. */
  close(): void {
    if (this.reused > 0) this.monitor.log('INFO', `${this.reused} tasks were done before and not computed again`);
    for (const journal of [...this.journals]) this.release(journal);
    this.stopped = true;
  }

  /** Ends the keeping, and removes all records. */
  remove(): void {
    this.stopped = true;
    for (const journal of [...this.journals]) this.release(journal);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs what reads or writes files; when that fails the keeping ends, and what it has on the disk goes. */
  guarded<T>(action: () => T): T | undefined {
    if (this.stopped) return undefined;
    try {
      return action();
    } catch (error) {
      this.remove();
      const { code = 'no code' } = error as NodeJS.ErrnoException;
      this.monitor.log('WARNING', `this calculation could not be resumed: its records cannot be kept (${code})`);
      return undefined;
    }
  }

  /** Whether so many bytes may be written, by time and by what is free on the disk. */
  allows(bytes: number): boolean {
    if (this.stopped || !this.budget.allows(bytes)) return false;
    if (this.written + bytes - this.looked < BETWEEN_LOOKS) return true;
    if (freeBytes(join(this.folder, 'results.journal')) < LEFT_FREE + bytes) return false;
    this.looked = this.written;
    return true;
  }

  write(bytes: number, action: () => void): void {
    this.guarded(() => this.budget.spend(bytes, action));
    this.written += bytes;
  }

  journal(name: string): Journal<Head> {
    const journal = Journal.open<Head>(join(this.folder, name));
    this.journals.add(journal);
    return journal;
  }

  release(journal: Journal<Head>): void {
    if (this.journals.delete(journal)) journal.close();
  }

  countReused(tasks: number): void {
    this.reused += tasks;
  }

  body(journal: Journal<Head>, record: JournalRecord<Head>): unknown {
    return deserialize(journal.read(record));
  }

  /** Names of the files of a sequence, the newest generation first, and its number. */
  generations(sequence: number): { readonly name: string; readonly generation: number }[] {
    return readdirSync(this.folder)
      .flatMap((name) => {
        const [, ofSequence, generation] = /^sums-(\d+)-(\d+)\.journal$/.exec(name) ?? [];
        return Number(ofSequence) === sequence ? [{ name, generation: Number(generation) }] : [];
      })
      .sort((a, b) => b.generation - a.generation);
  }

  removeFile(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }
}

const NOTHING: SequenceRecords = {
  find: () => undefined,
  keep: () => undefined,
  sums: () => undefined,
  offerSums: () => undefined,
  close: () => undefined,
};

const keyOf = (sequence: number, { number, part }: TaskPart): string => `${sequence} ${number} ${part}`;

/** The results of tasks that one journal holds. */
class KeptResults {
  private readonly records = new Map<string, JournalRecord<Head>>();

  /** @param first record that may be a result */
  constructor(
    private readonly checkpoint: Checkpoint,
    readonly journal: Journal<Head>,
    first: number,
  ) {
    for (const record of journal.records.slice(first)) this.note(record);
  }

  private note(record: JournalRecord<Head>): void {
    if (record.head.kind === 'result') this.records.set(keyOf(record.head.sequence, record.head), record);
  }

  find(sequence: number, part: TaskPart): unknown {
    const record = this.records.get(keyOf(sequence, part));
    // the rest of a task that was cut elsewhere is another task
    if (record?.head.kind !== 'result' || record.head.digest !== part.digest) return undefined;
    const result = this.checkpoint.guarded(() => this.checkpoint.body(this.journal, record));
    if (result !== undefined) this.checkpoint.countReused(1);
    return result;
  }

  /** False when it was not kept: writing it would take too long. */
  keep(sequence: number, { number, part, digest }: TaskPart, result: unknown): boolean {
    const bytes = sizeOf(result);
    if (!this.checkpoint.allows(bytes)) return false;
    this.checkpoint.write(bytes, () => {
      this.note(this.journal.append({ kind: 'result', sequence, number, part, digest }, serialize(result)));
    });
    return true;
  }

  /** Copies results of tasks from this one on to another journal. */
  copyTo(other: KeptResults, fromTask: number): void {
    for (const record of this.records.values())
      if (record.head.kind === 'result' && record.head.number >= fromTask)
        other.note(other.journal.append(record.head, this.journal.read(record)));
  }
}

/** Results that are kept one by one. */
class PlainRecords implements SequenceRecords {
  constructor(
    private readonly results: KeptResults,
    private readonly sequence: number,
  ) {}

  find(part: TaskPart): unknown {
    return this.results.find(this.sequence, part);
  }
  keep(part: TaskPart, result: unknown): void {
    this.results.keep(this.sequence, part, result);
  }
  sums(): KeptSums | undefined {
    return undefined;
  }
  offerSums(): void {
    // results are kept one by one
  }
  close(): void {
    // the journal serves other sequences, too
  }
}

/** Results that are added up: sums stand for those that are in them. */
class SummedRecords implements SequenceRecords {
  private generation = 0;
  private results: KeptResults;
  private kept: KeptSums | undefined;
  /** a result is in no sums and was not kept: sums come first */
  private gap = false;

  constructor(
    private readonly checkpoint: Checkpoint,
    private readonly sequence: number,
    private readonly digest: string,
  ) {
    let results: KeptResults | undefined;
    for (const { name, generation } of checkpoint.generations(sequence)) {
      const journal = results ? undefined : checkpoint.journal(name);
      results ??= journal && this.taken(journal);
      if (results && journal === results.journal) this.generation = generation;
      else {
        if (journal) checkpoint.release(journal);
        checkpoint.removeFile(name);
      }
    }
    this.results = results ?? this.begin(0, { tasks: 0, pieces: [] });
  }

  /** The results of a journal of the same tasks if its sums are whole. */
  private taken(journal: Journal<Head>): KeptResults | undefined {
    const [first, ...others] = journal.records;
    if (first?.head.kind !== 'sums' || first.head.digest !== this.digest || others.length < first.head.pieces)
      return undefined;
    const { tasks, pieces } = first.head;
    const { checkpoint } = this;
    checkpoint.countReused(tasks);
    const bodies = function* (): Generator<unknown> {
      for (const record of others.slice(0, pieces)) yield checkpoint.body(journal, record);
    };
    if (tasks > 0) this.kept = { tasks, pieces: bodies() };
    return new KeptResults(checkpoint, journal, pieces + 1);
  }

  private fileOf(generation: number): string {
    return `sums-${this.sequence}-${generation}.journal`;
  }

  /** A new file that begins with sums and holds what results of before are not in them. */
  private begin(generation: number, { tasks, pieces }: KeptSums, before?: KeptResults): KeptResults {
    const name = this.fileOf(generation);
    this.checkpoint.removeFile(name);
    const journal = this.checkpoint.journal(name);
    const all = [...pieces];
    journal.append({ kind: 'sums', digest: this.digest, tasks, pieces: all.length }, new Uint8Array());
    for (const piece of all) journal.append({ kind: 'piece' }, serialize(piece));
    const results = new KeptResults(this.checkpoint, journal, 0);
    before?.copyTo(results, tasks);
    return results;
  }

  sums(): KeptSums | undefined {
    return this.kept;
  }

  find(part: TaskPart): unknown {
    return this.results.find(this.sequence, part);
  }

  keep(part: TaskPart, result: unknown): void {
    this.gap ||= !this.results.keep(this.sequence, part, result);
  }

  offerSums(tasks: number, sums: Sums): void {
    const bytes = sums.bytes();
    const long = this.results.journal.size > Math.max(LONG_FILE, TIMES_SUMS * bytes);
    if ((!this.gap && !long) || !this.checkpoint.allows(bytes)) return;
    this.checkpoint.write(bytes, () => {
      const { results } = this;
      this.results = this.begin(this.generation + 1, { tasks, pieces: sums.pieces() }, results);
      this.checkpoint.release(results.journal);
      this.checkpoint.removeFile(this.fileOf(this.generation++));
      this.gap = false;
    });
  }

  close(): void {
    this.checkpoint.release(this.results.journal);
  }
}

/** Bytes of a result, about: its arrays count. */
function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const items = value instanceof Map ? value.values() : Object.values(value);
  let bytes = 16;
  for (const item of items) bytes += sizeOf(item);
  return bytes;
}
