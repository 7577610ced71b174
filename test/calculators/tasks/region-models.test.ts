import assert from 'node:assert/strict';
import { RegionModels } from '../../../calculators/tasks/region-models.js';
import { ContextBatch, DISTANCE_KINDS } from '../../../hazard/contexts/context-batch.js';
import { RUPTURE_PARAMETERS } from '../../../hazard/contexts/rupture-parameters.js';
import { parseImt } from '../../../hazard/gmm/imt.js';
import type { Arguments, GroundMotion } from '../../../hazard/gmm/model.js';
import { createModel } from '../../../hazard/gmm/registry.js';
import { sitePoints } from '../../../hazard/site/site-points.js';

const NO_FILES = {
  hdf5: () => Promise.reject(new Error('no files')),
  text: () => Promise.reject(new Error('no files')),
};
const FAMILIES: Readonly<Record<string, readonly Arguments[]>> = {
  AbrahamsonEtAl2014: [{ sigma_mu_epsilon: 1 }, {}, { sigma_mu_epsilon: -1 }, { region: 'JPN', sigma_mu_epsilon: 1 }],
  BooreEtAl2014: [{ sigma_mu_epsilon: 1 }, {}],
  Atkinson2022Crust: [{ epistemic: 'Upper' }, { epistemic: 'Central' }, { epistemic: 'Lower', modified_sigma: true }],
  NZNSHM2022_KuehnEtAl2020SSlab: [{ sigma_mu_epsilon: 1 }, { sigma_mu_epsilon: -1 }],
  NZNSHM2022_ParkerEtAl2020SSlab: [{ sigma_mu_epsilon: 1 }, {}],
  AbrahamsonGulerce2020SInter: [{}, { sigma_mu_epsilon: 1 }],
  SadighEtAl1997: [{}],
};
const IMTS = ['PGA', 'SA(0.2)', 'SA(1.0)'].map(parseImt);
const COLUMN = Float64Array.of(400, 760);
const numeric = {
  vs30: COLUMN,
  vs30measured: Float64Array.of(0, 1),
  z1pt0: COLUMN,
  z2pt5: Float64Array.of(1, 2),
  backarc: Float64Array.of(0, 1),
};
const SITES = {
  points: sitePoints(Float64Array.of(10, 11), Float64Array.of(45, 45), new Float64Array(2)),
  parameters: { size: 2, numeric, text: {} },
};

function fill(batch: ContextBatch, magnitude: number, count: number): void {
  batch.reset();
  for (let r = 0; r < count; r++) {
    for (const name of RUPTURE_PARAMETERS) batch[name][r] = 40;
    batch.mag[r] = magnitude + r / 10;
    for (const kind of DISTANCE_KINDS) batch[kind].fill(20 + 30 * r, batch.size, batch.size + 2);
    batch.site.set([0, 1], batch.size);
    batch.commitRupture(2);
  }
}

describe('the models of a region', () => {
  it('are what each of them is alone, whichever share their base and in whatever order they are asked for', async () => {
    const specifications = Object.entries(FAMILIES).flatMap(([name, list]) => list.map((args) => ({ name, args })));
    const models = await Promise.all(
      specifications.map(({ name, args }) => createModel({ name, arguments: args }, NO_FILES)),
    );
    const batch = new ContextBatch(20, new Set(RUPTURE_PARAMETERS), new Set(DISTANCE_KINDS));
    const region = new RegionModels(models, IMTS, SITES, 20);
    const alone = models.map((model) => model.prepare(IMTS, SITES.parameters, 20));
    const rows = () => IMTS.map(() => new Float64Array(20));
    for (const [magnitude, count] of [
      [5.5, 8],
      [6.5, 8],
      [6, 3],
    ]) {
      fill(batch, magnitude, count);
      for (let k = models.length - 1; k >= 0; k--) {
        const expected: GroundMotion = { mean: rows(), total: rows(), inter: rows(), intra: rows() };
        alone[k](batch, expected);
        const [{ weight, motion }] = region.evaluate(k, batch);
        assert.equal(weight, 1);
        for (const kind of ['mean', 'total', 'inter', 'intra'] as const)
          expected[kind].forEach((row, m) =>
            assert.deepEqual(motion[kind][m].slice(0, batch.size), row.slice(0, batch.size), specifications[k].name),
          );
      }
    }
  });
});
