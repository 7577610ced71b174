/**
 * The hot loop: exceedance rates of every level from a batch of contexts and their ground motion.
 *
 * Rates lie in flat arrays [sites x levels of all measures]. Contexts are added in their order, each site and level on its
 * own, so that results do not depend on how contexts are cut into batches.
 */
import type { ContextBatch } from '../contexts/context-batch.js';
import type { GroundMotion } from '../gmm/model.js';
import { singleNoExceedance, expectedNumber, negativeBinomialNoExceedance } from './occurrence.js';
import type { LevelGrid } from './level-grid.js';
import { RateKernel } from './rate-kernel.js';
import { SMALLEST_SIGMA, type ExceedanceTable } from './truncated-normal.js';

/** Fewer contexts than this are not worth a kernel's memory. */
const LEAST_CONTEXTS = 64;

/** By levels: their kernel, which has the memory for them. */
const KERNELS = new WeakMap<LevelGrid, { readonly table: ExceedanceTable; readonly kernel: RateKernel | undefined }>();

function kernelOf(grid: LevelGrid, table: ExceedanceTable): RateKernel | undefined {
  let known = KERNELS.get(grid);
  if (known?.table !== table) {
    known = { table, kernel: RateKernel.of(grid, table) };
    KERNELS.set(grid, known);
  }
  return known.kernel;
}

/**
 * Adds rate x P(exceedance) of Poissonian ruptures to the array [sites x grid.size] of their rate row (1/yr): one array when the
 * batch has no rate rows. `weight` multiplies (components of a mixture).
 */
export function addPoissonRates(
  batch: ContextBatch,
  motion: GroundMotion,
  grid: LevelGrid,
  table: ExceedanceTable,
  weight: number,
  targets: readonly Float64Array[],
): void {
  if (batch.size >= LEAST_CONTEXTS && kernelOf(grid, table)?.add(batch, motion, weight, targets)) return;
  addPoissonRatesPlainly(batch, motion, grid, table, weight, targets);
}

/** The plain twin of the kernel (docs/decisions/kernels.md): the same sums, bit by bit. */
export function addPoissonRatesPlainly(
  batch: ContextBatch,
  motion: GroundMotion,
  grid: LevelGrid,
  table: ExceedanceTable,
  weight: number,
  targets: readonly Float64Array[],
): void {
  const { start, site, row: rowOf, ruptures, rates: occurrence } = batch;
  const { ln, first, size } = grid;
  const { limit, scale, values } = table;
  const offset = limit * scale;
  const measures = first.length - 1;
  for (let m = 0; m < measures; m++) {
    const mean = motion.mean[m];
    const sigma = motion.total[m];
    const firstLevel = first[m];
    const lastLevel = first[m + 1];
    for (let r = 0; r < ruptures; r++) {
      const rate = weight * occurrence[r];
      if (rate === 0) continue;
      const rates = targets[rowOf[r]];
      const end = start[r + 1];
      for (let i = start[r]; i < end; i++) {
        const mu = mean[i];
        // epsilon of a level, scaled to table nodes: (ln - mu) * inverse + offset
        const inverse = scale / Math.max(sigma[i], SMALLEST_SIGMA);
        const row = site[i] * size;
        let l = firstLevel;
        while (l < lastLevel && (ln[l] - mu) * inverse + offset <= 0) {
          rates[row + l] += rate;
          l++;
        }
        for (; l < lastLevel; l++) {
          const t = (ln[l] - mu) * inverse + offset;
          if (t >= 2 * offset) break;
          const node = t | 0;
          const below = values[node];
          rates[row + l] += rate * (below + (t - node) * (values[node + 1] - below));
        }
      }
    }
  }
}

/** How a rupture that is not plainly Poissonian counts. */
export type Contribution =
  /** expected number over the investigation time, from explicit probabilities or a Poisson rate */
  | { readonly kind: 'independent'; readonly investigationTime: number; readonly dispersion?: number }
  /** weight x P(exceedance in the investigation time): mutually exclusive ruptures */
  | { readonly kind: 'exclusiveRuptures'; readonly investigationTime: number }
  /** -ln(1 - p): ruptures of a cluster, which occur when the cluster does */
  | { readonly kind: 'cluster' };

/** What sums of exceedance are made with. */
export interface ExceedanceSums {
  readonly grid: LevelGrid;
  readonly table: ExceedanceTable;
  /** scratch [grid.size] each */
  readonly scratch: Float64Array;
  readonly mixed: Float64Array;
}

/**
 * The general, slower path: adds factor x contribution of every context to `totals` [sites x grid.size].
 * For a mixture of models the exceedance probability of a context is the weighted sum over `motions`.
 */
export function addContributions(
  batch: ContextBatch,
  motions: readonly { readonly weight: number; readonly motion: GroundMotion }[],
  { grid, table, scratch, mixed }: ExceedanceSums,
  contribution: Contribution,
  totals: Float64Array,
  factor = 1,
): void {
  const { start, site, ruptures } = batch;
  const { ln, first, size } = grid;
  const measures = first.length - 1;
  for (let m = 0; m < measures; m++) {
    const firstLevel = first[m];
    const lastLevel = first[m + 1];
    const levels = { ln, first: firstLevel, last: lastLevel };
    for (let r = 0; r < ruptures; r++) {
      const rate = batch.rates[r];
      const probabilities = batch.probabilities[r];
      for (let i = start[r]; i < start[r + 1]; i++) {
        let stop = firstLevel;
        mixed.fill(0, firstLevel, lastLevel);
        for (const { weight, motion } of motions) {
          const end = fillExceedance(table, levels, motion.mean[m][i], motion.total[m][i], scratch);
          for (let l = firstLevel; l < end; l++) mixed[l] += weight * scratch[l];
          stop = Math.max(stop, end);
        }
        const row = site[i] * size;
        if (probabilities?.length === 2 && contribution.kind === 'independent')
          for (let l = firstLevel; l < stop; l++) {
            const number = singleOccurrence(probabilities, mixed[l]);
            if (number > 0) totals[row + l] += factor * number;
          }
        else
          for (let l = firstLevel; l < stop; l++)
            totals[row + l] += factor * contributionOf(contribution, mixed[l], rate, probabilities, batch.weights[r]);
      }
    }
  }
}

/** What contributionOf gives for an independent rupture that occurs at most once: nearly all of those with probabilities. */
function singleOccurrence(probabilities: Float64Array, exceedance: number): number {
  const none = Math.fround(Math.fround(probabilities[0]) + probabilities[1] * Math.fround(1 - Math.fround(exceedance)));
  // mostly nothing is left of the probabilities of rare ruptures in single precision
  return none < 1 ? expectedNumber(Math.max(none, 0)) : 0;
}

/** Expected number, or weighted probability, that a rupture adds when its ground motion exceeds with probability p. */
export function contributionOf(
  contribution: Contribution,
  p: number,
  rate: number,
  probabilities: Float64Array | undefined,
  weight: number,
): number {
  if (contribution.kind === 'cluster') return expectedNumber(1 - p);
  const time = contribution.investigationTime;
  if (contribution.kind === 'exclusiveRuptures') {
    const none = probabilities ? singleNoExceedance(probabilities, p) : Math.exp(-rate * time * p);
    return weight * (1 - none);
  }
  if (probabilities) return expectedNumber(singleNoExceedance(probabilities, p));
  if (contribution.dispersion !== undefined)
    return expectedNumber(negativeBinomialNoExceedance(rate * time, contribution.dispersion, p));
  return rate * time * p;
}

/** Writes P(exceedance) of the levels first .. last - 1 to out; returns the number of the first level that cannot be exceeded. */
export function fillExceedance(
  table: ExceedanceTable,
  { ln, first, last }: { readonly ln: Float64Array; readonly first: number; readonly last: number },
  mean: number,
  sigma: number,
  out: Float64Array,
): number {
  const { limit, scale, values } = table;
  const offset = limit * scale;
  const inverse = scale / Math.max(sigma, SMALLEST_SIGMA);
  let l = first;
  while (l < last && (ln[l] - mean) * inverse + offset <= 0) out[l++] = 1;
  for (; l < last; l++) {
    const t = (ln[l] - mean) * inverse + offset;
    if (t >= 2 * offset) break;
    const node = t | 0;
    out[l] = values[node] + (t - node) * (values[node + 1] - values[node]);
  }
  return l;
}
