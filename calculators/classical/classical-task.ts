/**
 * Classical work in a worker: a range of units of some sources against a tile of sites, giving annual exceedance rates per
 * (source group, model), site and level. A task over its time budget stops between two units and hands back what is left
 * together with its sums, so that the continued sum is the same to the last bit.
 */
import { addContributions } from '../../hazard/exceedance/accumulate.js';
import { refusalAbout } from '../../hazard/refusal.js';
import { isNotANumber } from '../tasks/motion-check.js';
import type { RangeSums } from './range-shares.js';
import type { SourceBlock, SourceWork, UnitRange, WorkSource } from '../tasks/source-block.js';
import type { RegionTile, TaskWorker } from '../tasks/task-worker.js';
import { BatchAddition, type PausedAddition } from './batch-addition.js';
import { dispersion, groupName, groupNumber, shareOfSource, specialContribution } from './occurrence-rules.js';
import { RateSums, type RateSum, type SourceSum } from './rate-sums.js';

/** What a worker is asked for: rates of exceedance of a tile of sites from some sources of a block. */
export interface ClassicalTask extends SourceWork {
  /** sites first .. last - 1 */
  readonly tile: readonly [number, number];
  /** s of wall time after which the rest is handed back; Infinity for blocks that cannot be cut */
  readonly budget: number;
  /** units after which the rest is handed back; absent: none */
  readonly atMost?: number;
  /** one context in how many is sampled for the ranges of models; absent: none */
  readonly rangeSampling?: number;
  /** sums of the part already done */
  readonly partial?: PartialSums;
}
/** What the part of a task that is done has added up. */
interface PartialSums {
  readonly sums: readonly RateSum[];
  readonly bySource: readonly SourceSum[];
  readonly contexts: number;
  /** how much lies outside the ranges of models */
  readonly ranges?: readonly RangeSums[];
  /** what is not in `sums` yet; with disagg_by_src also the sums of the source that is under way */
  readonly paused?: PausedAddition & { readonly alone?: readonly RateSum[] };
}
/** `bySource` with disagg_by_src only, `paused` only where `rest` follows. */
export interface ClassicalResult extends PartialSums {
  /** what the time budget did not allow; sums are then to be passed on as `partial` */
  readonly rest: readonly UnitRange[];
}

/** Runs the task in a worker: see ClassicalTask. Errors: Refusal for sources whose ruptures cannot be made. */
export function runClassical(worker: TaskWorker, task: ClassicalTask): ClassicalResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, task.tile);
  const sums = new RateSums(region, worker.setup.meanWeights, task.partial);
  const contextsBefore = region.contexts;
  region.ranges.begin(task.rangeSampling, task.partial?.ranges);
  const { rest, paused } = namingSource(worker, task, block, region, () =>
    block.interdependence
      ? runSpecial(worker, task, block, region, sums)
      : runOrdinary(worker, task, block, region, sums),
  );
  return {
    sums: sums.list(),
    bySource: sums.listBySource(),
    paused,
    ranges: region.ranges.list(),
    contexts: region.contexts - contextsBefore + (task.partial?.contexts ?? 0),
    rest,
  };
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
    // ruptures of sources that are done may have waited in a batch that was handed on
    const others = block.sources.map((_, source) => ({ source, first: 0, last: Infinity }));
    for (const { source, first, last } of [...task.ranges, ...others]) {
      const work = block.sources[source];
      const evaluate = () => {
        for (let k = 0; k < region.models.count; k++) region.models.evaluate(k, batch);
      };
      const batch = region.batch(work.groups.length);
      try {
        const prepared = worker.prepared(task.block, task.blob, source);
        region.forEachBatch(prepared, first, Math.min(last, prepared.units), batch, evaluate);
      } catch (found) {
        if (isNotANumber(found)) throw refusalAbout(`source ${work.source.id}: `, found);
        throw found;
      }
    }
    throw error;
  }
}

/** What is left of a task, and the addition that waits for it. */
type Remainder = Pick<ClassicalResult, 'rest' | 'paused'>;

/** Independent sources; those whose rates stand in the same columns share batches. */
function runOrdinary(
  worker: TaskWorker,
  task: ClassicalTask,
  block: SourceBlock,
  region: RegionTile,
  sums: RateSums,
): Remainder {
  const begin = performance.now();
  const { atMost = Infinity } = task;
  let done = 0;
  const isOver = (): boolean => done >= atMost || (performance.now() - begin) / 1000 > task.budget;
  let { paused } = task.partial ?? {};
  let addition: BatchAddition | undefined;
  let signature = '';
  let alone: RateSums | undefined;
  for (const [k, range] of task.ranges.entries()) {
    const work = block.sources[range.source];
    const prepared = worker.prepared(task.block, task.blob, range.source);
    if (signatureOf(work) !== signature) {
      addition?.finish();
      signature = signatureOf(work);
      addition = new BatchAddition(worker, region, work, () => alone ?? sums, paused);
    }
    if (sums.separate) alone = sums.ofOneSource(paused?.alone);
    paused = undefined;
    const request = region.request(addition!.batch, addition!.flush);
    const step = Math.max(1, Math.min(atMost, Math.ceil((range.last - range.first) / 64)));
    for (let unit = range.first; unit < range.last; unit += step) {
      prepared.contexts(request, unit, Math.min(range.last, unit + step));
      done += Math.min(range.last - unit, step);
      if (unit + step < range.last && isOver()) {
        const rest = [{ ...range, first: unit + step }, ...task.ranges.slice(k + 1)];
        return { rest, paused: { ...addition!.pause(), alone: alone?.list() } };
      }
    }
    if (alone) {
      addition!.finish();
      sums.addSource(work.source.id, alone);
    }
    const rest = task.ranges.slice(k + 1);
    if (rest.length === 0 || !isOver()) continue;
    // what the next source would not share is added now, as it would be with the next source
    const shares = !alone && signatureOf(block.sources[rest[0].source]) === signature;
    if (!shares) addition!.finish();
    return { rest, paused: shares ? addition!.pause() : undefined };
  }
  addition?.finish();
  return { rest: [] };
}

/** Equal for sources whose ruptures may share batches. */
function signatureOf(work: WorkSource): string {
  return `${work.groups.join(' ')} ${dispersion(work)}`;
}

/** Groups with exclusive sources or ruptures, and clusters: per source first, then composed (docs/hazard.md, Occurrence). */
function runSpecial(
  worker: TaskWorker,
  task: ClassicalTask,
  block: SourceBlock,
  region: RegionTile,
  sums: RateSums,
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
      region.ranges.sample(batch);
      for (let k = 0; k < region.models.count; k++) {
        const motions = region.models.evaluate(k, batch);
        region.ranges.add(k, batch, motions, worker.table);
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
