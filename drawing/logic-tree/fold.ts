import { namedBranches, type DescribedBranchSet, type LogicTreeDescription } from './description.js';

/** The branches of a set that are shown. */
export interface FoldedSet {
  readonly set: DescribedBranchSet;
  /** numbers of branches: all in their order, or the heaviest first */
  readonly shown: readonly number[];
  /** what is not shown */
  readonly rest?: { readonly count: number; readonly least: number; readonly most: number; readonly sum: number };
}

/** From where on branch sets are folded to their heaviest branches. */
export interface FoldLimits {
  /** a set with more branches is folded */
  readonly complete: number;
  /** branches shown of a folded set */
  readonly folded: number;
  /** rows of all sets together, if each then keeps a few */
  readonly total: number;
  /** branch sets shown of each tree */
  readonly sets: number;
}

/** No set is cut down further for the sake of the total. */
const LEAST_ROWS = 8;

/** Chooses the branches to show of every set: all of them, or the heaviest and those that other sets hang below. */
export function foldTree(tree: LogicTreeDescription, limits: FoldLimits): Map<DescribedBranchSet, FoldedSet> {
  const sets = [...tree.sourceModel, ...tree.groundMotion];
  const wanted = sets.map(({ branches }) => (branches.length > limits.complete ? limits.folded : branches.length));
  const most = largestRowCount(wanted, limits.total);
  const named = new Set(tree.sourceModel.flatMap(namedBranches));
  return new Map(sets.map((set, number) => [set, foldSet(set, Math.min(wanted[number], most), named)]));
}

/** The tree with the first sets of both of its trees only. */
export function firstSets(tree: LogicTreeDescription, { sets }: FoldLimits): LogicTreeDescription {
  return { ...tree, sourceModel: tree.sourceModel.slice(0, sets), groundMotion: tree.groundMotion.slice(0, sets) };
}

/** The largest number of rows per set with which all sets keep within the total. */
function largestRowCount(wanted: readonly number[], total: number): number {
  let [low, high] = [LEAST_ROWS, wanted.reduce((a, b) => Math.max(a, b), LEAST_ROWS)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const rows = wanted.reduce((sum, count) => sum + Math.min(count, middle), 0);
    if (rows <= total) low = middle;
    else high = middle - 1;
  }
  return low;
}

function foldSet(set: DescribedBranchSet, rows: number, named: ReadonlySet<string>): FoldedSet {
  const { branches } = set;
  const all = branches.map((_, number) => number);
  if (branches.length <= rows) return { set, shown: all };
  const byWeight = all.sort((a, b) => branches[b].weight - branches[a].weight || a - b);
  const chosen = new Set(byWeight.filter((number) => named.has(branches[number].id)).slice(0, rows));
  for (let rank = 0; chosen.size < rows; rank++) chosen.add(byWeight[rank]);
  const shown = byWeight.filter((number) => chosen.has(number));
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (const number of byWeight) {
    if (chosen.has(number)) continue;
    const { weight } = branches[number];
    least = Math.min(least, weight);
    most = Math.max(most, weight);
    sum += weight;
  }
  return { set, shown, rest: { count: branches.length - shown.length, least, most, sum } };
}
