import type { Condition } from './choices.js';
import type { PathPart, PathSplitter } from './path-splitter.js';

/** One source-model realization: its files (numbers; one named twice counts twice) and the branch taken in each set, or -1. */
export interface ModelPath {
  readonly files: readonly number[];
  readonly choices: Int32Array;
}

/** A list of paths, sampled ones say: the one choice is the number of the path. */
export class SampleSplitter implements PathSplitter {
  readonly files: readonly number[];
  readonly sizes: readonly number[];
  private readonly pathsOfFile = new Map<number, number[]>();

  constructor(private readonly paths: readonly ModelPath[]) {
    paths.forEach(({ files }, path) => {
      for (const file of files) {
        const known = this.pathsOfFile.get(file);
        if (known) known.push(path);
        else this.pathsOfFile.set(file, [path]);
      }
    });
    this.files = [...this.pathsOfFile.keys()];
    this.sizes = [paths.length];
  }

  split(file: number, sets: readonly number[]): readonly PathPart[] {
    const parts = new Map<string, { taken: readonly number[]; paths: number[] }>();
    for (const path of this.pathsOfFile.get(file) ?? []) {
      const taken = sets.map((set) => this.paths[path].choices[set]);
      const key = taken.join(' ');
      const part = parts.get(key);
      if (part) part.paths.push(path);
      else parts.set(key, { taken, paths: [path] });
    }
    return [...parts.values()].map(({ taken, paths }) => ({ taken, where: conditionsOf(paths) }));
  }

  numbers(where: readonly Condition[]): readonly number[] {
    const all = where.flatMap((condition) => condition.get(0) ?? this.paths.map((_, path) => path));
    return all.sort((a, b) => a - b);
  }
}

/** One condition for the paths, and further ones for those that come again. */
function conditionsOf(paths: readonly number[]): Condition[] {
  const rounds: number[][] = [];
  let last = -1;
  let round = 0;
  for (const path of paths) {
    round = path === last ? round + 1 : 0;
    (rounds[round] ??= []).push(path);
    last = path;
  }
  return rounds.map((numbers): Condition => new Map([[0, numbers]]));
}
