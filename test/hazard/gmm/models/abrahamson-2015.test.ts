import { evaluate, modelOf, siteParameters } from '../contexts.js';
import { assertClose } from '../../../tolerance.js';

describe('the branches of Abrahamson, Gregor & Addo (2016)', () => {
  it('differ by theta4 times the shift of the magnitude hinge above it, on rock', async () => {
    const sites = siteParameters({ vs30: [1200], backarc: [0] });
    const context = { mag: 8.5, rrup: 80, rhypo: 80, hypoDepth: 40 };
    const meanOf = async (branch: string) =>
      evaluate(await modelOf(`AbrahamsonEtAl2015${branch}`), ['PGA'], [context], sites).mean[0][0];
    for (const kind of ['SInter', 'SSlab']) {
      const central = await meanOf(kind);
      assertClose((await meanOf(`${kind}High`)) - central, 0.9 * 0.2, { rtol: 1e-9 });
      assertClose((await meanOf(`${kind}Low`)) - central, -0.9 * 0.2, { rtol: 1e-9 });
    }
  });
});
