import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EARTH_RADIUS } from '../../../hazard/geo/constants.js';
import { prepareSource } from '../../../hazard/sources/registry.js';
import type { SimpleFaultSource } from '../../../hazard/sources/source.js';
import { contextsOf, DISCRETIZATION, sitesAt } from './contexts.js';
import { assertClose } from '../../tolerance.js';

const FAULT: SimpleFaultSource = {
  type: 'simpleFault',
  id: 's',
  name: 's',
  tectonicRegionType: 'Active Shallow Crust',
  mfd: { kind: 'incremental', minMag: 6, binWidth: 0.5, occurRates: Float64Array.of(0.01, 0.002, 0.0005) },
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1.5,
  rake: 90,
  geometry: {
    kind: 'simpleFault',
    trace: Float64Array.of(10, 45, 0, 10.3, 45.15, 0, 10.5, 45.2, 0),
    dip: 50,
    upperSeismogenicDepth: 1,
    lowerSeismogenicDepth: 15,
  },
};
const SITES = sitesAt([
  [10.2, 45.05],
  [10.1, 45.3],
  [10.9, 45.4],
  [8.9, 44.6],
]);
const KINDS = ['rrup', 'rjb', 'rx', 'ry0', 'rhypo', 'repi'] as const;

function moved(source: SimpleFaultSource, shift: number): SimpleFaultSource {
  const trace = source.geometry.trace.map((value, i) => (i % 3 === 0 ? wrap(value + shift) : value));
  return { ...source, geometry: { ...source.geometry, trace } };
}

function wrap(lon: number): number {
  return lon >= 180 ? lon - 360 : lon;
}

describe('simple fault sources', () => {
  it('conserve the rate of every magnitude over the positions of its rupture', () => {
    const rates = new Map<number, number>();
    for (const { magnitude, rate } of prepareSource(FAULT, DISCRETIZATION).ruptures()) {
      rates.set(magnitude, (rates.get(magnitude) ?? 0) + rate);
    }
    assert.deepEqual([...rates.keys()], [6, 6.5, 7]);
    [0.01, 0.002, 0.0005].forEach((rate, i) => assertClose([...rates.values()][i], rate, { rtol: 1e-9 }));
  });

  it('conserve it also over lists of hypocentres and slip directions', () => {
    const source: SimpleFaultSource = {
      ...FAULT,
      hypocentres: [
        { alongStrike: 0.25, downDip: 0.5, weight: 0.4 },
        { alongStrike: 0.75, downDip: 0.5, weight: 0.6 },
      ],
      slips: [
        { slip: 90, weight: 0.7 },
        { slip: 135, weight: 0.3 },
      ],
    };
    const plain = prepareSource(FAULT, DISCRETIZATION);
    const listed = prepareSource(source, DISCRETIZATION);
    assert.equal(listed.ruptureCount, 4 * plain.ruptureCount);
    const ruptures = [...listed.ruptures()];
    const total = ruptures.reduce((sum, { rate }) => sum + rate, 0);
    assertClose(total, 0.0125, { rtol: 1e-9 });
    assert.deepEqual(
      ruptures.slice(0, 4).map(({ slip }) => slip),
      [90, 135, 90, 135],
    );
    assert.notDeepEqual(ruptures[0].hypocentre, ruptures[2].hypocentre);
    assert.throws(() => prepareSource({ ...source, slips: undefined }, DISCRETIZATION), /source s: lists/);
  });

  it('make the same contexts fast and plainly', () => {
    const prepared = prepareSource(FAULT, DISCRETIZATION);
    const ruptures = [...prepared.ruptures()];
    const contexts = contextsOf(prepared, SITES);
    assert.equal(contexts.length, ruptures.length * SITES.size);
    for (const { rupture, site, rate, distances } of contexts) {
      const { surface, rate: expectedRate } = ruptures[rupture];
      assertClose(rate, expectedRate, { rtol: 1e-12 });
      for (const kind of ['rrup', 'rjb', 'rx', 'ry0'] as const) {
        const expected = new Float64Array(1);
        surface.distances(kind, SITES, Int32Array.of(site), 1, expected, 0);
        // outlines under 40 km are exact to 5 m only
        const atol = kind === 'rjb' ? 5e-3 : 1e-6;
        assertClose(distances[kind], expected[0], { atol }, `${kind}: ${distances[kind]} and ${expected[0]}`);
      }
    }
  });

  it('are at the same distances wherever the date line runs', () => {
    const here = contextsOf(prepareSource(FAULT, DISCRETIZATION), SITES);
    fc.assert(
      fc.property(fc.constantFrom(-10, 60, 169.6, 169.75), (shift) => {
        const sites = sitesAt(Array.from(SITES.lon, (lon, i): [number, number] => [wrap(lon + shift), SITES.lat[i]]));
        const there = contextsOf(prepareSource(moved(FAULT, shift), DISCRETIZATION), sites);
        assert.equal(there.length, here.length);
        here.forEach(({ distances }, i) => {
          for (const kind of KINDS) {
            assertClose(distances[kind], there[i].distances[kind], { atol: 1e-5 }, `${kind} moved by ${shift}`);
          }
        });
      }),
      { numRuns: 4 },
    );
  });

  it('are never nearer than their projection', () => {
    for (const { distances } of contextsOf(prepareSource(FAULT, DISCRETIZATION), SITES)) {
      // lengths at depth are shorter than their projection, by 0.24 % at 15 km
      assert.ok(distances.rjb <= distances.rrup * (1 + 4e-3));
    }
  });

  it('fill the whole fault when the area is too large for it, and are reshaped when one side is', () => {
    const source = { ...FAULT, mfd: { ...FAULT.mfd, minMag: 7.9 } as typeof FAULT.mfd };
    const ruptures = [...prepareSource(source, DISCRETIZATION).ruptures()];
    assert.equal(ruptures.length, 3);
    assert.equal(ruptures[0].surface.area, ruptures[2].surface.area);
  });

  it('keep the area of a rupture that is too long for the fault, or too wide', () => {
    // 10^(m - 4) km2: 100 km2, square where there is room; on 5 km it is 20 km long, 11 positions on 30 km
    const mfd = { kind: 'incremental', minMag: 6, binWidth: 0.5, occurRates: Float64Array.of(0.01) } as const;
    const degree = (Math.PI * EARTH_RADIUS) / 180;
    for (const [length, depth] of [
      [5, 30],
      [30, 5],
    ]) {
      const geometry = {
        kind: 'simpleFault',
        trace: Float64Array.of(10, 0, 0, 10, length / degree, 0),
        dip: 90,
        upperSeismogenicDepth: 0,
        lowerSeismogenicDepth: depth,
      } as const;
      const source = { ...FAULT, mfd, magnitudeScalingRelation: 'PeerMSR', ruptureAspectRatio: 1, geometry };
      const ruptures = [...prepareSource(source, { ...DISCRETIZATION, ruptureMeshSpacing: 1 }).ruptures()];
      assert.equal(ruptures.length, 11);
      // lengths at depth are shorter, by 0.24 % at 15 km
      for (const { surface } of ruptures) assertClose(surface.area, 100, { rtol: 5e-3 });
    }
  });

  it('put hypocentres at shares of the length and the width, on the nearest node', () => {
    // 10 x 10 km in steps of 1 km from the beginning of the trace: 2.5 km along, between two nodes, is the even one
    const mfd = { kind: 'incremental', minMag: 6, binWidth: 0.5, occurRates: Float64Array.of(0.01) } as const;
    const degree = (Math.PI * EARTH_RADIUS) / 180;
    const geometry = {
      kind: 'simpleFault',
      trace: Float64Array.of(10, 0, 0, 10, 30 / degree, 0),
      dip: 90,
      upperSeismogenicDepth: 0,
      lowerSeismogenicDepth: 20,
    } as const;
    const source = {
      ...FAULT,
      mfd,
      magnitudeScalingRelation: 'PeerMSR',
      ruptureAspectRatio: 1,
      geometry,
      hypocentres: [{ alongStrike: 0.25, downDip: 0.5, weight: 1 }],
      slips: [{ slip: 0, weight: 1 }],
    };
    const [first] = prepareSource(source, { ...DISCRETIZATION, ruptureMeshSpacing: 1 }).ruptures();
    assertClose(first.hypocentre[1] * degree, 2, { atol: 1e-4 });
    assertClose(first.hypocentre[2], 5, { atol: 1e-6 });
  });

  it('share positions between rate columns', () => {
    const scaled = { ...FAULT.mfd, occurRates: Float64Array.of(0.02, 0.004, 0.001) } as typeof FAULT.mfd;
    const prepared = prepareSource(FAULT, DISCRETIZATION, [FAULT.mfd, scaled]);
    assert.equal(prepared.ruptureCount, prepareSource(FAULT, DISCRETIZATION).ruptureCount);
  });

  it('name the source when the trace or the mesh is refused', () => {
    const crossed = Float64Array.of(10, 45, 0, 10.4, 45.2, 0, 10.4, 45, 0, 10, 45.2, 0);
    const source = { ...FAULT, geometry: { ...FAULT.geometry, trace: crossed } };
    assert.throws(() => prepareSource(source, DISCRETIZATION), /source s: the fault trace meets itself/);
    const coarse = prepareSource(FAULT, { ...DISCRETIZATION, ruptureMeshSpacing: 16 });
    assert.throws(() => [...coarse.ruptures()], /source s: .* too large for the smallest rupture/);
  });
});
