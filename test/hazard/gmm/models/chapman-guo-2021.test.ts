import assert from 'node:assert/strict';
import { lnSpectralRatio, sedimentShare } from '../../../../hazard/gmm/models/chapman-guo-2021.js';
import { ContextBatch } from '../../../../hazard/contexts/context-batch.js';
import { parseImt } from '../../../../hazard/gmm/imt.js';
import { evaluate, modelOf, siteParameters } from '../contexts.js';
import { assertClose } from '../../../tolerance.js';

// OpenQuake engine 3.24-dev reference figures: ln of the ratio for magnitude 6 and three pairs of depth and distance
const DEPTHS = Float64Array.of(1.5, 2.5, 14.5);
const DISTANCES = [50, 100, 200];
const FIGURES: Readonly<Record<string, readonly number[]>> = {
  'SA(0.2)': [-0.34285433, -0.53569485, -1.75992894],
  'SA(1.0)': [0.42077671, 0.35287453, -0.25338147],
  'SA(2.0)': [0.75953187, 0.76129675, 0.69775816],
};

describe('the coastal-plain ratios of Chapman & Guo (2021)', () => {
  it('give the reference figures', () => {
    const batch = new ContextBatch(3, new Set(['mag']), new Set(['rrup']));
    for (const [k, distance] of DISTANCES.entries()) {
      batch.mag[k] = 6;
      batch.rrup[k] = distance;
      batch.site[k] = k;
      batch.commitRupture(1);
    }
    const out = new Float64Array(3);
    for (const [name, figures] of Object.entries(FIGURES)) {
      lnSpectralRatio(parseImt(name), DEPTHS, 'test')(batch, out);
      figures.forEach((figure, k) => assertClose(out[k], figure, { rtol: 1e-6 }, name));
    }
  });

  it('are not interpolated in period', () => {
    assert.throws(() => lnSpectralRatio(parseImt('SA(0.32)'), DEPTHS, 'model'), /model does not support SA\(0.32\)/);
  });

  it('count little on thin sediments', () => {
    assert.equal(sedimentShare(0), 0);
    assertClose(sedimentShare(2), (1 - Math.exp(-1)) ** 4, { rtol: 1e-14 });
  });

  it('leave the US model alone on rock, where its bias of 2023 adds one number for each period', async () => {
    // at these velocities SA(2.0) and its uncertainty do not depend on the rock motion: what drives the nonlinear response does not matter
    const sites = siteParameters({ vs30: [1000, 2500], z_sed: [0, 0] });
    const contexts = [
      { mag: 6, rrup: 50 },
      { mag: 6, rrup: 50 },
    ];
    const name = 'NGAEastUSGSSammons17';
    const plain = evaluate(await modelOf(name), ['SA(2.0)'], contexts, sites);
    const coastal = evaluate(
      await modelOf(name, { coastal_plains_site_amp: true, z_sed_scaling: true }),
      ['SA(2.0)'],
      contexts,
      sites,
    );
    const biased = evaluate(await modelOf(name, { usgs_2023_bias_adj: true }), ['SA(2.0)'], contexts, sites);
    for (const k of [0, 1]) assertClose(coastal.mean[0][k], plain.mean[0][k], { rtol: 1e-12 });
    assertClose(biased.mean[0][0] - plain.mean[0][0], 0.14, { rtol: 1e-9 });
    assertClose(biased.mean[0][1] - plain.mean[0][1], 0.14 - 0.173 * Math.LN2, { rtol: 1e-9 });
  });
});
