/**
 * Disaggregation work in a worker: some units of some sources against the sites of a tile, giving expected numbers of
 * exceedances by cell (site, magnitude, distance, longitude, latitude). Within a cell they are told apart by variant, level and
 * bin of epsilon. A variant is what some realizations have in common: the source groups of the block that count, with a
 * weight for each model. calculation_mode = disaggregation and the disaggregation of relevant sources both run it
 * (docs/decisions/disaggregation.md).
 */
import { CellSums, type CellEdges } from '../../hazard/disaggregation/cell-sums.js';
import { addDisaggregation, type DisaggregatedLevel, type Share } from '../../hazard/disaggregation/contributions.js';
import { EpsilonSplit } from '../../hazard/disaggregation/epsilon-split.js';
import type { Contribution } from '../../hazard/exceedance/accumulate.js';
import { probabilityToNumber } from '../../hazard/exceedance/occurrence.js';
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { Interdependence } from '../../hazard/logictree/logic-tree.js';
import { coreId } from '../../hazard/sources/source-id.js';
import type { SourceBlock, SourceWork, UnitRange } from '../tasks/source-block.js';
import { groupName, groupNumber, sourceContribution, specialContribution } from '../classical/occurrence-rules.js';
import type { RegionTile, TaskWorker } from '../tasks/task-worker.js';

/** By source group: weight of each model of the region. */
export type Variant = ReadonlyMap<number, readonly number[]>;

/** What a worker is asked for: expected numbers by cell of magnitude, distance, place and epsilon, by site. */
export interface DisaggregationTask extends SourceWork {
  /** sites first .. last - 1 of the job; everything by site is by site of the tile */
  readonly tile: readonly [number, number];
  readonly variants: readonly Variant[];
  /** numbers of the variants wanted at each site */
  readonly variantsOfSite: readonly (readonly number[])[];
  /** the single variant is the mean over all realizations */
  readonly mean: boolean;
  /** cells are kept for each source alone, not for all together */
  readonly bySource: boolean;
  readonly levels: readonly DisaggregatedLevel[];
  readonly edges: CellEdges;
  /** edges of epsilon, sigmas */
  readonly epsilon: Float64Array;
  readonly epsilonStar: boolean;
}
/** The cells that ruptures have reached, with their numbers. */
export interface DisaggregatedCells {
  /** id of the source without its number of a part, the common name of a special group; undefined: all sources together */
  readonly source: string | undefined;
  /** numbers of the cells */
  readonly cells: Float64Array;
  /** [cells x variants of the site x levels x epsilons], rows as long as the site with most variants needs */
  readonly values: Float64Array;
  readonly width: number;
}

/** Runs the task in a worker: one entry for each source, or one for all of them. */
export function runDisaggregation(worker: TaskWorker, task: DisaggregationTask): readonly DisaggregatedCells[] {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, task.tile);
  const sums = block.interdependence
    ? disaggregateGroup(worker, task, block, block.interdependence, region)
    : disaggregateSources(worker, task, block, region);
  return [...sums].map(([source, ofSource]) => {
    const cells = ofSource.cells();
    return { source, cells, values: ofSource.numbers.slice(0, cells.length * ofSource.width), width: ofSource.width };
  });
}

/** Sums by id of the source; a single entry of no name for all sources together. */
type SumsBySource = Map<string | undefined, CellSums>;

/** Adds batches to the cells of one set of variants. */
class Accumulator {
  private readonly offsets: Int32Array;
  private readonly split: EpsilonSplit;
  private readonly scratch: Float64Array;
  private readonly shares: readonly Share[];

  constructor(
    worker: TaskWorker,
    private readonly task: Pick<DisaggregationTask, 'levels' | 'edges' | 'epsilon' | 'epsilonStar'>,
    private readonly region: RegionTile,
    variants: number,
    private readonly variantsOfSite: readonly (readonly number[])[],
    /** what probabilities of exceedance are multiplied with */
    private readonly probability: number,
  ) {
    this.split = new EpsilonSplit(task.epsilon, worker.setup.truncationLevel, task.epsilonStar);
    this.scratch = new Float64Array(this.split.bins);
    this.offsets = new Int32Array(region.capacity);
    this.shares = Array.from({ length: variants }, () => ({ rates: new Float64Array(region.capacity), factor: 0 }));
  }

  newSums(): CellSums {
    const most = Math.max(...this.variantsOfSite.map((row) => row.length));
    return new CellSums(this.task.edges, most * this.task.levels.length * this.split.bins);
  }

  /**
   * Adds a batch. weights [variants][models][rate columns]: a batch without rate rows has one column, whose weight multiplies
   * what a rupture adds instead of its rate.
   */
  add(
    batch: ContextBatch,
    weights: readonly (readonly (readonly number[])[])[],
    contribution: Contribution,
    sums: CellSums,
  ): void {
    const { offsets, split, scratch, shares, probability, variantsOfSite } = this;
    sums.locate(batch, offsets);
    for (let k = 0; k < this.region.models.count; k++) {
      let used = false;
      for (let v = 0; v < weights.length; v++) used = this.setShare(batch, v, weights[v][k]) || used;
      if (!used) continue;
      addDisaggregation(
        batch,
        this.region.models.evaluate(k, batch),
        this.task.levels,
        { offsets, split, scratch },
        { contribution, probability, shares, variantsOfSite },
        sums.numbers,
      );
    }
  }

  private setShare(batch: ContextBatch, variant: number, weights: readonly number[]): boolean {
    const share = this.shares[variant];
    share.factor = 0;
    if (weights.every((weight) => weight === 0)) return false;
    share.factor = batch.rateRows ? 1 : weights[0];
    const ofRow = batch.rateRows?.weighted(weights);
    for (let r = 0; r < batch.ruptures; r++) share.rates[r] = batch.rates[r] * (ofRow ? ofRow[batch.row[r]] : 1);
    return true;
  }
}

function disaggregateSources(
  worker: TaskWorker,
  task: DisaggregationTask,
  block: SourceBlock,
  region: RegionTile,
): SumsBySource {
  const accumulator = new Accumulator(worker, task, region, task.variants.length, task.variantsOfSite, 1);
  const bySource: SumsBySource = new Map();
  for (const range of task.ranges) {
    const work = block.sources[range.source];
    const id = task.bySource ? coreId(work.source.id) : undefined;
    const sums = bySource.get(id) ?? accumulator.newSums();
    bySource.set(id, sums);
    const weights = task.variants.map((variant) =>
      Array.from({ length: region.models.count }, (_, k) => work.groups.map((group) => variant.get(group)?.[k] ?? 0)),
    );
    const contribution = sourceContribution(work, worker.setup.investigationTime);
    throughBatches(worker, task, block, range, region, (batch) => accumulator.add(batch, weights, contribution, sums));
  }
  return bySource;
}

/** Makes the contexts of a source, batch after batch. */
function throughBatches(
  worker: TaskWorker,
  task: DisaggregationTask,
  block: SourceBlock,
  { source, first, last }: UnitRange,
  region: RegionTile,
  add: (batch: ContextBatch) => void,
): void {
  const batch = region.placedBatch(block.sources[source].groups.length);
  region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, () => add(batch));
}

/**
 * Exclusive sources and clusters, composed cell by cell for each model. Of exclusive sources the probability of the group
 * multiplies the one of every rupture (docs/hazard.md, Disaggregation).
 */
function disaggregateGroup(
  worker: TaskWorker,
  task: DisaggregationTask,
  block: SourceBlock,
  rules: Interdependence,
  region: RegionTile,
): SumsBySource {
  const { investigationTime } = worker.setup;
  const contribution = specialContribution(rules, investigationTime);
  const models = Array.from({ length: region.models.count }, (_, k) => k);
  const everywhere = task.edges.places.map(() => models);
  const exclusive = rules.sources === 'mutex';
  const inner = task.levels.length * (task.epsilon.length - 1);
  const ofModels = new CellSums(task.edges, models.length * inner);
  const each = models.map((k) => models.map((model) => [model === k ? 1 : 0]));
  for (const range of task.ranges) {
    const work = block.sources[range.source];
    const probability = exclusive ? rules.probability : 1;
    const accumulator = new Accumulator(worker, task, region, models.length, everywhere, probability);
    const sums = accumulator.newSums();
    throughBatches(worker, task, block, range, region, (batch) => accumulator.add(batch, each, contribution, sums));
    sums.cells().forEach((cell, row) => {
      const into = ofModels.offset(cell);
      for (let j = 0; j < sums.width; j++) {
        const number = sums.numbers[row * sums.width + j];
        ofModels.numbers[into + j] += exclusive ? (work.source.mutexWeight ?? 1) * -Math.expm1(-number) : number;
      }
    });
  }
  const composed = (sum: number): number => groupNumber({ ...rules, probability: 1 }, sum, investigationTime);
  // as over realizations: the mean of exclusive sources is one of probabilities
  const ofProbabilities = task.mean && exclusive;
  const ofVariants = variantsOfGroup(task, block.sources[0].groups[0], ofModels, inner, composed, ofProbabilities);
  return new Map([[task.bySource ? groupName(block) : undefined, ofVariants]]);
}

/** From the sums of each model to those of the variants; ofProbabilities: their mean over models is one of probabilities. */
function variantsOfGroup(
  task: DisaggregationTask,
  group: number,
  ofModels: CellSums,
  inner: number,
  numberOf: (sum: number) => number,
  ofProbabilities: boolean,
): CellSums {
  const most = Math.max(...task.variantsOfSite.map((row) => row.length));
  const sums = new CellSums(task.edges, most * inner);
  const sites = task.edges.places.length;
  ofModels.cells().forEach((cell, row) => {
    const into = sums.offset(cell);
    task.variantsOfSite[cell % sites].forEach((variant, v) => {
      const weights = task.variants[variant].get(group) ?? [];
      for (let j = 0; j < inner; j++) {
        let total = 0;
        weights.forEach((weight, k) => {
          const number = numberOf(ofModels.numbers[row * ofModels.width + k * inner + j]);
          total += weight * (ofProbabilities ? -Math.expm1(-number) : number);
        });
        sums.numbers[into + v * inner + j] = ofProbabilities && total > 0 ? probabilityToNumber(total) : total;
      }
    });
  });
  return sums;
}
