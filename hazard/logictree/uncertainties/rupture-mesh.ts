import type { SurfaceGeometry } from '../../sources/source.js';
import { ABOVE_ZERO, numberOf, sourceOf, type Uncertainty } from './uncertainty.js';
import { refusal } from '../../refusal.js';

type Meshed = Extract<SurfaceGeometry, { readonly spacing?: number }>;

/**
 * Another mesh spacing (km) of the ruptures of one fault, in place of the job's. On characteristic faults it is that of their
 * simple, complex and kite surfaces; planes and grids of points have none. Not a type of the OpenQuake engine.
 */
export const setRuptureMeshSpacingAbsolute: Uncertainty = {
  type: 'setRuptureMeshSpacingAbsolute',
  valueKind: 'number',
  requires: 'none',
  range: ABOVE_ZERO,
  apply(source, value) {
    const spacing = numberOf(value);
    if (!(spacing > 0))
      throw refusal('TREE_UNCERTAINTY', `the rupture mesh spacing becomes ${spacing} km, which must be above 0`);
    const fault = sourceOf(source, 'simpleFault', 'complexFault', 'kiteFault', 'characteristicFault');
    switch (fault.type) {
      case 'simpleFault':
        return { ...fault, geometry: { ...fault.geometry, spacing } };
      case 'complexFault':
        return { ...fault, geometry: { ...fault.geometry, spacing } };
      case 'kiteFault':
        return { ...fault, geometry: { ...fault.geometry, spacing } };
      case 'characteristicFault':
        if (!fault.surfaces.some(isMeshed)) throw refusal('TREE_UNCERTAINTY', 'no surface of the fault has a mesh');
        return { ...fault, surfaces: fault.surfaces.map((part) => (isMeshed(part) ? { ...part, spacing } : part)) };
    }
  },
};

function isMeshed(geometry: SurfaceGeometry): geometry is Meshed {
  return geometry.kind !== 'planar' && geometry.kind !== 'gridded';
}
