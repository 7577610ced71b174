import assert from 'node:assert/strict';
import { WritingBudget } from '../../../engine/checkpoint/writing-budget.js';

/** A budget on a clock that is set by hand. */
function budgetAt(): { budget: WritingBudget; pass: (seconds: number) => void } {
  let time = 5;
  return { budget: new WritingBudget(() => time), pass: (seconds) => void (time += seconds) };
}

describe('the time that records may take', () => {
  it('is a fiftieth of the run, so that small records are written at once and large ones when there was time', () => {
    const { budget, pass } = budgetAt();
    assert.ok(budget.allows(1000));
    assert.ok(!budget.allows(400e6));
    pass(49);
    assert.ok(!budget.allows(400e6));
    pass(2);
    assert.ok(budget.allows(400e6));
  });

  it('goes by how fast earlier ones were written', () => {
    const { budget, pass } = budgetAt();
    pass(100);
    budget.spend(100e6, () => pass(1));
    assert.ok(budget.allows(90e6));
    assert.ok(!budget.allows(110e6));
    pass(10);
    assert.ok(budget.allows(110e6));
  });
});
