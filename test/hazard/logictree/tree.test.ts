import assert from 'node:assert/strict';
import { branchCode, modelCode, CODE_CHARACTERS } from '../../../hazard/logictree/branch-code.js';
import { combineAll, combineSamples, samplePaths } from '../../../hazard/logictree/expansion.js';
import type { GroundMotionBranchSet, SourceModelRealization } from '../../../hazard/logictree/logic-tree.js';
import { Sequence } from '../../../hazard/logictree/sequence.js';
import { LogicTreeGraph, type TreeBranchSet } from '../../../hazard/logictree/tree.js';
import { assertClose } from '../../tolerance.js';

function set(id: string, branches: Readonly<Record<string, number>>, applyToBranches: string[] = []): TreeBranchSet {
  const list = Object.entries(branches).map(([branch, weight], position) => ({ id: branch, weight, position }));
  return { id, branches: list, applyToBranches };
}
const shown = (sets: TreeBranchSet[]): [string, string][] =>
  Array.from(new LogicTreeGraph(sets).paths, ({ ids, code }) => [ids.join('~'), code]);

describe('the source-model tree', () => {
  const models = set('s0', { m2: 0.6, m1: 0.4 });

  it('hangs an unrestricted set below every open end and sorts paths by their joined ids', () => {
    const sets = [models, set('s1', { b: 0.25, a: 0.75 })];
    assert.deepEqual(shown(sets), [
      ['m1~a', 'ABB'],
      ['m1~b', 'ABA'],
      ['m2~a', 'AAB'],
      ['m2~b', 'AAA'],
    ]);
    const weights = Array.from(new LogicTreeGraph(sets).paths, ({ weight }) => weight);
    assertClose(weights[0], 0.3, { atol: 1e-15 });
    assertClose(weights[3], 0.15, { atol: 1e-15 });
  });

  it('puts dummies below branches that a set leaves out', () => {
    const sets = [models, set('s1', { u: 1 }, ['m1'])];
    assert.deepEqual(shown(sets), [
      ['m1~u', 'ABA'],
      ['m2~.', 'AA.'],
    ]);
  });

  it('stops reading a path at its first dummy, though it goes on', () => {
    const graph = new LogicTreeGraph([models, set('s1', { u: 1 }, ['m1']), set('s2', { x: 0.5, y: 0.5 })]);
    const below = [...graph.paths].filter(({ ids }) => ids[0] === 'm2');
    assert.deepEqual(
      below.map(({ ids, choices }) => [ids.join('~'), [...choices]]),
      [
        ['m2~.~x', [0, -1, -1]],
        ['m2~.~y', [0, -1, -1]],
      ],
    );
  });

  it('lets a later set take the place of a dummy', () => {
    const graph = new LogicTreeGraph([models, set('s1', { u: 1 }, ['m1']), set('s2', { x: 1 }, ['m2'])]);
    assert.deepEqual(
      Array.from(graph.paths, ({ choices }) => [...choices]),
      [
        [1, 0, -1],
        [0, -1, 0],
      ],
    );
  });

  it('weighs all its paths together, each way to a leaf with what its branches weigh', () => {
    // 0.6 x (0.5 + 0.4) + 0.4
    const graph = new LogicTreeGraph([models, set('s1', { u: 0.5, v: 0.4 }, ['m2'])]);
    assertClose(graph.totalWeight, 0.94, { atol: 1e-15 });
    assertClose(
      [...graph.paths].reduce((sum, { weight }) => sum + weight, 0),
      0.94,
      { atol: 1e-15 },
    );
  });

  it('sorts paths by their joined ids where an id begins with another: b10~ before b1~', () => {
    const graph = new LogicTreeGraph([set('s0', { b1: 0.5, b2: 0.3, b10: 0.2 }), set('s1', { x: 1 })]);
    assert.deepEqual(
      Array.from(graph.paths, ({ ids }) => ids.join('~')),
      ['b10~x', 'b1~x', 'b2~x'],
    );
    const alone = new LogicTreeGraph([set('s0', { b1: 0.5, b2: 0.3, b10: 0.2 })]);
    assert.deepEqual(
      Array.from(alone.paths, ({ ids }) => ids[0]),
      ['b1', 'b10', 'b2'],
    );
  });

  it('counts paths without walking them', () => {
    const sets = [
      models,
      ...Array.from({ length: 40 }, (_, i) => set(`s${i + 1}`, { [`a${i}`]: 0.5, [`b${i}`]: 0.5 })),
    ];
    assert.equal(new LogicTreeGraph(sets).pathCount, 2 ** 41);
  });

  it('refuses branches that are unknown or taken', () => {
    const make =
      (...sets: TreeBranchSet[]) =>
      () =>
        new LogicTreeGraph(sets);
    assert.throws(make(models, set('s1', { u: 1 }, ['m3'])), /'s1' applies to branch 'm3', which is not defined/);
    const taken = make(models, set('s1', { u: 1 }), set('s2', { x: 1 }, ['m1']));
    assert.throws(taken, /'m1', which has a branch set below it already/);
  });

  it('writes codes in an alphabet of 183 characters', () => {
    assert.equal(CODE_CHARACTERS, 183);
    assert.equal([0, 25, 26, 30, 31, 60].map((number) => branchCode(number)).join(''), 'AZ[`a!');
    assert.equal(modelCode(183), 'BA');
    // sets of more than 183 x 183 branches take a third one
    assert.deepEqual([modelCode(183, 33_489), modelCode(183, 33_490)], ['BA', 'ABA']);
    const all = Array.from({ length: CODE_CHARACTERS }, (_, i) => branchCode(i));
    assert.equal(new Set(all).size, CODE_CHARACTERS);
    assert.ok(!all.some((character) => '\\",.~\u00ad'.includes(character)));
  });

  it('groups equal samples; late weights count once for every sample of the group', () => {
    const graph = new LogicTreeGraph([models]);
    const groups = samplePaths(graph, 1, 20, 42, 'late_weights');
    assert.deepEqual(
      groups.map(({ path }) => path.ids[0]),
      ['m1', 'm2'],
    );
    assert.equal(groups[0].samples + groups[1].samples, 20);
    assertClose(groups[1].weight, groups[1].samples * 0.6, { atol: 1e-12 });
  });
});

describe('full realizations', () => {
  const model = (weight: number): SourceModelRealization => ({
    name: 'm',
    path: ['b'],
    code: 'AA',
    weight,
    samples: 1,
  });
  const branch = (id: string, weight: number, weightsByImt: Record<string, number> = {}) => ({
    id,
    specification: { name: id, arguments: {} },
    text: `[${id}]`,
    weight,
    weightsByImt,
  });
  const groundMotion: GroundMotionBranchSet[] = [
    { id: 'g0', tectonicRegionType: 'A', branches: [branch('x', 0.5, { PGA: 0.9 }), branch('y', 0.5)] },
    { id: 'g1', tectonicRegionType: 'B', branches: [branch('z', 1)] },
  ];

  it('run through the models innermost, with products of weights', () => {
    const realizations = [...combineAll(Sequence.of([model(0.25), model(0.75)]), 1, groundMotion)];
    assert.deepEqual(
      realizations.map(({ sourceModel, models, code, weight }) => [sourceModel, models, code, weight]),
      [
        [0, [0, 0], 'AA~AA', 0.125],
        [0, [1, 0], 'AA~BA', 0.125],
        [1, [0, 0], 'AA~AA', 0.375],
        [1, [1, 0], 'AA~BA', 0.375],
      ],
    );
  });

  it('take the weights by measure of the branches that state them, and 1 for the others', () => {
    const [first, second] = combineAll(Sequence.of([model(1)]), 1, groundMotion);
    assert.deepEqual(first.weightsByImt, { PGA: 0.9 });
    assert.deepEqual(second.weightsByImt, { PGA: 1 });
  });

  it('have equal weights when branches were drawn by weight, else weights that sum to one', () => {
    const models: SourceModelRealization[] = [
      { ...model(0.2), samples: 3 },
      { ...model(0.9), samples: 2 },
    ];
    const early = combineSamples(models, groundMotion, 1, 'early_weights');
    assert.deepEqual(
      early.map(({ weight }) => weight),
      [0.2, 0.2, 0.2, 0.2, 0.2],
    );
    const late = combineSamples(models, groundMotion, 1, 'late_latin');
    const sum = late.reduce((total, { weight }) => total + weight, 0);
    assertClose(sum, 1, { atol: 1e-15 });
    assertClose(late[4].weight / late[0].weight, 4.5, { atol: 1e-12 });
  });
});
