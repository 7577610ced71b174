import assert from 'node:assert/strict';
import { RateRows } from '../../../hazard/contexts/rate-rows.js';
import type { MagnitudeBins } from '../../../hazard/mfd/rates.js';
import { assertAllClose, assertClose } from '../../tolerance.js';

const ROUNDING = { rtol: 1e-15 };

/** Rates of three columns, one row per bin. */
function binsOf(...rows: readonly (readonly number[])[]): MagnitudeBins {
  return {
    magnitudes: Float64Array.from(rows, (_, k) => 5 + k),
    rates: Float64Array.from(rows.flat()),
    columns: rows[0].length,
  };
}

function found(table: RateRows, bins: MagnitudeBins, bin: number): [row: number, factor: number] {
  table.find(bins, bin);
  return [table.row, table.factor];
}

describe('rate rows', () => {
  it('are one row where the columns change by the same factors, whatever the rate', () => {
    const table = new RateRows(3, 4);
    const bins = binsOf([0.1, 0.2, 0.05], [0.3, 0.1, 0.2], [0.01, 0.02, 0.005]);
    assert.deepEqual(found(table, bins, 0), [0, 0.2]);
    assert.deepEqual(found(table, bins, 1), [1, 0.3]);
    assert.deepEqual(found(table, bins, 2), [0, 0.02]);
    // another source with the same ratios, and the first one again
    assert.deepEqual(found(table, binsOf([4, 8, 2]), 0), [0, 8]);
    assert.deepEqual(found(table, bins, 1), [1, 0.3]);
    assert.equal(table.count, 2);
    assertAllClose(table.rates.subarray(0, 6), [0.5, 1, 0.25, 1, 1 / 3, 2 / 3], ROUNDING);
  });

  it('are two rows where columns that the key does not show differ', () => {
    const table = new RateRows(4, 4);
    // the first, third and last column are alike
    assert.deepEqual(found(table, binsOf([1, 0.5, 0.25, 0.125]), 0), [0, 1]);
    assert.deepEqual(found(table, binsOf([1, 0.4, 0.25, 0.125]), 0), [1, 1]);
    assert.deepEqual(found(table, binsOf([2, 0.8, 0.5, 0.25]), 0), [1, 2]);
    assert.deepEqual(found(table, binsOf([2, 0.6, 0.5, 0.25]), 0), [2, 2]);
    assert.deepEqual(found(table, binsOf([1, 0.5 * (1 + 4e-14), 0.25, 0.125]), 0), [0, 1]);
  });

  it('of zeros are a row of zeros', () => {
    const table = new RateRows(2, 2);
    assert.deepEqual(found(table, binsOf([0, 0]), 0), [0, 1]);
    assert.deepEqual([...table.rates.subarray(0, 2)], [0, 0]);
  });

  it('are full at their capacity, and empty once cleared', () => {
    const table = new RateRows(2, 2);
    const bins = binsOf([1, 2], [2, 1]);
    assert.equal(table.rates.length, 4);
    table.find(bins, 0);
    assert.equal(table.isFull, false);
    table.find(bins, 1);
    assert.equal(table.isFull, true);
    table.clear();
    assert.deepEqual([table.count, table.isFull], [0, false]);
    assert.deepEqual(found(table, bins, 1), [0, 2]);
    assert.deepEqual(found(table, bins, 0), [1, 2]);
  });

  it('are weighed by column', () => {
    const table = new RateRows(2, 3);
    const bins = binsOf([1, 4], [3, 1]);
    table.find(bins, 0);
    table.find(bins, 1);
    const weighted = table.weighted([0.25, 0.75]);
    assert.equal(weighted.length, 2);
    assertClose(weighted[0], 0.25 * 0.25 + 0.75, ROUNDING);
    assertClose(weighted[1], 0.25 + 0.75 / 3, ROUNDING);
  });

  it('come back as they were left, and find their rows again', () => {
    const table = new RateRows(2, 3);
    table.find(binsOf([1, 4], [3, 1]), 0);
    table.find(binsOf([1, 4], [3, 1]), 1);
    const state = table.state();
    assert.equal(state.rates.length, 4);
    const other = new RateRows(2, 3);
    other.find(binsOf([5, 6]), 0);
    other.restore(state);
    assert.equal(other.count, 2);
    assert.deepEqual(other.state(), state);
    assert.deepEqual(found(other, binsOf([6, 2]), 0), [1, 6]);
    assert.deepEqual(found(other, binsOf([2, 8]), 0), [0, 8]);
    assert.deepEqual(found(other, binsOf([5, 6]), 0), [2, 6]);
  });
});
