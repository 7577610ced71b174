import { z1pt0Global, z1pt0Japan, z2pt5Global, z2pt5Japan } from '../../../hazard/site/basin-depths.js';
import { assertClose } from '../../tolerance.js';

describe('depths of velocity horizons', () => {
  it('follow from vs30 as in the OpenQuake engine 3.24-dev', () => {
    assertClose(z1pt0Global(760), 41.30664243, { rtol: 1e-9 });
    assertClose(z1pt0Japan(300), 213.3479186, { rtol: 1e-9 });
    assertClose(z2pt5Global(760), 0.606824117, { rtol: 1e-9 });
    assertClose(z2pt5Japan(760), 0.1421436784, { rtol: 1e-9 });
  });

  it('are 1 m and shallow where vs30 is 1360 m/s', () => {
    assertClose(z1pt0Global(1360), 1, { atol: 1e-12 });
    assertClose(z1pt0Japan(1360), 1, { atol: 1e-12 });
  });
});
