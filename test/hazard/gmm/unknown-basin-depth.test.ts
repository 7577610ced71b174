import assert from 'node:assert/strict';
import { parseImt } from '../../../hazard/gmm/imt.js';
import { createModel, modelNames, resolveModel } from '../../../hazard/gmm/registry.js';
import { knownDepths, requireDepths } from '../../../hazard/gmm/terms/basin-depth.js';
import { Refusal } from '../../../hazard/refusal.js';
import { evaluate, modelOf, siteParameters } from './contexts.js';
import { NO_FILES } from './no-files.js';
import { assertClose } from '../../tolerance.js';

const CONTEXT = {
  ...{ mag: 6.4, rake: 80, dip: 50, ztor: 4, width: 12, hypoDepth: 12, hypoLon: 10, hypoLat: 45, zbot: 20, strike: 0 },
  ...{ inCshm: 0, rrup: 31, rjb: 28, rx: 20, ry0: 10, rhypo: 35, repi: 30, rvolc: 0, azimuth: 90, azimuthcp: 90 },
  ...{ clon: 10, clat: 45, rcdpp: 0.3 },
};
const VS30 = 420;
const site = (z1pt0: number, z2pt5: number) =>
  siteParameters({
    ...{ vs30: [VS30], vs30measured: [1], z1pt0: [z1pt0], z2pt5: [z2pt5], backarc: [0], xvf: [0] },
    ...{ lon: [172], lat: [-43], slope: [0.1], z_sed: [0], h800: [10], f0: [1] },
  });

describe('a basin depth that is unknown (-999)', () => {
  it('gives every model that asks for one a finite motion, or is refused by name', async () => {
    let counted = 0;
    for (const name of modelNames()) {
      const model = await createModel({ name, arguments: {} }, NO_FILES).catch(() => undefined);
      if (!model?.requires.site.some((parameter) => parameter === 'z1pt0' || parameter === 'z2pt5')) continue;
      counted++;
      const { declaration } = await resolveModel({ name, arguments: {} });
      const measures = ['PGA', 'SA(2.0)', 'EAS(5.0)'].filter((text) => {
        const { kind } = parseImt(text);
        return declaration.imts.some((imt) => imt.kind === kind);
      });
      const { mean, total } = evaluate(model, measures, [CONTEXT], site(-999, -999));
      for (const row of [...mean, ...total])
        assert.ok(Number.isFinite(row[0]) && Math.abs(row[0]) < 30, `${name} ${row[0]}`);
    }
    assert.ok(counted > 60, `${counted} models ask for a depth`);
  });

  it('is the depth that the relation of the model gives at vs30', async () => {
    const z1 = (c: number, v: number, p: number) =>
      Math.exp((-c / p) * Math.log((VS30 ** p + v ** p) / (1360 ** p + v ** p)));
    const z1Of2008 = Math.exp(28.5 - (3.82 / 8) * Math.log(VS30 ** 8 + 378.7 ** 8));
    const depths: readonly (readonly [name: string, z1pt0: number, z2pt5: number])[] = [
      ['BooreEtAl2014CaliforniaBasin', z1(7.15, 570.94, 4), 0],
      ['BooreEtAl2014JapanBasin', z1(5.23, 412.39, 2), 0],
      ['ChiouYoungs2014', z1(7.15, 570.94, 4), 0],
      ['ChiouYoungs2008', z1Of2008, 0],
      ['Bradley2013', z1Of2008, 0],
      ['CampbellBozorgnia2008', 0, 0.519 + 0.003595 * z1Of2008],
      ['CampbellBozorgnia2014', 0, Math.exp(7.089 - 1.144 * Math.log(VS30))],
      ['CampbellBozorgnia2014JapanSite', 0, Math.exp(5.359 - 1.102 * Math.log(VS30))],
    ];
    for (const [name, z1pt0, z2pt5] of depths) {
      const model = await modelOf(name);
      const unknown = evaluate(model, ['SA(2.0)'], [CONTEXT], site(-999, -999));
      const known = evaluate(model, ['SA(2.0)'], [CONTEXT], site(z1pt0, z2pt5));
      assertClose(unknown.mean[0][0], known.mean[0][0], { rtol: 1e-12 }, name);
    }
  });

  it('is refused with the sites where a model has no relation of its own', async () => {
    const sites = siteParameters({
      vs30: [500, 500, 500],
      z2pt5: [1, -999, -999],
      lon: [10, 11, 12],
      lat: [45, 46, 47],
    });
    const model = await modelOf('M9BasinTerm', { gmpe_name: 'BooreEtAl2014' });
    const evaluation = () => model.prepare([parseImt('SA(3.0)')], sites, 3);
    assert.throws(evaluation, (error: unknown) => {
      assert.ok(error instanceof Refusal);
      assert.match(
        error.message,
        /M9BasinTerm: z2pt5 is unknown \(-999\) at site 11 46, site 12 47; it needs the depth/,
      );
      return true;
    });
    const many = siteParameters({
      vs30: Array.from({ length: 9 }, () => 500),
      z1pt0: Array.from({ length: 9 }, () => -999),
    });
    assert.throws(() => requireDepths('Model', 'z1pt0', many), /at site 0, site 1, site 2, site 3, site 4 and 4 more/);
  });

  it('leaves an array of known depths as it is', () => {
    const depths = Float64Array.of(0, -1, 250);
    assert.equal(
      knownDepths(depths, Float64Array.of(1, 2, 3), () => NaN),
      depths,
    );
  });
});
