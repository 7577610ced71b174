import assert from 'node:assert/strict';
import { EARTH_RADIUS } from '../../../hazard/geo/constants.js';
import { kiteRuptureSize } from '../../../hazard/sources/floating/kite-fault-floating.js';
import type { Rupture } from '../../../hazard/sources/prepared-source.js';
import { prepareSource } from '../../../hazard/sources/registry.js';
import type { CharacteristicFaultSource, NonParametricSource } from '../../../hazard/sources/source.js';
import type { SitePoints } from '../../../hazard/site/site-points.js';
import type { SurfaceDistance } from '../../../hazard/contexts/context-batch.js';
import { COMPLEX, contextsOf, DISCRETIZATION, KITE, MULTI, sitesAt } from './fault-cases.js';
import { assertAllClose, assertClose } from '../../tolerance.js';

function distances({ surface }: Rupture, kind: SurfaceDistance, sites: SitePoints): Float64Array {
  const out = new Float64Array(sites.size);
  surface.distances(
    kind,
    sites,
    Int32Array.from({ length: sites.size }, (_, i) => i),
    sites.size,
    out,
    0,
  );
  return out;
}

// Expected figures: OpenQuake engine 3.24-dev reference figures, ten digits.

describe('complex fault source', () => {
  const prepared = prepareSource(COMPLEX, DISCRETIZATION);
  const ruptures = [...prepared.ruptures()];

  it('floats as many ruptures per magnitude as the reference', () => {
    const counts = new Map<number, number>();
    for (const { magnitudeIndex } of ruptures) counts.set(magnitudeIndex, (counts.get(magnitudeIndex) ?? 0) + 1);
    assert.deepEqual([...counts.values()], [42, 31, 19, 10, 1, 1, 1]);
  });

  it('gives a rupture its rate, place, shape and distances', () => {
    const sites = sitesAt(22.5, 36.25, 22.52229, 36.21884, 22.47769, 36.28115, 22.74179, 36.36217);
    const rupture = ruptures[50];
    assertAllClose([rupture.magnitude, rupture.rate], [6.9, 1.886752234e-5], { atol: 1e-12 }, 'magnitude and rate');
    assertAllClose(rupture.hypocentre, [22.32215814, 35.98707516, 16.90129548], { atol: 1e-7 }, 'hypocentre');
    const { strike, dip, width, area } = rupture.surface;
    assertAllClose([strike, dip, width], [43.18499573, 21.50153708, 32.01064294], { atol: 1e-6 }, 'strike, dip, width');
    assertAllClose([area], [1229.806749], { atol: 1e-5 }, 'area');
    assertAllClose(
      distances(rupture, 'rrup', sites),
      [16.685748, 17.91811627, 16.36165542, 38.59216259],
      { atol: 1e-6 },
      'rrup',
    );
    assertAllClose(
      distances(rupture, 'rjb', sites),
      [11.27431423, 10.79487713, 11.75318922, 36.09393602],
      { atol: 5e-3 },
      'rjb',
    );
    assertAllClose(
      distances(rupture, 'rx', sites),
      [6.634649695, 10.45988594, 2.809712227, 13.94475664],
      { atol: 1e-5 },
      'rx',
    );
    assertAllClose(
      distances(rupture, 'ry0', sites),
      [10.30162041, 9.149066771, 11.4535594, 34.24245104],
      { atol: 1e-6 },
      'ry0',
    );
  });

  it('refuses edges that cross, and surfaces that dip to the left, naming the source', () => {
    const [top, bottom] = COMPLEX.geometry.edges;
    const reversed = Float64Array.from(
      { length: bottom.length },
      (_, i) => bottom[bottom.length - 3 - 3 * Math.floor(i / 3) + (i % 3)],
    );
    assert.throws(
      () => prepareSource({ ...COMPLEX, geometry: { kind: 'complexFault', edges: [top, reversed] } }, DISCRETIZATION),
      /source c1: the edges of the complex fault cross/,
    );
    const above = Float64Array.of(21.8, 36.3, 25, 22.2, 36.65, 25, 22.8, 36.8, 25);
    assert.throws(
      () => prepareSource({ ...COMPLEX, geometry: { kind: 'complexFault', edges: [top, above] } }, DISCRETIZATION),
      /source c1: the complex fault dips to the left/,
    );
  });

  it('accepts repeated points of edges', () => {
    const [top, bottom] = COMPLEX.geometry.edges;
    const repeated = Float64Array.of(...top.subarray(0, 3), ...top);
    const source = { ...COMPLEX, geometry: { kind: 'complexFault' as const, edges: [repeated, bottom] } };
    assert.equal(prepareSource(source, DISCRETIZATION).ruptureCount, ruptures.length);
  });

  it('takes the moment rate of a slip rate from the area of its edges at 2 km', () => {
    const mfd = {
      kind: 'slipRateGutenbergRichter',
      slipRate: 10,
      rigidity: 30,
      constantTerm: 9.1,
      bValue: 1,
      minMag: 6.5,
      maxMag: 7.9,
    } as const;
    const [first] = prepareSource({ ...COMPLEX, mfd }, DISCRETIZATION).ruptures();
    const area = 4473.793507;
    const moment = 10e-3 * 30e9 * area * 1e6;
    const tail = 10 ** -7.9;
    const a = Math.log10((moment * 0.5 * (1 - tail)) / (10 ** (1.5 * 7.9 + 9.1) * tail));
    const rate = 10 ** (a - 6.6) - 10 ** (a - 6.8);
    assertClose(first.rate * 42, rate, { rtol: 1e-8 });
  });
});

describe('a rupture at the largest distance', () => {
  it('counts: the limit itself belongs to it', () => {
    const source: CharacteristicFaultSource = {
      type: 'characteristicFault',
      id: 'x',
      name: 'x',
      tectonicRegionType: 'Active Shallow Crust',
      mfd: { kind: 'arbitrary', magnitudes: Float64Array.of(6.5), occurRates: Float64Array.of(0.01) },
      rake: 0,
      surfaces: [{ kind: 'planar', corners: Float64Array.of(20, 40, 1, 20.2, 40.1, 1, 20, 40, 12, 20.2, 40.1, 12) }],
    };
    const prepared = prepareSource(source, DISCRETIZATION);
    const sites = sitesAt(20.5, 40.4);
    const [rupture] = prepared.ruptures();
    const [rrup] = distances(rupture, 'rrup', sites);
    assert.equal(contextsOf(prepared, sites, { distance: rrup }).length, 1);
    assert.equal(contextsOf(prepared, sites, { distance: rrup - 1e-9 }).length, 0);
  });
});

describe('vertical kite fault source', () => {
  it('has Joyner-Boore distances to a strip of 0.2 km around its trace, as the reference engine has', () => {
    const degree = (Math.PI * EARTH_RADIUS) / 180;
    const [length, away] = [20, 5];
    const profiles = [0, length].map((km) => Float64Array.of(20, km / degree, 0, 20, km / degree, 12));
    const source = { ...KITE, geometry: { kind: 'kite', profiles } } as const;
    const prepared = prepareSource(source, { ...DISCRETIZATION, ruptureMeshSpacing: 2 });
    assert.ok(prepared.ruptureCount > 3);
    const sites = sitesAt(20 + away / degree, length / 2 / degree, 20 - away / degree, length / 2 / degree);
    const rjb = contextsOf(prepared, sites).map((line) => line[line.length - 6]);
    // beside the ruptures that pass the sites
    assertClose(Math.min(...rjb), away - 0.1, { atol: 1e-3 });
  });
});

describe('kite fault source', () => {
  const half = { ...DISCRETIZATION, widthOfMfdBin: 0.3, floatingXStep: 0.5, floatingYStep: 0.5 };

  it('moves ruptures in steps that meet the far border and skips those that leave the surface', () => {
    const ruptures = [...prepareSource(KITE, half).ruptures()];
    assert.equal(ruptures.length, 28);
    const rupture = ruptures[20];
    assertAllClose([rupture.magnitude, rupture.rate], [6.45, 2.777762116e-5], { atol: 1e-12 }, 'magnitude and rate');
    assertAllClose(rupture.hypocentre, [5.60384801, 50.10152893, 8.271030351], { atol: 1e-7 }, 'hypocentre');
    const { strike, dip, width, area } = rupture.surface;
    assertAllClose(
      [strike, dip, width, area],
      [249.6373967, 30.89221927, 16.22838873, 265.8470194],
      { atol: 1e-6 },
      'measures',
    );
  });

  it('loses a magnitude that fits nowhere, with its rate, as the reference does', () => {
    const prepared = prepareSource(KITE, half);
    const magnitudes = new Set(Array.from(prepared.ruptures(), ({ magnitude }) => Math.round(magnitude * 100)));
    assert.deepEqual([...magnitudes], [615, 645]);
    assertClose(prepared.maximumMagnitude, 6.75, { atol: 1e-9 });
  });

  it('makes no ruptures on a mesh that is too coarse for all of them', () => {
    assert.equal(prepareSource(KITE, { ...half, ruptureMeshSpacing: 30 }).ruptureCount, 0);
    // 50 km2 in steps of 4 and 2 km: the nearest size is off by 36 %
    assert.equal(kiteRuptureSize(50, 2, 4, 2), undefined);
    // 33 km2 in steps of 3 and 2 km: 6 x 4 km are 27 % less, more than a quarter
    assert.equal(kiteRuptureSize(33, 1.5, 3, 2), undefined);
  });
});

describe('multi-fault source', () => {
  const sites = sitesAt(
    20.02,
    40,
    20.02,
    39.96403,
    20.02,
    40.03597,
    20.31349,
    39.99963,
    19.31563,
    39.99787,
    20.02,
    39.7302,
  );

  it('combines section distances to those of the rupture', () => {
    const prepared = prepareSource(MULTI, DISCRETIZATION);
    const lines = contextsOf(prepared, sites).filter(([rupture]) => rupture === 0);
    const column = (k: number): number[] => lines.map((line) => line[k]);
    assertAllClose(
      column(9),
      [1.703605105, 3.889027125, 3.985671613, 2.736725354, 24.31414586, 26.38371474],
      { atol: 1e-6 },
      'rrup',
    );
    assertAllClose(
      column(10),
      [1.703598284, 1.704495383, 2.553977656, 2.722504257, 24.06923522, 24.22938344],
      { atol: 1e-6 },
      'rjb',
    );
    assertAllClose(
      column(11),
      [-0.163661465, -4.002522945, 3.848125696, -2.722895384, -3.738709688, -29.11462593],
      { atol: 1e-4 },
      'rx',
    );
    assertAllClose(column(12), [0, 0, 0, 0, 23.68225098, 0], { atol: 1e-3 }, 'ry0 from straight sections');
    assertAllClose(lines[0].slice(4, 6), [249.4145966, 53.37828064], { atol: 1e-4 }, 'strike and dip');
  });

  it('measures ry0 of a rupture on its own from its bent sections', () => {
    const [rupture] = prepareSource(MULTI, DISCRETIZATION).ruptures();
    assertAllClose(distances(rupture, 'ry0', sites), [0, 0, 0, 0, 25.05065155, 0], { atol: 1e-3 }, 'ry0');
  });

  it('takes probabilities of the file, or rates from them when asked to', () => {
    const [given] = prepareSource(MULTI, DISCRETIZATION).ruptures();
    assert.deepEqual([...given.probabilities!], [0.9, 0.1]);
    assert.ok(Number.isNaN(given.rate));
    const [inferred] = prepareSource(MULTI, { ...DISCRETIZATION, inferOccurRates: true }).ruptures();
    assert.equal(inferred.probabilities, undefined);
    assertClose(inferred.rate, -Math.log(0.9), { atol: 1e-15 });
  });

  it('leaves out sections far from few sites, and does not count ruptures that have none nearby', () => {
    const far = { ...MULTI, sections: { ids: ['a', 'b'], surfaces: [MULTI.sections.surfaces[0], farSection()] } };
    const prepared = prepareSource(far, DISCRETIZATION);
    const every = contextsOf(prepared, sites, { distance: 100 });
    const few = contextsOf(prepared, sites, { distance: 100, fewSites: true });
    assert.equal(few.length, every.length);
    // rupture 0 has a far section: its strike is that of the near one, its distances those of both
    assertAllClose(few[0].slice(4, 5), [90.95625305], { atol: 1e-4 }, 'strike of the near section');
    assert.ok(Math.abs(every[0][4] - few[0][4]) > 1);
    assert.equal(every[0][9], few[0][9]);
    const onlyFar = { ...far, sectionIndices: Int32Array.of(0, 1, 1, 1, 0) };
    const numbers = (fewSites: boolean): number[] => [
      ...new Set(
        contextsOf(prepareSource(onlyFar, DISCRETIZATION), sites, { distance: 100, fewSites }).map(([r]) => r),
      ),
    ];
    assert.deepEqual(numbers(false), [0, 2]);
    assert.deepEqual(numbers(true), [0, 1]);
  });

  it('refuses sections of several surfaces, naming source and section', () => {
    const surfaces = [[...MULTI.sections.surfaces[0], ...MULTI.sections.surfaces[1]], MULTI.sections.surfaces[1]];
    assert.throws(
      () => prepareSource({ ...MULTI, sections: { ids: ['a', 'b'], surfaces } }, DISCRETIZATION),
      /source f5: section a: sections of multi-fault sources must be single kite surfaces/,
    );
  });
});

function farSection(): (typeof MULTI.sections.surfaces)[number] {
  const profiles = [Float64Array.of(24, 40, 0, 24, 40.08, 10), Float64Array.of(24.1, 40.4, 0, 24.2, 40.4, 10)];
  return [{ kind: 'kite', profiles }];
}

const PLANES = [
  [10, 45, 2, 10.24614, 45.20641, 2, 10.07509, 44.95539, 11.19253, 10.3215, 45.1618, 11.19253],
  [10.24614, 45.20641, 0, 10.51763, 45.2573, 0, 10.25474, 45.18378, 14.77212, 10.52624, 45.23467, 14.77212],
  [9.9609, 44.92394, 1, 9.88291, 44.7718, 1, 9.90121, 44.9393, 9.66025, 9.82337, 44.78716, 9.66025],
].map((corners) => ({ kind: 'planar' as const, corners: Float64Array.from(corners) }));

const CHARACTERISTIC: CharacteristicFaultSource = {
  type: 'characteristicFault',
  id: 'x4',
  name: 'x4',
  tectonicRegionType: 'Active Shallow Crust',
  mfd: { kind: 'arbitrary', magnitudes: Float64Array.of(7.2), occurRates: Float64Array.of(0.0004) },
  rake: 0,
  surfaces: PLANES,
};

describe('characteristic fault source', () => {
  it('strings several planes together by generalised coordinates', () => {
    const [rupture, ...others] = prepareSource(CHARACTERISTIC, DISCRETIZATION).ruptures();
    assert.equal(others.length, 0);
    const sites = sitesAt(10.2, 45.15, 10.23277, 45.12244, 10.1672, 45.17755, 10.44483, 45.29426);
    assertAllClose(rupture.hypocentre, [10.16052238, 45.08101275, 6.596265], { atol: 1e-7 }, 'hypocentre');
    assertAllClose(
      distances(rupture, 'rrup', sites),
      [2.385796441, 5.295200132, 3.334455478, 5.431204317],
      { atol: 1e-6 },
      'rrup',
    );
    assertAllClose(distances(rupture, 'rjb', sites), [0, 0, 2.659524516, 5.431203632], { atol: 1e-6 }, 'rjb');
    assertAllClose(
      distances(rupture, 'rx', sites),
      [1.506267548, 6.010674477, -2.167955637, -4.18810463],
      { atol: 1e-4 },
      'rx',
    );
  });

  it('does not read strike and dip written in files', () => {
    const surfaces = [{ ...PLANES[0], strike: 10, dip: 10 }];
    const [rupture] = prepareSource({ ...CHARACTERISTIC, surfaces }, DISCRETIZATION).ruptures();
    assertAllClose(
      [rupture.surface.strike, rupture.surface.dip],
      [39.99990139, 50.0015168],
      { atol: 1e-6 },
      'strike and dip',
    );
  });

  it('refuses a grid of points beside other surfaces', () => {
    const grid = { kind: 'gridded' as const, points: Float64Array.of(10, 45, 5, 10.1, 45, 6, 10, 45.1, 8) };
    assert.throws(
      () => prepareSource({ ...CHARACTERISTIC, surfaces: [PLANES[0], grid] }, DISCRETIZATION),
      /source x4: .*planes, kites or faults/,
    );
  });
});

describe('non-parametric source', () => {
  const source: NonParametricSource = {
    type: 'nonParametric',
    id: 'n1',
    name: 'n1',
    tectonicRegionType: 'Active Shallow Crust',
    ruptures: [
      {
        magnitude: 6.5,
        rake: -90,
        hypocentre: [10.1, 45.1, 5],
        surfaces: [PLANES[0]],
        probabilities: Float64Array.of(0.7, 0.2, 0.1),
        weight: 0.25,
      },
      {
        magnitude: 6.4,
        rake: -90,
        hypocentre: [179.9, -17, 5],
        surfaces: [{ kind: 'gridded', points: Float64Array.of(179.9, -17, 5, -179.9, -17, 5, 180, -17.2, 15) }],
        probabilities: Float64Array.of(0.9, 0.1, 0),
      },
    ],
  };

  it('keeps hypocentres, probabilities and weights of its ruptures', () => {
    const ruptures = [...prepareSource(source, DISCRETIZATION).ruptures()];
    assert.deepEqual(ruptures[0].hypocentre, [10.1, 45.1, 5]);
    assert.deepEqual([...ruptures[0].probabilities!], [0.7, 0.2, 0.1]);
    assert.equal(ruptures[0].weight, 0.25);
  });

  it('finds sites across the date line', () => {
    const lines = contextsOf(prepareSource(source, DISCRETIZATION), sitesAt(-179.5, -17, 179.5, -17, 10, 45), {
      distance: 100,
    });
    assert.deepEqual(
      lines.map(([rupture, site]) => [rupture, site]),
      [
        [0, 2],
        [1, 0],
        [1, 1],
      ],
    );
  });
});
