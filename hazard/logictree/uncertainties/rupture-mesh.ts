import { ABOVE_ZERO, changeOf, numberOf, type Uncertainty } from './uncertainty.js';
import { refusal } from '../../refusal.js';

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
    const changed = changeOf(source, 'withMeshSpacing')(source, spacing);
    if (!changed) throw refusal('TREE_UNCERTAINTY', 'no surface of the fault has a mesh');
    return changed;
  },
};
