import type { ContextBatch, Requirements } from '../contexts/context-batch.js';
import type { Imt } from './imt.js';
import type { GroundMotionModel } from './model.js';

/** Adds a shift to the means of a batch, one row for each intensity measure. */
export type ShiftMeans = (batch: ContextBatch, means: readonly Float64Array[]) => void;

/** That a model is another one with a shifted mean: logic trees often hold such a model with several shifts. */
export interface MeanShift {
  /** equal for models with the same base */
  readonly family: string;
  readonly base: GroundMotionModel;
  /** undefined: the model is the base itself */
  readonly prepare: ((imts: readonly Imt[]) => ShiftMeans) | undefined;
}

/** By model and not in it, so that a model made from parts of another one does not pass for its shift. */
const SHIFTS = new WeakMap<GroundMotionModel, MeanShift>();

/** How a model is the shift of another one; undefined for most models. */
export function meanShift(model: GroundMotionModel): MeanShift | undefined {
  return SHIFTS.get(model);
}

/**
 * `base` with a shifted mean, or `base` itself, known as a member of the family, when there is no shift. `options` are what tells
 * bases of one name from another, `requires` what the shift needs besides.
 */
export function shiftedModel(
  base: GroundMotionModel,
  options: object,
  prepare: MeanShift['prepare'],
  requires: Partial<Requirements> = {},
): GroundMotionModel {
  const family = `${base.id} ${JSON.stringify(options)}`;
  if (!prepare) {
    SHIFTS.set(base, { family, base, prepare });
    return base;
  }
  const model: GroundMotionModel = {
    id: base.id,
    requires: {
      rupture: [...new Set([...base.requires.rupture, ...(requires.rupture ?? [])])],
      distances: [...new Set([...base.requires.distances, ...(requires.distances ?? [])])],
      site: [...new Set([...base.requires.site, ...(requires.site ?? [])])],
    },
    prepare(imts, sites, capacity) {
      const evaluate = base.prepare(imts, sites, capacity);
      const shift = prepare(imts);
      return (batch, out) => {
        evaluate(batch, out);
        shift(batch, out.mean);
      };
    },
  };
  SHIFTS.set(model, { family, base, prepare });
  return model;
}
