import assert from 'node:assert/strict';
import { evaluate, modelOf, siteParameters } from '../contexts.js';
import type { Arguments } from '../../../../hazard/gmm/model.js';
import { assertClose } from '../../../tolerance.js';

const ATOL = 1e-9;

/** Median (ln) of one measure for one rupture and one site. */
async function lnMedian(
  name: string,
  args: Arguments,
  measure: string,
  context: Readonly<Record<string, number>>,
  sites: Readonly<Record<string, number>>,
): Promise<number> {
  const columns = Object.fromEntries(Object.entries(sites).map(([key, value]) => [key, [value]]));
  const out = evaluate(await modelOf(name, args), [measure], [context], siteParameters(columns));
  return out.mean[0][0];
}

const RUPTURE = { mag: 7, rake: 90, ztor: 20, hypoDepth: 40, rrup: 80, rjb: 70, rhypo: 85, rx: 0, repi: 75 };

describe('basin terms of subduction models', () => {
  it('the USGS reduction takes three quarters of the Cascadia term of Abrahamson & Gülerce at 2.5 km', async () => {
    const at = (z2pt5: number, usgs: boolean) =>
      lnMedian('AbrahamsonGulerce2020SInter', { region: 'CAS', usgs_basin_scaling: usgs }, 'SA(1.0)', RUPTURE, {
        vs30: 800,
        z2pt5,
      });
    const none = await at(0.5, false);
    assertClose((await at(2.5, true)) - none, 0.75 * ((await at(2.5, false)) - none), { atol: ATOL });
  });

  it('the basin of Seattle has a constant term, ln 2 in simulated deep basins and none where the USGS takes it off', async () => {
    const at = (z2pt5: number, options: Arguments) =>
      lnMedian('KuehnEtAl2020SSlab', { region: 'SEA', ...options }, 'SA(3.0)', RUPTURE, { vs30: 500, z2pt5 });
    const plain = await at(1, {});
    assertClose(await at(7, {}), plain, { atol: ATOL });
    assertClose((await at(7, { m9_basin_term: true })) - plain, Math.LN2 - 0.286273, { atol: ATOL });
    assertClose((await at(0.9, { usgs_basin_scaling: true })) - plain, -0.286273, { atol: ATOL });
    // the uncertainty of the median is that of Cascadia
    const cascadia = (epsilon: number) =>
      lnMedian('KuehnEtAl2020SSlab', { region: 'CAS', sigma_mu_epsilon: epsilon }, 'SA(3.0)', RUPTURE, {
        vs30: 500,
        z2pt5: 1,
      });
    assertClose((await at(1, { sigma_mu_epsilon: 1 })) - plain, (await cascadia(1)) - (await cascadia(0)), {
      atol: ATOL,
    });
  });

  it('basin options of Kuehn et al. are refused in regions without the depth they need', async () => {
    await assert.rejects(
      modelOf('KuehnEtAl2020SInter', { region: 'NZL', m9_basin_term: true }),
      /need the region CAS or SEA, not NZL/,
    );
  });

  it('the basin term of Parker et al. is bounded above and below, and changes with the kind of basin', async () => {
    const at = (z2pt5: number, args: Arguments) =>
      lnMedian('NZNSHM2022_ParkerEtAl2020SInterB', args, 'SA(2.0)', RUPTURE, { vs30: 300, z2pt5 });
    const japan = { region: 'JP', saturation_region: 'JP_Pac' };
    const none = await at(0, japan);
    assertClose((await at(1e-6, japan)) - none, -0.645, { atol: ATOL });
    assertClose((await at(1e9, japan)) - none, 0.579, { atol: ATOL });
    const cascadia = { region: 'Cascadia' };
    const [shallow, deep] = [0, 1e9];
    assertClose((await at(deep, cascadia)) - (await at(shallow, cascadia)), 0.37, { atol: ATOL });
    const seattle = { ...cascadia, basin: 'Seattle' };
    assertClose((await at(deep, seattle)) - (await at(shallow, seattle)), 0.37 + 0.14, { atol: ATOL });
    const outside = { ...cascadia, basin: 'out' };
    assertClose((await at(1e9, outside)) - (await at(shallow, outside)), 0.37 - 0.28, { atol: ATOL });
  });

  it('simulated deep basins replace the term of Parker et al., the USGS takes it off over shallow ones', async () => {
    const at = (z2pt5: number, options: Arguments) =>
      lnMedian('ParkerEtAl2020SSlabB', { region: 'Cascadia', ...options }, 'SA(2.0)', RUPTURE, { vs30: 300, z2pt5 });
    const none = await at(0, {});
    // less the term of the profile at 1279 m, here its upper bound
    assertClose((await at(7, { m9_basin_term: true })) - none, Math.LN2 - 0.37, { atol: ATOL });
    assertClose((await at(0.9, { usgs_basin_scaling: true })) - none, 0, { atol: ATOL });
    assertClose((await at(1e9, { usgs_basin_scaling: true })) - none, 0.37, { atol: ATOL });
  });

  it('Parker et al. name a saturation region without coefficients', async () => {
    await assert.rejects(
      lnMedian('ParkerEtAl2020SInter', { region: 'JP' }, 'PGA', RUPTURE, { vs30: 760 }),
      /region = "JP" with saturation_region = "JP" has no coefficients; one of .*JP_Pac/,
    );
    await assert.rejects(
      lnMedian('ParkerEtAl2020SSlab', { region: 'TW', sigma_mu_epsilon: 1, saturation_region: 'JP' }, 'PGA', RUPTURE, {
        vs30: 760,
      }),
      /needs a saturation_region with a known uncertainty, not JP/,
    );
  });

  it('the median uncertainty of Parker et al. is that of the table at short and long periods', async () => {
    const shift = async (measure: string) => {
      const at = (epsilon: number) =>
        lnMedian(
          'ParkerEtAl2020SSlab',
          { region: 'TW', saturation_region: 'TW_E', sigma_mu_epsilon: epsilon },
          measure,
          RUPTURE,
          { vs30: 760 },
        );
      return (await at(1)) - (await at(0));
    };
    assertClose(await shift('SA(0.1)'), 0.13, { atol: ATOL });
    assertClose(await shift('SA(2.0)'), 0.11, { atol: ATOL });
  });
});

describe('options of Atkinson & Macias (2009)', () => {
  const at = (options: Arguments, measure: string, sites: Readonly<Record<string, number>>) =>
    lnMedian('AtkinsonMacias2009', options, measure, RUPTURE, sites);

  it('the site term is that of Boore & Atkinson (2008)', async () => {
    const boore = (vs30: number) => lnMedian('BooreAtkinson2008', {}, 'SA(0.5)', RUPTURE, { vs30 });
    const [soft, rock] = [await boore(300), await boore(760)];
    const plain = await at({}, 'SA(0.5)', {});
    assertClose((await at({ ba08_site_term: true }, 'SA(0.5)', { vs30: 300 })) - plain, soft - rock, { atol: ATOL });
    assertClose(await at({ ba08_site_term: true }, 'SA(0.5)', { vs30: 760 }), plain, { atol: ATOL });
  });

  it('deep basins have ln 2 from 1.9 s on, others the term of Campbell & Bozorgnia, which is 0 from 1 to 3 km', async () => {
    const plain = await at({}, 'SA(2.0)', {});
    assertClose((await at({ m9_basin_term: true }, 'SA(2.0)', { z2pt5: 6 })) - plain, Math.LN2, { atol: ATOL });
    assertClose((await at({ m9_basin_term: true, cb14_basin_term: true }, 'SA(2.0)', { z2pt5: 2 })) - plain, 0, {
      atol: ATOL,
    });
    assertClose(await at({ m9_basin_term: true }, 'SA(1.0)', { z2pt5: 6 }), await at({}, 'SA(1.0)', {}), {
      atol: ATOL,
    });
  });
});

describe('back-arc tapers of the European model of 2020', () => {
  const at = (args: Arguments, xvf: number) =>
    lnMedian('BCHydroESHM20SInter', args, 'SA(1.0)', { ...RUPTURE, rrup: 150 }, { vs30: 1100, xvf });

  it('half of the back-arc term acts where a sigmoid is at its centre', async () => {
    const [fore, back] = [await at({}, 50), await at({}, -50)];
    assertClose(await at({ faba_taper_model: 'Sigmoid', c: 10 }, 0), (fore + back) / 2, { atol: ATOL });
    assertClose(await at({ faba_taper_model: 'SFunc', a: -10, b: 10 }, 0), (fore + back) / 2, { atol: ATOL });
    assertClose(await at({ faba_taper_model: 'SFunc', a: -10, b: 10 }, -20), back, { atol: ATOL });
    assertClose(await at({ faba_taper_model: 'Gaussian', sigma: 10, a: -10, b: 10 }, 20), fore, { atol: ATOL });
  });

  it('a taper without its parameter is refused by name', async () => {
    await assert.rejects(modelOf('BCHydroESHM20SSlab', { faba_taper_model: 'Linear' }), /needs the argument 'width'/);
  });
});

describe('subduction models of Canada', () => {
  const SITE = { vs30: 760, backarc: 0 };

  it('the shift of the median of interface earthquakes is the same for PGV and for the period it follows', async () => {
    const shift = async (measure: string) => {
      const at = (epsilon: number) =>
        lnMedian(
          'CanadaSHM6_Interface_AbrahamsonEtAl2015SInter',
          { sigma_mu_epsilon: epsilon },
          measure,
          RUPTURE,
          SITE,
        );
      return (await at(1)) - (await at(0));
    };
    const pgv = await shift('PGV');
    assert.ok(pgv > 0);
    assertClose(pgv, await shift('SA(1.92)'), { atol: ATOL });
  });

  it('measures that the national model does not give are refused', async () => {
    for (const measure of ['SA(0.02)', 'SA(11.0)', 'IA'])
      await assert.rejects(
        lnMedian('CanadaSHM6_InSlab_ZhaoEtAl2006SSlabCascadia30', {}, measure, RUPTURE, SITE),
        /does not support .*PGA, PGV, SA\(0.05 to 10 s\)/,
      );
  });

  it('a site on the rupture is as if at 0.1 km from a slab earthquake', async () => {
    const at = (rrup: number) =>
      lnMedian('CanadaSHM6_InSlab_ZhaoEtAl2006SSlabCascadia55', {}, 'PGA', { ...RUPTURE, rrup }, SITE);
    assertClose(await at(0), await at(0.1), { atol: ATOL });
  });

  it('very soft and very hard sites take the ends of the site factor', async () => {
    const at = (vs30: number) =>
      lnMedian('CanadaSHM6_InSlab_AtkinsonBoore2003SSlabCascadia30', {}, 'SA(1.0)', RUPTURE, { vs30, backarc: 0 });
    assertClose(await at(100), await at(160), { atol: ATOL });
    assertClose(await at(3000), await at(2000), { atol: ATOL });
  });
});

describe('older subduction models', () => {
  it('ln Y at exactly 4 s is divided by 0.399 on rock (Youngs et al.) and by 0.550 (Atkinson & Boore)', async () => {
    const between = async (name: string) => {
      const at = (measure: string) => lnMedian(name, {}, measure, RUPTURE, { vs30: 800 });
      return (await at('SA(4.0)')) / (await at('SA(3.9999)'));
    };
    assertClose(await between('YoungsEtAl1997SInter'), 1 / 0.399, { atol: 1e-3 });
    assertClose(await between('AtkinsonBoore2003SSlab'), 1 / 0.55, { atol: 1e-3 });
  });

  it('soil does not change at 4 s (Youngs et al.)', async () => {
    const at = (measure: string) => lnMedian('YoungsEtAl1997SSlab', {}, measure, RUPTURE, { vs30: 300 });
    assertClose(await at('SA(4.0)'), await at('SA(3.9999)'), { atol: 1e-3 });
  });

  it('attenuation and site class of Manea et al. end with their classes', async () => {
    const at = (vs30: number, backarc: number) =>
      lnMedian('ManeaEtAl2021', {}, 'PGA', RUPTURE, { vs30, backarc, f0: 15 });
    assertClose((await at(900, 1)) - (await at(900, 3)), -0.016391 * RUPTURE.rhypo, { atol: ATOL });
    assertClose((await at(900, 2)) - (await at(900, 3)), -0.012832 * RUPTURE.rhypo, { atol: ATOL });
    assertClose((await at(200, 0)) - (await at(150, 0)), -0.216223, { atol: ATOL });
  });

  it('soil types 2 to 6 of Idini et al. have a site term, others and 1530 m/s have none', async () => {
    const model = await modelOf('IdiniEtAl2017SInter');
    const types = ['1', '2', '6', '7'];
    const sites = siteParameters({ vs30: types.map(() => 400) }, { soiltype: types });
    const contexts = types.map(() => RUPTURE);
    const [rock, second, sixth, seventh] = evaluate(model, ['PGA'], contexts, sites).mean[0];
    assertClose(second - rock, -0.584 * Math.log(400 / 1530), { atol: ATOL });
    assertClose(sixth - rock, -0.212 * Math.log(400 / 1530), { atol: ATOL });
    assertClose(seventh, rock, { atol: ATOL });
  });

  it('Si & Midorikawa know three velocities, PGA and PGV', async () => {
    await assert.rejects(
      lnMedian('SiMidorikawa1999SInter', {}, 'PGA', RUPTURE, { vs30: 500 }),
      /vs30 = 500 m\/s: one of 400, 600, 800 is needed/,
    );
    await assert.rejects(
      lnMedian('SiMidorikawa1999SInter', {}, 'SA(1.0)', RUPTURE, { vs30: 600 }),
      /defined for PGA, PGV/,
    );
  });

  it('PGV of García et al. is in cm/s: its own coefficients without the unit of accelerations', async () => {
    const context = { ...RUPTURE, mag: 6, rhypo: 100 };
    const pgv = await lnMedian('GarciaEtAl2005SSlab', {}, 'PGV', context, { vs30: 760 });
    assert.ok(pgv > Math.log(0.5) && pgv < Math.log(50), `${Math.exp(pgv)} cm/s at 100 km from magnitude 6`);
  });
});
