import assert from 'node:assert/strict';
import { known } from '../../../docs/generate/known-source.js';
import { bySource } from '../../../hazard/logictree/uncertainties/by-source.js';
import { UNCERTAINTIES, UNSUPPORTED_UNCERTAINTIES } from '../../../hazard/logictree/uncertainties/registry.js';
import type { Uncertainty, UncertaintyValue } from '../../../hazard/logictree/uncertainties/uncertainty.js';
import { prepareSource } from '../../../hazard/sources/registry.js';
import type {
  AreaSource,
  CharacteristicFaultSource,
  ComplexFaultSource,
  DistributedSeismicity,
  KiteFaultSource,
  MultiPointSource,
  PointSource,
  SimpleFaultSource,
  Source,
} from '../../../hazard/sources/source.js';
import { DISCRETIZATION as USUAL } from '../sources/contexts.js';

const DISCRETIZATION = { ...USUAL, complexFaultMeshSpacing: 2, areaSourceDiscretization: 10 };
const BASE = { name: '', tectonicRegionType: 'A' };
const GUTENBERG_RICHTER = { kind: 'truncatedGutenbergRichter', aValue: 4, bValue: 1, minMag: 5, maxMag: 7 } as const;
const ONE_MAGNITUDE = { kind: 'incremental', minMag: 5, binWidth: 0.1, occurRates: Float64Array.of(0.01) } as const;
const DISTRIBUTED: DistributedSeismicity = {
  magnitudeScalingRelation: 'PeerMSR',
  ruptureAspectRatio: 1.5,
  upperSeismogenicDepth: 2,
  lowerSeismogenicDepth: 20,
  nodalPlanes: [{ probability: 1, strike: 0, dip: 90, rake: 0 }],
  hypocentralDepths: [
    { probability: 0.4, depth: 6 },
    { probability: 0.6, depth: 12 },
  ],
};
const POINT: PointSource = { type: 'point', id: 'p', ...BASE, ...DISTRIBUTED, mfd: GUTENBERG_RICHTER, lon: 0, lat: 0 };
const AREA: AreaSource = {
  type: 'area',
  id: 'a',
  ...BASE,
  ...DISTRIBUTED,
  mfd: GUTENBERG_RICHTER,
  polygon: Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1),
};
const one = (value: number): Float64Array => Float64Array.of(value);
const MULTI_POINT: MultiPointSource = {
  type: 'multiPoint',
  id: 'm',
  ...BASE,
  ...DISTRIBUTED,
  mfd: {
    kind: 'multi',
    memberKind: 'truncGutenbergRichterMFD',
    size: 2,
    fields: { a_val: Float64Array.of(4, 3), b_val: one(1), min_mag: one(5), max_mag: one(7) },
  },
  points: Float64Array.of(0, 0, 1, 0),
};
/** The length in degrees of a kilometre on the equator of a sphere of 6371 km. */
const DEGREES = 180 / (Math.PI * 6371);
const SPACED = { magnitudeScalingRelation: 'PeerMSR', ruptureAspectRatio: 1, rake: 0, mfd: ONE_MAGNITUDE };
/** 19.9 km long, which takes 20 steps of 1 km or 10 of 2 km; 10 km wide, vertical */
const SIMPLE: SimpleFaultSource = {
  type: 'simpleFault',
  id: 's',
  ...BASE,
  ...SPACED,
  geometry: {
    kind: 'simpleFault',
    trace: Float64Array.of(0, 0, 0, 19.9 * DEGREES, 0, 0),
    dip: 90,
    upperSeismogenicDepth: 0,
    lowerSeismogenicDepth: 10,
  },
};
const PROFILES = [Float64Array.of(0, 0, 0, 0, 0.05, 10), Float64Array.of(0.2, 0, 0, 0.2, 0.05, 10)];
const KITE: KiteFaultSource = {
  type: 'kiteFault',
  id: 'k',
  ...BASE,
  ...SPACED,
  geometry: { kind: 'kite', profiles: PROFILES },
};
const COMPLEX: ComplexFaultSource = {
  type: 'complexFault',
  id: 'c',
  ...BASE,
  ...SPACED,
  geometry: {
    kind: 'complexFault',
    edges: [Float64Array.of(0, 0, 0, 0.2, 0, 0), Float64Array.of(0, 0.05, 10, 0.2, 0.05, 10)],
  },
};
const PLANE = { kind: 'planar', corners: Float64Array.of(0, 0, 0, 0.1, 0, 0, 0, 0, 10, 0.1, 0, 10) } as const;
const CHARACTERISTIC: CharacteristicFaultSource = {
  type: 'characteristicFault',
  id: 'x',
  ...BASE,
  rake: 0,
  mfd: ONE_MAGNITUDE,
  surfaces: [PLANE],
};

function uncertainty(type: string): Uncertainty {
  const found = UNCERTAINTIES.get(type);
  assert.ok(found, type);
  return found;
}
function apply<S extends Source>(type: string, source: S, value: number | UncertaintyValue): S {
  const given = typeof value === 'number' ? { kind: 'number' as const, number: value } : value;
  const changed = uncertainty(type).apply(source, given, DISCRETIZATION);
  assert.equal(changed.type, source.type);
  return changed as S;
}

describe('uncertainties that came after OpenQuake engine 3.24, and those of this engine', () => {
  it('set or add to the aspect ratio of all ruptures that float', () => {
    for (const source of [POINT, AREA, MULTI_POINT]) {
      assert.equal(apply('setAspectRatioAbsolute', source, 2).ruptureAspectRatio, 2);
      assert.equal(apply('setAspectRatioRelative', source, -0.5).ruptureAspectRatio, 1);
    }
    for (const source of [SIMPLE, COMPLEX, KITE])
      assert.equal(apply('setAspectRatioRelative', source, 0.25).ruptureAspectRatio, 1.25);
    assert.throws(() => apply('setAspectRatioRelative', POINT, -1.5), /the rupture aspect ratio becomes 0/);
    assert.throws(() => apply('setAspectRatioAbsolute', CHARACTERISTIC, 2), /not characteristicFault/);
  });

  it('change the ruptures that an aspect ratio or a mesh spacing shapes', () => {
    // magnitude 5 breaks 10 km2 by the PEER relation, 10^(m - 4): a square of 3.16 km, 3 x 3 nodes of 11 x 6 at 2 km
    const count = (source: Source): number => prepareSource(source, DISCRETIZATION).ruptureCount;
    assert.equal(count(SIMPLE), 9 * 4);
    // 4 x 4 nodes of 21 x 11 at 1 km
    const fine = apply('setRuptureMeshSpacingAbsolute', SIMPLE, 1);
    assert.equal(count(fine), 18 * 8);
    // sqrt(40) = 6.32 km by 1.58 km: 7 x 3 nodes of 21 x 11
    assert.equal(count(apply('setAspectRatioAbsolute', fine, 4)), 15 * 9);
  });

  it('give faults a mesh spacing of their own', () => {
    assert.equal(apply('setRuptureMeshSpacingAbsolute', COMPLEX, 3).geometry.spacing, 3);
    assert.equal(apply('setRuptureMeshSpacingAbsolute', KITE, 3).geometry.spacing, 3);
    const parts = { ...CHARACTERISTIC, surfaces: [SIMPLE.geometry, PLANE] };
    const [simple, plane] = apply('setRuptureMeshSpacingAbsolute', parts, 3).surfaces;
    assert.deepEqual(simple, { ...SIMPLE.geometry, spacing: 3 });
    assert.equal(plane, PLANE);
    assert.throws(
      () => apply('setRuptureMeshSpacingAbsolute', CHARACTERISTIC, 3),
      /no surface of the fault has a mesh/,
    );
    assert.throws(() => apply('setRuptureMeshSpacingAbsolute', SIMPLE, 0), /must be above 0/);
    assert.throws(() => apply('setRuptureMeshSpacingAbsolute', POINT, 3), /not point/);
  });

  it('move the seismogenic depths of point-like sources and simple faults', () => {
    for (const source of [POINT, AREA, MULTI_POINT]) {
      assert.equal(apply('setLowerSeismDepthRelative', source, -5).lowerSeismogenicDepth, 15);
      assert.equal(apply('setUpperSeismDepthRelative', source, 1.5).upperSeismogenicDepth, 3.5);
      assert.equal(apply('setUpperSeismDepthAbsolute', source, 4).upperSeismogenicDepth, 4);
    }
    assert.equal(apply('setLowerSeismDepthRelative', SIMPLE, 5).geometry.lowerSeismogenicDepth, 15);
    assert.equal(apply('setUpperSeismDepthAbsolute', SIMPLE, 3).geometry.upperSeismogenicDepth, 3);
    assert.equal(apply('setUpperSeismDepthRelative', SIMPLE, 2).geometry.upperSeismogenicDepth, 2);
  });

  it('keep hypocentres between the seismogenic depths, and these in order', () => {
    assert.throws(() => apply('setLowerSeismDepthRelative', POINT, -9), /depth of 12 km is not between 2 and 11 km/);
    assert.throws(() => apply('setUpperSeismDepthAbsolute', AREA, 7), /depth of 6 km is not between 7 and 20 km/);
    assert.throws(
      () => apply('setLowerSeismDepthRelative', SIMPLE, -10),
      /becomes 0 km, not below the upper one \(0 km\)/,
    );
    assert.throws(() => apply('setUpperSeismDepthRelative', SIMPLE, -1), /above the surface of the earth/);
    assert.throws(() => apply('setLowerSeismDepthAbsolute', POINT, 30), /not point/);
  });

  it('replace the distribution of hypocentral depths', () => {
    const depths = [{ probability: 1, depth: 8 }];
    for (const source of [POINT, AREA, MULTI_POINT])
      assert.equal(apply('setHypoDepthDistribution', source, { kind: 'depths', depths }).hypocentralDepths, depths);
    const deep: UncertaintyValue = { kind: 'depths', depths: [{ probability: 1, depth: 21 }] };
    assert.throws(() => apply('setHypoDepthDistribution', POINT, deep), /21 km is not between 2 and 20 km/);
    assert.throws(() => apply('setHypoDepthDistribution', SIMPLE, deep), /not simpleFault/);
  });

  it('replace a-value, b-value and largest magnitude together', () => {
    const value: UncertaintyValue = { kind: 'threeNumbers', first: 4.2, second: 0.9, third: 6.8 };
    assert.deepEqual(apply('abMaxMagAbsolute', POINT, value).mfd, {
      ...GUTENBERG_RICHTER,
      aValue: 4.2,
      bValue: 0.9,
      maxMag: 6.8,
    });
    assert.throws(() => apply('abMaxMagAbsolute', POINT, { ...value, third: 5.05 }), /less than a bin above/);
    assert.throws(() => apply('abMaxMagAbsolute', SIMPLE, value), /Gutenberg-Richter distribution is needed/);
  });

  it('replace the polygon of an area and the surface of a kite fault', () => {
    const polygon = Float64Array.of(0, 0, 2, 0, 2, 2);
    const area = apply('areaSourceGeometryAbsolute', AREA, { kind: 'polygon', polygon });
    assert.deepEqual(area, { ...AREA, polygon });
    assert.throws(() => apply('areaSourceGeometryAbsolute', POINT, { kind: 'polygon', polygon }), /not point/);
    const geometry = { kind: 'kite' as const, profiles: [...PROFILES].reverse(), spacing: 4 };
    const surfaces = (
      ...parts: readonly (typeof geometry | typeof SIMPLE.geometry | typeof PLANE)[]
    ): UncertaintyValue => ({
      kind: 'surfaces',
      surfaces: parts,
    });
    assert.equal(apply('kiteFaultGeometryAbsolute', KITE, surfaces(geometry)).geometry, geometry);
    assert.equal(apply('kiteFaultGeometryAbsolute', KITE, surfaces(SIMPLE.geometry)).geometry, SIMPLE.geometry);
    assert.throws(() => apply('kiteFaultGeometryAbsolute', KITE, surfaces(PLANE)), /profiles or the geometry/);
    assert.throws(() => apply('kiteFaultGeometryAbsolute', SIMPLE, surfaces(geometry)), /not simpleFault/);
  });

  it('take values of their own for sources that change together', () => {
    const correlated = bySource(uncertainty('setAspectRatioAbsolute'));
    const value: UncertaintyValue = {
      kind: 'bySource',
      values: new Map([
        ['p', { kind: 'number', number: 2 }],
        ['s', { kind: 'number', number: 3 }],
      ]),
    };
    const ratio = (source: Source): number | undefined => {
      const changed = known(correlated.apply(source, value, DISCRETIZATION));
      return 'ruptureAspectRatio' in changed ? changed.ruptureAspectRatio : undefined;
    };
    assert.equal(ratio(POINT), 2);
    assert.equal(ratio(SIMPLE), 3);
    assert.equal(ratio({ ...SIMPLE, id: 's!b1' }), 3);
    assert.equal(correlated.apply(AREA, value, DISCRETIZATION), AREA);
  });

  it('share with the original all that they do not change', () => {
    assert.equal(apply('setAspectRatioAbsolute', SIMPLE, 2).geometry, SIMPLE.geometry);
    assert.equal(
      apply('setHypoDepthDistribution', MULTI_POINT, { kind: 'depths', depths: DISTRIBUTED.hypocentralDepths }).mfd,
      MULTI_POINT.mfd,
    );
  });

  it('are told apart from those that need what this engine does not have', () => {
    for (const type of UNSUPPORTED_UNCERTAINTIES.keys()) assert.ok(!UNCERTAINTIES.has(type), type);
  });
});
