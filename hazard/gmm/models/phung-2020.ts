import type { SiteParameters } from '../../site/site-parameters.js';
import { CoefficientTable, readTables, type Coefficients } from '../coefficients.js';
import { formDeclaration, componentDeviations } from '../context-form.js';
import { parseImt } from '../imt.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { knownDepths } from '../terms/basin-depth.js';

const { tables } = readTables(import.meta.url, 'phung-2020');

const CRUST = new CoefficientTable(tables.crust);
const SUBDUCTION = new CoefficientTable(tables.subduction);
const PGA = parseImt('PGA');
const CRUST_ID = 'PhungEtAl2020Asc';

/** Depth z1.0 expected at vs30, m: exponent, two velocities (m/s). */
const expectedDepth =
  (exponent: number, v1: number, v2: number) =>
  (vs30: number): number =>
    Math.exp(exponent * Math.log((vs30 * vs30 + v1 * v1) / (v2 * v2 + v1 * v1)));
const TAIWAN_CRUST = expectedDepth(-3.73 / 2, 290.53, 1750);
const TAIWAN_SUBDUCTION = expectedDepth(-3.96 / 2, 352.7, 1750);
const JAPAN = expectedDepth(-5.23 / 2, 412.39, 1360);

/** Basin term of crustal earthquakes, ln units, [sites]; none for the global model and for negative depths. */
function crustalBasin(c: Coefficients, region: string, { numeric: { vs30, z1pt0 } }: SiteParameters): Float64Array {
  if (region === 'glb') return new Float64Array(vs30.length);
  const expected = region === 'tw' ? TAIWAN_CRUST : JAPAN;
  const scale = region === 'jp' ? 800 : 300;
  const depths = knownDepths(z1pt0, vs30, expected);
  return depths.map((z, s) => (z < 0 ? 0 : c[`phi5${region}`] * (1 - Math.exp(-(z - expected(vs30[s])) / scale))));
}

/** km: depth to the top of rupture expected of reverse and normal earthquakes. */
function expectedTop(mag: number, style: number): number {
  const root = style > 0 ? 3.5384 - 2.6 * Math.max(mag - 5.853, 0) : 2.7482 - 1.7639 * Math.max(mag - 5.521, 0);
  return Math.max(root, 0) ** 2;
}

/** Crustal earthquakes: the form of Chiou & Youngs (2014). */
const PhungEtAl2020Asc = formDeclaration(
  {
    id: CRUST_ID,
    citation:
      'V.-B. Phung, C. H. Loh, S. H. Chao, B. S. J. Chiou, B.-S. Huang (2020), Ground motion prediction equation for crustal earthquakes in Taiwan, Earthquake Spectra 36(4), 2129-2164',
    tectonicRegionType: 'Active Shallow Crust',
    imts: CRUST.imts,
    component: 'Average Horizontal',
    standardDeviations: ['total', 'inter', 'intra'],
    requires: { rupture: ['mag', 'rake', 'dip', 'ztor'], distances: ['rrup', 'rjb', 'rx'], site: ['vs30', 'z1pt0'] },
    referenceVelocity: 1130,
    arguments: [
      {
        name: 'region',
        type: 'text',
        default: 'glb',
        allowed: ['glb', 'tw', 'ca', 'jp'],
        meaning: 'global, Taiwan, California or Japan',
      },
      {
        name: 'aftershocks',
        type: 'boolean',
        default: false,
        meaning: 'whether the earthquakes are aftershocks; has an effect for Taiwan only',
      },
      { name: 'd_dpp', type: 'number', default: 0, meaning: 'direct point parameter of directivity, less its mean' },
    ],
    notes:
      'A negative ztor stands for the depth expected of the style of faulting. A z1pt0 of -999 stands for the depth expected at vs30.',
  },
  (imt, sites, args) => {
    const c = CRUST.row(imt, CRUST_ID);
    const region = String(args.region);
    const aftershocks = args.aftershocks === true && region === 'tw' ? c.dc_g1as : 0;
    const directivity = c.c8 * Number(args.d_dpp);
    const { vs30 } = sites.numeric;
    const basin = crustalBasin(c, region, sites);
    const linear = vs30.map((v, s) => c[`phi1${region}`] * Math.min(Math.log(v / 1130), 0) + basin[s]);
    const nonlinear = vs30.map((v) => c.phi2 * (Math.exp(c.phi3 * (Math.min(v, 1130) - 360)) - Math.exp(c.phi3 * 770)));
    let event = 0;
    let near = 0;
    let anelastic = 0;
    let wall = 0;
    let top2 = 0;
    let directivityOfMag = 0;
    return {
      rupture({ mag, rake, dip, ztor }, r) {
        const m = mag[r];
        const style = rake[r] >= 30 && rake[r] <= 150 ? 1 : rake[r] >= -120 && rake[r] <= -60 ? -1 : 0;
        const small = 1 / Math.cosh(2 * Math.max(m - 4.5, 0));
        const expected = style === 0 ? ztor[r] : expectedTop(m, style);
        const top = ztor[r] < 0 ? expected : ztor[r];
        const cosine = dip[r] === 90 ? 0 : Math.cos((dip[r] * Math.PI) / 180);
        const ofStyle = style > 0 ? c.c1_a + c.c1_c * small : style < 0 ? c.c1_b + c.c1_d * small : 0;
        event =
          c.c1 +
          ofStyle +
          (c.c7 + c.c7_b * small) * (top - expected) +
          (c.c11 + c.c11_b * small) * cosine * cosine +
          1.06 * (m - 6) +
          ((1.06 - c.c3) / c.c_n) * Math.log(1 + Math.exp(c.c_n * (c.c_m - m)));
        const deep = top > 20 && m < 7 ? c.dp * (top / 50 - 0.4) : 0;
        near = (c.c5 + deep) * Math.cosh(c.c6 * Math.max(m - c.c_hm, 0));
        anelastic = c[`c_g1${region}`] + aftershocks + c.c_g2 / Math.cosh(Math.max(m - c.c_g3, 0));
        wall = c.c9 * cosine;
        top2 = top * top;
        directivityOfMag =
          directivity * Math.min(Math.max((m - 5.5) / 0.8, 0), 1) * Math.exp(-0.2695 * (m - c.c8_b) * (m - c.c8_b));
      },
      mean({ rrup, rjb, rx, site }, i) {
        const distance = rrup[i];
        let value =
          event - 2.1 * Math.log(distance + near) + 0.8 * Math.log(distance * distance + 2500) + anelastic * distance;
        if (wall !== 0 && rx[i] >= 0)
          value +=
            wall *
            (c.c9_a + (1 - c.c9_a) * Math.tanh(rx[i] / c.c9_b)) *
            (1 - Math.sqrt(rjb[i] * rjb[i] + top2) / (distance + 1));
        if (directivityOfMag !== 0) value += directivityOfMag * Math.max(1 - Math.max(distance - 40, 0) / 30, 0);
        const s = site[i];
        const softening = nonlinear[s] === 0 ? 0 : nonlinear[s] * Math.log(1 + Math.exp(value) / c.phi4);
        return value + linear[s] + softening;
      },
      deviations: componentDeviations(c.tau, Math.hypot(c.phiss, c.phis2s)),
    };
  },
);

/** Subduction earthquakes: the form of Abrahamson et al. (2016) with terms of depth and basins. */
function subduction(id: string, slab: boolean): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'V.-B. Phung, C. H. Loh, S. H. Chao, N. A. Abrahamson (2020), Ground motion prediction equation for Taiwan subduction zone earthquakes, Earthquake Spectra 36(3), 1331-1358',
      tectonicRegionType: `Subduction ${slab ? 'IntraSlab' : 'Interface'}`,
      imts: SUBDUCTION.imts,
      component: 'Average Horizontal',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'ztor'], distances: ['rrup'], site: ['vs30', 'z1pt0'] },
      referenceVelocity: 1000,
      arguments: [
        {
          name: 'region',
          type: 'text',
          default: 'jptw',
          allowed: ['jptw', 'tw'],
          meaning: 'Japan and Taiwan, or Taiwan',
        },
      ],
      notes: 'A z1pt0 of -999 stands for the depth expected at vs30, a negative one for no basin term.',
    },
    (imt, sites, args) => {
      const region = String(args.region);
      const c = SUBDUCTION.row(imt, id);
      const pga = SUBDUCTION.row(PGA, id);
      const both = region === 'jptw' ? 1 : 0;
      const vs30 = sites.numeric.vs30.map((v) => Math.min(v, 1000));
      const expected = region === 'tw' ? TAIWAN_SUBDUCTION : JAPAN;
      const depths = knownDepths(sites.numeric.z1pt0, vs30, expected);
      const stiff = (v: number) => v >= c.vlin;
      const siteTerms = vs30.map((v, s) => {
        const basin = depths[s] > 0 ? c[`a8${region}`] * Math.min(Math.log(depths[s] / expected(v)), 1) : 0;
        return (c[`a12${region}`] + (stiff(v) ? c.b * 1.18 : 0)) * Math.log(v / c.vlin) + basin;
      });
      const soft = vs30.map((v) => (stiff(v) ? 0 : 1.88 * Math.exp(1.18 * Math.log(v / c.vlin))));
      const rockSite = (pga.a12tw + pga.b * 1.18) * Math.log(1000 / pga.vlin);
      /** Terms of one measure that the rupture alone fixes: constant and slope of the saturated distance. */
      const eventTerms = (k: Coefficients, m: number, top: number): readonly [number, number] => {
        const dm = m - k.mref;
        const scaling = (dm <= 0 ? k.a4 + both * k.a4_del : k.a5) * dm + k.a13 * (10 - m) * (10 - m);
        const depth = slab ? k.a11 * (Math.min(top, 80) - 40) : k.a10 * (Math.min(top, 40) - 20);
        return [
          k.a1 + both * k.a1_del + (slab ? k.a7 : 0) + scaling + depth,
          k.a2 + (slab ? k.a14 : 0) + 0.1 * (m - 7.8),
        ];
      };
      let own: readonly [number, number] = [0, 0];
      let rock: readonly [number, number] = [0, 0];
      let near = 0;
      return {
        rupture({ mag, ztor }, r) {
          own = eventTerms(c, mag[r], ztor[r]);
          rock = eventTerms(pga, mag[r], ztor[r]);
          near = 10 * Math.exp(0.25 * (mag[r] - 6));
        },
        mean({ rrup, site }, i) {
          const s = site[i];
          const ln = Math.log(rrup[i] + near);
          const value = own[0] + own[1] * ln + c[`a6${region}`] * rrup[i] + siteTerms[s];
          if (soft[s] === 0) return value;
          const motion = Math.exp(rock[0] + rock[1] * ln + pga.a6tw * rrup[i] + rockSite);
          return value + c.b * Math.log((motion + soft[s]) / (motion + 1.88));
        },
        deviations: componentDeviations(c[`tau4${region}`], Math.hypot(c[`phiss4${region}`], c[`phis2s4${region}`])),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  PhungEtAl2020Asc,
  subduction('PhungEtAl2020SInter', false),
  subduction('PhungEtAl2020SSlab', true),
];
