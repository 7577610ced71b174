import type { SourceKind } from '../../sources/prepared-source.js';
import type { GeometryChange } from '../../sources/source-changes.js';
import { sourceKind, sourceKinds } from '../../sources/registry.js';
import type { Source } from '../../sources/source.js';
import { changeOf, notOfType, numberOf, type Uncertainty, valueOf } from './uncertainty.js';
import { refusal } from '../../refusal.js';

function isDip(dip: number): boolean {
  return dip > 0 && dip <= 90;
}

function withDip(source: Source, change: (before: number) => number): Source {
  const part = changeOf(source, 'dip');
  const dip = change(part.get(source));
  if (!isDip(dip)) throw refusal('TREE_UNCERTAINTY', `the dip becomes ${dip}, which must be above 0 and at most 90`);
  return part.with(source, dip);
}

const dipRelative: Uncertainty = {
  type: 'simpleFaultDipRelative',
  valueKind: 'number',
  requires: 'sources',
  apply: (source, value) => withDip(source, (dip) => dip + numberOf(value)),
};

const dipAbsolute: Uncertainty = {
  type: 'simpleFaultDipAbsolute',
  valueKind: 'number',
  requires: 'sources',
  range: { test: isDip, allowed: 'above 0, up to 90 degrees' },
  apply: (source, value) => withDip(source, () => numberOf(value)),
};

const scalingRelation: Uncertainty = {
  type: 'setMSRAbsolute',
  valueKind: 'name',
  requires: 'oneSource',
  apply: (source, value) => changeOf(source, 'scalingRelation').with(source, valueOf(value, 'name').name),
};

/** The uncertainty by which a kind of source gets another surface. */
function anotherSurface({ uncertainty, ofOneSource }: GeometryChange<Source>): Uncertainty {
  const own = ({ changes }: SourceKind): boolean => changes?.geometry?.uncertainty === uncertainty;
  return {
    type: uncertainty,
    valueKind: 'surfaces',
    requires: ofOneSource ? 'oneSource' : 'none',
    apply(source, value) {
      const kind = sourceKind(source.type);
      const geometry = kind.changes?.geometry;
      if (!geometry || !own(kind)) throw notOfType(source, own);
      const changed = geometry.with(source, valueOf(value, 'surfaces').surfaces);
      if (!changed) throw refusal('TREE_UNCERTAINTY', `${geometry.needed} needed`);
      return changed;
    },
  };
}

/** Types that change the surface of a fault. */
export function faultGeometryUncertainties(): readonly Uncertainty[] {
  const surfaces = sourceKinds().flatMap(({ changes }) =>
    changes?.geometry ? [anotherSurface(changes.geometry)] : [],
  );
  return [dipAbsolute, dipRelative, scalingRelation, ...surfaces];
}
