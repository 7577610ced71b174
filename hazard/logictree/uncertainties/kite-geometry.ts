import { sourceOf, type Uncertainty, valueOf } from './uncertainty.js';
import { refusal } from '../../refusal.js';

/** Another surface of a kite fault: profiles, or trace, dip and depths as for a simple fault. Not a type of the OpenQuake engine. */
export const kiteFaultGeometryAbsolute: Uncertainty = {
  type: 'kiteFaultGeometryAbsolute',
  valueKind: 'surfaces',
  requires: 'oneSource',
  apply(source, value) {
    const [geometry] = valueOf(value, 'surfaces').surfaces;
    if (geometry.kind !== 'kite' && geometry.kind !== 'simpleFault')
      throw refusal('TREE_UNCERTAINTY', 'profiles or the geometry of a simple fault are needed');
    return { ...sourceOf(source, 'kiteFault'), geometry };
  },
};
