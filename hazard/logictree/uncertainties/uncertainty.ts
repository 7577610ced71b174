import type { EvenlyDiscretized } from '../../mfd/mfd.js';
import { type Refusal, refusal } from '../../refusal.js';
import type { SourceKind } from '../../sources/prepared-source.js';
import { sourceKind, sourceKinds } from '../../sources/registry.js';
import type { SourceChanges } from '../../sources/source-changes.js';
import type { Discretization, HypocentralDepth, Source, SurfaceGeometry } from '../../sources/source.js';

/** What a branch of the source-model tree says, in the form that its type needs. */
export type UncertaintyValue =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'twoNumbers'; readonly first: number; readonly second: number }
  | { readonly kind: 'threeNumbers'; readonly first: number; readonly second: number; readonly third: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'distribution'; readonly mfd: EvenlyDiscretized }
  /** slip rate mm/yr, rigidity GPa, constant of log10 M0 = 1.5 m + c */
  | { readonly kind: 'slip'; readonly slipRate: number; readonly rigidity: number; readonly constantTerm: number }
  | { readonly kind: 'surfaces'; readonly surfaces: readonly SurfaceGeometry[] }
  /** [lon, lat, ...] of the outer ring */
  | { readonly kind: 'polygon'; readonly polygon: Float64Array }
  | { readonly kind: 'depths'; readonly depths: readonly HypocentralDepth[] }
  /** a value of its own for each source, by id */
  | { readonly kind: 'bySource'; readonly values: ReadonlyMap<string, UncertaintyValue> };
/** How the value of a branch is written. */
export type ValueKind = UncertaintyValue['kind'];

/** Which filter a branch set of a type must carry; `oneOfMany`: one source, unless the models hold a single one. */
type RequiredFilter = 'none' | 'sources' | 'oneSource' | 'oneOfMany';

/** Numbers that make sense whatever the source, and how to say so. */
export interface NumberRange {
  readonly test: (value: number) => boolean;
  readonly allowed: string;
}
/** For types whose value must be above 0. */
export const ABOVE_ZERO: NumberRange = { test: (value) => value > 0, allowed: 'a number above 0' };

/** One type of uncertainty of the source-model tree. */
export interface Uncertainty {
  /** uncertaintyType in the file */
  readonly type: string;
  readonly valueKind: ValueKind;
  readonly requires: RequiredFilter;
  /** changes the distribution of magnitudes, of which multi-point sources keep the last change only */
  readonly ofDistribution?: boolean;
  /** of a value that is one number */
  readonly range?: NumberRange;
  /**
   * The source changed. All that does not change is shared with the original.
   * Errors: Refusal if the type does not fit the source, or the result makes no sense; the source is named by the caller.
   */
  apply(source: Source, value: UncertaintyValue, discretization: Discretization): Source;
}

/** Narrows a value that the reader has made for the type. */
export function valueOf<K extends ValueKind>(
  value: UncertaintyValue,
  kind: K,
): Extract<UncertaintyValue, { readonly kind: K }> {
  if (value.kind !== kind) throw new RangeError(`a value of kind ${kind} is needed, not ${value.kind}`);
  return value as Extract<UncertaintyValue, { readonly kind: K }>;
}

/** The value of a branch that is one number. */
export function numberOf(value: UncertaintyValue): number {
  return valueOf(value, 'number').number;
}

/**
 * What the kind of a source declares of a change. Errors: Refusal naming the types that allow it, for a source of another.
 */
export function changeOf<K extends keyof SourceChanges>(source: Source, name: K): NonNullable<SourceChanges[K]> {
  const change = sourceKind(source.type).changes?.[name];
  if (change === undefined) throw notOfType(source, ({ changes }) => changes?.[name] !== undefined);
  return change;
}

/** The Refusal of a source whose type is none of those for which the condition holds. */
export function notOfType(source: Source, fits: (kind: SourceKind) => boolean): Refusal {
  const types = sourceKinds()
    .filter(fits)
    .map(({ type }) => type);
  return refusal('TREE_UNCERTAINTY', `a source of type ${types.join(', ')} is needed, not ${source.type}`);
}
