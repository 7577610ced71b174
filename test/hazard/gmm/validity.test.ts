import assert from 'node:assert/strict';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import type { Validity } from '../../../hazard/gmm/model.js';
import { findModel, modelNames, modelValidities } from '../../../hazard/gmm/registry.js';
import { outsideOf, validityText } from '../../../hazard/gmm/validity.js';

const RANGE: Validity = {
  magnitude: [5, 8],
  distance: { kind: 'rrup', range: [10, 200] },
  vs30: [180, Infinity],
  depth: { kind: 'hypoDepth', range: [0, 35] },
  source: 'a test',
};

describe('where ground-motion models are valid', () => {
  it('is declared by at least forty publications, in distances that they use, with the source', async () => {
    const files = new Set<Validity>();
    for (const name of modelNames()) {
      const model = await findModel(name);
      if (!model || !('validity' in model) || !model.validity) continue;
      const { magnitude, distance, vs30, depth, source } = model.validity;
      files.add(model.validity);
      assert.ok(source.length > 10, name);
      assert.ok(magnitude, `${name}: every declared range has magnitudes`);
      for (const range of [magnitude, distance?.range, vs30, depth?.range])
        if (range) assert.ok(range[0] < range[1], `${name} ${range[0]} to ${range[1]}`);
      if (distance)
        assert.ok(model.requires.distances.includes(distance.kind), `${name} does not use ${distance.kind}`);
    }
    assert.ok(new Set([...files].map((validity) => JSON.stringify(validity))).size >= 40, `${files.size} ranges`);
  });

  it('is told for each context by what lies outside, bounds included', () => {
    const batch = new ContextBatch(4, new Set(['mag', 'hypoDepth']), new Set(['rrup']));
    batch.mag.set([5, 8.1]);
    batch.hypoDepth.set([35, 40]);
    batch.rrup.set([10, 9.9, 200, 300]);
    batch.site.set([0, 1, 0, 1]);
    batch.commitRupture(2);
    batch.commitRupture(2);
    const vs30 = Float64Array.of(2000, 170);
    assert.deepEqual(
      [0, 1, 2, 3].map((i) => outsideOf(RANGE, batch, i < 2 ? 0 : 1, i, vs30)),
      [0, 2 | 4, 1 | 8, 1 | 2 | 4 | 8],
    );
    assert.equal(outsideOf(RANGE, batch, 0, 1, undefined), 2, 'what is not known counts as inside');
    assert.equal(outsideOf({ source: 'none' }, batch, 1, 3, vs30), 0);
  });

  it('reads as a sentence', () => {
    const text = 'magnitude 5 to 8, rrup 10 to 200 km, vs30 from 180 m/s, hypocentral depth 0 to 35 km';
    assert.equal(validityText(RANGE), text);
  });

  it('of a model that wraps others is that of what it wraps, by component', async () => {
    const ids = async (name: string, args: Parameters<typeof modelValidities>[0]['arguments']) =>
      (await modelValidities({ name, arguments: args })).map(({ id, validity }) => [id, validity?.magnitude]);
    assert.deepEqual(await ids('ESHM20ShallowCrustMidStressMidAtten', {}).catch(() => ids('KothaEtAl2020ESHM20', {})), [
      ['KothaEtAl2020ESHM20', [3.1, 7.4]],
    ]);
    const site = { gmpe: { CY14SiteTerm: { gmpe_name: 'BooreAtkinson2008' } } };
    assert.deepEqual(await ids('ModifiableGMPE', site), [['BooreAtkinson2008', [5, 8]]]);
    const average = {
      b1: { BooreAtkinson2008: { weight: 0.5 } },
      b2: { DowrickRhoades2005Asc: { weight: 0.5 } },
    };
    assert.deepEqual(await ids('AvgPoeGMPE', average), [
      ['BooreAtkinson2008', [5, 8]],
      ['DowrickRhoades2005Asc', undefined],
    ]);
  });
});
