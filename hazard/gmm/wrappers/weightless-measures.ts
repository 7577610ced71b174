import type { GroundMotion, GroundMotionModel } from '../model.js';

/** ln of a ground motion that exceeds no level */
const NO_MOTION = -100;

/**
 * A model on a branch that has weight 0 for some measures, by name: it is not evaluated for them, and so need not support
 * them; realizations with the model have no ground motion from it there, as in the reference engine.
 */
export function withoutMeasures(model: GroundMotionModel, weightless: ReadonlySet<string>): GroundMotionModel {
  if (weightless.size === 0) return model;
  const components = model.components?.map(({ weight, model: part }) => ({
    weight,
    model: withoutMeasures(part, weightless),
  }));
  return {
    ...model,
    ...(components && { components }),
    prepare(imts, sites, capacity) {
      const rows = imts.flatMap((imt, m) => (weightless.has(imt.name) ? [] : [m]));
      if (rows.length === imts.length) return model.prepare(imts, sites, capacity);
      const evaluate = rows.length === 0 ? undefined : model.prepare(pick(imts, rows), sites, capacity);
      const silent = imts.flatMap((imt, m) => (weightless.has(imt.name) ? [m] : []));
      let last: GroundMotion | undefined;
      let part: GroundMotion | undefined;
      return (batch, out) => {
        // batches share their buffers: rows are picked once
        if (!part || out !== last) part = rowsOf(out, rows);
        last = out;
        evaluate?.(batch, part);
        for (const m of silent) {
          out.mean[m].fill(NO_MOTION, 0, batch.size);
          out.total[m].fill(1, 0, batch.size);
          out.inter[m].fill(0, 0, batch.size);
          out.intra[m].fill(0, 0, batch.size);
        }
      };
    },
  };
}

function pick<T>(all: readonly T[], rows: readonly number[]): T[] {
  return rows.map((row) => all[row]);
}

function rowsOf({ mean, total, inter, intra }: GroundMotion, rows: readonly number[]): GroundMotion {
  return { mean: pick(mean, rows), total: pick(total, rows), inter: pick(inter, rows), intra: pick(intra, rows) };
}
