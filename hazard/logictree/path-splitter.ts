import type { Condition } from './choices.js';

/** Paths that read a file and take the same branches in some sets. */
export interface PathPart {
  /** branch taken in each of the sets asked for, -1 where the paths do not meet it */
  readonly taken: readonly number[];
  readonly where: readonly Condition[];
}

/** Parts the source-model realizations by what they do to the sources of a file. */
export interface PathSplitter {
  /** numbers of the files that any path reads, in the order of their first use */
  readonly files: readonly number[];
  /** branches of each choice that conditions speak of */
  readonly sizes: readonly number[];
  /** @param sets numbers of branch sets, ascending */
  split(file: number, sets: readonly number[]): readonly PathPart[];
  /** Numbers of the realizations that conditions hold for, ascending, as often as they hold; undefined for too large trees. */
  numbers(where: readonly Condition[]): readonly number[] | undefined;
}
