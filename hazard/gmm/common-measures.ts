import type { Imt } from './imt.js';
import type { GroundMotionModel, ImtRange } from './model.js';
import { unsupportedMeasure } from './refusals.js';

/** Measures that all of several models give, with the periods (s) that they share. */
export function commonMeasures(...models: readonly (readonly ImtRange[])[]): ImtRange[] {
  const [first, ...others] = models;
  return first.flatMap((range) => {
    let common: ImtRange | undefined = range;
    for (const other of others) {
      const match = other.find(({ kind }) => kind === range.kind);
      common = common && match && narrowed(common, match);
    }
    return common ?? [];
  });
}

function narrowed(a: ImtRange, b: ImtRange): ImtRange | undefined {
  if (a.minimum === undefined || b.minimum === undefined) return a.minimum === undefined ? b : a;
  const minimum = Math.max(a.minimum, b.minimum);
  const maximum = Math.min(a.maximum!, b.maximum!);
  return minimum <= maximum ? { kind: a.kind, minimum, maximum } : undefined;
}

const covers = ({ kind, minimum, maximum }: ImtRange, imt: Imt): boolean =>
  kind === imt.kind && (minimum === undefined || (imt.period >= minimum && imt.period <= maximum!));

/** Measures as refusals name them. */
export function describeMeasures(imts: readonly ImtRange[]): string {
  return imts
    .map(({ kind, minimum, maximum }) => (minimum === undefined ? kind : `${kind}(${minimum} to ${maximum} s)`))
    .join(', ');
}

/** The model with `prepare` refusing, in its own name, measures that it does not declare: those of its parts may be others. */
export function withMeasures(model: GroundMotionModel, imts: readonly ImtRange[]): GroundMotionModel {
  const allowed = describeMeasures(imts);
  return {
    ...model,
    prepare(measures, sites, capacity) {
      for (const imt of measures)
        if (!imts.some((range) => covers(range, imt))) throw unsupportedMeasure(model.id, imt, allowed);
      return model.prepare(measures, sites, capacity);
    },
  };
}
