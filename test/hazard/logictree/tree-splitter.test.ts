import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Condition } from '../../../hazard/logictree/choices.js';
import { compatible, joined } from '../../../hazard/logictree/conditions.js';
import { SampleSplitter } from '../../../hazard/logictree/sample-splitter.js';
import { joinedIds, LogicTreeGraph, type TreeBranchSet } from '../../../hazard/logictree/tree.js';
import { meetings, TreeSplitter } from '../../../hazard/logictree/tree-splitter.js';
import { FILES, filesAlong, randomTree } from './random-source-model-tree.js';
import { assertClose } from '../../tolerance.js';

/** All paths found by walking, as docs/logic-trees.md tells the rule: dummies written out, one level after the other. */
function walked(sets: readonly TreeBranchSet[]): string[] {
  interface Node {
    readonly id: string;
    below: Node[];
  }
  const root: Node = { id: '', below: [] };
  const known = new Map<string, Node>();
  let open = [root];
  for (const { branches, applyToBranches: names } of sets) {
    const nodes = branches.map(({ id }): Node => ({ id, below: [] }));
    if (names.length === 0 || open.every(({ id }) => names.includes(id))) {
      for (const node of open) node.below = nodes;
      open = nodes;
    } else {
      const dummies = open
        .filter(({ id }) => !names.includes(id))
        .map((node) => {
          const dummy = { id: '.', below: [] };
          node.below = [dummy];
          return dummy;
        });
      for (const name of names) known.get(name)!.below = nodes;
      open = [...nodes, ...dummies];
    }
    for (const node of nodes) known.set(node.id, node);
  }
  const paths: string[] = [];
  const walk = (node: Node, ids: readonly string[]): void => {
    if (node.below.length === 0) paths.push(ids.join('~'));
    for (const next of node.below) walk(next, [...ids, next.id]);
  };
  walk(root, []);
  return paths.sort();
}

const withoutDots = (path: string): string => path.replace(/(~\.)+$/, '');
describe('a tree that is not enumerated', () => {
  it('gives the paths that a walk finds, in their order, by number', () => {
    fc.assert(
      fc.property(randomTree, ({ sets }) => {
        const graph = new LogicTreeGraph(sets);
        const found = Array.from(graph.paths, joinedIds);
        assert.deepEqual(found.map(withoutDots), walked(sets).map(withoutDots));
        assert.equal(graph.pathCount, found.length);
        Array.from(graph.paths, ({ code }, number) => assert.equal(graph.numberOf(code), number));
        const weight = Array.from(graph.paths, (path) => path.weight).reduce((sum, one) => sum + one, 0);
        assertClose(weight, graph.totalWeight, { atol: 1e-12 });
      }),
      { numRuns: 200 },
    );
  });

  it('parts its paths by files and branches as a list of all paths does', () => {
    fc.assert(
      fc.property(randomTree, fc.nat(FILES - 1), fc.subarray([0, 1, 2, 3, 4]), (tree, file, subset) => {
        const graph = new LogicTreeGraph(tree.sets);
        const sets = subset.filter((set) => set < tree.sets.length);
        const paths = [...graph.paths];
        const splitter = new TreeSplitter(graph, tree.files);
        const listed = new SampleSplitter(
          paths.map((path) => ({ files: filesAlong(tree, path), choices: path.choices })),
        );
        const byTaken = (parts: ReturnType<TreeSplitter['split']>, numbers: TreeSplitter['numbers']): unknown[] =>
          parts.map(({ taken, where }) => `${taken.join(' ')}: ${numbers(where)!.join(' ')}`).sort();
        assert.deepEqual(
          byTaken(splitter.split(file, sets), (where) => splitter.numbers(where)),
          byTaken(listed.split(file, sets), (where) => listed.numbers(where)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('gives parts the weight of their paths by the weights of its branches alone', () => {
    fc.assert(
      fc.property(randomTree, fc.nat(FILES - 1), fc.subarray([0, 1, 2, 3, 4]), (tree, file, subset) => {
        const graph = new LogicTreeGraph(tree.sets);
        const paths = [...graph.paths];
        const splitter = new TreeSplitter(graph, tree.files);
        const weightOf = (condition: Condition): number =>
          [...condition].reduce(
            (product, [set, branches]) =>
              product * branches.reduce((sum, branch) => sum + tree.sets[set].branches[branch].weight, 0),
            1,
          );
        const close = (where: readonly Condition[], numbers: readonly number[]): void => {
          const got = where.reduce((sum, condition) => sum + weightOf(condition), 0);
          const expected = numbers.reduce((sum, number) => sum + paths[number].weight, 0);
          assertClose(got, expected, { atol: 1e-12 });
        };
        for (const { where } of splitter.split(
          file,
          subset.filter((set) => set < tree.sets.length),
        ))
          close(where, splitter.numbers(where)!);
        const met = meetings(graph);
        tree.sets.forEach((_, set) => {
          const ids = tree.sets[set].branches.map(({ id }) => id);
          const numbers = paths.flatMap((path, number) => (path.ids.some((id) => ids.includes(id)) ? [number] : []));
          close(met[set] ?? [new Map()], numbers);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('lists no realizations of large trees, but still tells their conditions', () => {
    const sets = Array.from({ length: 40 }, (_, number): TreeBranchSet => ({
      id: `s${number}`,
      branches: [0, 1].map((k) => ({ id: `b${number}-${k}`, weight: 0.5, position: k })),
      applyToBranches: [],
    }));
    const graph = new LogicTreeGraph(sets);
    const splitter = new TreeSplitter(graph, [[[0], [1]]]);
    const parts = splitter.split(0, [7, 30]);
    assert.equal(parts.length, 4);
    assert.deepEqual(
      [...parts[0].where[0]],
      [
        [30, [0]],
        [7, [0]],
        [0, [0]],
      ],
    );
    assert.equal(splitter.numbers(parts[0].where), undefined);
    const last = graph.paths.at(graph.pathCount - 1);
    assert.ok(last.choices.every((branch) => branch === 1));
  });
});

describe('conditions', () => {
  const condition = (...terms: [number, number[]][]): Condition => new Map(terms);

  it('join where they differ in one choice, and drop choices that allow every branch', () => {
    const four = [0, 1].flatMap((a) => [0, 1, 2].map((b) => condition([0, [a]], [1, [b]])));
    assert.deepEqual(joined(four, [2, 3]), [new Map()]);
    assert.deepEqual(joined(four.slice(0, 4), [2, 3]).length, 2);
  });

  it('keep what holds twice', () => {
    const twice = [condition([0, [1]]), condition([0, [1]])];
    assert.equal(joined(twice, [3]).length, 2);
    assert.equal(joined([new Map(), new Map()], [3]).length, 2);
  });

  it('leave out choices of which every branch is allowed', () => {
    const [one] = joined([condition([0, [0, 1]], [1, [0]])], [2, 3]);
    assert.deepEqual([...one], [[1, [0]]]);
    assert.deepEqual([...joined([condition([0, [0, 1]])], [2])[0]], []);
  });

  it('know whether a path can fulfil two of them', () => {
    assert.ok(compatible(condition([0, [1, 2]]), condition([0, [2]], [1, [0]])));
    assert.ok(!compatible(condition([0, [1]]), condition([0, [2]])));
  });
});

describe('a file whose sources change in very many ways', () => {
  const sets = Array.from({ length: 20 }, (_, set): TreeBranchSet => ({
    id: `set ${set}`,
    applyToBranches: [],
    branches: Array.from({ length: set === 0 ? 1 : 70 }, (_, position) => ({
      id: `${set}-${position}`,
      weight: set === 0 ? 1 : 1 / 70,
      position,
    })),
  }));
  const splitter = new TreeSplitter(new LogicTreeGraph(sets), [[[0]]]);

  it('is refused, with what to do, before all versions are made', () => {
    const all = sets.map((_, set) => set).slice(1);
    assert.throws(() => splitter.split(0, all), /Refusal: .*more than 262144 ways: .*applyToSources.*sample the tree/);
  });

  it('is parted as long as the versions can be held', () => {
    assert.equal(splitter.split(0, [7, 19]).length, 4900);
  });
});
