import type { Choice, Conditional } from '../../logictree/choices.js';
import { type ChoiceCircuit, LEAF, MIXTURE, PRODUCT } from './circuit.js';
import { ConditionItems } from './condition-items.js';
import { GrowingIntegers, IntegerLists } from './integer-lists.js';
import { refusal } from '../../refusal.js';

/** Parts of all nodes and branches of all edges together beyond which a circuit is refused. */
const LARGEST_CIRCUIT = 30_000_000;

/**
 * The circuit of a logic tree. Made by conditioning: rows whose conditions hold make a leaf, the others fall apart into
 * components that share no choice; in each the choice connected with most others is made, and every branch leaves a smaller
 * problem of the same kind. Equal problems are solved once, so a chain of dependent choices costs the square of the branches and
 * not their power (recursive conditioning: Darwiche 2001, Artificial Intelligence 126).
 * Errors: RangeError for conditions on branches that do not exist, Refusal when the circuit grows beyond `largest` parts.
 */
export function compileChoices(
  choices: readonly Choice[],
  rows: readonly Conditional[],
  largest: number = LARGEST_CIRCUIT,
): ChoiceCircuit {
  const items = new ConditionItems(choices, rows);
  const nodes = new CircuitNodes(largest, `${choices.length} branch sets and ${rows.length} rows of rates`);
  const root = new Conditioning(items, choices, nodes).solve();
  const { starts, rows: bundleRows } = items.bundles();
  return {
    rows: rows.length,
    choiceSizes: Int32Array.from(choices, ({ weights }) => weights.length),
    bundleStarts: starts,
    bundleRows,
    ...nodes.finished(),
    root,
  };
}

/** The nodes so far; equal leaves and products are one. */
class CircuitNodes {
  private readonly kinds = new GrowingIntegers();
  private readonly choices = new GrowingIntegers();
  private readonly partStarts = new GrowingIntegers();
  private readonly parts = new GrowingIntegers();
  private readonly branchStarts = new GrowingIntegers();
  private readonly branches = new GrowingIntegers();
  private readonly contents = new IntegerLists();
  private readonly nodeOfContent: number[] = [];

  constructor(
    private readonly largest: number,
    private readonly what: string,
  ) {}

  /** Sum of bundles [ascending]. */
  leaf(bundles: readonly number[]): number {
    return this.shared(LEAF, bundles);
  }

  product(children: readonly number[]): number {
    return this.shared(
      PRODUCT,
      [...children].sort((a, b) => a - b),
    );
  }

  /** Children by class of branches; classes with the same child become one edge. */
  mixture(choice: number, children: readonly number[], branchesOf: (index: number) => Int32Array): number {
    const edges = new Map<number, number[]>();
    children.forEach((child, index) => {
      const classes = edges.get(child);
      if (classes) classes.push(index);
      else edges.set(child, [index]);
    });
    const node = this.add(MIXTURE, choice);
    for (const [child, classes] of edges) {
      this.addPart(child);
      for (const index of classes) for (const branch of branchesOf(index)) this.branches.push(branch);
    }
    this.check();
    return node;
  }

  finished(): Omit<ChoiceCircuit, 'rows' | 'choiceSizes' | 'bundleStarts' | 'bundleRows' | 'root'> {
    this.partStarts.push(this.parts.length);
    this.branchStarts.push(this.branches.length);
    const kinds = Uint8Array.from(this.kinds.values());
    const partStarts = this.partStarts.values();
    const parts = this.parts.values();
    const parents = new Int32Array(kinds.length);
    for (let node = 0; node < kinds.length; node++) {
      if (kinds[node] === LEAF) continue;
      for (let e = partStarts[node]; e < partStarts[node + 1]; e++) parents[parts[e]]++;
    }
    return {
      kinds,
      choices: this.choices.values(),
      partStarts,
      parts,
      branchStarts: this.branchStarts.values(),
      branches: this.branches.values(),
      parents,
    };
  }

  private shared(kind: number, parts: readonly number[]): number {
    const content = this.contents.intern([kind, ...parts]);
    if (content < this.nodeOfContent.length) return this.nodeOfContent[content];
    const node = this.add(kind, -1);
    this.nodeOfContent.push(node);
    for (const part of parts) this.addPart(part);
    this.check();
    return node;
  }

  private add(kind: number, choice: number): number {
    this.kinds.push(kind);
    this.choices.push(choice);
    this.partStarts.push(this.parts.length);
    return this.kinds.length - 1;
  }
  private addPart(part: number): void {
    this.parts.push(part);
    this.branchStarts.push(this.branches.length);
  }
  private check(): void {
    if (this.kinds.length + this.parts.length + this.branches.length > this.largest)
      throw refusal(
        'TOO_LARGE',
        `the logic tree of ${this.what} is too entangled: its circuit would have more than ${this.largest} parts`,
      );
  }
}

/** A problem under way: smaller problems are solved one after another, then it becomes a node. */
interface Frame {
  readonly count: number;
  /** nodes of the smaller problems solved so far */
  readonly nodes: number[];
  /** the next smaller one: its node if known, else a frame */
  open(index: number): number | Frame;
  finish(): number;
}

class Conditioning {
  private readonly components = new IntegerLists();
  private readonly nodeOfComponent: number[] = [];
  private readonly classes = new IntegerLists();
  /** scratch by choice */
  private readonly leader: Int32Array;
  private readonly group: Int32Array;
  private readonly stamp: Int32Array;

  constructor(
    private readonly items: ConditionItems,
    private readonly choices: readonly Choice[],
    private readonly nodes: CircuitNodes,
  ) {
    this.leader = new Int32Array(choices.length).fill(-1);
    this.group = new Int32Array(choices.length);
    this.stamp = new Int32Array(choices.length).fill(-1);
  }

  /** Node of the whole tree. The frames lie in an array, so long chains of choices do not exhaust the call stack. */
  solve(): number {
    const first = this.split(Int32Array.from(this.items.whole));
    if (typeof first === 'number') return first;
    const stack: Frame[] = [first];
    for (;;) {
      const frame = stack[stack.length - 1];
      if (frame.nodes.length < frame.count) {
        const next = frame.open(frame.nodes.length);
        if (typeof next === 'number') frame.nodes.push(next);
        else stack.push(next);
        continue;
      }
      stack.pop();
      const node = frame.finish();
      if (stack.length === 0) return node;
      stack[stack.length - 1].nodes.push(node);
    }
  }

  /** A problem of any items: what holds makes a leaf, the rest falls into components. */
  private split(problem: Int32Array): number | Frame {
    const { items } = this;
    const held: number[] = [];
    const open: number[] = [];
    for (const item of problem) {
      if (items.firstTerm(item) < items.endTerm(item)) open.push(item);
      else if (items.hasRows(item)) held.push(items.bundle(item));
    }
    const components = this.componentsOf(open);
    if (components.length === 0) return this.nodes.leaf(held.sort((a, b) => a - b));
    const nodes: number[] = [];
    return {
      count: components.length,
      nodes,
      open: (index) => {
        const key = this.components.intern(components[index].sort());
        return this.nodeOfComponent[key] ?? this.condition(components[index], key);
      },
      finish: () => {
        if (held.length > 0) nodes.push(this.nodes.leaf(held.sort((a, b) => a - b)));
        return nodes.length === 1 ? nodes[0] : this.nodes.product(nodes);
      },
    };
  }

  /** A problem whose items hang together: makes one choice. */
  private condition(component: Int32Array, key: number): Frame {
    const { items } = this;
    const choice = this.mostConnected(component);
    const size = this.choices[choice].weights.length;
    // items by branch: first counted, then filed
    const starts = new Int32Array(size + 1);
    const others: number[] = [];
    const places = new Int32Array(component.length);
    component.forEach((item, k) => {
      places[k] = items.placeOf(item, choice);
      if (items.presence(item) === choice) return;
      if (places[k] < 0) others.push(item);
      else {
        const end = items.endBranch(places[k]);
        for (let b = items.firstBranch(places[k]); b < end; b++) starts[items.branches[b] + 1]++;
      }
    });
    for (let branch = 0; branch < size; branch++) starts[branch + 1] += starts[branch];
    const filed = new Int32Array(starts[size]);
    const next = starts.slice(0, size);
    component.forEach((item, k) => {
      if (places[k] < 0 || items.presence(item) === choice) return;
      const less = items.without(item, places[k]);
      const end = items.endBranch(places[k]);
      for (let b = items.firstBranch(places[k]); b < end; b++) filed[next[items.branches[b]]++] = less;
    });
    // branches under which the same items are left are one class
    const classOf = new Map<number, number>();
    const branchesOf: number[][] = [];
    for (let branch = 0; branch < size; branch++) {
      const content = this.classes.intern(filed, starts[branch], starts[branch + 1]);
      const known = classOf.get(content);
      if (known !== undefined) branchesOf[known].push(branch);
      else {
        classOf.set(content, branchesOf.length);
        branchesOf.push([branch]);
      }
    }
    const nodes: number[] = [];
    return {
      count: branchesOf.length,
      nodes,
      open: (index) => {
        const branch = branchesOf[index][0];
        const own = filed.subarray(starts[branch], starts[branch + 1]);
        const problem = new Int32Array(others.length + own.length);
        problem.set(others);
        problem.set(own, others.length);
        return this.split(problem);
      },
      finish: () =>
        (this.nodeOfComponent[key] = this.nodes.mixture(choice, nodes, (index) => Int32Array.from(branchesOf[index]))),
    };
  }

  /** Items that share choices, directly or through others, in the order of their first items. */
  private componentsOf(problem: readonly number[]): Int32Array[] {
    const { items, leader, group } = this;
    if (problem.length < 2) return problem.map((item) => Int32Array.of(item));
    const touched: number[] = [];
    const find = (choice: number): number => {
      let top = choice;
      while (leader[top] !== top) top = leader[top];
      for (let at = choice; at !== top;) [at, leader[at]] = [leader[at], top];
      return top;
    };
    for (const item of problem) {
      let top = -1;
      for (let place = items.firstTerm(item); place < items.endTerm(item); place++) {
        const choice = items.choiceAt(place);
        if (leader[choice] < 0) {
          leader[choice] = choice;
          group[choice] = -1;
          touched.push(choice);
        }
        const found = find(choice);
        if (top >= 0) leader[found] = top;
        else top = found;
      }
    }
    const lists: number[][] = [];
    for (const item of problem) {
      const top = find(items.choiceAt(items.firstTerm(item)));
      if (group[top] < 0) {
        group[top] = lists.length;
        lists.push([]);
      }
      lists[group[top]].push(item);
    }
    for (const choice of touched) leader[choice] = -1;
    return lists.map((list) => Int32Array.from(list));
  }

  /** The choice of a component that has no other, else -1. */
  private singleChoice(component: Int32Array): number {
    const { items } = this;
    for (const item of component) if (items.endTerm(item) - items.firstTerm(item) > 1) return -1;
    return items.choiceAt(items.firstTerm(component[0]));
  }

  /**
   * The choice that shares items with most other choices, since making it cuts most; of several the one that copies the fewest
   * items into branches, then the first. A choice that may still turn out not to be met has to wait.
   */
  private mostConnected(component: Int32Array): number {
    const { items, group, stamp } = this;
    const single = this.singleChoice(component);
    if (single >= 0) return single;
    const met: number[] = [];
    const itemsOf: number[][] = [];
    const copies: number[] = [];
    const waiting = new Set<number>();
    const surelyMet = new Set<number>();
    for (const item of component) {
      const presence = items.presence(item);
      if (presence >= 0) (items.endTerm(item) - items.firstTerm(item) > 1 ? waiting : surelyMet).add(presence);
      for (let place = items.firstTerm(item); place < items.endTerm(item); place++) {
        const choice = items.choiceAt(place);
        if (stamp[choice] < 0) {
          stamp[choice] = 0;
          group[choice] = met.length;
          met.push(choice);
          itemsOf.push([]);
          copies.push(0);
        }
        itemsOf[group[choice]].push(item);
        copies[group[choice]] += items.endBranch(place) - items.firstBranch(place);
      }
    }
    let best = -1;
    let mostLinks = -1;
    let fewestCopies = Infinity;
    met.forEach((choice, k) => {
      let links = 0;
      for (const item of itemsOf[k]) {
        for (let place = items.firstTerm(item); place < items.endTerm(item); place++) {
          const other = items.choiceAt(place);
          if (other === choice || stamp[other] === k + 1) continue;
          stamp[other] = k + 1;
          links++;
        }
      }
      if (waiting.has(choice) && !surelyMet.has(choice)) return;
      const copied = copies[k] + (component.length - itemsOf[k].length) * this.choices[choice].weights.length;
      const closer = copied < fewestCopies || (copied === fewestCopies && choice < best);
      if (links > mostLinks || (links === mostLinks && closer)) {
        best = choice;
        mostLinks = links;
        fewestCopies = copied;
      }
    });
    for (const choice of met) stamp[choice] = -1;
    if (best < 0) throw new RangeError(`choices ${met.join(', ')} are met on conditions that go round in a circle`);
    return best;
  }
}
