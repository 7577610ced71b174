import assert from 'node:assert/strict';
import { packSurfaces, unpackSurfaces } from '../../../hazard/gmm/packed-surfaces.js';

describe('packed surfaces of medians', () => {
  const step = 2e-6;
  /** Two surfaces of 3 distances and 4 magnitudes, from strong motion to none. */
  const values = Float64Array.from({ length: 24 }, (_, k) => 3.7 * Math.exp(-0.9 * k + 0.3 * Math.sin(7 * k)));

  it('come back within half a step of the logarithm', () => {
    const back = unpackSurfaces(packSurfaces(values, 3, 4, step), 3, 4, step);
    assert.equal(back.length, values.length);
    values.forEach((value, k) => assert.ok(Math.abs(Math.log(back[k] / value)) <= step / 2 + 1e-12, `value ${k}`));
  });

  it('refuse values that have no logarithm, and bytes that are no surfaces', () => {
    assert.throws(() => packSurfaces([1, 0, 1, 1], 2, 2, step), /value 1 is 0/);
    assert.throws(() => packSurfaces([1, NaN, 1, 1], 2, 2, step), /value 1 is NaN/);
    assert.throws(() => unpackSurfaces(packSurfaces(values, 3, 4, step), 5, 5, step), /not surfaces of 5 by 5/);
  });
});
