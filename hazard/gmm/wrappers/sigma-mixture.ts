import type { Arguments, ArgumentValue, GroundMotion, GroundMotionModel } from '../model.js';
import { refusedArgument } from '../refusals.js';

/** Weights may miss 1 by this much. */
const WEIGHT_TOLERANCE = 1e-7;

/**
 * A model whose distribution is a weighted mixture of normals of the same mean and scaled standard deviations, for heavy
 * tails (Kuehn & Abrahamson, as verified in the PEER tests, report 2018/03, set 2 case 5b). Every model of a logic tree may
 * have the table `mixture_model` with the lists `factors` and `weights`.
 * Errors: Refusal naming the model and what is wrong.
 */
export function sigmaMixture(model: GroundMotionModel, table: ArgumentValue): GroundMotionModel {
  const { factors, weights } = readTable(model.id, table);
  const components = factors.map((factor, k) => ({ weight: weights[k], model: withScaledSigma(model, factor) }));
  // moments of the mixture: the mean stays, variances add with their weights
  const variance = factors.reduce((sum, factor, k) => sum + weights[k] * factor * factor, 0);
  return { ...withScaledSigma(model, Math.sqrt(variance)), components };
}

function readTable(id: string, table: ArgumentValue): { factors: number[]; weights: number[] } {
  const { factors, weights } = (table ?? {}) as Arguments;
  const numbers = (value: ArgumentValue | undefined): value is readonly number[] =>
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number' && item > 0);
  if (!numbers(factors) || !numbers(weights) || factors.length !== weights.length)
    throw refusedArgument(
      id,
      'mixture_model',
      ': mixture_model needs the lists factors and weights, equally long, of numbers above 0',
    );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (Math.abs(total - 1) > WEIGHT_TOLERANCE)
    throw refusedArgument(
      id,
      'mixture_model',
      `: the weights of mixture_model add up to ${total}, they must add up to 1`,
      weights,
    );
  return { factors: [...factors], weights: [...weights] };
}

function withScaledSigma(model: GroundMotionModel, factor: number): GroundMotionModel {
  return {
    id: model.id,
    requires: model.requires,
    prepare(imts, sites, capacity) {
      const evaluate = model.prepare(imts, sites, capacity);
      return (batch, out) => {
        evaluate(batch, out);
        for (const rows of standardDeviations(out)) for (const row of rows) scale(row, batch.size, factor);
      };
    },
  };
}

function standardDeviations({ total, inter, intra }: GroundMotion): (readonly Float64Array[])[] {
  return [total, inter, intra];
}

function scale(row: Float64Array, size: number, factor: number): void {
  for (let i = 0; i < size; i++) row[i] *= factor;
}
