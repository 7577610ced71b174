import assert from 'node:assert/strict';
import { z1pt0Global, z1pt0Japan, z2pt5Global, z2pt5Japan } from '../../../hazard/site/basin-depths.js';

describe('depths of velocity horizons', () => {
  it('follow from vs30 as in the OpenQuake engine 3.24-dev', () => {
    const near = (got: number, expected: number): void => assert.ok(Math.abs(got / expected - 1) < 1e-9);
    near(z1pt0Global(760), 41.30664243);
    near(z1pt0Japan(300), 213.3479186);
    near(z2pt5Global(760), 0.606824117);
    near(z2pt5Japan(760), 0.1421436784);
  });

  it('are 1 m and shallow where vs30 is 1360 m/s', () => {
    assert.ok(Math.abs(z1pt0Global(1360) - 1) < 1e-12);
    assert.ok(Math.abs(z1pt0Japan(1360) - 1) < 1e-12);
  });
});
