import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { erf, normalDistribution } from '../../../../hazard/gmm/terms/error-function.js';
import { crosses, HONSHU_FRONT, sideOfFront } from '../../../../hazard/gmm/terms/volcanic-front-japan.js';
import { evaluate, modelOf, siteParameters, type Context } from '../contexts.js';
import { assertClose } from '../../../tolerance.js';

const ATOL = 1e-9;

/** Mean of one measure at each velocity for one rupture. */
async function byVelocity(name: string, measure: string, context: Context, velocities: readonly number[]) {
  const sites = siteParameters({ vs30: velocities });
  const out = evaluate(
    await modelOf(name),
    [measure],
    velocities.map(() => context),
    sites,
  );
  return Array.from(out.mean[0]);
}

describe('error function', () => {
  it('agrees with printed values (M. Abramowitz, I. A. Stegun, table 7.1) and is odd', () => {
    assertClose(erf(0.5), 0.5204998778, { atol: 1e-10 });
    assertClose(erf(1), 0.8427007929, { atol: 1e-10 });
    assertClose(erf(2), 0.995322265, { atol: 1e-10 });
    assertClose(erf(3), 0.9999779095030014, { atol: 1e-14 });
    assertClose(erf(-1), -erf(1), { atol: ATOL });
    assert.equal(erf(7), 1);
    assert.equal(erf(-7), -1);
    assertClose(normalDistribution(1.959963984540054), 0.975, { atol: 1e-13 });
  });
});

describe('intensity of Dowrick & Rhoades (2005)', () => {
  const far = { mag: 6, rake: 0, hypoDepth: 10, rrup: 80 };

  it('has the site classes of its first site at low intensity', async () => {
    const at = async (vs30: number) => (await byVelocity('DowrickRhoades2005Asc', 'MMI', far, [vs30]))[0];
    const middle = await at(500);
    assert.ok(middle < 7);
    const classes = [
      [150, 1],
      [300, 0.5],
      [1000, -0.5],
      [2000, -1],
    ];
    for (const [vs30, term] of classes) assertClose((await at(vs30)) - middle, term, { atol: ATOL });
  });

  it('loses the site term with intensity, down to minus a quarter', async () => {
    const at = async (mag: number, vs30: number) =>
      (await byVelocity('DowrickRhoades2005Asc', 'MMI', { ...far, mag, rrup: 1 }, [vs30]))[0];
    const strong = await at(6.5, 500);
    assert.ok(strong > 7 && strong < 9.5);
    assertClose((await at(6.5, 150)) - strong, 1 - 0.5 * (strong - 7), { atol: ATOL });
    const extreme = await at(8, 500);
    assert.ok(extreme >= 9.5);
    assertClose((await at(8, 150)) - extreme, -0.25, { atol: ATOL });
  });

  it('reverse earthquakes are felt more strongly with magnitude', async () => {
    const at = async (rake: number) => (await byVelocity('DowrickRhoades2005Asc', 'MMI', { ...far, rake }, [500]))[0];
    // oblique normal faulting has neither flag, strike-slip changes the slope of distance
    assertClose((await at(90)) - (await at(-90)), 0.042 * far.mag, { atol: ATOL });
    assert.notEqual(await at(0), await at(-90));
  });
});

describe('site classes of regional models', () => {
  it('Wong et al. have classes of their own at 185, 365 and 760 m/s', async () => {
    const values = await byVelocity('WongEtAl2022Shallow', 'PGA', { mag: 6, rjb: 30 }, [150, 185, 365, 1600]);
    const formula = (c1: number, c2: number, c4: number, c6: number, c7: number) =>
      c1 + 6 * c2 + (c6 + 6 * c7) * Math.log(30 + Math.exp(c4));
    assertClose(values[0], formula(29.05542, -2.59586, 4.6, -7.37863, 0.67997), { atol: ATOL });
    assertClose(values[1], formula(26.45904, -2.18418, 4.5, -6.99144, 0.61318), { atol: ATOL });
    assertClose(values[2], formula(20.58466, -1.41581, 4.2, -6.16192, 0.49169), { atol: ATOL });
    assertClose(values[3], formula(15.39305, 1.10031, 3.8, -5.50442, 0.4544), { atol: ATOL });
  });

  it('Wong et al. have the same motion throughout a class', async () => {
    const values = await byVelocity(
      'WongEtAl2022Deep',
      'SA(1.0)',
      { mag: 6, rjb: 30 },
      [200, 300, 400, 700, 800, 1400],
    );
    for (const k of [0, 2, 4]) assertClose(values[k], values[k + 1], { atol: ATOL });
    assert.equal(new Set(values).size, 3);
  });

  it('Ameri et al. have four site classes and three styles of faulting', async () => {
    const [rock, ...soils] = await byVelocity(
      'AmeriEtAl2017Rjb',
      'PGA',
      { mag: 6, rake: 0, rjb: 30 },
      [900, 500, 200, 100],
    );
    [0.167762, 0.249286, 0.223014].forEach((term, k) => assertClose(soils[k] - rock, term * Math.LN10, { atol: ATOL }));
    const style = async (rake: number) =>
      (await byVelocity('AmeriEtAl2017Rjb', 'PGA', { mag: 6, rake, rjb: 30 }, [900]))[0] - rock;
    assertClose(await style(-90), -0.0382253 * Math.LN10, { atol: ATOL });
    assertClose(await style(90), 0.013243 * Math.LN10, { atol: ATOL });
    assertClose(await style(-170), 0, { atol: ATOL });
  });

  it('Tusa & Langer refuse site class C and leave out the term at 180 m/s', async () => {
    const context = { mag: 4, repi: 10 };
    const [rock, stiff, edge, soft] = await byVelocity(
      'TusaLanger2016RepiSP87SE',
      'PGA',
      context,
      [900, 500, 180, 150],
    );
    assertClose(stiff - rock, 0.357 * Math.LN10, { atol: ATOL });
    assertClose(soft - rock, 0.376 * Math.LN10, { atol: ATOL });
    assertClose(edge, rock, { atol: ATOL });
    await assert.rejects(byVelocity('TusaLanger2016RepiSP87SE', 'PGA', context, [250]), /site class C/);
  });

  it('Raghukanth & Iyengar refuse soil softer than class D', async () => {
    await assert.rejects(
      byVelocity('RaghukanthIyengar2007', 'PGA', { mag: 6, rhypo: 50 }, [150]),
      /vs30 = 150 m\/s: at least 180 m\/s is needed/,
    );
  });

  it('Climent et al. amplify sites below 760 m/s', async () => {
    const [soil, rock] = await byVelocity('ClimentEtAl1994', 'PGA', { mag: 6, rhypo: 50 }, [759, 760]);
    assertClose(soil - rock, 0.327, { atol: ATOL });
  });

  it('Hawaii has 2.5 and 2.2 times PGA at 0.2 and 0.3 s, PGA at other periods, and no PGV', async () => {
    const context = { mag: 7.5, rjb: 40 };
    const at = async (measure: string) => (await byVelocity('MunsonThurber1997Hawaii', measure, context, [760]))[0];
    const pga = await at('PGA');
    assertClose((await at('SA(0.2)')) - pga, Math.log(2.5), { atol: ATOL });
    assertClose((await at('SA(0.3)')) - pga, Math.log(2.2), { atol: ATOL });
    assertClose(await at('SA(1.0)'), pga, { atol: ATOL });
    await assert.rejects(at('PGV'), /defined for PGA, SA/);
  });
});

describe('large earthquakes in Hawaii', () => {
  it('scale less with magnitude from 7 to 7.7 than below and above (Klein et al., 2000)', async () => {
    const at = async (mag: number) => (await byVelocity('MunsonThurber1997Hawaii', 'PGA', { mag, rjb: 40 }, [760]))[0];
    assertClose((await at(7)) - (await at(6)), 0.387 * Math.LN10, { atol: ATOL });
    assertClose((await at(7.5)) - (await at(7.1)), (0.387 - 0.171) * 0.4 * Math.LN10, { atol: ATOL });
    assertClose(await at(8.2), await at(7.8), { atol: ATOL });
  });
});

describe('volcanic fronts of Japan', () => {
  it('a path from the Pacific to the Sea of Japan crosses the front of Honshu, one along the coast does not', () => {
    assert.ok(crosses(HONSHU_FRONT, 144, 38.5, 138.5, 39));
    assert.ok(!crosses(HONSHU_FRONT, 144, 38.5, 142, 37));
    assert.ok(!crosses(HONSHU_FRONT, 138, 40, 138.5, 39));
  });

  it('the right of the front, seen from north to south, is the Sea of Japan side', () => {
    // the segment from 39.033 N to 37.733 N lies at about 140.4 E
    const west = sideOfFront(HONSHU_FRONT, 139.5, 38.4);
    const east = sideOfFront(HONSHU_FRONT, 141.5, 38.4);
    assert.ok(west.near && !east.near);
    assert.ok(Math.abs(west.distance - 0.8) < 0.2 && Math.abs(east.distance - 1.1) < 0.2);
    assert.ok(!sideOfFront(HONSHU_FRONT, 134, 38.4).near, 'more than 3 degrees away');
    assert.ok(!sideOfFront(HONSHU_FRONT, 141, 24).near, 'beyond the southern end');
  });
});

describe('Arias intensity of Bahrampouri et al. (2021)', () => {
  const sites = siteParameters({ vs30: [600], lon: [138.5], lat: [40.5] });

  it('saturates near large earthquakes as its last branch says', async () => {
    const model = await modelOf('BahrampouriEtAl2021Asc');
    const at = (mag: number, rrup: number) =>
      evaluate(model, ['IA'], [{ mag, ztor: 0, hypoLon: 138, hypoLat: 40, rrup }], sites).mean[0][0];
    // linear motion L from the motion y = L + n ln((exp(L) + c4) / c4), by bisection
    const n = -0.3607 * (Math.exp(-0.0077 * 320) - Math.exp(820 * -0.0077));
    const linear = (y: number) => {
      let [low, high] = [y - 5, y + 5];
      for (let k = 0; k < 80; k++) {
        const middle = (low + high) / 2;
        if (middle + n * Math.log((Math.exp(middle) + 0.35) / 0.35) > y) high = middle;
        else low = middle;
      }
      return low;
    };
    const h2 = 10 ** (2 * (1.4147 + 0.235 * (8 - 7.744)));
    const spreading = -2.8299 * 0.5 * (Math.log(100 * 100 + h2) - Math.log(20 * 20 + h2));
    // west of the front: R1 (weight b3b) grows with distance, R2 stays
    assertClose(linear(at(8, 100)) - linear(at(8, 20)), spreading - 0.0039 * 80, { atol: 1e-8 });
  });
});

describe('path of Bahrampouri et al. (2021)', () => {
  it('is slower across the fronts of Honshu and Kyushu', async () => {
    const model = await modelOf('BahrampouriEtAl2021SSlab');
    const at = (hypoLon: number, hypoLat: number, lon: number, lat: number) => {
      const own = siteParameters({ vs30: [400], lon: [lon], lat: [lat] });
      return evaluate(model, ['IA'], [{ mag: 6, ztor: 60, hypoLon, hypoLat, rrup: 100 }], own).mean[0][0];
    };
    // the same sites from hypocentres on both sides of a front
    for (const [lon, lat, near1, far1] of [
      [139.5, 38.4, 139, 143],
      [141.5, 38.4, 142, 139],
      [131.5, 31.5, 132, 129.5],
      [130, 32, 129.5, 132.5],
    ]) {
      const [same, across] = [at(near1, lat, lon, lat), at(far1, lat, lon, lat)];
      assert.ok(across < same, `${lon} E, ${lat} N: ${across} across, ${same} on one side`);
    }
    // far from both fronts nothing but spreading attenuates
    const site = siteParameters({ vs30: [400], lon: [150], lat: [30] });
    const far = (rrup: number) =>
      evaluate(model, ['IA'], [{ mag: 6, ztor: 60, hypoLon: 151, hypoLat: 30, rrup }], site).mean[0][0];
    assert.ok(far(100) < far(50));
  });
});

describe('ellipse of equal motion of Yu et al. (2013)', () => {
  it('a site on the epicentre has a motion, and the two axes differ', async () => {
    const model = await modelOf('YuEtAl2013Ms');
    const at = (repi: number, azimuth: number) =>
      evaluate(model, ['PGA'], [{ mag: 7, repi, azimuth }], siteParameters({ vs30: [760] })).mean[0][0];
    assert.ok(Number.isFinite(at(0, 30)));
    // a search that cannot reach the site ends at its limit
    assertClose(at(900, 45), at(1000, 45), { atol: 2e-4 });
    assert.ok(at(50, 0) > at(50, 90), 'motion falls more slowly along the strike');
    // along an axis the motion is that of its relation alone, with a focus at 15 km depth
    const along = 7.8269 + 1.0856 * 7 - 2.389 * Math.log(Math.hypot(50, 15) + 1.772 * Math.exp(0.424 * 7));
    assertClose(at(50, 0), along - Math.log(980.665), { atol: 2e-4 });
  });
});

describe('nonlinear response of Bayless & Abrahamson (2018)', () => {
  it('is the least over the frequencies below and at the one asked for, on soft soil and strong shaking', async () => {
    const file = new URL('../../../../hazard/gmm/models/bayless-abrahamson-2018.json', import.meta.url);
    const { tables } = JSON.parse(readFileSync(file, 'utf8')) as {
      tables: { main: { columns: string[]; rows: (string | number)[][] } };
    };
    const { columns, rows } = tables.main;
    const table = rows
      .map((row) => ({
        f: Number(/\((.*)\)/.exec(String(row[0]))![1]),
        ...(Object.fromEntries(columns.map((name, k) => [name, row[k]])) as Record<'f3' | 'f4' | 'f5', number>),
      }))
      .sort((a, b) => a.f - b.f);
    const sites = siteParameters({ vs30: [150, 760], z1pt0: [100, 100] });
    const context = { mag: 7.5, rake: 0, ztor: 0, rrup: 3 };
    const measures = ['EAS(0.501187)', 'EAS(1.995262)', 'EAS(10.0)', 'EAS(19.952623)'];
    const out = evaluate(await modelOf('BaylessAbrahamson2018'), measures, [context, context], sites);
    const slope = (row: (typeof table)[number], vs30: number) =>
      row.f4 * (Math.exp(row.f5 * (Math.min(vs30, 760) - 360)) - Math.exp(400 * row.f5));
    // the motion on rock is found from one frequency, where the difference of the two sites is the linear part plus N
    const strengthOf = (n: number, row: (typeof table)[number]) => row.f3 * (Math.exp(n / slope(row, 150)) - 1);
    const linear = (k: number) => {
      const row = rows.find((r) => String(r[0]).startsWith(measures[k].slice(0, 12)))!;
      const c = Object.fromEntries(columns.map((name, j) => [name, Number(row[j])]));
      const zr = (v: number) => 0.001 * Math.exp((-7.67 / 4) * Math.log((v ** 4 + 610 ** 4) / (1360 ** 4 + 610 ** 4)));
      return (
        c.c8 * Math.log(150 / 760) +
        (c.c11a * Math.log(0.11 / (zr(150) + 0.01)) - c.c11d * Math.log(0.11 / (zr(760) + 0.01)))
      );
    };
    const n = (k: number) => out.mean[k][0] - out.mean[k][1] - linear(k);
    const low = table.find((row) => row.f === 0.501187)!;
    const strength = strengthOf(n(0), low);
    for (const k of [1, 3]) {
      const frequency = Number(/\((.*)\)/.exec(measures[k])![1]);
      const all = table.map((row) => ({ f: row.f, n: slope(row, 150) * Math.log(1 + strength / row.f3) }));
      const least = all.reduce((a, b) => (b.n < a.n ? b : a));
      const expected = frequency >= least.f ? least.n : all.find((item) => item.f === frequency)!.n;
      assertClose(n(k), expected, { atol: 1e-6 });
    }
  });

  it('refuses spectral acceleration and frequencies outside the table', async () => {
    const model = await modelOf('BaylessAbrahamson2018');
    const sites = siteParameters({ vs30: [760], z1pt0: [100] });
    const context = { mag: 7, rake: 0, ztor: 0, rrup: 30 };
    for (const measure of ['SA(1.0)', 'EAS(0.05)', 'EAS(101.0)'])
      assert.throws(() => evaluate(model, [measure], [context], sites), /defined for EAS\(0.1 to 100/);
  });
});
