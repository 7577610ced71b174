/**
 * Classical work in a worker: a range of units of some sources against a tile of sites, giving annual exceedance rates per
 * (source group, model), site and level. A task over its time budget stops between two units and hands back what is left
 * together with its sums, so that the continued sum is the same to the last bit.
 */
import { addContributions, addPoissonRates, type Contribution } from '../../hazard/exceedance/accumulate.js';
import type { RowSums } from '../../hazard/exceedance/row-sums.js';
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { RateRowsState } from '../../hazard/contexts/rate-rows.js';
import {
  dispersion,
  groupName,
  groupNumber,
  shareOfSource,
  sourceContribution,
  specialContribution,
} from './occurrence-rules.js';
import { refusalAbout } from '../../hazard/refusal.js';
import { coreId } from '../../hazard/sources/source-id.js';
import { isNotANumber } from '../tasks/motion-check.js';
import type { SourceBlock, SourceWork, UnitRange, WorkSource } from '../tasks/source-block.js';
import type { RegionTile, TaskWorker } from '../tasks/task-worker.js';

/** What a worker is asked for: rates of exceedance of a tile of sites from some sources of a block. */
export interface ClassicalTask extends SourceWork {
  /** sites first .. last - 1 */
  readonly tile: readonly [number, number];
  /** s of wall time after which the rest is handed back; Infinity for blocks that cannot be cut */
  readonly budget: number;
  /** sums of the part already done */
  readonly partial?: PartialSums;
}
/** What the part of a task that is done has added up. */
interface PartialSums {
  readonly sums: readonly RateSum[];
  readonly bySource: readonly SourceSum[];
  readonly contexts: number;
  /** sums by rate row that are not in `sums` yet: [models][rows] of [tile sites x levels] */
  readonly rows?: RateRowsState & { readonly sums: readonly (readonly Float64Array[])[] };
}
/** Annual exceedance rates [tile sites x levels] of one source group and one model of its region. */
interface RateSum {
  readonly group: number;
  readonly model: number;
  readonly rates: Float64Array;
}
/** Mean annual exceedance rates [tile sites x levels] of one source, over all branches. */
interface SourceSum {
  readonly id: string;
  readonly rates: Float64Array;
}
/** `bySource` with disagg_by_src only, `rows` only where `rest` follows. */
export interface ClassicalResult extends PartialSums {
  /** what the time budget did not allow; sums are then to be passed on as `partial` */
  readonly rest: readonly UnitRange[];
}

/** Runs the task in a worker: see ClassicalTask. Errors: Refusal for sources whose ruptures cannot be made. */
export function runClassical(worker: TaskWorker, task: ClassicalTask): ClassicalResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, task.tile);
  const sums = new Sums(region, worker.setup.meanWeights, task.partial);
  const begin = performance.now();
  const contextsBefore = region.contexts;
  const { rest, rows } = namingSource(worker, task, block, region, () =>
    block.interdependence
      ? runSpecial(worker, task, block, region, sums)
      : runOrdinary(worker, task, block, region, sums, begin),
  );
  return {
    sums: sums.list(),
    bySource: sums.listBySource(),
    rows,
    contexts: region.contexts - contextsBefore + (task.partial?.contexts ?? 0),
    rest,
  };
}

/** Sums by (group, model), made when first used; with weights for the mean, also by source. */
class Sums {
  private readonly byKey = new Map<number, RateSum>();
  private readonly bySource = new Map<string, SourceSum>();

  constructor(
    private readonly region: RegionTile,
    private readonly meanWeights: readonly (readonly number[])[] | undefined,
    partial?: ClassicalTask['partial'],
  ) {
    for (const sum of partial?.sums ?? []) this.byKey.set(this.key(sum.group, sum.model), sum);
    for (const sum of partial?.bySource ?? []) this.bySource.set(sum.id, sum);
  }

  get(group: number, model: number): Float64Array {
    const key = this.key(group, model);
    let sum = this.byKey.get(key);
    if (!sum) {
      sum = { group, model, rates: this.region.newRates() };
      this.byKey.set(key, sum);
    }
    return sum.rates;
  }

  /** True when sources have to be kept apart. */
  get separate(): boolean {
    return this.meanWeights !== undefined;
  }

  /** An empty table for one source alone, to be given to addSource. */
  ofOneSource(): Sums {
    return new Sums(this.region, undefined);
  }

  /** Adds the sums of one source to the whole and, weighted, to its own row. */
  addSource(id: string, alone: Sums): void {
    const core = coreId(id);
    let own = this.bySource.get(core);
    if (!own) this.bySource.set(core, (own = { id: core, rates: this.region.newRates() }));
    for (const { group, model, rates } of alone.list()) {
      const whole = this.get(group, model);
      const weight = this.meanWeights?.[group][model] ?? 0;
      for (let k = 0; k < rates.length; k++) {
        whole[k] += rates[k];
        own.rates[k] += weight * rates[k];
      }
    }
  }

  list(): RateSum[] {
    return [...this.byKey.values()];
  }
  listBySource(): SourceSum[] {
    return [...this.bySource.values()];
  }
  private key(group: number, model: number): number {
    return group * this.region.models.count + model;
  }
}

/**
 * Runs what may meet a ground motion that is not a number. A batch does not know its sources: only when that happens they are
 * gone through one by one, until the one that is to be named shows itself.
 */
function namingSource<T>(
  worker: TaskWorker,
  task: ClassicalTask,
  block: SourceBlock,
  region: RegionTile,
  run: () => T,
): T {
  try {
    return run();
  } catch (error) {
    if (!isNotANumber(error)) throw error;
    for (const { source, first, last } of task.ranges) {
      const work = block.sources[source];
      const evaluate = () => {
        for (let k = 0; k < region.models.count; k++) region.models.evaluate(k, batch);
      };
      const batch = region.batch(work.groups.length);
      try {
        region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, evaluate);
      } catch (found) {
        if (isNotANumber(found)) throw refusalAbout(`source ${work.source.id}: `, found);
        throw found;
      }
    }
    throw error;
  }
}

/** What is left of a task, and the sums by rate row that wait for it. */
interface Remainder {
  readonly rest: UnitRange[];
  readonly rows?: PartialSums['rows'];
}

function runOrdinary(
  worker: TaskWorker,
  task: ClassicalTask,
  block: SourceBlock,
  region: RegionTile,
  sums: Sums,
  begin: number,
): Remainder {
  let addition: Addition | undefined;
  let signature = '';
  let alone: Sums | undefined;
  let waiting = task.partial?.rows;
  const rest: UnitRange[] = [];
  for (const range of task.ranges) {
    if (rest.length) {
      rest.push(range);
      continue;
    }
    const work = block.sources[range.source];
    const next = `${work.groups.join(' ')} ${dispersion(work)}`;
    if (next !== signature) {
      addition?.finish();
      signature = next;
      addition = new Addition(worker, region, work, () => alone ?? sums, waiting);
      waiting = undefined;
    }
    if (sums.separate) alone = sums.ofOneSource();
    const prepared = worker.prepared(task.block, task.blob, range.source);
    const request = region.request(addition!.batch, addition!.flush);
    const step = Math.max(1, Math.ceil((range.last - range.first) / 64));
    for (let unit = range.first; unit < range.last; unit += step) {
      prepared.contexts(request, unit, Math.min(range.last, unit + step));
      if ((performance.now() - begin) / 1000 > task.budget && unit + step < range.last) {
        rest.push({ ...range, first: unit + step });
        break;
      }
    }
    if (alone) {
      addition!.finish();
      sums.addSource(work.source.id, alone);
    }
  }
  if (rest.length && !alone) return { rest, rows: addition!.pause() };
  addition?.finish();
  return { rest };
}

/** Adds batches of independent ruptures, of sources whose rates stand in the same columns. */
class Addition {
  readonly batch: ContextBatch;
  private readonly contribution: Contribution;
  /** by model, where there are several columns */
  private readonly rowSums: readonly RowSums[];

  constructor(
    private readonly worker: TaskWorker,
    private readonly region: RegionTile,
    private readonly work: WorkSource,
    private readonly target: () => Sums,
    waiting: PartialSums['rows'],
  ) {
    this.batch = region.batch(work.groups.length);
    const { investigationTime } = worker.setup;
    this.contribution = sourceContribution(work, investigationTime);
    this.rowSums = this.batch.rateRows ? region.newRowSums() : [];
    if (!waiting) return;
    this.batch.rateRows?.restore(waiting);
    this.rowSums.forEach((sums, k) => sums.restore(waiting.sums[k]));
  }

  /** Takes what the batch holds; a full table of rate rows is emptied into the columns. */
  readonly flush = (): void => {
    this.addBatch();
    if (this.batch.rateRows?.isFull) this.addRows();
  };

  /** Takes what the batch holds and brings everything into the columns. */
  finish(): void {
    this.addBatch();
    this.addRows();
  }

  /** Takes what the batch holds; what is summed by row is kept apart, so that the sums go on as if nothing had happened. */
  pause(): PartialSums['rows'] {
    this.flush();
    const { rateRows } = this.batch;
    return rateRows && { ...rateRows.state(), sums: this.rowSums.map((sums) => sums.state(rateRows.count)) };
  }

  private addBatch(): void {
    const { batch, region, contribution, work, rowSums } = this;
    const { grid, table, amplification } = this.worker;
    if (batch.size > 0) {
      region.contexts += batch.size;
      const sums = this.target();
      const poissonian = dispersion(work) === undefined && !batch.probabilities.some((list) => list !== undefined);
      const factor = 1 / this.worker.setup.investigationTime;
      for (let k = 0; k < region.models.count; k++) {
        const motions = region.models.evaluate(k, batch);
        const targets = batch.rateRows ? rowSums[k].rows(batch.rateRows.count) : [sums.get(work.groups[0], k)];
        if (amplification)
          amplification.add(batch, motions, table, { contribution, factor }, targets, region.firstSite);
        else if (poissonian)
          for (const { weight, motion } of motions) addPoissonRates(batch, motion, grid, table, weight, targets);
        else addContributions(batch, motions, this.worker, contribution, targets[0], factor);
      }
    }
    batch.reset();
  }

  private addRows(): void {
    const { rateRows } = this.batch;
    if (!rateRows?.count) return;
    const sums = this.target();
    this.rowSums.forEach((rows, k) =>
      rows.addTo(
        this.work.groups.map((group) => sums.get(group, k)),
        rateRows,
      ),
    );
    rateRows.clear();
  }
}

/** Groups with exclusive sources or ruptures, and clusters: per source first, then composed (docs/hazard.md, Occurrence). */
function runSpecial(
  worker: TaskWorker,
  task: ClassicalTask,
  block: SourceBlock,
  region: RegionTile,
  sums: Sums,
): Remainder {
  const rules = block.interdependence!;
  const { investigationTime } = worker.setup;
  const contribution = specialContribution(rules, investigationTime);
  const combined = Array.from({ length: region.models.count }, () => region.newRates());
  for (const { source, first, last } of task.ranges) {
    const work = block.sources[source];
    const batch = region.batch(1);
    const ofSource = Array.from({ length: region.models.count }, () => region.newRates());
    region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, () => {
      for (let k = 0; k < region.models.count; k++) {
        const motions = region.models.evaluate(k, batch);
        if (worker.amplification) {
          const { amplification, table } = worker;
          amplification.add(batch, motions, table, { contribution, factor: 1 }, [ofSource[k]], region.firstSite);
          continue;
        }
        addContributions(batch, motions, worker, contribution, ofSource[k]);
      }
    });
    combined.forEach((into, k) => {
      for (let j = 0; j < into.length; j++) into[j] += shareOfSource(rules, work, ofSource[k][j]);
    });
  }
  const group = block.sources[0].groups[0];
  const alone = sums.ofOneSource();
  combined.forEach((values, k) => {
    const rates = alone.get(group, k);
    for (let j = 0; j < values.length; j++)
      rates[j] += groupNumber(rules, values[j], investigationTime) / investigationTime;
  });
  if (sums.separate) sums.addSource(groupName(block), alone);
  else for (const { model, rates } of alone.list()) sums.get(group, model).set(rates);
  return { rest: [] };
}
