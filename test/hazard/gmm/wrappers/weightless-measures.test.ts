import assert from 'node:assert/strict';
import { withoutMeasures } from '../../../../hazard/gmm/wrappers/weightless-measures.js';
import { evaluate, modelOf, siteParameters } from '../contexts.js';
import { Refusal } from '../../../../hazard/refusal.js';

const CONTEXT = { mag: 6.3, rake: 90, rjb: 20, rrup: 22, repi: 30, rhypo: 32 };
const SITES = siteParameters({ vs30: [400] });

describe('measures for which a branch has weight 0', () => {
  it('have no ground motion, whether the model supports them or not; the others are untouched', async () => {
    const model = await modelOf('BooreAtkinson2008');
    const plain = evaluate(model, ['PGA', 'SA(1.0)'], [CONTEXT], SITES);
    const names = ['SA(0.2)', 'PGA', 'IA', 'SA(1.0)'];
    const silent = evaluate(withoutMeasures(model, new Set(['SA(0.2)', 'IA'])), names, [CONTEXT], SITES);
    assert.deepEqual([silent.mean[1][0], silent.mean[3][0]], [plain.mean[0][0], plain.mean[1][0]]);
    assert.deepEqual([silent.total[1][0], silent.total[3][0]], [plain.total[0][0], plain.total[1][0]]);
    for (const m of [0, 2]) assert.ok(silent.mean[m][0] + 10 * silent.total[m][0] < Math.log(1e-10));
  });

  it('may be all of them, or none', async () => {
    const model = await modelOf('BooreAtkinson2008');
    assert.equal(withoutMeasures(model, new Set()), model);
    assert.ok(evaluate(withoutMeasures(model, new Set(['IA'])), ['IA'], [CONTEXT], SITES).mean[0][0] < -50);
    assert.throws(() => evaluate(withoutMeasures(model, new Set(['PGA'])), ['IA'], [CONTEXT], SITES), Refusal);
  });
});
