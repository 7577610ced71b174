import type { BranchSet, Trees } from '../server/types';
import { levelAt } from '../widgets/format';

/** A branch with the level that its realizations give. */
interface BranchLevel {
  readonly id: string;
  readonly value: string;
  readonly weight: number;
  /** level of the mean curve of the realizations on this branch; undefined where it is not reached or not on any path */
  readonly level: number | undefined;
}

/** A branch set, and how far its branches lie apart. */
export interface SetInfluence {
  readonly name: string;
  readonly branches: readonly BranchLevel[];
  /** largest over smallest level */
  readonly spread: number;
}

/** Which branch of every set each realization takes: number of the branch, -1 where its path passes the set by. */
function branchesOfPaths(trees: Trees): { readonly sets: readonly BranchSet[]; readonly taken: Int32Array[] } {
  const sets = [...trees.sourceModel, ...trees.groundMotion];
  const taken = sets.map(() => new Int32Array(trees.paths.length).fill(-1));
  trees.paths.forEach((path, realization) => {
    const cut = path.lastIndexOf('~');
    const parts = [
      { text: path.slice(0, cut), from: 0, to: trees.sourceModel.length },
      { text: path.slice(cut + 1), from: trees.sourceModel.length, to: sets.length },
    ];
    for (const { text, from, to } of parts) {
      let at = 0;
      for (let set = from; set < to; set++) {
        const width = sets[set].branches[0]?.code.length ?? 0;
        const code = text.slice(at, at + width);
        taken[set][realization] = sets[set].branches.findIndex((branch) => branch.code === code);
        at += width;
      }
    }
  });
  return { sets, taken };
}

/** Mean curve of the realizations with these weights, which need not add up to 1; undefined when all are 0. */
export function meanCurve(curves: Float32Array, levels: number, weights: ArrayLike<number>): Float64Array | undefined {
  const mean = new Float64Array(levels);
  let sum = 0;
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue;
    sum += weights[row];
    for (let k = 0; k < levels; k++) mean[k] += weights[row] * curves[row * levels + k];
  }
  return sum > 0 ? mean.map((value) => value / sum) : undefined;
}

/** Branch sets with more than one branch, the one that drives the spread first. */
export function influences(trees: Trees, curves: Float32Array, levels: readonly number[], poe: number): SetInfluence[] {
  const { sets, taken } = branchesOfPaths(trees);
  return sets
    .map((set, s): SetInfluence => {
      const branches = set.branches.map((branch, b): BranchLevel => {
        const weights = Float64Array.from(trees.weights, (weight, row) => (taken[s][row] === b ? weight : 0));
        const mean = meanCurve(curves, levels.length, weights);
        return { id: branch.id, value: branch.value, weight: branch.weight, level: mean && levelAt(levels, mean, poe) };
      });
      const known = branches.flatMap(({ level }) => level ?? []);
      const region = set.filters.applyToTectonicRegionType;
      return {
        name: region ? `${set.uncertaintyType}: ${region}` : `${set.uncertaintyType} (${set.id})`,
        branches,
        spread: known.length > 1 ? Math.max(...known) / Math.min(...known) : 1,
      };
    })
    .filter(({ branches }) => branches.length > 1)
    .sort((a, b) => b.spread - a.spread);
}

/** Weights in place of those of the tree, by `SET BRANCH`: numbers of the branch set (both trees in one line) and of the branch. */
export type Weights = Readonly<Record<string, number>>;

/**
 * Weights of the realizations when branches have others: each is multiplied by new over old along its path. A branch of weight 0 in the
 * tree stays without one.
 */
export function changedWeights(trees: Trees, changes: Weights): Float64Array {
  const { sets, taken } = branchesOfPaths(trees);
  const weights = Float64Array.from(trees.weights);
  for (const [key, weight] of Object.entries(changes)) {
    const [set, branch] = key.split(' ').map(Number);
    const old = sets[set].branches[branch].weight;
    for (let row = 0; row < weights.length; row++)
      if (taken[set][row] === branch && old > 0) weights[row] *= weight / old;
  }
  return weights;
}
