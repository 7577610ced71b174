import assert from 'node:assert/strict';
import { normalCdf, normalQuantile } from '../../../hazard/exceedance/normal.js';
import { assertClose } from '../../tolerance.js';

// Abramowitz & Stegun (1964), table 26.1 and 26.2: P(x) to 15 decimals, Q(x) for large x
const TABLE: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [0.5, 0.691462461274013],
  [1, 0.841344746068543],
  [2, 0.977249868051821],
  [3, 0.99865010196837],
  [-3, 0.00134989803163009],
  [-5, 2.86651571879194e-7],
  [-10, 7.61985302416053e-24],
  [-20, 2.75362411860623e-89],
];

// Wichura (1988), Applied Statistics 37, algorithm AS 241: its three test values; 97.5 and 99 % as in any table
const QUANTILES: readonly (readonly [number, number])[] = [
  [0.25, -0.6744897501960817],
  [0.001, -3.090232306167814],
  [1e-20, -9.262340089798408],
  [0.5, 0],
  [0.975, 1.959963984540054],
  [0.99, 2.3263478740408408],
];

describe('normal distribution', () => {
  it('agrees with published tables in the middle and in the tails', () => {
    const rtol = 1e-12;
    for (const [z, expected] of TABLE) {
      const got = normalCdf(z);
      assertClose(got, expected, { rtol }, `z ${z}`);
    }
  });

  it('is continuous where the series hands over to the continued fraction', () => {
    const rtol = 1e-13;
    const below = normalCdf(-3 + 1e-15);
    const above = normalCdf(-3 - 1e-15);
    assertClose(below, above, { atol: 1e-11 * below });
    assertClose(normalCdf(3) + normalCdf(-3), 1, { atol: rtol });
  });

  it('is inverted by the quantile function', () => {
    const atol = 1e-10;
    for (const z of [-6, -2.5, -0.1, 0.7, 3.2]) assertClose(normalQuantile(normalCdf(z)), z, { atol }, `z ${z}`);
  });

  it('has the quantiles of published tables, far out in the tail and at the median too', () => {
    const rtol = 1e-12;
    for (const [p, z] of QUANTILES) assertClose(normalQuantile(p), z, { rtol, atol: 1e-15 }, `p ${p}`);
  });

  it('has no quantiles beyond 0 and 1, and no probability of what is no number', () => {
    for (const p of [0, 1, -0.1, 1.1, NaN]) assert.throws(() => normalQuantile(p), /must lie between 0 and 1/);
    assert.ok(Number.isNaN(normalCdf(NaN)));
    assert.deepEqual([normalCdf(40), normalCdf(-40), normalCdf(Infinity)], [1, 0, 1]);
  });
});
