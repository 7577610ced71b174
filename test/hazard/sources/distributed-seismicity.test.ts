import assert from 'node:assert/strict';
import { type KnownSource } from '../../../docs/generate/known-source.js';
import fc from 'fast-check';
import { greatCircleDistance } from '../../../hazard/geo/distance.js';
import { distanceFilter } from '../../../hazard/contexts/distance-filter.js';
import type { PreparedSource } from '../../../hazard/sources/prepared-source.js';
import type { PointRuptures } from '../../../hazard/sources/distributed/point-ruptures.js';
import { prepareSource } from '../../../hazard/sources/registry.js';
import type { AreaSource, PointSource } from '../../../hazard/sources/source.js';
import { sitePoints, type SitePoints } from '../../../hazard/site/site-points.js';
import { contextsOf, DISCRETIZATION, POINT, sitesAt, totalRate } from './contexts.js';
import { assertClose } from '../../tolerance.js';

const SITES = sitesAt([
  [10.05, 45.02],
  [10.3, 44.9],
  [9.2, 45.6],
  [12, 46],
]);
/** depth of the seismogenic layer over the Earth's radius, rounded up */
const RADIAL_CONVERGENCE = 4e-3;
/** km: rjb is measured to great circles with the nominal strike, which leave the edges of large planes by so much */
const MERIDIAN_CONVERGENCE = 0.3;
const KINDS = ['rrup', 'rjb', 'rx', 'ry0'] as const;

/** Every context must agree with the plain rupture and its surface. */
function assertSameAsPlain(prepared: PreparedSource, sites: SitePoints): void {
  const ruptures = [...prepared.ruptures()];
  const contexts = contextsOf(prepared, sites);
  assert.equal(contexts.length, ruptures.length * sites.size);
  for (const { rupture, site, rate, distances } of contexts) {
    const plain = ruptures[rupture];
    assertClose(rate, plain.rate, { rtol: 1e-12 });
    for (const kind of KINDS) {
      const expected = new Float64Array(1);
      plain.surface.distances(kind, sites, Int32Array.of(site), 1, expected, 0);
      assertClose(distances[kind], expected[0], { atol: 1e-6 }, kind);
    }
    const [lon, lat, depth] = plain.hypocentre;
    const repi = greatCircleDistance(lon, lat, sites.lon[site], sites.lat[site]);
    assertClose(distances.repi, repi, { atol: 1e-6 });
    assertClose(distances.rhypo, Math.hypot(repi, depth - sites.depth[site]), { atol: 1e-6 });
  }
}

const anyPoint = fc
  .record({
    lat: fc.double({ min: -70, max: 70, noNaN: true }),
    strike: fc.double({ min: 0, max: 359, noNaN: true }),
    dip: fc.double({ min: 5, max: 90, noNaN: true }),
    depth: fc.double({ min: 1, max: 17, noNaN: true }),
    aspectRatio: fc.double({ min: 0.5, max: 3, noNaN: true }),
  })
  .map(({ lat, strike, dip, depth, aspectRatio }): PointSource => ({
    ...POINT,
    lat,
    ruptureAspectRatio: aspectRatio,
    nodalPlanes: [{ probability: 1, strike, dip, rake: 40 }],
    hypocentralDepths: [{ probability: 1, depth }],
  }));

function around(source: PointSource, lonShift = 0): SitePoints {
  const offsets = [
    [0.05, 0.03],
    [-0.2, 0.11],
    [0.4, -0.35],
    [-0.6, -0.2],
  ];
  return sitesAt(
    offsets.map(([dLon, dLat]): [number, number] => [wrap(source.lon + dLon + lonShift), source.lat + dLat]),
  );
}

function wrap(lon: number): number {
  return lon >= 180 ? lon - 360 : lon;
}

describe('point sources', () => {
  it('conserve the rate over planes and depths', () => {
    const prepared = prepareSource(POINT, DISCRETIZATION);
    assert.equal(prepared.ruptureCount, 4 * 4);
    assertClose(totalRate(prepared), 0.0142, { rtol: 1e-12 });
  });

  it('make the same contexts fast and plainly', () => {
    assertSameAsPlain(prepareSource(POINT, DISCRETIZATION), SITES);
    assertSameAsPlain(prepareSource(POINT, { ...DISCRETIZATION, shiftHypo: true }), SITES);
    fc.assert(
      fc.property(anyPoint, (source) => assertSameAsPlain(prepareSource(source, DISCRETIZATION), around(source))),
      { numRuns: 50 },
    );
  });

  it('are at the same distances wherever the date line runs', () => {
    fc.assert(
      fc.property(anyPoint, (source) => {
        const here = contextsOf(prepareSource(source, DISCRETIZATION), around(source));
        const moved = { ...source, lon: 179.95 };
        const there = contextsOf(prepareSource(moved, DISCRETIZATION), around(moved));
        assert.equal(there.length, here.length);
        here.forEach(({ distances }, i) => {
          for (const kind of KINDS) assertClose(distances[kind], there[i].distances[kind], { atol: 1e-6 }, kind);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('are never nearer than their projection: rjb <= rrup <= rhypo', () => {
    fc.assert(
      fc.property(anyPoint, (source) => {
        for (const { distances } of contextsOf(prepareSource(source, DISCRETIZATION), around(source))) {
          // lengths at depth are shorter than their projection, by 0.3 % at 18 km
          assert.ok(distances.rjb <= distances.rrup * (1 + RADIAL_CONVERGENCE) + MERIDIAN_CONVERGENCE);
          assert.ok(distances.rrup <= distances.rhypo * (1 + RADIAL_CONVERGENCE));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('merge repeated planes and depths, and then sort them by probability', () => {
    const repeated = { ...POINT, hypocentralDepths: [...POINT.hypocentralDepths, { probability: 0, depth: 5 }] };
    const prepared = prepareSource(repeated, DISCRETIZATION);
    assert.equal(prepared.ruptureCount, 16);
    const [first, second] = prepared.ruptures();
    assert.deepEqual([first.hypocentre[2], second.hypocentre[2]], [5, 12]);
  });

  it('show far sites one rupture per magnitude, with the whole rate', () => {
    const prepared = prepareSource(POINT, DISCRETIZATION);
    const contexts = contextsOf(prepared, SITES, { pointSourceDistance: 50 });
    for (let site = 0; site < SITES.size; site++) {
      const own = contexts.filter((context) => context.site === site);
      assert.equal(own.length, site < 2 ? 16 : 4);
      assertClose(
        own.reduce((sum, { rate }) => sum + rate, 0),
        0.0142,
        { rtol: 1e-12 },
      );
    }
  });

  it('show all sites every rupture as soon as one is near, when there are few', () => {
    const prepared = prepareSource(POINT, DISCRETIZATION);
    assert.equal(contextsOf(prepared, SITES, { pointSourceDistance: 50, fewSites: true }).length, 16 * 4);
    const far = sitesAt([[12, 46]]);
    assert.equal(contextsOf(prepared, far, { pointSourceDistance: 50, fewSites: true }).length, 4);
  });

  it('keep pairs below the distance of their magnitude only, and raise distances to the minimum', () => {
    const prepared = prepareSource(POINT, DISCRETIZATION);
    const filter = distanceFilter(
      [
        [5, 30],
        [7, 300],
      ],
      6,
      20,
    );
    const contexts = contextsOf(prepared, SITES, { filter });
    assert.ok(contexts.length > 0);
    for (const { mag, distances } of contexts) {
      assert.ok(mag >= 6);
      assert.ok(distances.rrup < 30 + (270 * (mag - 5)) / 2);
      for (const kind of KINDS) assert.ok(distances[kind] >= 20);
    }
  });

  it('carry probabilities of a negative binomial number of occurrences', () => {
    const prepared = prepareSource({ ...POINT, negativeBinomial: { mu: 0.01, alpha: 1 } }, DISCRETIZATION);
    const [rupture] = prepared.ruptures();
    const terms = rupture.probabilities!;
    assertClose(
      terms.reduce((a, b) => a + b, 0),
      1,
      { atol: 1e-12 },
    );
    const mean = terms.reduce((sum, p, n) => sum + n * p, 0);
    assertClose(mean, rupture.rate * 50, { rtol: 1e-9 });
  });

  it('name the source and the reason when they are refused', () => {
    const source = {
      ...POINT,
      mfd: { kind: 'truncatedGutenbergRichter', aValue: 4, bValue: 1, minMag: 6.65, maxMag: 6.95 } as const,
    };
    assert.throws(() => prepareSource(source, { ...DISCRETIZATION, widthOfMfdBin: 0.3 }), /source p: no magnitude/);
  });
});

const AREA: AreaSource = {
  ...POINT,
  type: 'area',
  id: 'a',
  polygon: Float64Array.of(9.5, 44.6, 10.5, 44.6, 10.5, 45.4, 9.5, 45.4),
};

describe('ruptures of point sources', () => {
  // figures of the OpenQuake engine 3.24-dev; the last site lies at 1.2 km above sea level
  const source: PointSource = {
    ...POINT,
    lon: -98.4,
    lat: 17.05,
    mfd: {
      kind: 'youngsCoppersmith',
      bValue: 0.9,
      minMag: 5.5,
      characteristicMag: 7.1,
      characteristicRate: 0.002,
      binWidth: 0.2,
    },
    magnitudeScalingRelation: 'Leonard2014_SCR',
    ruptureAspectRatio: 2,
    upperSeismogenicDepth: 5,
    lowerSeismogenicDepth: 30,
    nodalPlanes: [
      { probability: 0.25, strike: 10, dip: 20, rake: 90 },
      { probability: 0.5, strike: 100, dip: 85, rake: 0 },
      { probability: 0.25, strike: 10, dip: 20, rake: 90 },
    ],
    hypocentralDepths: [
      { probability: 0.3, depth: 12 },
      { probability: 0.4, depth: 20 },
      { probability: 0.3, depth: 12 },
    ],
  };
  const sites = sitePoints(
    Float64Array.of(-98.36295, -98.49773, -97.23932, -99.70234, -98.34214),
    Float64Array.of(17.04375, 16.51858, 17.82041, 14.86524, 16.89788),
    Float64Array.of(0, 0, 0, 0, -1.2),
  );
  const figures = {
    0: {
      rrup: [20.18882235, 59.16509084, 147.048886, 275.811504, 25.73221444],
      rjb: [2.109928316, 55.97750064, 145.8233062, 275.5525143, 13.63039299],
      rx: [5.889025503, 1.89691805, 107.9368443, -93.81820515, 10.89085689],
      ry0: [0, 55.97750064, 102.0447408, 259.0935329, 11.56439053],
      rhypo: [20.39600197, 63.24567775, 151.3267903, 280.7132876, 27.81045568],
    },
    // a plane that fills the layer and was moved down the dip
    35: {
      rrup: [5.089797506, 60.79657647, 132.3464422, 271.5904302, 17.35892263],
      rjb: [0, 58.39232303, 132.24161, 270.595099, 13.96902281],
      rx: [0.5750100375, 60.57999228, -105.612365, 263.802582, 16.15683994],
      ry0: [0, 0, 79.93118461, 69.16855664, 0],
      rhypo: [12.64898797, 61.1883629, 150.4785615, 280.2569354, 22.32087466],
    },
  };

  it('have the rates, sizes and distances of the reference', () => {
    const prepared = prepareSource(source, DISCRETIZATION);
    assert.equal(prepared.ruptureCount, 36);
    const ruptures = [...prepared.ruptures()];
    assertClose(ruptures[0].rate, 0.0002198993951, { rtol: 1e-9 });
    assertClose(ruptures[0].surface.area, 32.16837427, { rtol: 1e-8 });
    assertClose(ruptures[35].surface.width, 25.09476049, { rtol: 1e-8 });
    const contexts = contextsOf(prepared, sites);
    for (const [rupture, expected] of Object.entries(figures)) {
      for (const kind of ['rrup', 'rjb', 'rx', 'ry0', 'rhypo'] as const) {
        expected[kind].forEach((value, site) => {
          const got = contexts.find((context) => context.rupture === Number(rupture) && context.site === site)!;
          const difference = Math.abs(got.distances[kind] - value);
          assert.ok(difference < 1e-6, `${kind} of site ${site}: ${got.distances[kind]} instead of ${value}`);
        });
      }
    }
  });
});

describe('area sources', () => {
  it('share their rate among the points of the grid', () => {
    const prepared = prepareSource(AREA, DISCRETIZATION);
    assert.ok(prepared.units > 4);
    assert.equal(prepared.ruptureCount, 16 * prepared.units);
    assert.equal(prepared.countRuptures(1, 3), 32);
    assertClose(totalRate(prepared), 0.0142, { rtol: 1e-9 });
  });

  it('make the same contexts whole and unit by unit', () => {
    const prepared = prepareSource(AREA, DISCRETIZATION);
    assertSameAsPlain(prepared, SITES);
    const whole = [...prepared.ruptures()].length;
    let parts = 0;
    for (let unit = 0; unit < prepared.units; unit++) parts += [...prepared.ruptures(unit, unit + 1)].length;
    assert.equal(parts, whole);
  });

  it('give every site the same contexts whether they are split or not', () => {
    const prepared = prepareSource(AREA, DISCRETIZATION);
    const filter = distanceFilter(60);
    const whole = contextsOf(prepared, SITES, { filter });
    assert.ok(whole.length > 0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: prepared.units - 1 }), (cut) => {
        const parts = [[0, cut] as const, [cut, prepared.units] as const].flatMap((units) =>
          contextsOf(prepared, SITES, { filter, units }),
        );
        assert.deepEqual(parts, whole);
      }),
    );
  });

  it('refuse a spacing that leaves no point, and tapered distributions', () => {
    assert.throws(() => prepareSource({ ...AREA, discretization: 500 }, DISCRETIZATION), /source a: no grid point/);
    const mfd = { kind: 'taperedGutenbergRichter', aValue: 4, bValue: 1, minMag: 5, maxMag: 8, cornerMag: 7 } as const;
    assert.throws(() => prepareSource({ ...AREA, mfd }, DISCRETIZATION), /source a: .*tapered/);
  });
});

describe('the mean rupture that far sites see', () => {
  /** Two planes whose mean rake is 45 degrees, where WC1994 changes from strike slip to reverse faulting. */
  const planes = [
    { probability: 0.5, strike: 0, dip: 90, rake: 0 },
    { probability: 0.5, strike: 90, dip: 45, rake: 90 },
  ];

  it('has the mean plane whatever the rates: their rounding decides nothing', () => {
    for (const aValue of [2.8697, 2.7583, 2.5738]) {
      const source: PointSource = {
        ...POINT,
        mfd: { kind: 'truncatedGutenbergRichter', aValue, bValue: 1, minMag: 5, maxMag: 6.6, binWidth: 0.2 },
        nodalPlanes: planes,
      };
      const [rupture] = (prepareSource(source, DISCRETIZATION) as PointRuptures).meanRuptures(0);
      assert.equal(rupture.rake, 45);
      assertClose(rupture.hypocentre[2], 9.2, { atol: 1e-12 });
    }
  });

  it('is seen beyond pointsource_distance and half the diagonal of the rupture on the plane listed last', () => {
    // WC1994, M 7: 10^(-3.42 + 0.9 M) = 758.6 km2 for strike slip, 10^(-3.99 + 0.98 M) = 741.3 km2 for reverse faulting
    const source = (nodalPlanes: PointSource['nodalPlanes']): PointSource => ({
      ...POINT,
      mfd: { kind: 'incremental', minMag: 7, binWidth: 0.1, occurRates: Float64Array.of(0.01) },
      ruptureAspectRatio: 1,
      upperSeismogenicDepth: 0,
      lowerSeismogenicDepth: 20,
      nodalPlanes,
      hypocentralDepths: [{ probability: 1, depth: 10 }],
    });
    // 758.6 / 20 = 37.9 km long on the vertical plane, that the layer cuts: half of it is 19.0 km; 27.2 km long and 27.2 km times
    // cos 45 = 19.3 km across on the other: half the diagonal is 16.7 km. The mean counts beyond 10 km more.
    const ruptures = (order: PointSource['nodalPlanes'], km: number): number =>
      contextsOf(prepareSource(source(order), DISCRETIZATION), sitesAt([[10, 45 + km / 111.195]]), {
        pointSourceDistance: 10,
      }).length;
    const [vertical, dipping] = planes;
    assert.equal(ruptures([dipping, vertical], 28.8), 2);
    assert.equal(ruptures([dipping, vertical], 29.1), 1);
    assert.equal(ruptures([vertical, dipping], 26.5), 2);
    assert.equal(ruptures([vertical, dipping], 26.9), 1);
  });

  it('is not seen of areas and multi-points that are not split into points: one point only, or by split_sources', () => {
    const contexts = (source: KnownSource, splitSources: boolean): number =>
      contextsOf(prepareSource(source, { ...DISCRETIZATION, splitSources }), sitesAt([[12, 46]]), {
        pointSourceDistance: 0,
      }).length;
    const points = (n: number): KnownSource => ({
      ...POINT,
      type: 'multiPoint',
      points: Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 ? 45 : 10 + 0.1 * i)),
      mfd: {
        kind: 'multi',
        memberKind: 'incrementalMFD',
        size: n,
        fields: {
          min_mag: Float64Array.of(5.5),
          bin_width: Float64Array.of(0.5),
          occurRates: new Float64Array(n).fill(0.01),
          lengths: Float64Array.of(1),
        },
      },
    });
    assert.equal(contexts(points(2), true), 2);
    assert.equal(contexts(points(2), false), 8);
    assert.equal(contexts(points(1), true), 4);
    const small = Float64Array.of(9.5, 44.9, 10.3, 44.9, 10.2, 45.3, 9.9, 45.3);
    assert.equal(contexts({ ...AREA, polygon: small, discretization: 46 }, true), 16);
    assert.equal(contexts(POINT, false), 4);
  });
});
