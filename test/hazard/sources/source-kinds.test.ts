import assert from 'node:assert/strict';
import { pointSource } from '../../../hazard/sources/point.js';
import type { SourceKind } from '../../../hazard/sources/prepared-source.js';
import { SourceKinds, sourceKind, sourceKinds } from '../../../hazard/sources/registry.js';
import type { Discretization, PointSource, Source } from '../../../hazard/sources/source.js';
import { SOURCE_TYPES } from '../../../inputs/logictree/source-index.js';

const POINT: PointSource = {
  type: 'point',
  id: 'p',
  name: 'p',
  tectonicRegionType: 'Active Shallow Crust',
  mfd: { kind: 'arbitrary', magnitudes: Float64Array.of(5, 6), occurRates: Float64Array.of(0.1, 0.01) },
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 20,
  nodalPlanes: [{ probability: 1, strike: 0, dip: 90, rake: 0 }],
  hypocentralDepths: [{ probability: 1, depth: 10 }],
  lon: 10,
  lat: 45,
};
const DISCRETIZATION: Discretization = {
  ruptureMeshSpacing: 4,
  complexFaultMeshSpacing: 4,
  widthOfMfdBin: 0.2,
  floatingXStep: 0,
  floatingYStep: 0,
  investigationTime: 50,
  inferOccurRates: false,
  shiftHypo: false,
  splitSources: true,
};

describe('kinds of sources', () => {
  it('come from a list: a toy kind from outside makes ruptures, and the program knows nothing of it', () => {
    const toy = {
      ...pointSource,
      type: 'toy',
      code: 'T',
      prepare: (source: PointSource, discretization: Discretization) =>
        pointSource.prepare({ ...source, type: 'point' }, discretization),
    } as unknown as SourceKind;
    const kinds = new SourceKinds([...sourceKinds(), toy]);
    const prepared = kinds.prepare({ ...POINT, type: 'toy' } as unknown as Source, DISCRETIZATION);
    assert.deepEqual(
      Array.from(prepared.ruptures(), ({ magnitude, rate }) => [magnitude, rate]),
      [
        [5, 0.1],
        [6, 0.01],
      ],
    );
    assert.throws(() => sourceKind('toy' as Source['type']), RangeError);
  });

  it('declare what logic trees may name and whose probabilities are given', () => {
    assert.ok(['area', 'kiteFault', 'point', 'simpleFault'].every((type) => SOURCE_TYPES.includes(type)));
    assert.deepEqual(SOURCE_TYPES, [...SOURCE_TYPES].sort());
    // made by calculations out of points
    assert.deepEqual(
      sourceKinds().flatMap(({ type }) => (SOURCE_TYPES.includes(type) ? [] : [type])),
      ['collapsedPoint'],
    );
    const given = sourceKinds().filter(({ explicitProbabilities }) => explicitProbabilities);
    assert.deepEqual(given.map(({ type }) => type).sort(), ['multiFault', 'nonParametric']);
  });
});
