import assert from 'node:assert/strict';
import { logarithmicTicks } from '../../drawing/logarithmic-axis.js';

describe('lines of a logarithmic axis', () => {
  const values = (least: number, most: number): number[] => logarithmicTicks(least, most).map(({ value }) => value);
  const numbers = (least: number, most: number): number[] =>
    logarithmicTicks(least, most).flatMap(({ value, labelled }) => (labelled ? value : []));

  it('stand at whole multiples of powers of ten, wherever the axis begins', () => {
    assert.deepEqual(values(150, 1500), [200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    assert.deepEqual(values(0.03, 0.3), [0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.2, 0.3]);
  });

  it('have numbers at 1, 2 and 5 where the axis spans little, else at powers of ten', () => {
    assert.deepEqual(numbers(150, 1500), [200, 500, 1000]);
    assert.deepEqual(numbers(1, 300), [1, 10, 100]);
  });

  it('are the powers of ten alone where there are many', () => {
    assert.deepEqual(values(1e-6, 1), [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
  });
});
