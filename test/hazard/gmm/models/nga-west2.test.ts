import assert from 'node:assert/strict';
import {
  californiaZ1,
  epistemicSigma,
  japanZ1,
  lnOnePlus,
  usgsBasinFactor,
} from '../../../../hazard/gmm/terms/nga-west2.js';
import type { Arguments } from '../../../../hazard/gmm/model.js';
import { evaluate, modelOf, siteParameters, type Context } from '../contexts.js';
import { assertClose } from '../../../tolerance.js';

describe('terms that the NGA-West2 models share', () => {
  it('has the basin depths of the equations: 1 m at 1360 m/s', () => {
    assertClose(californiaZ1(1360), 1, { atol: 1e-12 });
    assertClose(japanZ1(1360), 1, { atol: 1e-12 });
    assert.ok(californiaZ1(200) > 500 && californiaZ1(760) < 60);
  });

  it('takes the epistemic uncertainty from the number of records in each bin', () => {
    const expected = (count: number) => 0.4 * Math.sqrt(2 / count);
    assert.equal(epistemicSigma(5.5, 10), expected(11));
    assert.equal(epistemicSigma(5.5, 29.9), expected(38));
    assert.equal(epistemicSigma(6, 30), expected(13));
    assert.equal(epistemicSigma(7, 5), expected(2));
    assert.equal(epistemicSigma(4.9, 100), expected(4));
  });

  it('lets the USGS basin factor grow from 0 to 1 between the two depths', () => {
    assert.equal(usgsBasinFactor(400, 0.5, 'z1pt0'), 0);
    assert.equal(usgsBasinFactor(300, 2, 'z1pt0'), 0);
    assert.equal(usgsBasinFactor(400, 2, 'z1pt0'), 0.5);
    assert.equal(usgsBasinFactor(2, 1, 'z2pt5'), 0.5);
    assert.equal(usgsBasinFactor(9, 1, 'z2pt5'), 1);
    assertClose(usgsBasinFactor(9, 0.75, 'z2pt5'), 0.585, { atol: 1e-15 });
  });

  it('computes ln(1 + x) of small and large numbers alike', () => {
    for (const x of [0, 1e-9, 0.003, 0.0199, 0.0201, 1, 50])
      assertClose(lnOnePlus(x), Math.log1p(x), { atol: 1e-12 * (1 + x) }, `${x}`);
  });
});

const WALL: Context = {
  mag: 6.8,
  rake: -90,
  dip: 50,
  ztor: 2,
  width: 15,
  hypoDepth: 8,
  zbot: 15,
  rrup: 20,
  rjb: 15,
  rx: 18,
  ry0: 0,
};
const BASIN = siteParameters({ vs30: [400], vs30measured: [1], z1pt0: [450], z2pt5: [3.5] });

async function means(name: string, args: Arguments, imts: string[], context = WALL, sites = BASIN): Promise<number[]> {
  return evaluate(await modelOf(name, args), imts, [context], sites).mean.map((row) => row[0]);
}

describe('options of the NGA-West2 models', () => {
  const IMTS = ['PGA', 'SA(0.2)', 'SA(1.0)', 'SA(3.0)'];
  const MODELS: readonly (readonly [name: string, region: Arguments])[] = [
    ['BooreEtAl2014', { region: 'CAL' }],
    ['ChiouYoungs2014', {}],
    ['CampbellBozorgnia2014', {}],
    ['AbrahamsonEtAl2014', {}],
  ];

  it('sigma_mu_epsilon adds standard deviations to the median of every measure', async () => {
    for (const [name, region] of MODELS) {
      const base = await means(name, region, IMTS);
      const shifted = await means(name, { ...region, sigma_mu_epsilon: 2 }, IMTS);
      const factor = name === 'CampbellBozorgnia2014' ? [1, 2, 1, 1] : [1, 1, 1, 1];
      IMTS.forEach((imt, m) =>
        assertClose(shifted[m] - base[m], 2 * factor[m] * epistemicSigma(6.8, 20), { atol: 1e-12 }, `${name} ${imt}`),
      );
    }
  });

  it('usgs_basin_scaling leaves deep basins as they are in three models, and shallow ones without their term', async () => {
    const deep = siteParameters({ vs30: [400], vs30measured: [1], z1pt0: [900], z2pt5: [3.5] });
    for (const [name, region] of MODELS) {
      if (name === 'CampbellBozorgnia2014') continue;
      const scaled = { ...region, usgs_basin_scaling: true };
      const base = await means(name, region, ['SA(3.0)'], WALL, deep);
      assertClose((await means(name, scaled, ['SA(3.0)'], WALL, deep))[0], base[0], { atol: 1e-12 }, name);
      const shallow = siteParameters({ vs30: [400], vs30measured: [1], z1pt0: [100], z2pt5: [3.5] });
      const without = await means(name, scaled, ['SA(3.0)'], WALL, shallow);
      const other = siteParameters({ vs30: [400], vs30measured: [1], z1pt0: [200], z2pt5: [3.5] });
      assertClose((await means(name, scaled, ['SA(3.0)'], WALL, other))[0], without[0], { atol: 1e-12 }, name);
    }
  });

  it('usgs_basin_scaling leads CampbellBozorgnia2014 from the term of the expected depth to that of the basin, from 1 to 3 km', async () => {
    const depth = (z2pt5: number) => siteParameters({ vs30: [400], z2pt5: [z2pt5] });
    const expected = Math.exp(7.089 - 1.144 * Math.log(400));
    const at = async (z2pt5: number, imt: string, usgs: boolean) =>
      (await means('CampbellBozorgnia2014', { usgs_basin_scaling: usgs }, [imt], WALL, depth(z2pt5)))[0];
    // f_sed is 0 between 1 and 3 km
    const rock = await at(2, 'SA(3.0)', false);
    const reference = (await at(expected, 'SA(3.0)', false)) - rock;
    for (const z2pt5 of [0.2, 0.9]) assertClose((await at(z2pt5, 'SA(3.0)', true)) - rock, reference, { atol: 1e-12 });
    assertClose((await at(1.5, 'SA(3.0)', true)) - rock, 0.75 * reference, { atol: 1e-12 });
    for (const z2pt5 of [3, 6])
      assertClose(await at(z2pt5, 'SA(3.0)', true), await at(z2pt5, 'SA(3.0)', false), { atol: 1e-12 });
    assertClose(await at(6, 'SA(0.3)', true), await at(expected, 'SA(0.3)', false), { atol: 1e-12 });
    const [basin, none] = [await at(6, 'SA(0.75)', false), await at(2, 'SA(0.75)', false)];
    assertClose((await at(6, 'SA(0.75)', true)) - none, 0.585 * (basin - none), { atol: 1e-12 });
  });

  it('cybershake_basin_adj changes periods above 1.9 s only', async () => {
    for (const [name, region] of MODELS) {
      const base = await means(name, region, IMTS);
      const adjusted = await means(name, { ...region, cybershake_basin_adj: true }, IMTS);
      assert.deepEqual(adjusted.slice(0, 3), base.slice(0, 3), name);
      assert.notEqual(adjusted[3], base[3], name);
    }
  });

  it('basin options of BooreEtAl2014 need a region', async () => {
    for (const option of ['usgs_basin_scaling', 'cybershake_basin_adj'])
      await assert.rejects(modelOf('BooreEtAl2014', { [option]: true }), /need a region/);
  });
});

describe('adjustments of ChiouYoungs2014 to other regions', () => {
  const plain = (args: Arguments, imts: string[], context = WALL) => means('ChiouYoungs2014', args, imts, context);

  it('alpha_nm scales the term of normal faulting', async () => {
    const [none, half, full] = await Promise.all([0, 0.5, 1].map((alpha_nm) => plain({ alpha_nm }, ['SA(5.0)'])));
    assertClose(half[0], (none[0] + full[0]) / 2, { atol: 1e-2 });
    const strikeSlip = { ...WALL, rake: 0 };
    assert.deepEqual(await plain({ alpha_nm: 0 }, ['SA(5.0)'], strikeSlip), await plain({}, ['SA(5.0)'], strikeSlip));
  });

  it('equal stress parameters change nothing, a larger one raises small earthquakes', async () => {
    const small = { ...WALL, mag: 5 };
    const base = await plain({}, ['SA(0.5)'], small);
    const args = (target: number) => ({ stress_par_host: 80, stress_par_target: target });
    assertClose((await plain(args(80), ['SA(0.5)'], small))[0], base[0], { atol: 1e-12 });
    assert.ok((await plain(args(160), ['SA(0.5)'], small))[0] > base[0]);
    assert.ok((await plain(args(40), ['SA(0.5)'], small))[0] < base[0]);
    await assert.rejects(modelOf('ChiouYoungs2014', { stress_par_host: 80 }), /given together/);
  });

  it('a table of the path changes the attenuation, cubic in magnitude', async () => {
    const rock = siteParameters({ vs30: [1130], vs30measured: [1], z1pt0: [0] });
    const text = 'IMT c0 c1 c2 c3\nPGA 0 0 0 0 # none\n0.5 -0.001 0.002 0 0.01\n\n1.0 0 0 0 0\n';
    const files = { hdf5: () => Promise.reject(new RangeError('no')), text: () => Promise.resolve(text) };
    const model = await modelOf('ChiouYoungs2014', { delta_gamma_tab: 'path.txt' }, files);
    const { mean } = evaluate(model, ['SA(0.5)', 'SA(1.0)'], [WALL], rock);
    const base = await means('ChiouYoungs2014', {}, ['SA(0.5)', 'SA(1.0)'], WALL, rock);
    assertClose(mean[0][0] - base[0], 20 * (-0.001 + 0.002 * 0.8 + 0.01 * 0.8 ** 3), { atol: 1e-12 });
    assertClose(mean[1][0], base[1], { atol: 1e-12 });
    const bad = { ...files, text: () => Promise.resolve('IMT c0\n0.5 1') };
    await assert.rejects(modelOf('ChiouYoungs2014', { delta_gamma_tab: 'path.txt' }, bad), /path.txt, line 2/);
  });

  it('add_delta_c1 acts beyond 2 s, and earlier for large magnitudes', async () => {
    const imts = ['PGA', 'SA(1.5)', 'SA(2.0)', 'SA(4.0)'];
    // on rock, where the response is linear
    const rock = siteParameters({ vs30: [1130], vs30measured: [1], z1pt0: [0] });
    const change = async (mag: number) => {
      const context = { ...WALL, mag };
      const base = await means('ChiouYoungs2014', {}, imts, context, rock);
      const changed = await means('ChiouYoungs2014', { add_delta_c1: true }, imts, context, rock);
      return changed.map((value, m) => value - base[m]);
    };
    const moderate = await change(6.5);
    assert.deepEqual(moderate.slice(0, 3), [0, 0, 0]);
    const expected = (0.2704 - 0.1342 / Math.cosh(0.2513 * 20)) * Math.log(2) ** 2;
    assertClose(moderate[3], expected, { atol: 1e-12 });
    const large = await change(8);
    assert.ok(large[0] === 0 && large[1] !== 0);
  });
});

describe('the hanging wall of the NGA-West2 models', () => {
  it('is above the foot wall at the same distance, and absent for vertical faults', async () => {
    for (const name of ['ChiouYoungs2014', 'CampbellBozorgnia2014', 'AbrahamsonEtAl2014', 'ChiouYoungs2008']) {
      const side = async (rx: number, dip: number) => (await means(name, {}, ['PGA'], { ...WALL, rjb: 5, dip, rx }))[0];
      assert.ok((await side(10, 40)) > (await side(-10, 40)), name);
      assertClose(await side(10, 90), await side(-10, 90), { atol: 1e-12 }, name);
    }
    const off = await means('ChiouYoungs2014', { use_hw: false }, ['PGA'], { ...WALL, rx: 10 });
    assertClose(off[0], (await means('ChiouYoungs2014', {}, ['PGA'], { ...WALL, rx: -10 }))[0], { atol: 1e-12 });
  });
});
