import assert from 'node:assert/strict';
import { evaluate, modelOf, siteParameters } from '../contexts.js';
import { assertClose } from '../../../tolerance.js';

const CONTEXT = { mag: 7.5, dip: 90, rake: 0, ztor: 0, inCshm: 1, rrup: 43.868071, rjb: 43.868071, rx: -43.805337 };

describe('Bradley (2013) for maps of Christchurch', () => {
  const motion = async (lon: number, vs30: number, z1pt0: number, name = 'Bradley2013bChchMaps') => {
    const model = await modelOf(name);
    const sites = siteParameters({ lon: [lon], lat: [-43.53], vs30: [vs30], vs30measured: [0], z1pt0: [z1pt0] });
    return evaluate(model, ['PGA'], [CONTEXT], sites);
  };

  it('takes the centre of the city for ground of its own, with terms of its own for earthquakes of Canterbury', async () => {
    // OpenQuake engine 3.24-dev reference figures: ln mean and total sigma behind the hazard curve of one rupture
    const rtol = 1e-6;
    for (const [vs30, z1pt0] of [
      [330, 530],
      [760, 10],
    ]) {
      const { mean, total } = await motion(172.63, vs30, z1pt0);
      assertClose(mean[0][0], -1.826162, { rtol }, `vs30 ${vs30}`);
      assertClose(total[0][0], 0.3896587, { rtol }, `vs30 ${vs30}`);
    }
  });

  it('is the model of the country for sites outside the centre', async () => {
    for (const vs30 of [330, 760])
      assert.deepEqual(await motion(172.7, vs30, 530), await motion(172.7, vs30, 530, 'Bradley2013LHC'));
  });
});
