import type { GroundMotionBranchSet, Realization, SourceModelRealization } from './logic-tree.js';
import { branchCode } from './branch-code.js';
import { isEarly, pickBranch, randomArray, type SamplingMethod } from './sampling.js';
import { joinedIds, type LogicTreeGraph, sortPaths, type TreePath } from './tree.js';

/** Equal sampled paths together: how many samples, and the sum of their weights. */
export interface PathGroup {
  readonly path: TreePath;
  readonly samples: number;
  readonly weight: number;
}

/** All paths with their own weights; `groundMotionPaths` full realizations belong to each. */
export function enumeratePaths(tree: LogicTreeGraph, groundMotionPaths: number): PathGroup[] {
  return tree.enumerate().map((path) => ({ path, samples: groundMotionPaths, weight: path.weight }));
}

/** Samples grouped by path and sorted by the joined ids. `columns` is the number of branch sets. */
export function samplePaths(
  tree: LogicTreeGraph,
  columns: number,
  samples: number,
  seed: number,
  method: SamplingMethod,
): PathGroup[] {
  const drawn = sortPaths(tree.sample(randomArray(samples, columns, seed, method), method));
  const groups: PathGroup[] = [];
  let lastKey: string | undefined;
  for (const path of drawn) {
    const weight = isEarly(method) ? 1 / samples : path.weight;
    const key = joinedIds(path);
    const last = groups[groups.length - 1];
    if (key === lastKey)
      groups[groups.length - 1] = { path: last.path, samples: last.samples + 1, weight: last.weight + weight };
    else groups.push({ path, samples: 1, weight });
    lastKey = key;
  }
  return groups;
}

/**
 * Every source-model realization with every path through the ground-motion sets, these innermost. Weights are divided by their
 * sum when it is not exactly 1; those by measure by the sum of the default ones.
 */
export function combineAll(
  models: readonly SourceModelRealization[],
  groundMotion: readonly GroundMotionBranchSet[],
): Realization[] {
  const measures = statedMeasures(groundMotion);
  const paths = groundMotionPaths(groundMotion);
  const realizations: Realization[] = [];
  models.forEach(({ weight, code }, sourceModel) => {
    for (const path of paths) {
      const byImt = measures.map((imt): [string, number] => [imt, weight * path.weightOf(imt)]);
      realizations.push({
        sourceModel,
        models: path.models,
        code: `${code}~${path.code}`,
        weight: weight * path.weight,
        ...(measures.length > 0 && { weightsByImt: Object.fromEntries(byImt) }),
      });
    }
  });
  return normalized(realizations);
}

/**
 * Samples of the ground-motion sets, one per sample of the source-model tree, drawn from the seed after its own. Weights by
 * measure are left out, as the reference does.
 */
export function combineSamples(
  models: readonly SourceModelRealization[],
  groundMotion: readonly GroundMotionBranchSet[],
  seed: number,
  method: SamplingMethod,
): Realization[] {
  const samples = models.reduce((sum, model) => sum + model.samples, 0);
  const columns = groundMotion.length;
  const random = randomArray(samples, columns, seed + 1, method);
  const weights = groundMotion.map(({ branches }) => branches.map(({ weight }) => weight));
  const realizations: Realization[] = [];
  models.forEach((model, sourceModel) => {
    for (let k = 0; k < model.samples; k++) {
      const row = realizations.length * columns;
      const chosen = weights.map((set, column) => pickBranch(set, random[row + column], method));
      const product = chosen.reduce((weight, branch, set) => weight * weights[set][branch], 1);
      realizations.push({
        sourceModel,
        models: chosen,
        code: `${model.code}~${chosen.map(branchCode).join('')}`,
        weight: isEarly(method) ? 1 / samples : model.weight * product,
      });
    }
  });
  return isEarly(method) ? realizations : normalized(realizations);
}

function normalized(realizations: readonly Realization[]): Realization[] {
  const total = realizations.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 1) return [...realizations];
  return realizations.map((realization) => {
    const { weight, weightsByImt } = realization;
    if (!weightsByImt) return { ...realization, weight: weight / total };
    const byImt = Object.entries(weightsByImt).map(([imt, value]): [string, number] => [imt, value / total]);
    return { ...realization, weight: weight / total, weightsByImt: Object.fromEntries(byImt) };
  });
}

/** Measures for which any branch states a weight, in order of first mention. */
export function statedMeasures(groundMotion: readonly GroundMotionBranchSet[]): string[] {
  const measures = groundMotion.flatMap(({ branches }) =>
    branches.flatMap(({ weightsByImt }) => Object.keys(weightsByImt)),
  );
  return [...new Set(measures)];
}

interface GroundMotionPath {
  readonly models: readonly number[];
  readonly code: string;
  readonly weight: number;
  /** product over the branches that state a weight for the measure; the others do not count */
  weightOf(imt: string): number;
}

function groundMotionPaths(sets: readonly GroundMotionBranchSet[]): GroundMotionPath[] {
  let choices: (readonly number[])[] = [[]];
  for (const { branches } of sets)
    choices = choices.flatMap((before) => branches.map((_, branch) => [...before, branch]));
  return choices.map((models) => {
    const chosen = models.map((branch, set) => sets[set].branches[branch]);
    return {
      models,
      code: models.map(branchCode).join(''),
      weight: chosen.reduce((product, { weight }) => product * weight, 1),
      weightOf: (imt) => chosen.reduce((product, { weightsByImt }) => product * (weightsByImt[imt] ?? 1), 1),
    };
  });
}
