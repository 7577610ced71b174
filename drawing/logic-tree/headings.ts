import {
  groundMotionPaths,
  namedBranches,
  namesIn,
  type DescribedBranchSet,
  type LogicTreeDescription,
} from './description.js';
import type { FoldedSet } from './fold.js';
import { counted, sumText, weightText } from './wording.js';

function branchesOf(sets: readonly DescribedBranchSet[]): number {
  return sets.reduce((sum, { branches }) => sum + branches.length, 0);
}

/** How many paths there are, and whether all of them are used. */
export function summary({ pathCount, samples, samplingMethod }: LogicTreeDescription): string {
  if (samples === 0) return pathCount === undefined ? 'all paths' : counted(pathCount, 'path');
  const paths = pathCount === undefined ? '' : ` of ${counted(pathCount, 'path')}`;
  return `${counted(samples, 'sample')}${paths}, ${samplingMethod}`;
}

/** The line above the source-model tree, with its numbers of sets, branches and paths. */
export function sourceModelHeading({ sourceModel, groundMotion, pathCount }: LogicTreeDescription): string {
  const branches = counted(branchesOf(sourceModel), 'branch', 'branches');
  const paths =
    pathCount === undefined ? '' : `, ${counted(Math.round(pathCount / groundMotionPaths(groundMotion)), 'path')}`;
  return `Source-model logic tree: ${counted(sourceModel.length, 'branch set')}, ${branches}${paths}`;
}

/** The line above the ground-motion tree, with its numbers of regions, branches and paths. */
export function groundMotionHeading({ groundMotion }: LogicTreeDescription): string {
  const regions = counted(groundMotion.length, 'tectonic region type');
  const branches = counted(branchesOf(groundMotion), 'branch', 'branches');
  return `Ground-motion logic tree: ${regions}, ${branches}, ${counted(groundMotionPaths(groundMotion), 'path')}`;
}

/** Filters of a set of the source-model tree: what they say, and the names they give. */
export function filterTexts(set: DescribedBranchSet): (readonly [label: string, names: readonly string[]])[] {
  const { applyToSources, applyToSourceType, applyToTectonicRegionType: region } = set.filters;
  const sources = namesIn(applyToSources);
  const texts: (readonly [string, readonly string[]])[] = [
    sources[0] === '*' ? ['values', ['by source']] : [sources.length === 1 ? 'source' : 'sources', sources],
    ['sources of type', namesIn(applyToSourceType)],
    ['sources of', region === undefined ? [] : [region]],
    ['below', namedBranches(set)],
  ];
  return texts.filter(([, names]) => names.length > 0);
}

/** What is said of sets after the first ones; undefined if there are none. */
export function laterSetsText(sets: readonly DescribedBranchSet[], shown: number): string | undefined {
  if (sets.length <= shown) return undefined;
  const branches = counted(branchesOf(sets.slice(shown)), 'branch', 'branches');
  return `… ${counted(sets.length - shown, 'more branch set')} with ${branches}`;
}

/** What is said of the branches that are not shown. */
export function restText({ count, least, most, sum }: NonNullable<FoldedSet['rest']>): string {
  const weights =
    least === most ? `weight ${weightText(least)} each` : `weights ${weightText(least)} to ${weightText(most)}`;
  return `… ${counted(count, 'more branch', 'more branches')}, ${weights}, sum ${sumText(sum)}`;
}
