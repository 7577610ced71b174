import assert from 'node:assert/strict';
import { digestOf, digestOfAll } from '../../../calculators/tasks/task-records.js';

const blob = (...bytes: number[]): Uint8Array => {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
};
const task = { block: 1, blob: blob(1, 2), ranges: [{ source: 0, first: 0, last: 5 }], budget: Infinity };

describe('the digest of what a task is given', () => {
  it('is the same for the same content, however numbers are held', () => {
    const half = { of: 2.5 };
    // a field that has held a fraction holds whole numbers as fractions, too
    const held = { of: 4.5 };
    held.of = half.of + 2.5;
    assert.equal(digestOf(held), digestOf({ of: 5 }));
    assert.equal(digestOf({ ...task, blob: blob(1, 2) }), digestOf(task));
    assert.equal(digestOf({ ...task, tile: undefined }), digestOf(task));
  });

  it('does not count the sums of earlier parts', () => {
    assert.equal(digestOf({ ...task, partial: { contexts: 5 } }), digestOf(task));
  });

  const others: [string, object][] = [
    ['number', { ...task, block: 2 }],
    ['packed block', { ...task, blob: blob(1, 3) }],
    ['range', { ...task, ranges: [{ source: 0, first: 0, last: 6 }] }],
    ['infinite number', { ...task, budget: NaN }],
    ['array', { ...task, levels: Float64Array.of(1) }],
    ['name', { block: 1, blob: task.blob, ranges: task.ranges, budgets: Infinity }],
    ['map', { ...task, weights: new Map([[1, [0.5]]]) }],
    ['text', { ...task, budget: 'Infinity' }],
  ];
  for (const [what, other] of others)
    it(`tells another ${what}`, () => {
      assert.notEqual(digestOf(other), digestOf(task));
    });

  it('tells arrays, maps and their content apart', () => {
    const values = [
      { a: Float64Array.of(1, 2) },
      { a: Float64Array.of(1, 3) },
      { a: Float32Array.of(1, 2, 0, 0) },
      { a: [1, 2] },
      { a: new Map([[1, 2]]) },
      { a: new Map([[1, 3]]) },
      { a: new Map([[2, 2]]) },
      { a: [[1], 2] },
      { a: [[1, 2]] },
    ];
    assert.equal(new Set(values.map(digestOf)).size, values.length);
  });

  it('of a list of tasks goes by each of them and their order', () => {
    const [a, b] = [task, { ...task, block: 2 }];
    const digests = [[a, b], [b, a], [a], [a, a]].map(digestOfAll);
    assert.equal(new Set(digests).size, 4);
  });
});
