import assert from 'node:assert/strict';
import type { GroundMotionModel } from '../../../hazard/gmm/model.js';
import { scenarioContexts } from '../../../web/models/scenario.js';
import { trellis } from '../../../web/models/trellis.js';
import { assertClose } from '../../tolerance.js';

const SCENARIO = { magnitude: 6.5, distance: 30, vs30: 760, rake: 90, dip: 60, ztor: 4 };
const DOUBLE = { rtol: 1e-12 };

describe('one earthquake and one site', () => {
  const model = {
    requires: {
      rupture: ['mag', 'rake', 'dip', 'ztor', 'zbot', 'width', 'hypoDepth'],
      distances: ['rjb', 'rrup', 'rx', 'repi', 'rhypo', 'ry0'],
      site: ['vs30', 'vs30measured', 'z1pt0', 'siteclass'],
    },
  } as unknown as GroundMotionModel;

  it('are those of a site on the foot wall beside the middle of the top edge', () => {
    const { batch, sites } = scenarioContexts([SCENARIO, { ...SCENARIO, dip: 90, ztor: 20 }], model);
    // down to 15 km, or 5 km below a deeper top: 11 km and 5 km, the first at 60 degrees
    assert.deepEqual([...batch.zbot.subarray(0, 2)], [15, 25]);
    assertClose(batch.width[0], 11 / (Math.sqrt(3) / 2), DOUBLE);
    assertClose(batch.width[1], 5, DOUBLE);
    assert.deepEqual([...batch.hypoDepth.subarray(0, 2)], [9.5, 22.5]);
    assert.deepEqual([...batch.rjb.subarray(0, 2)], [30, 30]);
    assertClose(batch.rrup[0], Math.sqrt(30 * 30 + 4 * 4), DOUBLE);
    assertClose(batch.rhypo[1], Math.sqrt(30 * 30 + 22.5 * 22.5), DOUBLE);
    // negative on the foot wall; a vertical rupture has none
    assert.deepEqual([...batch.rx.subarray(0, 2)], [-30, 30]);
    assert.deepEqual([...batch.ry0.subarray(0, 2)], [0, 0]);
    assert.deepEqual([sites.numeric.vs30[1], sites.numeric.vs30measured[0], sites.text.siteclass[0]], [760, 1, 'B']);
  });

  it('are refused where a model needs what a scenario does not have', () =>
    assert.throws(
      () => scenarioContexts([SCENARIO], { requires: { ...model.requires, site: ['ampfactor'] } } as never),
      /needs the site parameter 'ampfactor'/,
    ));
});

describe('plots of models', () => {
  it('show intensities as they are, and ground motion in its unit', async () => {
    const resources = {} as Parameters<typeof trellis>[1];
    const { panels } = await trellis({ ...SCENARIO, models: ['AllenEtAl2012'], imt: 'MMI' }, resources);
    const intensities = panels[0].series[0].median;
    // near the fault damage, at 300 km next to nothing: never exp(7)
    assert.ok(intensities[0]! > 6 && intensities[0]! < 10, String(intensities[0]));
    assert.ok(intensities.at(-1)! > 0.5 && intensities.at(-1)! < 5, String(intensities.at(-1)));
    const motion = await trellis({ ...SCENARIO, models: ['SadighEtAl1997'], imt: 'PGA' }, resources);
    assert.ok(motion.panels[0].series[0].median.every((value) => value! > 0 && value! < 2));
  });
});
