/**
 * Disaggregation work in a worker: some units of some sources against all sites of a job, giving expected numbers of
 * exceedances by cell (site, magnitude, distance, longitude, latitude). Within a cell they are told apart by variant, level and
 * bin of epsilon. A variant is what some realizations have in common: the source groups of the block that count, with a
 * weight for each model.
 */
import { CellSums, type CellEdges } from '../../hazard/disaggregation/cell-sums.js';
import type { DisaggregatedLevel } from '../../hazard/disaggregation/contributions.js';
import { EpsilonSplit } from '../../hazard/disaggregation/epsilon-split.js';
import { contributionOf, type Contribution } from '../../hazard/exceedance/accumulate.js';
import { expectedNumber, noExceedance, probabilityToNumber } from '../../hazard/exceedance/occurrence.js';
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { Interdependence } from '../../hazard/logictree/logic-tree.js';
import type { SourceWork, UnitRange } from '../tasks/source-block.js';
import { groupNumber, sourceContribution, specialContribution } from '../classical/occurrence-rules.js';
import type { WeightedMotion } from '../tasks/region-models.js';
import type { SourceBlock, WorkSource } from '../tasks/source-block.js';
import type { RegionTile, TaskWorker } from '../tasks/task-worker.js';

/** By source group: weight of each model of the region. */
export type Variant = ReadonlyMap<number, readonly number[]>;

/** What a worker is asked for: expected numbers by cell of magnitude, distance, place and epsilon, by site. */
export interface DisaggregationCellsTask extends SourceWork {
  readonly variants: readonly Variant[];
  /** numbers of the variants wanted at each site */
  readonly variantsOfSite: readonly (readonly number[])[];
  /** the single variant is the mean over all realizations */
  readonly mean: boolean;
  readonly levels: readonly DisaggregatedLevel[];
  readonly edges: CellEdges;
  /** edges of epsilon, sigmas */
  readonly epsilon: Float64Array;
  readonly epsilonStar: boolean;
}
/** The cells that ruptures have reached, with their numbers. */
export interface DisaggregationCellsResult {
  /** numbers of the cells */
  readonly cells: Float64Array;
  /** [cells x variants of the site x levels x epsilons], rows as long as the site with most variants needs */
  readonly values: Float64Array;
  readonly width: number;
}

/** A standard deviation of zero means a step at the median; this keeps the division finite. */
const SMALLEST_SIGMA = 1e-10;

/** Runs the task in a worker: see DisaggregationCellsTask. */
export function runDisaggregationCells(worker: TaskWorker, task: DisaggregationCellsTask): DisaggregationCellsResult {
  const block = worker.block(task.block, task.blob);
  const region = worker.regionTile(block.region, [0, worker.setup.sites.points.size]);
  const sums = block.interdependence
    ? disaggregateGroup(worker, task, block, block.interdependence, region)
    : disaggregateSources(worker, task, block, region);
  const cells = sums.cells();
  return { cells, values: sums.numbers.slice(0, cells.length * sums.width), width: sums.width };
}

/** Rates that one model gives to one variant: 0 where the variant does not use it. */
interface Share {
  /** 1/yr by rupture */
  readonly rates: Float64Array;
  /** what the contribution of a rupture is multiplied with; 0: not used */
  factor: number;
}

/** Adds batches to the cells of one set of variants. */
class Accumulator {
  readonly sums: CellSums;
  private readonly offsets: Int32Array;
  private readonly split: EpsilonSplit;
  private readonly bins: Float64Array;
  private readonly shares: readonly Share[];

  constructor(
    worker: TaskWorker,
    private readonly task: Pick<DisaggregationCellsTask, 'levels' | 'edges' | 'epsilon' | 'epsilonStar'>,
    private readonly region: RegionTile,
    variants: number,
    private readonly variantsOfSite: readonly (readonly number[])[],
    /** what probabilities of exceedance are multiplied with */
    private readonly probability: number,
  ) {
    this.split = new EpsilonSplit(task.epsilon, worker.setup.truncationLevel, task.epsilonStar);
    this.bins = new Float64Array(this.split.bins);
    this.offsets = new Int32Array(region.capacity);
    this.shares = Array.from({ length: variants }, () => ({ rates: new Float64Array(region.capacity), factor: 0 }));
    const most = Math.max(...variantsOfSite.map((row) => row.length));
    this.sums = new CellSums(task.edges, most * task.levels.length * this.split.bins);
  }

  /**
   * Adds a batch. weights [variants][models][rate columns]: a batch without rate rows has one column, whose weight multiplies
   * what a rupture adds instead of its rate.
   */
  add(batch: ContextBatch, weights: readonly (readonly (readonly number[])[])[], contribution: Contribution): void {
    this.sums.locate(batch, this.offsets);
    for (let k = 0; k < this.region.models.count; k++) {
      let used = false;
      for (let v = 0; v < weights.length; v++) used = this.setShare(batch, v, weights[v][k]) || used;
      if (used) this.addModel(batch, this.region.models.evaluate(k, batch), contribution);
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

  private addModel(batch: ContextBatch, motions: readonly WeightedMotion[], contribution: Contribution): void {
    const { split, bins, shares, offsets, variantsOfSite, probability } = this;
    const { levels } = this.task;
    const { numbers } = this.sums;
    const { start, site } = batch;
    const binCount = split.bins;
    for (let r = 0; r < batch.ruptures; r++) {
      const probabilities = batch.probabilities[r];
      for (let i = start[r]; i < start[r + 1]; i++) {
        const offset = offsets[i];
        if (offset < 0) continue;
        const variants = variantsOfSite[site[i]];
        for (let l = 0; l < levels.length; l++) {
          const level = levels[l].levels[site[i]];
          if (Number.isNaN(level)) continue;
          bins.fill(0);
          for (let c = 0; c < motions.length; c++) {
            const { weight, motion } = motions[c];
            const sigma = Math.max(motion.total[levels[l].measure][i], SMALLEST_SIGMA);
            split.add((level - motion.mean[levels[l].measure][i]) / sigma, weight * probability, bins);
          }
          for (let v = 0; v < variants.length; v++) {
            const { factor, rates } = shares[variants[v]];
            if (factor === 0) continue;
            const first = offset + (v * levels.length + l) * binCount;
            for (let bin = 0; bin < binCount; bin++) {
              if (bins[bin] === 0) continue;
              numbers[first + bin] +=
                factor *
                (probabilities
                  ? expectedNumber(noExceedance(probabilities, bins[bin]))
                  : contributionOf(contribution, bins[bin], rates[r], probabilities, batch.weights[r]));
            }
          }
        }
      }
    }
  }
}

function disaggregateSources(
  worker: TaskWorker,
  task: DisaggregationCellsTask,
  block: SourceBlock,
  region: RegionTile,
): CellSums {
  const accumulator = new Accumulator(worker, task, region, task.variants.length, task.variantsOfSite, 1);
  for (const range of task.ranges) {
    const work = block.sources[range.source];
    const weights = task.variants.map((variant) =>
      Array.from({ length: region.models.count }, (_, k) => work.groups.map((group) => variant.get(group)?.[k] ?? 0)),
    );
    const contribution = sourceContribution(work, worker.setup.investigationTime);
    throughBatches(worker, task, work, range, region, (batch) => accumulator.add(batch, weights, contribution));
  }
  return accumulator.sums;
}

/** Makes the contexts of a source, batch after batch. */
function throughBatches(
  worker: TaskWorker,
  task: DisaggregationCellsTask,
  work: WorkSource,
  { source, first, last }: UnitRange,
  region: RegionTile,
  add: (batch: ContextBatch) => void,
): void {
  const batch = region.placedBatch(work.groups.length);
  region.forEachBatch(worker.prepared(task.block, task.blob, source), first, last, batch, () => add(batch));
}

/**
 * Exclusive sources and clusters, composed cell by cell for each model. Of exclusive sources the probability of the group
 * multiplies the one of every rupture (docs/hazard.md, Disaggregation).
 */
function disaggregateGroup(
  worker: TaskWorker,
  task: DisaggregationCellsTask,
  block: SourceBlock,
  rules: Interdependence,
  region: RegionTile,
): CellSums {
  const { investigationTime } = worker.setup;
  const contribution = specialContribution(rules, investigationTime);
  const models = Array.from({ length: region.models.count }, (_, k) => k);
  const sites = worker.setup.sites.points.size;
  const everywhere = Array.from({ length: sites }, () => models);
  const exclusive = rules.sources === 'mutex';
  const inner = task.levels.length * (task.epsilon.length - 1);
  const ofModels = new CellSums(task.edges, models.length * inner);
  const each = models.map((k) => models.map((model) => [model === k ? 1 : 0]));
  for (const range of task.ranges) {
    const work = block.sources[range.source];
    const probability = exclusive ? rules.probability : 1;
    const accumulator = new Accumulator(worker, task, region, models.length, everywhere, probability);
    throughBatches(worker, task, work, range, region, (batch) => accumulator.add(batch, each, contribution));
    const { sums } = accumulator;
    sums.cells().forEach((cell, row) => {
      const into = ofModels.offset(cell);
      for (let j = 0; j < sums.width; j++) {
        const number = sums.numbers[row * sums.width + j];
        ofModels.numbers[into + j] += exclusive ? (work.source.mutexWeight ?? 1) * -Math.expm1(-number) : number;
      }
    });
  }
  return variantsOfGroup(task, block.sources[0].groups[0], ofModels, inner, (sum) =>
    groupNumber({ ...rules, probability: 1 }, sum, investigationTime),
  );
}

/** From the sums of each model to those of the variants. The mean over realizations is one of probabilities. */
function variantsOfGroup(
  task: DisaggregationCellsTask,
  group: number,
  ofModels: CellSums,
  inner: number,
  numberOf: (sum: number) => number,
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
          total += weight * (task.mean ? -Math.expm1(-number) : number);
        });
        sums.numbers[into + v * inner + j] = task.mean && total > 0 ? probabilityToNumber(total) : total;
      }
    });
  });
  return sums;
}
