/**
 * A logic tree as independent choices. Every branch set is one choice, the sets of the source-model tree first, then those of
 * the ground-motion tree; a set that a path does not meet is drawn all the same and changes nothing. What is computed once
 * counts on the paths of its conditions, so a tree is as large as the sum of its branches, however many paths it has.
 */

/** One branch set. */
export interface Choice {
  /** weights of its branches [branches], of sum 1 */
  readonly weights: Float64Array;
  /**
   * The set is met by the paths on which any of these holds, by all when left out. Paths that do not meet a set are not told
   * apart by it: this decides how many paths there are, and so where quantiles are interpolated.
   */
  readonly met?: readonly Condition[];
}

/** Branches allowed (numbers, ascending) by number of the choice. Choices that are not named are free. */
export type Condition = ReadonlyMap<number, readonly number[]>;

/** Something that counts once for each of its conditions that holds: a source group with one ground-motion model. */
export interface Conditional {
  readonly conditions: readonly Condition[];
}
