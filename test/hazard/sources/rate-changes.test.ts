import assert from 'node:assert/strict';
import { prepareSource } from '../../../hazard/sources/registry.js';
import { contextsOf, DISCRETIZATION, POINT, sitesAt } from './contexts.js';
import { assertClose } from '../../tolerance.js';

const SITES = sitesAt([
  [10.05, 45.02],
  [9.2, 45.6],
  [12, 46],
]);

describe('changes of the rates of single ruptures', () => {
  const rateChanges = Float64Array.of(1e-4, 0, -2e-5, 3e-6);
  const changed = prepareSource({ ...POINT, rateChanges }, DISCRETIZATION);
  const plain = prepareSource(POINT, DISCRETIZATION);

  it('are added by the number of the rupture, in every batch', () => {
    const expected = [...plain.ruptures()].map(({ rate }, r) => rate + (rateChanges[r] ?? 0));
    assert.deepEqual(
      [...changed.ruptures()].map(({ rate }) => rate),
      expected,
    );
    const rtol = 1e-14;
    for (const { rupture, rate } of contextsOf(changed, SITES)) assertClose(rate, expected[rupture], { rtol });
  });

  it('keep far sites from seeing means over ruptures', () => {
    const averaged = { pointSourceDistance: 50 };
    assert.ok(contextsOf(plain, SITES, averaged).length < 16 * 3);
    assert.equal(contextsOf(changed, SITES, averaged).length, 16 * 3);
  });

  it('are refused for ruptures that there are not, and where rates would be negative', () => {
    const prepare = (changes: Float64Array) => prepareSource({ ...POINT, rateChanges: changes }, DISCRETIZATION);
    assert.throws(() => prepare(new Float64Array(17)), /source p: the rate of rupture 16 .* it has 16 ruptures/);
    const negative = prepare(Float64Array.of(0, -1));
    assert.throws(() => contextsOf(negative, SITES), /source p: the rate of rupture 1 would fall below 0/);
  });
});
