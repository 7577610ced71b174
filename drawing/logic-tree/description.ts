/** What is drawn and listed of logic trees: both trees as plain branch sets, whether read from a job or from a calculation. */
import { branchCode, codeWidth, modelCode } from '../../hazard/logictree/branch-code.js';
import type {
  GroundMotionBranch,
  GroundMotionBranchSet,
  SourceModelBranchSet,
} from '../../hazard/logictree/logic-tree.js';

/** A branch as drawings and listings show it. */
export interface DescribedBranch {
  readonly id: string;
  /** characters of the branch in the codes of realizations; '' where the order of the file is not known any more */
  readonly code: string;
  /** the whole value; '' for a branch that was left without files */
  readonly value: string;
  readonly weight: number;
  /** by intensity measure type, where the tree states them */
  readonly weightsByImt: Readonly<Record<string, number>>;
}

/** A branch set as drawings and listings show it. */
export interface DescribedBranchSet {
  readonly id: string;
  /** as in the file: sourceModel, maxMagGRRelative, gmpeModel ... */
  readonly uncertaintyType: string;
  /** applyToBranches, applyToSources, applyToTectonicRegionType as in the file */
  readonly filters: Readonly<Record<string, string>>;
  readonly branches: readonly DescribedBranch[];
  /** sets of the ground-motion tree with the same text are one choice */
  readonly choice?: string;
}

/** Both trees as drawings and listings show them. */
export interface LogicTreeDescription {
  /** name of the job */
  readonly title: string;
  readonly sourceModel: readonly DescribedBranchSet[];
  /** one set per tectonic region type, which stands in its filters */
  readonly groundMotion: readonly DescribedBranchSet[];
  /** paths through both trees together, also when they are sampled; undefined where not known */
  readonly pathCount?: number;
  /** 0: all paths are used */
  readonly samples: number;
  readonly samplingMethod: string;
}

/** A set of the source-model tree as paths are made of it. */
export interface MadeSet {
  /** ids of the branches it hangs below; empty: all open ends */
  readonly applyToBranches: readonly string[];
  /** places of the branches in the file */
  readonly branches: readonly { readonly position: number }[];
}

/** The part of FullLogicTree that is described. Models of the ground-motion sets are not needed, only their texts. */
export interface DescribableTree {
  readonly sourceModelBranchSets: readonly SourceModelBranchSet[];
  /** how the tree is made of the sets, where a job may have merged branches; not in calculations of the first version */
  readonly sourceModelSets?: readonly MadeSet[];
  readonly groundMotion: readonly (Omit<GroundMotionBranchSet, 'branches'> & {
    readonly branches: readonly Omit<GroundMotionBranch, 'specification'>[];
  })[];
  readonly samples: number;
  readonly samplingMethod: string;
}

/** Value of a branch that lost its files, or never had any. */
const EMPTY = "''";

/** @param sourceModelPaths number of paths through the source-model tree where it is known; else they are counted */
export function describeTree(tree: DescribableTree, title: string, sourceModelPaths?: number): LogicTreeDescription {
  const { sourceModelBranchSets: sets, sourceModelSets: made, samples, samplingMethod } = tree;
  const paths = sourceModelPaths ?? countPaths(sets, made);
  const single = sets.length === 1 && sets[0].branches.length === 1;
  return {
    title,
    ...(paths !== undefined && { pathCount: paths * groundMotionPaths(tree.groundMotion) }),
    samples,
    samplingMethod,
    sourceModel: sets.map(({ id, uncertaintyType, filters, branches }, set) => {
      // branches without files are gathered at the end of their set: numbers do not tell places in the file then
      const reordered = branches.some(({ value }) => value === EMPTY);
      const size = branches.length;
      const codeOf = (number: number): string => {
        if (single) return 'A';
        const position = made ? made[set].branches[number].position : reordered ? undefined : number;
        if (position === undefined) return '';
        return set === 0 ? modelCode(position, size) : branchCode(position, codeWidth(size));
      };
      return {
        id,
        uncertaintyType,
        filters,
        branches: branches.map((branch, number) => ({
          id: branch.id,
          code: codeOf(number),
          value: branch.value === EMPTY ? '' : branch.value,
          weight: branch.weight,
          weightsByImt: {},
        })),
      };
    }),
    groundMotion: tree.groundMotion.map(({ id, tectonicRegionType, branches, choice }) => ({
      id,
      ...(choice !== undefined && { choice }),
      uncertaintyType: 'gmpeModel',
      filters: { applyToTectonicRegionType: tectonicRegionType },
      branches: branches.map((branch, number) => ({
        id: branch.id,
        code: branchCode(number, codeWidth(branches.length)),
        value: branch.text,
        weight: branch.weight,
        weightsByImt: branch.weightsByImt,
      })),
    })),
  };
}

/** Number of paths through the sets of the ground-motion tree; those of one choice count once. */
export function groundMotionPaths(
  sets: readonly { readonly choice?: string; readonly branches: readonly unknown[] }[],
): number {
  const seen = new Set<string>();
  let paths = 1;
  for (const { choice, branches } of sets) {
    if (choice === undefined || !seen.has(choice)) paths *= branches.length;
    if (choice !== undefined) seen.add(choice);
  }
  return paths;
}

/** Regions whose ground-motion sets are one choice with this one. */
export function regionsOfChoice(tree: LogicTreeDescription, set: DescribedBranchSet): string[] {
  if (set.choice === undefined) return [];
  return tree.groundMotion
    .filter((other) => other !== set && other.choice === set.choice)
    .map(({ id, filters }) => filters.applyToTectonicRegionType ?? id);
}

/**
 * Number of paths through the source-model tree: ways to every open branch, set by set. undefined where filters name branches
 * that are gone and it is not stored what the sets hang below in their place.
 */
function countPaths(sets: readonly SourceModelBranchSet[], made: readonly MadeSet[] | undefined): number | undefined {
  const known = new Set(sets.flatMap(({ branches }) => branches.map(({ id }) => id)));
  let open = new Map<string, number>();
  for (const [set, { filters, branches }] of sets.entries()) {
    const below = set === 0 ? [] : (made?.[set].applyToBranches ?? namesIn(filters.applyToBranches));
    if (!below.every((name) => known.has(name))) return undefined;
    const ways = set === 0 ? 1 : waysTo(below.length > 0 ? below : open.keys(), open);
    // branches that are passed by stay open
    if (below.length === 0) open = new Map();
    for (const name of below) open.delete(name);
    for (const { id } of branches) open.set(id, ways);
  }
  return waysTo(open.keys(), open);
}

function waysTo(names: Iterable<string>, open: ReadonlyMap<string, number>): number {
  let ways = 0;
  for (const name of new Set(names)) ways += open.get(name) ?? 0;
  return ways;
}

/** Ids in applyToBranches. */
export function namedBranches({ filters }: DescribedBranchSet): string[] {
  return namesIn(filters.applyToBranches);
}

/** Names in a filter, which blanks separate. */
export function namesIn(filter: string | undefined): string[] {
  return (filter ?? '').split(/\s+/).filter((name) => name !== '');
}
