/**
 * Classical work in a worker: a range of units of some sources against a tile of sites, giving annual exceedance rates per
 * (source group, model), site and level. A task over its time budget stops between two units and hands back what is left
 * together with its sums, so that the continued sum is the same to the last bit.
 */
import { addContributions, addPoissonRateColumns, addPoissonRates } from '../hazard/exceedance/accumulate.js';
import type { ContextBatch } from '../hazard/gmm/context.js';
import {
  dispersion,
  groupName,
  groupNumber,
  shareOfSource,
  sourceContribution,
  specialContribution,
} from './occurrence-rules.js';
import { coreId, type SourceBlock, type WorkSource } from './setup.js';
import type { RegionTile, TaskWorker } from './worker.js';

/** Units first .. last - 1 of a source of the block. */
export interface UnitRange {
  readonly source: number;
  readonly first: number;
  readonly last: number;
}
export interface ClassicalTask {
  /** order of summation */
  readonly number: number;
  readonly block: number;
  /** gzip of the packed SourceBlock, in shared memory */
  readonly blob: Uint8Array;
  readonly ranges: readonly UnitRange[];
  /** sites first .. last - 1 */
  readonly tile: readonly [number, number];
  /** s of wall time after which the rest is handed back; Infinity for blocks that cannot be cut */
  readonly budget: number;
  /** sums of the part already done */
  readonly partial?: { readonly sums: readonly RateSum[]; readonly bySource: readonly SourceSum[] };
}
/** Annual exceedance rates [tile sites x levels] of one source group and one model of its region. */
export interface RateSum {
  readonly group: number;
  readonly model: number;
  readonly rates: Float64Array;
}
/** Mean annual exceedance rates [tile sites x levels] of one source, over all branches. */
export interface SourceSum {
  readonly id: string;
  readonly rates: Float64Array;
}
export interface ClassicalResult {
  readonly number: number;
  readonly sums: readonly RateSum[];
  /** with disagg_by_src only */
  readonly bySource: readonly SourceSum[];
  readonly contexts: number;
  readonly seconds: number;
  /** what the time budget did not allow; sums are then to be passed on as `partial` */
  readonly rest: readonly UnitRange[];
}

export function runClassical(worker: TaskWorker, task: ClassicalTask): ClassicalResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, task.tile);
  const sums = new Sums(region, worker.setup.meanWeights, task.partial);
  const begin = performance.now();
  const contextsBefore = region.contexts;
  const rest = block.interdependence
    ? runSpecial(worker, task, block, region, sums)
    : runOrdinary(worker, task, block, region, sums, begin);
  const seconds = (performance.now() - begin) / 1000;
  return {
    number: task.number,
    sums: sums.list(),
    bySource: sums.listBySource(),
    contexts: region.contexts - contextsBefore,
    seconds,
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
    return group * this.region.models.length + model;
  }
}

function runOrdinary(
  worker: TaskWorker,
  task: ClassicalTask,
  block: SourceBlock,
  region: RegionTile,
  sums: Sums,
  begin: number,
): UnitRange[] {
  let batch: ContextBatch | undefined;
  let flush: () => void = () => undefined;
  let signature = '';
  let alone: Sums | undefined;
  const rest: UnitRange[] = [];
  for (const range of task.ranges) {
    if (rest.length) {
      rest.push(range);
      continue;
    }
    const work = block.sources[range.source];
    const next = `${work.groups.join(' ')} ${dispersion(work)}`;
    if (next !== signature) {
      flush();
      signature = next;
      batch = region.batch(work.groups.length);
      flush = ordinaryFlush(worker, region, work, batch, () => alone ?? sums);
    }
    if (sums.separate) alone = sums.ofOneSource();
    const prepared = worker.prepared(task.block, task.blob, range.source);
    const step = Math.max(1, Math.ceil((range.last - range.first) / 64));
    for (let unit = range.first; unit < range.last; unit += step) {
      prepared.contexts(region.request(batch!, flush), unit, Math.min(range.last, unit + step));
      if ((performance.now() - begin) / 1000 > task.budget && unit + step < range.last) {
        rest.push({ ...range, first: unit + step });
        break;
      }
    }
    if (alone) {
      flush();
      sums.addSource(work.source.id, alone);
    }
  }
  flush();
  return rest;
}

/** What happens to a full batch of independent ruptures. */
function ordinaryFlush(
  worker: TaskWorker,
  region: RegionTile,
  work: WorkSource,
  batch: ContextBatch,
  target: () => Sums,
): () => void {
  const { grid, table, scratch, mixed } = worker;
  const { groups } = work;
  const { investigationTime } = worker.setup;
  const contribution = sourceContribution(work, investigationTime);
  return () => {
    if (batch.size === 0) {
      batch.reset();
      return;
    }
    region.contexts += batch.size;
    const sums = target();
    const poissonian = dispersion(work) === undefined && !batch.probabilities.some((list) => list !== undefined);
    for (let k = 0; k < region.models.length; k++) {
      const motions = region.evaluate(k, batch);
      if (worker.amplification) {
        const rates = groups.map((group) => sums.get(group, k));
        worker.amplification.add(batch, motions, table, contribution, rates, region.firstSite, 1 / investigationTime);
      } else if (!poissonian) {
        const rates = sums.get(groups[0], k);
        addContributions(batch, motions, grid, table, contribution, rates, scratch, mixed, 1 / investigationTime);
      } else if (groups.length === 1) {
        const rates = sums.get(groups[0], k);
        for (const { weight, motion } of motions) addPoissonRates(batch, motion, grid, table, weight, 0, 1, rates);
      } else {
        const rates = groups.map((group) => sums.get(group, k));
        for (const { weight, motion } of motions) {
          addPoissonRateColumns(batch, motion, grid, table, weight, rates, scratch);
        }
      }
    }
    batch.reset();
    batch.probabilities.length = 0;
  };
}

/** Groups with exclusive sources or ruptures, and clusters: per source first, then composed (SPEC 14). */
function runSpecial(
  worker: TaskWorker,
  task: ClassicalTask,
  block: SourceBlock,
  region: RegionTile,
  sums: Sums,
): UnitRange[] {
  const rules = block.interdependence!;
  const { investigationTime } = worker.setup;
  const contribution = specialContribution(rules, investigationTime);
  const combined = region.models.map(() => region.newRates());
  for (const range of task.ranges) {
    const work = block.sources[range.source];
    const batch = region.batch(1);
    const ofSource = region.models.map(() => region.newRates());
    const flush = (): void => {
      region.contexts += batch.size;
      for (let k = 0; k < region.models.length && batch.size; k++) {
        const motions = region.evaluate(k, batch);
        if (worker.amplification) {
          worker.amplification.add(batch, motions, worker.table, contribution, [ofSource[k]], region.firstSite);
          continue;
        }
        addContributions(
          batch,
          motions,
          worker.grid,
          worker.table,
          contribution,
          ofSource[k],
          worker.scratch,
          worker.mixed,
        );
      }
      batch.reset();
      batch.probabilities.length = 0;
    };
    worker
      .prepared(task.block, task.blob, range.source)
      .contexts(region.request(batch, flush), range.first, range.last);
    flush();
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
  return [];
}
