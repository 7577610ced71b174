/** What lengths and places in a drawing of logic trees stand for. */
import assert from 'node:assert/strict';
import { Card } from '../../../drawing/logic-tree/card.js';
import type { DescribedBranchSet } from '../../../drawing/logic-tree/description.js';
import { joinedFlow, type Item } from '../../../drawing/logic-tree/flow.js';
import { firstSets, foldTree } from '../../../drawing/logic-tree/fold.js';
import { weightProfile } from '../../../drawing/logic-tree/weight-profile.js';
import { sampleSet, sampleTree } from './tree-samples.js';

const setOf = (weights: readonly number[]): DescribedBranchSet =>
  sampleTree([sampleSet(1, 'sourceModel', weights.length, {}, weights)]).sourceModel[0];

describe('bars beside branches', () => {
  it('are as long as their weights, the heaviest as long as the column, and none for no weight', () => {
    const set = setOf([0.1, 0.4, 0.2, 0]);
    const card = new Card({ set, shown: [0, 1, 2, 3] }, { kind: 'model', mostWidth: 800 });
    const [, path] = /<path d="([^"]*)" class="bars model-fill"\/>/.exec(card.draw(0, 0))!;
    const widths = [...path.matchAll(/h(-?[\d.]+)v8h(-?[\d.]+)z/g)].map(([, there, back]) => [there, back]);
    // 44 pixels for 0.4
    assert.deepEqual(widths, [
      ['11', '-11'],
      ['44', '-44'],
      ['22', '-22'],
      ['0', '0'],
    ]);
  });
});

describe('the profile of the weights of a folded set', () => {
  it('falls from the full height of the heaviest branch, one step a branch', () =>
    // 0.4, 0.2 and 0.1 on 90 x 40 pixels at (10, 100): heights 40, 20 and 10
    assert.equal(
      weightProfile(setOf([0.1, 0.4, 0.2]).branches, 10, 100, 90, 40),
      'M10 140V100H40V120H70V130H100V140z',
    ));
});

describe('sets in a line', () => {
  const box = (width: number): Item => ({ width, height: 10, draw: () => '' });
  const lines = (width: number): number[] =>
    joinedFlow([box(100), box(100)], width, false).lines.map(({ items }) => items.length);

  it('stand side by side as long as both fit with the 52 pixels of the sign between them', () => {
    assert.deepEqual(lines(252), [2]);
    assert.deepEqual(lines(251), [1, 1]);
  });
});

describe('rows of a large tree', () => {
  const tree = sampleTree([sampleSet(1, 'sourceModel', 20), sampleSet(2, 'maxMagGRAbsolute', 20)], []);
  const limits = { complete: 100, folded: 10, total: 30, sets: 1 };
  const shown = (total: number): number[] =>
    [...foldTree(tree, { ...limits, total }).values()].map((set) => set.shown.length);

  it('are as many as the total allows, shared evenly, and never fewer than eight', () => {
    assert.deepEqual(shown(30), [15, 15]);
    assert.deepEqual(shown(31), [15, 15]);
    assert.deepEqual(shown(40), [20, 20]);
    assert.deepEqual(shown(10), [8, 8]);
  });

  it('are all of a set that is no larger than allowed, and the heaviest of a larger one', () => {
    const ofSet = (complete: number): number[] =>
      [...foldTree(tree, { ...limits, complete, total: 100 }).values()].map((set) => set.shown.length);
    assert.deepEqual(
      [ofSet(20), ofSet(19)],
      [
        [20, 20],
        [10, 10],
      ],
    );
  });

  it('are those of the first sets only where there are too many sets', () =>
    assert.deepEqual(
      firstSets(tree, limits).sourceModel.map(({ id }) => id),
      ['bs1'],
    ));
});
