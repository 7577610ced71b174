import assert from 'node:assert/strict';
import { atMagnitude } from '../../../hazard/gmm/terms/al-atik-2015.js';
import { chiSquareQuantile, lowerGamma, scaledChiSquareQuantile } from '../../../hazard/gmm/terms/chi-square.js';
import { assertClose } from '../../tolerance.js';

describe('quantiles of standard deviations', () => {
  it('the chi-square distribution has its closed form for two degrees of freedom', () => {
    for (const q of [0.05, 0.5, 0.95]) assertClose(chiSquareQuantile(q, 2), -2 * Math.log(1 - q), { rtol: 1e-12 });
  });

  it('gives the quantiles of printed tables (M. Abramowitz, I. A. Stegun, table 26.8)', () => {
    assertClose(chiSquareQuantile(0.95, 1), 3.84146, { rtol: 2e-6 });
    assertClose(chiSquareQuantile(0.05, 10), 3.9403, { rtol: 2e-6 });
    assertClose(chiSquareQuantile(0.5, 100), 99.3341, { rtol: 2e-6 });
  });

  it('the incomplete gamma function is exact for one', () => {
    assert.equal(lowerGamma(1, 0), 0);
    assertClose(lowerGamma(1, 0.5), 1 - Math.exp(-0.5), { rtol: 1e-14 });
    assertClose(lowerGamma(1, 5), 1 - Math.exp(-5), { rtol: 1e-14 });
  });

  it('a certain standard deviation has quantiles near itself', () => {
    assertClose(scaledChiSquareQuantile(0.5, 0.001, 0.5), 0.5, { rtol: 1e-5 });
    assert.ok(scaledChiSquareQuantile(0.5, 0.05, 0.95) > 0.5);
  });
});

describe('values at corner magnitudes', () => {
  it('are linear between corners and constant outside', () => {
    const steps = { magnitudes: [5, 6, 7], values: [1, 2, 4] };
    assert.deepEqual(
      [4, 5, 5.5, 6.5, 8].map((m) => atMagnitude(steps, m)),
      [1, 1, 1.5, 3, 4],
    );
  });
});
