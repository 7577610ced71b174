import type { SimpleFaultGeometry, SimpleFaultSource, Source } from '../../sources/source.js';
import { numberOf, type Uncertainty, valueOf } from './uncertainty.js';
import { refusal } from '../../refusal.js';

function simpleFault(source: Source): SimpleFaultSource {
  if (source.type !== 'simpleFault')
    throw refusal('TREE_UNCERTAINTY', `a simple fault is needed, not a source of type ${source.type}`);
  return source;
}

function withGeometry(source: Source, change: (geometry: SimpleFaultGeometry) => Partial<SimpleFaultGeometry>): Source {
  const fault = simpleFault(source);
  return { ...fault, geometry: { ...fault.geometry, ...change(fault.geometry) } };
}

function isDip(dip: number): boolean {
  return dip > 0 && dip <= 90;
}

function checkedDip(dip: number): { dip: number } {
  if (!isDip(dip)) throw refusal('TREE_UNCERTAINTY', `the dip becomes ${dip}, which must be above 0 and at most 90`);
  return { dip };
}

const dipRelative: Uncertainty = {
  type: 'simpleFaultDipRelative',
  valueKind: 'number',
  requires: 'sources',
  apply: (source, value) => withGeometry(source, ({ dip }) => checkedDip(dip + numberOf(value))),
};

const dipAbsolute: Uncertainty = {
  type: 'simpleFaultDipAbsolute',
  valueKind: 'number',
  requires: 'sources',
  range: { test: isDip, allowed: 'above 0, up to 90 degrees' },
  apply: (source, value) => withGeometry(source, () => checkedDip(numberOf(value))),
};

const simpleGeometry: Uncertainty = {
  type: 'simpleFaultGeometryAbsolute',
  valueKind: 'surfaces',
  requires: 'oneSource',
  apply(source, value) {
    const [geometry] = valueOf(value, 'surfaces').surfaces;
    if (geometry.kind !== 'simpleFault') throw refusal('TREE_UNCERTAINTY', 'the geometry of a simple fault is needed');
    return { ...simpleFault(source), geometry };
  },
};

const complexGeometry: Uncertainty = {
  type: 'complexFaultGeometryAbsolute',
  valueKind: 'surfaces',
  requires: 'oneSource',
  apply(source, value) {
    const [geometry] = valueOf(value, 'surfaces').surfaces;
    if (geometry.kind !== 'complexFault')
      throw refusal('TREE_UNCERTAINTY', 'the geometry of a complex fault is needed');
    if (source.type !== 'complexFault')
      throw refusal('TREE_UNCERTAINTY', `a complex fault is needed, not a source of type ${source.type}`);
    return { ...source, geometry };
  },
};

const characteristicGeometry: Uncertainty = {
  type: 'characteristicFaultGeometryAbsolute',
  valueKind: 'surfaces',
  requires: 'none',
  apply(source, value) {
    if (source.type !== 'characteristicFault')
      throw refusal('TREE_UNCERTAINTY', `a characteristic fault is needed, not a source of type ${source.type}`);
    return { ...source, surfaces: valueOf(value, 'surfaces').surfaces };
  },
};

const scalingRelation: Uncertainty = {
  type: 'setMSRAbsolute',
  valueKind: 'name',
  requires: 'oneSource',
  apply: (source, value) => ({ ...simpleFault(source), magnitudeScalingRelation: valueOf(value, 'name').name }),
};

/** Types that change the surface of a fault. */
export const faultGeometryUncertainties: readonly Uncertainty[] = [
  characteristicGeometry,
  complexGeometry,
  dipAbsolute,
  dipRelative,
  scalingRelation,
  simpleGeometry,
];
