import assert from 'node:assert/strict';
import { known } from '../../../docs/generate/known-source.js';
import { UNCERTAINTIES } from '../../../hazard/logictree/uncertainties/registry.js';
import type { UncertaintyValue } from '../../../hazard/logictree/uncertainties/uncertainty.js';
import type { PointSource, SimpleFaultSource, Source } from '../../../hazard/sources/source.js';
import { DISCRETIZATION as USUAL } from '../sources/contexts.js';
import { assertClose } from '../../tolerance.js';

const RTOL = 1e-11;

const DISCRETIZATION = { ...USUAL, ruptureMeshSpacing: 4, complexFaultMeshSpacing: 4, widthOfMfdBin: 0.2 };
const POINT: PointSource = {
  type: 'point',
  id: 'p',
  name: '',
  tectonicRegionType: 'A',
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1.5,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 20,
  nodalPlanes: [{ probability: 1, strike: 30, dip: 60, rake: 90 }],
  hypocentralDepths: [{ probability: 1, depth: 8 }],
  mfd: { kind: 'truncatedGutenbergRichter', aValue: 4, bValue: 1, minMag: 5, maxMag: 7 },
  lon: 10,
  lat: 45,
};
const FAULT: SimpleFaultSource = {
  type: 'simpleFault',
  id: 'f',
  name: '',
  tectonicRegionType: 'A',
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1.5,
  rake: 90,
  mfd: { kind: 'truncatedGutenbergRichter', aValue: 4, bValue: 1, minMag: 5.5, maxMag: 6.5 },
  geometry: {
    kind: 'simpleFault',
    trace: Float64Array.of(10, 45, 0, 10.25, 45.1, 0),
    dip: 50,
    upperSeismogenicDepth: 1,
    lowerSeismogenicDepth: 13,
  },
};

function apply(type: string, source: Source, value: UncertaintyValue): Source {
  const uncertainty = UNCERTAINTIES.get(type);
  assert.ok(uncertainty, type);
  return uncertainty.apply(source, value, DISCRETIZATION);
}
const number = (value: number): UncertaintyValue => ({ kind: 'number', number: value });

function distribution(source: Source): { a: number; b: number; maxMag: number } {
  assert.ok(source.mfd?.kind === 'truncatedGutenbergRichter');
  const { aValue: a, bValue: b, maxMag } = source.mfd;
  return { a, b, maxMag };
}
// figures of the OpenQuake engine 3.24-dev, 12 digits
describe('uncertainties of the source model', () => {
  it('keep the moment rate in relative changes', () => {
    const larger = distribution(apply('maxMagGRRelative', POINT, number(0.2)));
    assertClose(larger.a, 3.89018702368, { rtol: RTOL });
    assertClose(larger.maxMag, 7.2, { rtol: RTOL });
    assertClose(distribution(apply('bGRRelative', POINT, number(0.1))).a, 4.59088017871, { rtol: RTOL });
    const unbalanced = distribution(apply('maxMagGRRelativeNoMoBalance', POINT, number(0.2)));
    assert.equal(unbalanced.a, 4);
  });

  it('leave the a-value as it is in absolute changes', () => {
    assert.deepEqual(distribution(apply('bGRAbsolute', POINT, number(0.9))), { a: 4, b: 0.9, maxMag: 7 });
    assert.deepEqual(distribution(apply('maxMagGRAbsolute', POINT, number(6.8))), { a: 4, b: 1, maxMag: 6.8 });
    const both = apply('abGRAbsolute', POINT, { kind: 'twoNumbers', first: 4.1, second: 0.9 });
    assert.deepEqual(distribution(both), { a: 4.1, b: 0.9, maxMag: 7 });
  });

  it('take the a-value of a slip rate from the area on a mesh of 1 km', () => {
    const slip: UncertaintyValue = { kind: 'slip', slipRate: 2, rigidity: 32, constantTerm: 9.1 };
    assertClose(distribution(apply('truncatedGRFromSlipAbsolute', FAULT, slip)).a, 3.72066565408, { rtol: RTOL });
    assert.throws(() => apply('truncatedGRFromSlipAbsolute', POINT, slip), /characteristicFault is needed/);
  });

  it('take the largest magnitude from the scaling relation and its standard deviation', () => {
    assertClose(distribution(apply('recomputeMmax', FAULT, number(0.5))).maxMag, 6.76396423178, { rtol: RTOL });
    const incremental = { kind: 'incremental' as const, minMag: 5, binWidth: 0.1, occurRates: Float64Array.of(1) };
    const other = { ...FAULT, mfd: incremental };
    assert.equal(apply('recomputeMmax', other, number(0.5)), other);
    const unknown = { ...FAULT, magnitudeScalingRelation: 'CEUS2011' };
    assert.throws(() => apply('recomputeMmax', unknown, number(0)), /does not give magnitudes of areas/);
  });

  it('change the geometry of simple faults within what is possible', () => {
    const dip = (source: Source): number | undefined => {
      const fault = known(source);
      return fault.type === 'simpleFault' ? fault.geometry.dip : undefined;
    };
    assert.equal(dip(apply('simpleFaultDipRelative', FAULT, number(5))), 55);
    assert.equal(dip(apply('simpleFaultDipAbsolute', FAULT, number(90))), 90);
    assert.throws(() => apply('simpleFaultDipRelative', FAULT, number(41)), /the dip becomes 91/);
    assert.throws(() => apply('setLowerSeismDepthAbsolute', FAULT, number(1)), /not below the upper one/);
    const geometry = { ...FAULT.geometry, dip: 30, spacing: 2 };
    const replaced = known(apply('simpleFaultGeometryAbsolute', FAULT, { kind: 'surfaces', surfaces: [geometry] }));
    assert.ok(replaced.type === 'simpleFault');
    assert.equal(replaced.geometry, geometry);
    const relation = apply('setMSRAbsolute', FAULT, { kind: 'name', name: 'PeerMSR' });
    assert.equal(relation.magnitudeScalingRelation, 'PeerMSR');
  });

  it('share with the original all that they do not change', () => {
    const changed = known(apply('maxMagGRAbsolute', FAULT, number(6.7)));
    assert.ok(changed.type === 'simpleFault');
    assert.equal(changed.geometry, FAULT.geometry);
  });
});
