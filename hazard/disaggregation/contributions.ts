/** What ruptures add to the bins of a disaggregation: expected numbers of exceedances (docs/hazard.md, Disaggregation). */
import { contributionOf, type Contribution } from '../exceedance/accumulate.js';
import type { ContextBatch } from '../contexts/context-batch.js';
import type { GroundMotion } from '../gmm/model.js';
import type { EpsilonSplit } from './epsilon-split.js';

/** A standard deviation of zero means a step at the median; this keeps the division finite. */
const SMALLEST_SIGMA = 1e-10;

/** The levels that one table is about. */
export interface DisaggregatedLevel {
  /** number of the measure in the ground motions */
  readonly measure: number;
  /** ln level by site of the tile (the level itself for MMI); NaN where the site has none */
  readonly levels: Float64Array;
}

/** In which cells the contexts of a batch lie, and how each spreads over epsilon. */
interface LocatedContexts {
  /** see locateContexts; -1 is left out */
  readonly cells: Int32Array;
  readonly split: EpsilonSplit;
  /** at least split.bins numbers */
  readonly scratch: Float64Array;
}

/** What the ruptures of a batch add. */
interface RuptureNumbers {
  readonly contribution: Contribution;
  /** 1/yr [ruptures] */
  readonly rates: Float64Array;
  readonly factor: number;
}

/**
 * Adds factor x contribution of every context to numbers[cell x bins of epsilon + bin].
 * motions: one model as the weighted mixture of its components.
 */
export function addDisaggregation(
  batch: ContextBatch,
  motions: readonly { readonly weight: number; readonly motion: GroundMotion }[],
  { measure, levels }: DisaggregatedLevel,
  { cells, split, scratch }: LocatedContexts,
  { contribution, rates, factor }: RuptureNumbers,
  numbers: Float64Array,
): void {
  const { start, site, ruptures } = batch;
  const { bins } = split;
  for (let r = 0; r < ruptures; r++) {
    const probabilities = batch.probabilities[r];
    for (let i = start[r]; i < start[r + 1]; i++) {
      const cell = cells[i];
      const level = levels[site[i]];
      if (cell < 0 || Number.isNaN(level)) continue;
      scratch.fill(0, 0, bins);
      for (const { weight, motion } of motions) {
        const sigma = Math.max(motion.total[measure][i], SMALLEST_SIGMA);
        split.add((level - motion.mean[measure][i]) / sigma, weight, scratch);
      }
      for (let bin = 0; bin < bins; bin++) {
        if (scratch[bin] === 0) continue;
        numbers[cell * bins + bin] +=
          factor * contributionOf(contribution, scratch[bin], rates[r], probabilities, batch.weights[r]);
      }
    }
  }
}
