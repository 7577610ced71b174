import type { EvenlyDiscretized } from '../../mfd/mfd.js';
import type { Discretization, Source, SurfaceGeometry } from '../../sources/source.js';

/** What a branch of the source-model tree says, in the form that its type needs. */
export type UncertaintyValue =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'twoNumbers'; readonly first: number; readonly second: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'distribution'; readonly mfd: EvenlyDiscretized }
  /** slip rate mm/yr, rigidity GPa, constant of log10 M0 = 1.5 m + c */
  | { readonly kind: 'slip'; readonly slipRate: number; readonly rigidity: number; readonly constantTerm: number }
  | { readonly kind: 'surfaces'; readonly surfaces: readonly SurfaceGeometry[] };
export type ValueKind = UncertaintyValue['kind'];

/** Which filter a branch set of a type must carry. */
export type RequiredFilter = 'none' | 'sources' | 'oneSource';

/** One type of uncertainty of the source-model tree. */
export interface Uncertainty {
  /** uncertaintyType in the file */
  readonly type: string;
  readonly valueKind: ValueKind;
  readonly requires: RequiredFilter;
  /**
   * The source changed. All that does not change is shared with the original.
   * Errors: RangeError if the type does not fit the source, or the result makes no sense; the source is named by the caller.
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

export function numberOf(value: UncertaintyValue): number {
  return valueOf(value, 'number').number;
}
