import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CalculationSetup } from '../../../calculators/tasks/calculation-setup.js';
import type { Sums } from '../../../calculators/tasks/task-records.js';
import { Checkpoint } from '../../../engine/checkpoint/checkpoint.js';
import { WritingBudget } from '../../../engine/checkpoint/writing-budget.js';

const BASIS = { parameters: {}, inputs: 'checksum 1, 2 bytes', setup: 'abc' };
const part = (number: number): { number: number; part: number; digest: string } => ({
  number,
  part: 0,
  digest: `d${number}`,
});

/** A budget that answers as it is told. */
class Told extends WritingBudget {
  answer = true;
  override allows(): boolean {
    return this.answer;
  }
}

describe('the records of a run', () => {
  let place: string;
  let log: string[];
  let budget: Told;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'terrane-checkpoint-'));
    log = [];
    budget = new Told();
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  const folder = (): string => join(place, 'checkpoint');
  function opened(): Checkpoint {
    const checkpoint = new Checkpoint(folder(), { log: (_, text) => void log.push(text) }, budget);
    checkpoint.open(BASIS, {} as CalculationSetup);
    return checkpoint;
  }
  const sumsOf = (values: number[]): Sums => ({ bytes: () => 8, pieces: () => values, restore: () => undefined });

  it('are found again by sequence, task, part and what the task was given', () => {
    const first = opened();
    const result = { rates: Float64Array.of(1, NaN, -0), byName: new Map([['a', undefined]]), infinite: Infinity };
    first.sequence('preclassical').keep(part(0), { other: true });
    first.sequence('disaggregation').keep(part(3), result);
    first.close();
    const second = opened();
    second.sequence('preclassical');
    const records = second.sequence('disaggregation');
    assert.deepEqual(records.find(part(3)), result);
    assert.equal(records.find(part(0)), undefined);
    assert.equal(records.find({ ...part(3), part: 1 }), undefined);
    assert.equal(records.find({ ...part(3), digest: 'd4' }), undefined);
    second.close();
  });

  it('hold sums for the same list of tasks only', () => {
    const first = opened();
    const before = first.sequence('classical', 'these');
    budget.answer = false;
    before.keep(part(0), 1);
    budget.answer = true;
    before.offerSums(1, sumsOf([7, 8]));
    first.close();
    const others = opened();
    assert.equal(others.sequence('classical', 'those').sums(), undefined);
    others.close();
    // sums of other tasks are of no use to anybody
    const same = opened();
    assert.equal(same.sequence('classical', 'these').sums(), undefined);
    same.close();
  });

  it('hold sums from when a result was not kept, with results that are not in them', () => {
    const first = opened();
    const before = first.sequence('classical', 'these');
    before.keep(part(0), 'zero');
    before.offerSums(1, sumsOf([1]));
    before.keep(part(2), 'early');
    budget.answer = false;
    before.keep(part(1), 'large');
    before.offerSums(2, sumsOf([2]));
    budget.answer = true;
    before.keep(part(3), 'sums come first');
    before.offerSums(2, sumsOf([2, 2]));
    first.close();
    const second = opened();
    const after = second.sequence('classical', 'these');
    const sums = after.sums()!;
    assert.deepEqual([sums.tasks, [...sums.pieces]], [2, [2, 2]]);
    assert.deepEqual(
      [0, 1, 2, 3].map((number) => after.find(part(number))),
      [undefined, undefined, 'early', undefined],
    );
    second.close();
    assert.match(log.at(-1)!, /^3 tasks were done before/);
  });

  it('that cannot be written are given up, and nothing of them stays', () => {
    writeFileSync(folder(), 'no folder');
    const checkpoint = opened();
    const records = checkpoint.sequence('classical', 'these');
    records.keep(part(0), 1);
    records.offerSums(1, sumsOf([1]));
    assert.equal(records.find(part(0)), undefined);
    checkpoint.close();
    assert.match(log.join('\n'), /^this calculation could not be resumed: its records cannot be kept \(EEXIST\)$/);
    assert.ok(!existsSync(folder()));
  });
});
