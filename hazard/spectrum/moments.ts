/**
 * Moments of ground motion over the ruptures that exceed a level, from which median and conditional spectra are made
 * (docs/hazard.md, Conditional and median spectra). A rupture of annual rate r that exceeds with probability S weighs r S / total, where total is the
 * rate of exceedance of the level, so that the weights add up to about 1.
 */
import { SMALLEST_SIGMA, tabulatedExceedance, type ExceedanceTable } from '../exceedance/truncated-normal.js';
import type { ContextBatch } from '../contexts/context-batch.js';
import type { GroundMotion } from '../gmm/model.js';

/** Numbers kept per probability and measure. */
export const MOMENTS = 3;

/** Levels of one site. NaN where the curve is too low to have one. */
export type SpectrumRequest =
  | {
      readonly kind: 'median';
      /** ln level [probabilities x measures] (the level itself for MMI) */
      readonly levels: Float64Array;
      /** annual rates of exceedance of the levels [probabilities] */
      readonly totals: Float64Array;
    }
  | {
      readonly kind: 'conditional';
      /** ln level of the reference measure [probabilities] */
      readonly levels: Float64Array;
      readonly totals: Float64Array;
      /** number of the reference measure */
      readonly reference: number;
      /** correlation of every measure with the reference */
      readonly correlations: Float64Array;
    };

/**
 * Adds the moments of a batch (contexts of one site) to `sums` [rate rows x probabilities x measures x MOMENTS]:
 * median: weight x mean, weight x sigma, weight; conditional: weight x t, weight x (sigma^2 (1 - rho^2) + t^2), weight, where t
 * is the mean of ln Y given that the reference measure is at its level.
 * factor: share of a component in a mixture.
 */
export function addMoments(
  batch: ContextBatch,
  motion: GroundMotion,
  request: SpectrumRequest,
  table: ExceedanceTable,
  factor: number,
  sums: Float64Array,
): void {
  if (request.kind === 'median') addMedianMoments(batch, motion, request, table, factor, sums);
  else addConditionalMoments(batch, motion, request, table, factor, sums);
}

function addMedianMoments(
  { start, row, rates, ruptures }: ContextBatch,
  motion: GroundMotion,
  { levels, totals }: SpectrumRequest,
  table: ExceedanceTable,
  factor: number,
  sums: Float64Array,
): void {
  const measures = motion.mean.length;
  const size = totals.length * measures * MOMENTS;
  for (let p = 0; p < totals.length; p++) {
    const scale = factor / totals[p];
    for (let m = 0; m < measures; m++) {
      const cell = p * measures + m;
      const level = levels[cell];
      if (Number.isNaN(level)) continue;
      const mean = motion.mean[m];
      const sigma = motion.total[m];
      for (let r = 0; r < ruptures; r++) {
        const k = row[r] * size + cell * MOMENTS;
        for (let i = start[r]; i < start[r + 1]; i++) {
          const exceedance = tabulatedExceedance(table, (level - mean[i]) / Math.max(sigma[i], SMALLEST_SIGMA));
          if (exceedance === 0) continue;
          const weight = scale * rates[r] * exceedance;
          sums[k] += weight * mean[i];
          sums[k + 1] += weight * sigma[i];
          sums[k + 2] += weight;
        }
      }
    }
  }
}

function addConditionalMoments(
  { start, row, rates, ruptures }: ContextBatch,
  motion: GroundMotion,
  { levels, totals, reference, correlations }: Extract<SpectrumRequest, { kind: 'conditional' }>,
  table: ExceedanceTable,
  factor: number,
  sums: Float64Array,
): void {
  const measures = motion.mean.length;
  const size = totals.length * measures * MOMENTS;
  const mean = motion.mean[reference];
  const sigma = motion.total[reference];
  for (let p = 0; p < totals.length; p++) {
    if (Number.isNaN(levels[p])) continue;
    const scale = factor / totals[p];
    for (let r = 0; r < ruptures; r++) {
      for (let i = start[r]; i < start[r + 1]; i++) {
        const epsilon = (levels[p] - mean[i]) / Math.max(sigma[i], SMALLEST_SIGMA);
        const weight = scale * rates[r] * tabulatedExceedance(table, epsilon);
        if (weight === 0) continue;
        for (let m = 0; m < measures; m++) {
          const rho = correlations[m];
          const spread = motion.total[m][i];
          const t = motion.mean[m][i] + rho * epsilon * spread;
          const second = spread * spread * (1 - rho * rho) + t * t;
          const k = row[r] * size + (p * measures + m) * MOMENTS;
          sums[k] += weight * t;
          sums[k + 1] += weight * second;
          sums[k + 2] += weight;
        }
      }
    }
  }
}

/**
 * Mean of ln Y, with which spectra are exp(mean), and standard deviation, from moments of the conditional kind [cells x MOMENTS].
 * The deviation is taken about the means of `about` [cells], also where they are not those of the moments themselves.
 */
export function conditionalSpectrum(
  moments: Float64Array,
  about: ArrayLike<number>,
): { readonly mean: Float64Array; readonly std: Float64Array } {
  const cells = moments.length / MOMENTS;
  const mean = new Float64Array(cells);
  const std = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const [first, second, weight] = moments.subarray(cell * MOMENTS, cell * MOMENTS + MOMENTS);
    mean[cell] = first;
    const variance = second - 2 * about[cell] * first + about[cell] * about[cell] * weight;
    std[cell] = Math.sqrt(Math.max(0, variance));
  }
  return { mean, std };
}
