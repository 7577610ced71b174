import { branchCode, modelCode } from './branch-code.js';
import { pickBranch, type SamplingMethod } from './sampling.js';

/** A branch as the expansion sees it. */
export interface TreeBranch {
  readonly id: string;
  readonly weight: number;
  /** position among the branches of the set in the file, which its code shows */
  readonly position: number;
}
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
  readonly choices: Int16Array;
}

/** Stands below branches that a restricted set leaves out: one branch of weight 1 that changes nothing. */
const DUMMY_ID = '.';

/** A branch in the tree; the same one hangs below all open ends that its set was attached to. */
interface Node {
  readonly branch: TreeBranch;
  /** number of the set, -1 for a dummy */
  readonly set: number;
  readonly number: number;
  next: readonly Node[];
}

/** The source-model tree: sets hung below one another. */
export class LogicTreeGraph {
  private readonly root: readonly Node[];

  /**
   * @param sets in the order of the file, the first being the root
   * Errors: RangeError for a name in applyToBranches that is unknown or has a level below it already.
   */
  constructor(private readonly sets: readonly TreeBranchSet[]) {
    const known = new Map<string, Node>();
    this.root = this.nodes(0);
    for (const node of this.root) known.set(node.branch.id, node);
    let open = this.root;
    for (let set = 1; set < sets.length; set++) {
      const below = new Set(sets[set].applyToBranches);
      const nodes = this.nodes(set);
      if (below.size === 0 || open.every(({ branch }) => below.has(branch.id))) {
        for (const node of open) node.next = nodes;
        open = nodes;
      } else open = this.attachBelow(set, below, nodes, open, known);
      for (const node of nodes) known.set(node.branch.id, node);
    }
  }

  /** Hangs a set below the named branches and dummies below the open ends not named; returns the new open ends. */
  private attachBelow(
    set: number,
    below: ReadonlySet<string>,
    nodes: readonly Node[],
    open: readonly Node[],
    known: ReadonlyMap<string, Node>,
  ): Node[] {
    for (const name of below) attach(name, known, nodes, this.sets[set].id);
    const left = open.filter(({ branch }) => !below.has(branch.id));
    const dummies = left.map((node) => {
      const dummy: Node = { branch: { id: DUMMY_ID, weight: 1, position: 0 }, set: -1, number: 0, next: [] };
      node.next = [dummy];
      return dummy;
    });
    return [...nodes, ...dummies];
  }

  private nodes(set: number): Node[] {
    return this.sets[set].branches.map((branch, number) => ({ branch, set, number, next: [] }));
  }

  /** Number of ways from the root to a leaf. */
  get pathCount(): number {
    const counts = new Map<Node, number>();
    const below = (node: Node): number => {
      let count = counts.get(node);
      if (count === undefined) {
        count = node.next.length === 0 ? 1 : node.next.reduce((sum, next) => sum + below(next), 0);
        counts.set(node, count);
      }
      return count;
    };
    return this.root.reduce((sum, node) => sum + below(node), 0);
  }

  /** All paths, sorted by their joined ids. */
  enumerate(): TreePath[] {
    const paths: TreePath[] = [];
    const nodes: Node[] = [];
    const walk = (level: readonly Node[]): void => {
      for (const node of level) {
        nodes.push(node);
        if (node.next.length === 0) paths.push(this.path(nodes));
        else walk(node.next);
        nodes.pop();
      }
    };
    walk(this.root);
    return sortPaths(paths);
  }

  /**
   * One path per row of random numbers [samples x sets]: a set uses the column of its number, whether or not the others are
   * met; dummies use none.
   */
  sample(random: Float64Array, method: SamplingMethod): TreePath[] {
    const columns = this.sets.length;
    const weights = this.sets.map(({ branches }) => branches.map(({ weight }) => weight));
    return Array.from({ length: random.length / columns }, (_, sample) => {
      const nodes: Node[] = [];
      for (let level = this.root; level.length > 0; level = nodes[nodes.length - 1].next) {
        const { set } = level[0];
        nodes.push(set < 0 ? level[0] : level[pickBranch(weights[set], random[sample * columns + set], method)]);
      }
      return this.path(nodes);
    });
  }

  private path(nodes: readonly Node[]): TreePath {
    const choices = new Int16Array(this.sets.length).fill(-1);
    let code = '';
    let weight = 1;
    let reading = true;
    for (const { branch, set, number } of nodes) {
      weight *= branch.weight;
      reading &&= set >= 0;
      if (reading) choices[set] = number;
      code += set < 0 ? '.' : set === 0 ? modelCode(branch.position) : branchCode(branch.position);
    }
    return { ids: nodes.map(({ branch }) => branch.id), code, weight, choices };
  }
}

/** Hangs a set below a branch that has nothing, or only a dummy, below it. */
function attach(name: string, known: ReadonlyMap<string, Node>, nodes: readonly Node[], set: string): void {
  const node = known.get(name);
  if (!node) throw new RangeError(`branch set '${set}' applies to branch '${name}', which is not defined before it`);
  if (node.next.some((next) => next.set >= 0))
    throw new RangeError(`branch set '${set}' applies to branch '${name}', which has a branch set below it already`);
  node.next = nodes;
}

/** Text that paths are sorted by and told apart with. */
export function joinedIds(path: TreePath): string {
  return path.ids.join('~');
}

export function sortPaths(paths: readonly TreePath[]): TreePath[] {
  return paths
    .map((path) => ({ path, key: joinedIds(path) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ path }) => path);
}
