import { branchCode, codeWidth } from './branch-code.js';
import type { GroundMotionBranchSet, Realization, SourceModelRealization } from './logic-tree.js';
import { isEarly, pickBranch, randomArray, type SamplingMethod } from './sampling.js';
import { Sequence } from './sequence.js';
import { joinedIds, type LogicTreeGraph, sortPaths, type TreePath } from './tree.js';
import { refusal } from '../refusal.js';

/** Equal sampled paths together: how many samples, and the sum of their weights. */
export interface PathGroup {
  readonly path: TreePath;
  readonly samples: number;
  readonly weight: number;
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

/** Sets of the ground-motion tree that are chosen together: the first of them stands for all. */
export interface GroundMotionChoice {
  readonly set: GroundMotionBranchSet;
  /** positions of the sets in the tree */
  readonly regions: readonly number[];
}

/** The independent choices among ground-motion models, in the order of the sets. */
export function groundMotionChoices(sets: readonly GroundMotionBranchSet[]): GroundMotionChoice[] {
  const choices: { set: GroundMotionBranchSet; regions: number[] }[] = [];
  sets.forEach((set, region) => {
    const known = set.choice === undefined ? undefined : choices.find((other) => other.set.choice === set.choice);
    if (known) known.regions.push(region);
    else choices.push({ set, regions: [region] });
  });
  return choices;
}

/** Ways through the ground-motion sets. */
export function groundMotionPathCount(sets: readonly GroundMotionBranchSet[]): number {
  return groundMotionChoices(sets).reduce((product, { set }) => product * set.branches.length, 1);
}

/**
 * Every source-model realization with every path through the ground-motion sets, these innermost. Weights are divided by their
 * sum, those by measure by the sum of the default ones.
 * @param totalWeight sum over the source-model realizations
 */
export function combineAll(
  models: Sequence<SourceModelRealization>,
  totalWeight: number,
  sets: readonly GroundMotionBranchSet[],
): Sequence<Realization> {
  const measures = statedMeasures(sets);
  const choices = groundMotionChoices(sets);
  const perModel = groundMotionPathCount(sets);
  const total = choices.reduce((product, { set }) => product * sum(set), totalWeight);
  // consecutive realizations share their source model
  let last = { number: -1, model: undefined as SourceModelRealization | undefined };
  return new Sequence(models.length * perModel, (number) => {
    const sourceModel = Math.floor(number / perModel);
    if (last.number !== sourceModel) last = { number: sourceModel, model: models.at(sourceModel) };
    const { weight, code } = last.model!;
    const path = groundMotionPath(choices, number - sourceModel * perModel, sets.length);
    const byImt = measures.map((imt): [string, number] => [imt, (weight * path.weightOf(imt)) / total]);
    return {
      sourceModel,
      models: path.models,
      code: `${code}~${path.code}`,
      weight: (weight * path.weight) / total,
      ...(measures.length > 0 && { weightsByImt: Object.fromEntries(byImt) }),
    };
  });
}

function sum({ branches }: GroundMotionBranchSet): number {
  return branches.reduce((total, { weight }) => total + weight, 0);
}

/**
 * Samples of the ground-motion sets, one per sample of the source-model tree, drawn from the seed after its own. Weights by
 * measure are left out, as the reference does.
 */
export function combineSamples(
  models: readonly SourceModelRealization[],
  sets: readonly GroundMotionBranchSet[],
  seed: number,
  method: SamplingMethod,
): Realization[] {
  const samples = models.reduce((total, model) => total + model.samples, 0);
  const choices = groundMotionChoices(sets);
  const columns = choices.length;
  const random = randomArray(samples, columns, seed + 1, method);
  const weights = choices.map(({ set }) => set.branches.map(({ weight }) => weight));
  const realizations: Realization[] = [];
  models.forEach((model, sourceModel) => {
    for (let k = 0; k < model.samples; k++) {
      const row = realizations.length * columns;
      const taken = weights.map((set, column) => pickBranch(set, random[row + column], method));
      const product = taken.reduce((weight, branch, choice) => weight * weights[choice][branch], 1);
      const chosen = taken.map((branch, choice) => branchCode(branch, codeWidth(weights[choice].length)));
      realizations.push({
        sourceModel,
        models: byRegion(choices, taken, sets.length),
        code: `${model.code}~${chosen.join('')}`,
        weight: isEarly(method) ? 1 / samples : model.weight * product,
      });
    }
  });
  if (isEarly(method)) return realizations;
  const total = realizations.reduce((before, { weight }) => before + weight, 0);
  return realizations.map((realization) => ({ ...realization, weight: realization.weight / total }));
}

/** Measures for which any branch states a weight, in order of first mention. */
export function statedMeasures(groundMotion: readonly GroundMotionBranchSet[]): string[] {
  const measures = groundMotion.flatMap(({ branches }) =>
    branches.flatMap(({ weightsByImt }) => Object.keys(weightsByImt)),
  );
  return [...new Set(measures)];
}

/** One branch of every region's set of ground-motion models. */
export interface GroundMotionPath {
  /** branch by region */
  readonly models: readonly number[];
  readonly code: string;
  readonly weight: number;
  /** product over the branches that state a weight for the measure; the others do not count */
  weightOf(imt: string): number;
}

/** Path of this number, the last choice running fastest. */
export function groundMotionPath(
  choices: readonly GroundMotionChoice[],
  number: number,
  regions: number,
): GroundMotionPath {
  const taken = new Array<number>(choices.length);
  let rest = number;
  for (let choice = choices.length - 1; choice >= 0; choice--) {
    const size = choices[choice].set.branches.length;
    taken[choice] = rest % size;
    rest = Math.floor(rest / size);
  }
  const chosen = taken.map((branch, choice) => choices[choice].set.branches[branch]);
  return {
    models: byRegion(choices, taken, regions),
    code: taken.map((branch, choice) => branchCode(branch, codeWidth(choices[choice].set.branches.length))).join(''),
    weight: chosen.reduce((product, { weight }) => product * weight, 1),
    weightOf: (imt) => chosen.reduce((product, { weightsByImt }) => product * (weightsByImt[imt] ?? 1), 1),
  };
}

/** Number of the way through the sets with this code. Errors: Refusal for a code that none has. */
export function groundMotionPathNumber(code: string, sets: readonly GroundMotionBranchSet[]): number {
  let number = 0;
  let at = 0;
  for (const { set } of groundMotionChoices(sets)) {
    const size = set.branches.length;
    const width = codeWidth(size);
    const part = code.slice(at, at + width);
    const branch = set.branches.findIndex((_, k) => branchCode(k, width) === part);
    if (branch < 0)
      throw refusal(
        'INVALID_QUERY',
        `'${code}' is not a choice of ground-motion models: '${part}' is no branch of '${set.id}'`,
      );
    number = number * size + branch;
    at += width;
  }
  if (at < code.length)
    throw refusal('INVALID_QUERY', `'${code}' is not a choice of ground-motion models: it is too long`);
  return number;
}

function byRegion(choices: readonly GroundMotionChoice[], taken: readonly number[], regions: number): number[] {
  const models = new Array<number>(regions).fill(0);
  choices.forEach((choice, k) => {
    for (const region of choice.regions) models[region] = taken[k];
  });
  return models;
}
