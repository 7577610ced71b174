import assert from 'node:assert/strict';
import { SCALING_RELATION_NAMES, scalingRelation } from '../../../hazard/scaling/registry.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

const RTOL = 1e-9;

describe('scaling relations', () => {
  it('follow the style of faulting: Wells & Coppersmith (1994), table 2A', () => {
    const relation = scalingRelation('WC1994');
    assertClose(relation.medianArea(7, 0), 10 ** (-3.42 + 0.9 * 7), { rtol: RTOL });
    assertClose(relation.medianArea(7, 90), 10 ** (-3.99 + 0.98 * 7), { rtol: RTOL });
    assertClose(relation.medianArea(7, -90), 10 ** (-2.87 + 0.82 * 7), { rtol: RTOL });
    assertClose(relation.medianArea(7, NaN), 10 ** (-3.49 + 0.91 * 7), { rtol: RTOL });
    assertClose(relation.medianMagnitude?.(1000, 90), 4.33 + 0.9 * 3, { rtol: RTOL });
  });

  it('treat slip within 45 degrees of the horizontal as strike-slip', () => {
    const relation = scalingRelation('Leonard2014_SCR');
    for (const rake of [45, -45, 135, -135, 180])
      assertClose(relation.medianArea(6, rake), 10 ** (6 - 4.18), { rtol: RTOL });
    for (const rake of [46, -46, 134]) assertClose(relation.medianArea(6, rake), 10 ** (6 - 4.19), { rtol: RTOL });
  });

  it('bend where their authors bend them', () => {
    const interfaceRelation = scalingRelation('AllenHayesInterfaceBilinear');
    assertClose(interfaceRelation.medianArea(8.6, 90), 10 ** (-5.62 + 1.22 * 8.6), { rtol: RTOL });
    assertClose(interfaceRelation.medianArea(8.7, 90), 10 ** (2.23 + 0.31 * 8.7), { rtol: RTOL });
    const capped = scalingRelation('WC1994_QCSS');
    assertClose(capped.medianArea(7, 0), 20 * 10 ** (-2.57 + 0.62 * 7), { rtol: RTOL });
    assertClose(capped.medianArea(5, 0), 10 ** (2 * (-2.57 + 0.62 * 5)), { rtol: RTOL });
  });

  it('are known by name, the parametric one by its constant', () => {
    for (const name of ['CScalingMSR.C=4.2', 'CScalingMSR.C = 4.2', ' [CScalingMSR]\n  C = 4.2'])
      assertClose(scalingRelation(name).medianArea(6.5, 0), 10 ** 2.3, { rtol: RTOL });
    assert.throws(() => scalingRelation('Unknown'), /unknown magnitude scaling relation 'Unknown'/);
    assert.throws(() => scalingRelation('CScalingMSR.C=abc'), Refusal);
  });

  it('grow with magnitude, all of them', () => {
    for (const name of SCALING_RELATION_NAMES) {
      const relation = scalingRelation(name);
      for (let m = 4; m < 9; m += 0.5) assert.ok(relation.medianArea(m + 0.5, 30) >= relation.medianArea(m, 30), name);
    }
  });
});
