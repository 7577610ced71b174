import { branchCode, codeWidth, modelCode } from './branch-code.js';
import { pickBranch, type SamplingMethod } from './sampling.js';
import { Sequence } from './sequence.js';
import { refusal } from '../refusal.js';

/** A branch as the expansion sees it. */
interface TreeBranch {
  readonly id: string;
  readonly weight: number;
  /** position among the branches of the set in the file, which its code shows */
  readonly position: number;
}
/** A branch set, as far as paths are concerned. */
export interface TreeBranchSet {
  readonly id: string;
  readonly branches: readonly TreeBranch[];
  /** ids of the branches it hangs below; empty: all open ends */
  readonly applyToBranches: readonly string[];
}

/** One way from the root to a leaf. */
export interface TreePath {
  readonly ids: readonly string[];
  readonly code: string;
  readonly weight: number;
  /** [sets] number of the branch taken in each set; -1 where the path does not meet the set or meets a dummy before it */
  readonly choices: Int32Array;
}

/** Stands below branches that a restricted set leaves out: one branch of weight 1 that changes nothing. */
const DUMMY_ID = '.';

/** A branch in the tree; the same one hangs below all open ends that its set was attached to. */
interface Node {
  readonly branch: TreeBranch;
  /** the set below, if any */
  next: Level | undefined;
  /** dummies between the branch and the set below, or the leaf */
  dummies: number;
  /** restricted sets attached before the branch became an open end */
  openedAt: number;
}

/** A set in the tree. */
interface Level {
  readonly set: number;
  readonly nodes: readonly Node[];
  readonly codes: readonly string[];
  /** numbers of the branches in the order of paths */
  order: Int32Array;
  /** [branches + 1] leaves below the branches before each, in that order */
  before: Float64Array;
  /** sum of the weights of all ways from here to a leaf */
  weight: number;
}

/**
 * The source-model tree: sets hung below one another. Since the same set hangs below many branches, what is kept grows with
 * the number of branches, not of paths.
 */
export class LogicTreeGraph {
  private readonly levels: readonly Level[];

  /**
   * @param sets in the order of the file, the first being the root
   * Errors: Refusal for a name in applyToBranches that is unknown or has a level below it already.
   */
  constructor(readonly sets: readonly TreeBranchSet[]) {
    this.levels = sets.map((set, number) => newLevel(set, number));
    const known = new Map<string, Node>();
    let open = new Map<string, Node>();
    let restricted = 0;
    // a dummy is an open end that no set can name
    let dummiesOpen = false;
    for (const [number, level] of this.levels.entries()) {
      const below = new Set(sets[number].applyToBranches);
      if (number > 0 && below.size > 0 && (dummiesOpen || [...open.keys()].some((id) => !below.has(id)))) {
        restricted++;
        for (const name of below) {
          attach(name, known, level, sets[number].id);
          open.delete(name);
        }
        dummiesOpen ||= open.size > 0;
      } else {
        for (const node of open.values()) {
          node.next = level;
          node.dummies = restricted - node.openedAt;
        }
        open = new Map();
        dummiesOpen = false;
      }
      for (const node of level.nodes) {
        node.openedAt = restricted;
        known.set(node.branch.id, node);
        open.set(node.branch.id, node);
      }
    }
    for (const node of open.values()) node.dummies = restricted - node.openedAt;
    for (const level of this.levels.toReversed()) count(level);
  }

  /** Number of ways from the root to a leaf; exact up to 2^53. */
  get pathCount(): number {
    return countOf(this.levels[0]);
  }

  /** Sum of the weights of all paths: 1 but for rounding in the file. */
  get totalWeight(): number {
    return this.levels[0].weight;
  }

  /** The set that is read after a branch; undefined at a leaf, and at a dummy, below which nothing is applied. */
  below(set: number, branch: number): number | undefined {
    const { next, dummies } = this.levels[set].nodes[branch];
    return dummies > 0 ? undefined : next?.set;
  }

  /** The set that a path meets after a branch, read or not; undefined at a leaf. */
  next(set: number, branch: number): number | undefined {
    return this.levels[set].nodes[branch].next?.set;
  }

  /** All paths, sorted by their joined ids. */
  get paths(): Sequence<TreePath> {
    return new Sequence(this.pathCount, (number) => this.pathAt(number));
  }

  private pathAt(number: number): TreePath {
    const taken: number[] = [];
    let rest = number;
    for (let level: Level | undefined = this.levels[0]; level;) {
      const place = lastNotAbove(level.before, rest);
      rest -= level.before[place];
      const branch: number = level.order[place];
      taken.push(branch);
      level = level.nodes[branch].next;
    }
    return this.path(taken);
  }

  /** Number of the path with this code. Errors: Refusal for a code that no path has. */
  numberOf(code: string): number {
    let number = 0;
    let at = 0;
    for (let level: Level | undefined = this.levels[0]; level;) {
      const width: number = level.codes[0].length;
      const branch = level.codes.indexOf(code.slice(at, at + width));
      if (branch < 0)
        throw refusal(
          'INVALID_QUERY',
          `'${code}' is not the code of a path: no branch fits from character ${at + 1} on`,
        );
      const { next, dummies }: Node = level.nodes[branch];
      number += level.before[level.order.indexOf(branch)];
      at += width + dummies;
      level = next;
    }
    // how many dots end a code differs in files of other programs
    if (code.slice(at).replaceAll(DUMMY_ID, '') !== '')
      throw refusal('INVALID_QUERY', `'${code}' is not the code of a path: it is too long`);
    return number;
  }

  /**
   * One path per row of random numbers [samples x sets]: a set uses the column of its number, whether or not the others are
   * met; dummies use none.
   */
  sample(random: Float64Array, method: SamplingMethod): TreePath[] {
    const columns = this.sets.length;
    const weights = this.sets.map(({ branches }) => branches.map(({ weight }) => weight));
    return Array.from({ length: random.length / columns }, (_, sample) => {
      const taken: number[] = [];
      for (let level: Level | undefined = this.levels[0]; level;) {
        const branch = pickBranch(weights[level.set], random[sample * columns + level.set], method);
        taken.push(branch);
        level = level.nodes[branch].next;
      }
      return this.path(taken);
    });
  }

  /** @param taken numbers of the branches from the root down */
  private path(taken: readonly number[]): TreePath {
    const choices = new Int32Array(this.sets.length).fill(-1);
    const ids: string[] = [];
    let code = '';
    let weight = 1;
    let reading = true;
    let level: Level | undefined = this.levels[0];
    for (const number of taken) {
      const { set, nodes, codes }: Level = level!;
      const { branch, dummies, next }: Node = nodes[number];
      if (reading) choices[set] = number;
      weight *= branch.weight;
      ids.push(branch.id);
      code += codes[number] + DUMMY_ID.repeat(dummies);
      for (let k = 0; k < dummies; k++) ids.push(DUMMY_ID);
      reading &&= dummies === 0;
      level = next;
    }
    return { ids, code, weight, choices };
  }
}

function newLevel({ branches }: TreeBranchSet, set: number): Level {
  const size = branches.reduce((most, { position }) => Math.max(most, position + 1), 0);
  const width = codeWidth(size);
  return {
    set,
    nodes: branches.map((branch) => ({ branch, next: undefined, dummies: 0, openedAt: 0 })),
    codes: branches.map(({ position }) => (set === 0 ? modelCode(position, size) : branchCode(position, width))),
    order: new Int32Array(0),
    before: new Float64Array(1),
    weight: 0,
  };
}

/** Hangs a set below a branch that has nothing, or only dummies, below it. */
function attach(name: string, known: ReadonlyMap<string, Node>, level: Level, set: string): void {
  const node = known.get(name);
  if (!node)
    throw refusal('TREE_REFERENCE', `branch set '${set}' applies to branch '${name}', which is not defined before it`);
  if (node.next && node.dummies === 0)
    throw refusal(
      'TREE_STRUCTURE',
      `branch set '${set}' applies to branch '${name}', which has a branch set below it already`,
    );
  node.next = level;
  node.dummies = 0;
}

/** Counts the leaves below a set and puts its branches into the order of paths. */
function count(level: Level): void {
  const keys = level.nodes.map(({ branch, next, dummies }) => branch.id + (next || dummies > 0 ? '~' : ''));
  level.order = Int32Array.from(keys.keys()).sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b));
  level.before = new Float64Array(level.nodes.length + 1);
  level.order.forEach((branch, place) => {
    const { next } = level.nodes[branch];
    level.before[place + 1] = level.before[place] + (next ? countOf(next) : 1);
  });
  level.weight = level.nodes.reduce((sum, { branch, next }) => sum + branch.weight * (next?.weight ?? 1), 0);
}

function countOf({ before }: Level): number {
  return before[before.length - 1];
}

/** Number of the last entry (but one) that is at most `value`. */
function lastNotAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Text that paths are sorted by and told apart with. */
export function joinedIds(path: TreePath): string {
  return path.ids.join('~');
}

/** Paths in the order of their ids joined with `~`, which numbers the realizations. */
export function sortPaths(paths: readonly TreePath[]): TreePath[] {
  return paths
    .map((path) => ({ path, key: joinedIds(path) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ path }) => path);
}
