/**
 * The one way in which phases run tasks: many at a time, and what they give is taken in the order in which the tasks were
 * given, whoever finishes first, so that sums are the same to the last bit on any number of workers.
 */
import { describeWork } from './describe-work.js';
import {
  TaskFailed,
  WorkerLost,
  type Distributor,
  type Monitor,
  type TaskName,
  type TaskTypes,
} from './distributor.js';
import { digestOf, digestOfAll, type SequenceRecords, type Sums, type TaskRecords } from './task-records.js';

type Payload<N extends TaskName> = TaskTypes[N]['payload'];
type Result<N extends TaskName> = TaskTypes[N]['result'];

/** What running tasks needs of a run. */
export interface TaskRun {
  readonly distributor: Distributor;
  readonly monitor: Monitor;
  /** where what is done is kept; absent: nowhere */
  readonly records?: TaskRecords;
}

/** How often a task may fail. */
const FAILURES = 3;

/** What becomes of the results of a kind of tasks. */
export interface ResultUse<N extends TaskName> {
  /** Takes the result of a task that is done; called in the order of the tasks. */
  take(result: Result<N>, number: number): void;
  /** The task that goes on where this one has stopped, with the sums so far; undefined when it is done. */
  rest?(payload: Payload<N>, result: Result<N>, number: number): Payload<N> | undefined;
  /** The same task with about half of the work, the rest of which it will hand back; undefined when it cannot be cut. */
  half?(payload: Payload<N>): Payload<N> | undefined;
  /** where results are added up: the sums of all that were taken, from which another run can go on */
  readonly sums?: Sums;
}

/** Tasks of one kind that are given one by one, their results taken in this order. */
export class OrderedTasks<N extends TaskName> {
  private given = 0;
  private taken = 0;
  private readonly running = new Set<Promise<void>>();
  /** results that came before their turn */
  private readonly early = new Map<number, Result<N>>();
  private readonly records: SequenceRecords | undefined;

  /** @param digest of all tasks, where `use` has sums that are to be kept */
  constructor(
    private readonly run: TaskRun,
    private readonly name: N,
    private readonly use: ResultUse<N>,
    digest?: string,
  ) {
    this.records = run.records?.sequence(name, digest);
  }

  /** Takes up the sums of an earlier run; returns how many tasks are in them: these are not to be given. */
  takeUpSums(): number {
    const kept = this.records?.sums();
    if (!kept || !this.use.sums) return 0;
    this.use.sums.restore(kept.pieces, kept.tasks);
    return (this.given = this.taken = kept.tasks);
  }

  /**
   * Starts a task and waits until there is room for another one: at most 2 x workers are under way, and at most 4 x workers
   * of them and of early results wait for the oldest task. Errors: those of any task, and of `take`.
   */
  async add(payload: Payload<N>): Promise<void> {
    const number = this.given++;
    const task: Promise<void> = this.finishOne(number, payload);
    this.running.add(task);
    void task.then(
      () => this.running.delete(task),
      // whoever waits next meets the failure
      () => undefined,
    );
    const { workers } = this.run.distributor;
    while (this.running.size >= 2 * workers || this.given - this.taken >= 4 * workers) await Promise.race(this.running);
  }

  /** Waits until all results are taken. Errors: as add. */
  async finish(): Promise<void> {
    await Promise.all(this.running);
    if (this.use.sums) this.records?.close();
  }

  private async finishOne(number: number, payload: Payload<N>): Promise<void> {
    this.early.set(number, await this.toTheEnd(number, payload));
    for (let result = this.early.get(this.taken); result; result = this.early.get(this.taken)) {
      this.early.delete(this.taken);
      this.use.take(result, this.taken++);
      if (this.use.sums) this.records?.offerSums(this.taken, this.use.sums);
    }
  }

  /**
   * Runs a task and whatever it hands back. A task that fails (its worker is lost, hangs, or throws) changes nothing but its result, and is
   * tried again, with half of its work where it can hand back the rest; at the third failure the calculation fails.
   */
  private async toTheEnd(number: number, payload: Payload<N>): Promise<Result<N>> {
    const { use } = this;
    let next = payload;
    let failures = 0;
    for (let part = 0; ;) {
      let result: Result<N>;
      try {
        result = await this.onePart(number, part, next);
      } catch (error) {
        if (!(error instanceof TaskFailed)) throw error;
        if (++failures === FAILURES) throw this.failed(number, next, error);
        const half = use.half?.(next);
        const size = half ? ' with half of its work' : '';
        this.run.monitor.log('WARNING', `${this.name} task ${number} is run again${size}: ${error.message}`);
        next = half ?? next;
        continue;
      }
      const rest = use.rest?.(next, result, number);
      if (rest === undefined) return result;
      next = rest;
      part++;
    }
  }

  /** What ends the calculation: with the work that cannot be done, and where it is kept to be looked at. */
  private failed(number: number, payload: Payload<N>, error: TaskFailed): TaskFailed {
    const { name, run } = this;
    const lost = error instanceof WorkerLost;
    const advice = lost ? '; if memory ran out, take fewer workers (--workers)' : '';
    const message = `${name} task ${number} failed ${FAILURES} times: ${error.message} (${describeWork(payload)})${advice}`;
    const label = run.records?.keepFailed(name, number, payload);
    return new (lost ? WorkerLost : TaskFailed)(name, message, { cause: error.cause ?? error }, label);
  }

  /** The result of a part: that of an earlier run if there is one. */
  private async onePart(number: number, part: number, payload: Payload<N>): Promise<Result<N>> {
    const { records } = this;
    if (!records) return this.run.distributor.run(this.name, payload);
    const key = { number, part, digest: digestOf(payload) };
    const known = records.find(key) as Result<N> | undefined;
    if (known !== undefined) return known;
    const result = await this.run.distributor.run(this.name, payload);
    records.keep(key, result);
    return result;
  }
}

/** Runs the tasks of a list. `payloads` are asked for one by one, when there is room. Errors: as OrderedTasks. */
export async function runInOrder<N extends TaskName>(
  run: TaskRun,
  name: N,
  payloads: Iterable<Payload<N>>,
  use: ResultUse<N>,
): Promise<void> {
  const tasks = new OrderedTasks(run, name, use);
  for (const payload of payloads) await tasks.add(payload);
  await tasks.finish();
}

/** Runs the tasks of a list whose results are added up, from where an earlier run has come to. Errors: as OrderedTasks. */
export async function sumInOrder<N extends TaskName>(
  run: TaskRun,
  name: N,
  payloads: readonly Payload<N>[],
  use: ResultUse<N> & { readonly sums: Sums },
): Promise<void> {
  const tasks = new OrderedTasks(run, name, use, run.records && digestOfAll(payloads));
  for (const payload of payloads.slice(tasks.takeUpSums())) await tasks.add(payload);
  await tasks.finish();
}
