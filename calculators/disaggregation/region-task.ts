/**
 * Disaggregation work in a worker: some units of some sources against a tile of sites, giving for each source the expected
 * numbers of exceedances by magnitude, distance and epsilon, as the mean over the branches of the logic tree.
 */
import { addDisaggregation, type DisaggregatedLevel } from '../../hazard/disaggregation/contributions.js';
import { locateContexts } from '../../hazard/disaggregation/bins.js';
import type { BinEdges } from '../../hazard/disaggregation/edges.js';
import { EpsilonSplit } from '../../hazard/disaggregation/epsilon-split.js';
import type { Contribution } from '../../hazard/exceedance/accumulate.js';
import type { SourceWork, UnitRange } from '../tasks/source-block.js';
import {
  groupName,
  groupNumber,
  shareOfSource,
  sourceContribution,
  specialContribution,
} from '../classical/occurrence-rules.js';
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import { coreId } from '../../hazard/sources/source-id.js';
import type { SourceBlock, WorkSource } from '../tasks/source-block.js';
import type { RegionTile, TaskWorker } from '../tasks/task-worker.js';

/** What a worker is asked for: expected numbers by source, magnitude, distance and epsilon at the sites of a tile. */
export interface DisaggregationTask extends SourceWork {
  /** sites first .. last - 1 */
  readonly tile: readonly [number, number];
  /** by source group of the block: weight of each model of the region in the mean */
  readonly weights: ReadonlyMap<number, readonly number[]>;
  /** levels by site of the tile */
  readonly levels: readonly DisaggregatedLevel[];
  readonly edges: BinEdges;
}
/** Expected numbers in the investigation time [levels x sites x magnitudes x distances x epsilons] of one source. */
interface SourceTable {
  readonly id: string;
  readonly numbers: Float64Array;
}
/** Tables by source. */
export interface DisaggregationResult {
  readonly tables: readonly SourceTable[];
  readonly contexts: number;
}

/** Runs the task in a worker: see DisaggregationTask. */
export function runDisaggregation(worker: TaskWorker, task: DisaggregationTask): DisaggregationResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, task.tile);
  const before = region.contexts;
  const tables = new Tables(worker, task, region);
  if (block.interdependence) disaggregateGroup(worker, task, block, region, tables);
  else
    for (const range of task.ranges)
      disaggregateSource(worker, task, block.sources[range.source], range, region, tables);
  return { tables: tables.list(), contexts: region.contexts - before };
}

/** Of batches without rate rows. */
const ONE_ROW = Float64Array.of(1);

/** The tables of a task, and how a batch is added to one of them. */
class Tables {
  private readonly byId = new Map<string, Float64Array>();
  private readonly split: EpsilonSplit;
  private readonly cells: Int32Array;
  private readonly rates: Float64Array;
  private readonly scratch: Float64Array;
  /** numbers of one level, and of a whole table */
  private readonly levelSize: number;
  readonly size: number;

  constructor(
    worker: TaskWorker,
    private readonly task: DisaggregationTask,
    private readonly region: RegionTile,
  ) {
    const { magnitude, distance, epsilon } = task.edges;
    this.split = new EpsilonSplit(epsilon, worker.setup.truncationLevel);
    this.cells = new Int32Array(region.capacity);
    this.rates = new Float64Array(region.capacity);
    this.scratch = new Float64Array(this.split.bins);
    const sites = task.tile[1] - task.tile[0];
    this.levelSize = sites * (magnitude.length - 1) * (distance.length - 1) * this.split.bins;
    this.size = task.levels.length * this.levelSize;
  }

  /** The table of a source, made when first asked for. */
  of(id: string): Float64Array {
    let numbers = this.byId.get(id);
    if (!numbers) this.byId.set(id, (numbers = new Float64Array(this.size)));
    return numbers;
  }

  list(): SourceTable[] {
    return [...this.byId].map(([id, numbers]) => ({ id, numbers }));
  }

  /** Weight of a model in the mean of a group. */
  weight(group: number, model: number): number {
    return this.task.weights.get(group)?.[model] ?? 0;
  }

  /**
   * Adds the contexts of a batch with model k; `weights` by rate column. Occurrence that is not Poissonian has one column,
   * and its weight multiplies what the rupture adds instead of its rate.
   */
  add(
    batch: ContextBatch,
    k: number,
    weights: readonly number[],
    contribution: Contribution,
    numbers: Float64Array,
  ): void {
    const { rates, cells, scratch, levelSize, task, split } = this;
    const single = weights.length === 1;
    const ofRow = batch.rateRows?.weighted(weights) ?? ONE_ROW;
    for (let r = 0; r < batch.ruptures; r++) rates[r] = batch.rates[r] * ofRow[batch.row[r]];
    locateContexts(batch, task.edges, cells);
    const motions = this.region.models.evaluate(k, batch);
    task.levels.forEach((level, l) => {
      const row = numbers.subarray(l * levelSize, (l + 1) * levelSize);
      const factor = single ? weights[0] : 1;
      addDisaggregation(batch, motions, level, { cells, split, scratch }, { contribution, rates, factor }, row);
    });
  }
}

function disaggregateSource(
  worker: TaskWorker,
  task: DisaggregationTask,
  work: WorkSource,
  { source, first, last }: UnitRange,
  region: RegionTile,
  tables: Tables,
): void {
  const numbers = tables.of(coreId(work.source.id));
  const contribution = sourceContribution(work, worker.setup.investigationTime);
  const weights = Array.from({ length: region.models.count }, (_, k) =>
    work.groups.map((group) => tables.weight(group, k)),
  );
  const batch = region.binnedBatch(work.groups.length);
  region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, () => {
    for (let k = 0; k < weights.length; k++) {
      if (weights[k].some((weight) => weight !== 0)) tables.add(batch, k, weights[k], contribution, numbers);
    }
  });
}

/** Exclusive sources or ruptures, and clusters: composed bin by bin as the curves are level by level (docs/hazard.md, Occurrence). */
function disaggregateGroup(
  worker: TaskWorker,
  task: DisaggregationTask,
  block: SourceBlock,
  region: RegionTile,
  tables: Tables,
): void {
  const rules = block.interdependence!;
  const { investigationTime } = worker.setup;
  const contribution = specialContribution(rules, investigationTime);
  const combined = Array.from({ length: region.models.count }, () => new Float64Array(tables.size));
  for (const { source, first, last } of task.ranges) {
    const work = block.sources[source];
    const ofSource = Array.from({ length: region.models.count }, () => new Float64Array(tables.size));
    const batch = region.binnedBatch(1);
    region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, () => {
      for (let k = 0; k < combined.length; k++) tables.add(batch, k, [1], contribution, ofSource[k]);
    });
    combined.forEach((into, k) => {
      for (let j = 0; j < into.length; j++) into[j] += shareOfSource(rules, work, ofSource[k][j]);
    });
  }
  const numbers = tables.of(groupName(block));
  const group = block.sources[0].groups[0];
  combined.forEach((values, k) => {
    const weight = tables.weight(group, k);
    for (let j = 0; j < values.length; j++)
      if (values[j] !== 0) numbers[j] += weight * groupNumber(rules, values[j], investigationTime);
  });
}
