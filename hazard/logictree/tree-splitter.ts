import type { Condition } from './choices.js';
import { conditionsKey, joined, narrowed } from './conditions.js';
import type { PathPart, PathSplitter } from './path-splitter.js';
import type { LogicTreeGraph } from './tree.js';
import { refusal } from '../refusal.js';

/** Trees of more paths give no lists of realizations. */
const MOST_LISTED_PATHS = 2 ** 15;

/** Ways that are told apart for one file: each is a version of its sources, and all are held. */
const MOST_WAYS = 2 ** 18;

/** What one part of the ways below a set says of a file: how often it is read, under which condition, after which branches. */
interface Way {
  readonly condition: Condition;
  readonly readings: number;
  readonly taken: ReadonlyMap<number, number>;
}
const END: readonly Way[] = [{ condition: new Map(), readings: 0, taken: new Map() }];

/** All paths of a tree: the choices are its branch sets. Nothing here grows with the number of paths. */
export class TreeSplitter implements PathSplitter {
  readonly sizes: readonly number[];
  /** by file: the sets that name it, with how often each branch does */
  private readonly naming = new Map<number, Map<number, Map<number, number>>>();
  private readonly order: Order;
  private readonly parts = new Map<string, readonly PathPart[]>();
  private readonly lists = new Map<string, readonly number[]>();
  private pathsTaking: number[][][] | undefined;
  private pathChoices: Int32Array[] = [];

  /** @param filesOf numbers of the files of each [set][branch]; sets without files have none */
  constructor(
    private readonly graph: LogicTreeGraph,
    private readonly filesOf: readonly (readonly (readonly number[])[])[],
  ) {
    this.sizes = graph.sets.map(({ branches }) => branches.length);
    this.order = orderOf(this.sizes, (set, branch) => graph.below(set, branch));
    filesOf.forEach((byBranch, set) => {
      byBranch.forEach((files, branch) => {
        for (const file of files) {
          const sets = getOrMake(this.naming, file, () => new Map<number, Map<number, number>>());
          const branches = getOrMake(sets, set, () => new Map<number, number>());
          branches.set(branch, (branches.get(branch) ?? 0) + 1);
        }
      });
    });
  }

  get files(): readonly number[] {
    if (this.graph.pathCount > MOST_LISTED_PATHS) return [...this.naming.keys()];
    const found = new Set<number>();
    for (const { choices } of this.graph.paths)
      this.filesOf.forEach((byBranch, set) => {
        if (choices[set] >= 0) for (const file of byBranch[choices[set]] ?? []) found.add(file);
      });
    return [...found];
  }

  split(file: number, sets: readonly number[]): readonly PathPart[] {
    const key = `${file} ${sets.join(' ')}`;
    let parts = this.parts.get(key);
    if (!parts) this.parts.set(key, (parts = this.newParts(file, sets)));
    return parts;
  }

  private newParts(file: number, sets: readonly number[]): PathPart[] {
    const naming = this.naming.get(file) ?? new Map<number, ReadonlyMap<number, number>>();
    const ways = waysThrough(this.order, naming, new Set(sets));
    const parts = new Map<string, { taken: readonly number[]; where: Condition[] }>();
    for (const { condition, readings, taken } of ways) {
      if (readings === 0) continue;
      const branches = sets.map((set) => taken.get(set) ?? -1);
      const part = getOrMake(parts, branches.join(' '), () => ({ taken: branches, where: [] }));
      for (let k = 0; k < readings; k++) part.where.push(condition);
    }
    return [...parts.values()].map(({ taken, where }) => ({ taken, where: joined(where, this.sizes) }));
  }

  numbers(where: readonly Condition[]): readonly number[] | undefined {
    if (this.graph.pathCount > MOST_LISTED_PATHS) return undefined;
    const key = conditionsKey(where);
    let list = this.lists.get(key);
    if (!list) this.lists.set(key, (list = where.flatMap((one) => this.fulfilling(one)).sort((a, b) => a - b)));
    return list;
  }

  private fulfilling(condition: Condition): number[] {
    const taking = (this.pathsTaking ??= this.listPaths());
    const lengthOf = ([set, branches]: readonly [number, readonly number[]]): number =>
      branches.reduce((sum, branch) => sum + taking[set][branch].length, 0);
    let rarest: readonly [number, readonly number[]] | undefined;
    for (const term of condition) if (!rarest || lengthOf(term) < lengthOf(rarest)) rarest = term;
    if (!rarest) return this.pathChoices.map((_, path) => path);
    const [set, branches] = rarest;
    const others = [...condition].filter(([choice]) => choice !== set);
    return branches.flatMap((branch) =>
      taking[set][branch].filter((path) =>
        others.every(([choice, allowed]) => allowed.includes(this.pathChoices[path][choice])),
      ),
    );
  }

  private listPaths(): number[][][] {
    const taking = this.sizes.map((size) => Array.from({ length: size }, (): number[] => []));
    this.pathChoices = Array.from(this.graph.paths, ({ choices }) => choices);
    this.pathChoices.forEach((choices, path) => {
      choices.forEach((branch, set) => {
        if (branch >= 0) taking[set][branch].push(path);
      });
    });
    return taking;
  }
}

/** Which set comes after a branch: in reading, or in the tree. */
interface Order {
  readonly sizes: readonly number[];
  /** the set met after a branch, if any */
  readonly next: (set: number, branch: number) => number | undefined;
  /** by set the one that follows all of its branches, undefined behind the last; null where branches differ */
  readonly afterAll: readonly (number | undefined | null)[];
}

function orderOf(sizes: readonly number[], next: Order['next']): Order {
  const afterAll = sizes.map((size, set) => {
    const first = next(set, 0);
    for (let branch = 1; branch < size; branch++) if (next(set, branch) !== first) return null;
    return first;
  });
  return { sizes, next, afterAll };
}

/**
 * Ways through a tree from its root, told apart only where readings of a file or the sets asked for make a difference.
 * @param naming sets that name the file, with how often each branch does
 * Errors: Refusal for more ways than can be held.
 */
function waysThrough(
  { sizes, next, afterAll }: Order,
  naming: ReadonlyMap<number, ReadonlyMap<number, number>>,
  distinguished: ReadonlySet<number>,
): readonly Way[] {
  const lastNaming = Math.max(-1, ...naming.keys());
  const last = Math.max(lastNaming, ...distinguished);
  const below = new Array<readonly Way[]>(last + 1);
  const waysAfter = (set: number | undefined): readonly Way[] => (set === undefined || set > last ? END : below[set]);
  // a set hangs below earlier ones only, so the last one is done first
  for (let set = last; set >= 0; set--) {
    const readingsOf = naming.get(set);
    const plain = !readingsOf && !distinguished.has(set);
    const after = afterAll[set];
    if (plain && after !== null) {
      below[set] = waysAfter(after);
      continue;
    }
    // where nothing later names the file, branches that do not name it do not matter
    const branches = set === 0 && lastNaming === 0 ? [...readingsOf!.keys()].sort((a, b) => a - b) : undefined;
    const groups = new Map<readonly Way[], Map<number, number[]>>();
    for (const branch of branches ?? Array.from({ length: sizes[set] }, (_, i) => i)) {
      const byReadings = getOrMake(groups, waysAfter(next(set, branch)), () => new Map<number, number[]>());
      getOrMake(byReadings, readingsOf?.get(branch) ?? 0, () => []).push(branch);
    }
    const [only] = groups.keys();
    if (plain && groups.size === 1) {
      below[set] = only;
      continue;
    }
    checkWays(groups, distinguished.has(set));
    below[set] = [...joinedWays(set, sizes[set], groups, distinguished.has(set))];
  }
  return below[0] ?? END;
}

/** Errors: Refusal for more ways than can be held. */
function checkWays(
  groups: ReadonlyMap<readonly Way[], ReadonlyMap<number, readonly number[]>>,
  distinguished: boolean,
): void {
  let count = 0;
  for (const [ways, byReadings] of groups)
    for (const branches of byReadings.values()) count += ways.length * (distinguished ? branches.length : 1);
  if (count > MOST_WAYS)
    throw refusal(
      'TOO_LARGE',
      `the branch sets change the same sources in more than ${MOST_WAYS} ways: let sets name the sources they are for ` +
        '(applyToSources, applyToTectonicRegionType, applyToBranches), or sample the tree with number_of_logic_tree_samples',
    );
}

function* joinedWays(
  set: number,
  size: number,
  groups: ReadonlyMap<readonly Way[], ReadonlyMap<number, readonly number[]>>,
  distinguished: boolean,
): Generator<Way> {
  for (const [ways, byReadings] of groups)
    for (const [readings, all] of byReadings)
      for (const branches of distinguished ? all.map((branch) => [branch]) : [all])
        for (const way of ways)
          yield {
            condition: branches.length === size ? way.condition : narrowed(way.condition, set, branches),
            readings: way.readings + readings,
            taken: distinguished ? new Map([...way.taken, [set, branches[0]]]) : way.taken,
          };
}

/** By set the conditions under which paths meet it, applied there or not; undefined for sets that all meet. */
export function meetings(graph: LogicTreeGraph): (readonly Condition[] | undefined)[] {
  const sizes = graph.sets.map(({ branches }) => branches.length);
  const order = orderOf(sizes, (set, branch) => graph.next(set, branch));
  // sets that follow all branches of one that all paths meet are met by all
  const always = new Set<number>();
  for (let set: number | undefined | null = 0; typeof set === 'number'; set = order.afterAll[set]) always.add(set);
  return sizes.map((size, set) => {
    if (always.has(set)) return undefined;
    const each = new Map(Array.from({ length: size }, (_, branch): [number, number] => [branch, 1]));
    const ways = waysThrough(order, new Map([[set, each]]), new Set());
    const where = joined(
      ways.filter(({ readings }) => readings > 0).map(({ condition }) => condition),
      sizes,
    );
    return where.length === 1 && where[0].size === 0 ? undefined : where;
  });
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
