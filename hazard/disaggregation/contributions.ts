/** What ruptures add to the cells of a disaggregation: expected numbers of exceedances (docs/hazard.md, Disaggregation). */
import { contributionOf, type Contribution } from '../exceedance/accumulate.js';
import { expectedNumber, noExceedance } from '../exceedance/occurrence.js';
import { SMALLEST_SIGMA } from '../exceedance/truncated-normal.js';
import type { ContextBatch } from '../contexts/context-batch.js';
import type { GroundMotion } from '../gmm/model.js';
import type { EpsilonSplit } from './epsilon-split.js';

/** A level that ruptures are disaggregated at. */
export interface DisaggregatedLevel {
  /** number of the measure in the ground motions */
  readonly measure: number;
  /** ln level by site of the tile (the level itself for MMI); NaN where the site has none */
  readonly levels: Float64Array;
}

/** In which cells the contexts of a batch lie, and how each spreads over epsilon. */
interface LocatedContexts {
  /** see CellSums.locate; -1 is left out */
  readonly offsets: Int32Array;
  readonly split: EpsilonSplit;
  /** split.bins numbers */
  readonly scratch: Float64Array;
}

/** What the ruptures of a batch add to one variant with the present model. */
export interface Share {
  /** 1/yr [ruptures]; not read for ruptures with explicit probabilities */
  readonly rates: Float64Array;
  /** what the contribution of a rupture is multiplied with; 0: the variant does not use the model */
  factor: number;
}

/** How ruptures count in which variants. */
interface Shares {
  readonly contribution: Contribution;
  /** what probabilities of exceedance are multiplied with */
  readonly probability: number;
  /** by variant */
  readonly shares: readonly Share[];
  /** by site: numbers of its variants, in the order in which a cell holds them */
  readonly variantsOfSite: readonly (readonly number[])[];
}

/**
 * Adds factor x contribution of every context to the numbers of its cell [variants of the site x levels x bins of epsilon].
 * motions: one model as the weighted mixture of its components. Explicit probabilities count in double precision whatever the
 * contribution is, as disaggregation does in the reference.
 */
export function addDisaggregation(
  batch: ContextBatch,
  motions: readonly { readonly weight: number; readonly motion: GroundMotion }[],
  levels: readonly DisaggregatedLevel[],
  { offsets, split, scratch }: LocatedContexts,
  { contribution, probability, shares, variantsOfSite }: Shares,
  numbers: Float64Array,
): void {
  const { start, site } = batch;
  const { bins } = split;
  for (let r = 0; r < batch.ruptures; r++) {
    const probabilities = batch.probabilities[r];
    for (let i = start[r]; i < start[r + 1]; i++) {
      const offset = offsets[i];
      if (offset < 0) continue;
      const variants = variantsOfSite[site[i]];
      for (let l = 0; l < levels.length; l++) {
        const level = levels[l].levels[site[i]];
        if (Number.isNaN(level)) continue;
        scratch.fill(0);
        for (let c = 0; c < motions.length; c++) {
          const { weight, motion } = motions[c];
          const sigma = Math.max(motion.total[levels[l].measure][i], SMALLEST_SIGMA);
          split.add((level - motion.mean[levels[l].measure][i]) / sigma, weight * probability, scratch);
        }
        for (let v = 0; v < variants.length; v++) {
          const { factor, rates } = shares[variants[v]];
          if (factor === 0) continue;
          const first = offset + (v * levels.length + l) * bins;
          for (let bin = 0; bin < bins; bin++) {
            if (scratch[bin] === 0) continue;
            numbers[first + bin] +=
              factor *
              (probabilities
                ? expectedNumber(noExceedance(probabilities, scratch[bin]))
                : contributionOf(contribution, scratch[bin], rates[r], probabilities, batch.weights[r]));
          }
        }
      }
    }
  }
}
