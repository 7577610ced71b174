import assert from 'node:assert/strict';
import type { Hdf5Tables } from '../../../../hazard/gmm/model.js';
import { evaluate, modelOf, siteParameters } from '../contexts.js';
import { Refusal } from '../../../../hazard/refusal.js';
import { assertClose } from '../../../tolerance.js';

const RTOL = 1e-12;
const SITES = siteParameters({ vs30: [760] });

/** Two magnitudes, three distances, two periods; medians and standard deviations are powers of ten. */
function table(changes: Partial<Hdf5Tables['datasets']> = {}, metric: unknown = 'rrup'): Hdf5Tables {
  const numbers = (shape: number[], values: number[]) => ({ shape, values: Float64Array.from(values) });
  const plane = [1e-1, 1, 1e-2, 1e-1, 1e-3, 1e-2];
  const spectral = [1e-1, 1, 1e-2, 1e-1, 1e-2, 1e-1, 1e-3, 1e-2, 1e-3, 1e-2, 1e-4, 1e-3];
  const datasets: Record<string, Hdf5Tables['datasets'][string]> = {
    '/Mw': numbers([2], [5, 6]),
    '/Distances': numbers([3, 1, 2], [1, 1, 10, 10, 100, 100]),
    '/IMLs/T': numbers([2], [0.1, 1]),
    '/IMLs/PGA': numbers([3, 1, 2], plane),
    '/IMLs/SA': numbers([3, 2, 2], spectral),
    '/Total/PGA': numbers([3, 1, 2], [0.5, 0.5, 0.6, 0.6, 0.7, 0.7]),
    '/Total/SA': numbers([3, 2, 2], new Array<number>(12).fill(0.5)),
  };
  for (const [path, dataset] of Object.entries(changes)) {
    if (dataset) datasets[path] = dataset;
    else delete datasets[path];
  }
  return { datasets, attributes: { '/Distances': { metric } } };
}

const modelWith = (contents: Hdf5Tables) =>
  modelOf(
    'GMPETable',
    { gmpe_table: 'table.hdf5' },
    { hdf5: () => Promise.resolve(contents), text: () => Promise.reject(new RangeError('no text')) },
  );

describe('a ground-motion model given as a table', () => {
  it('interpolates log10 of the median in magnitude and log10 of the period, and the median in distance', async () => {
    const model = await modelWith(table());
    assert.deepEqual(model.requires.distances, ['rrup']);
    const contexts = [
      { mag: 5.5, rrup: 10 },
      { mag: 5, rrup: 55 },
      { mag: 5, rrup: 0.2 },
      { mag: 8, rrup: 100 },
    ];
    const { mean, total, inter } = evaluate(model, ['PGA', 'SA(0.1)', 'SA(0.31622776601683794)'], contexts, SITES);
    assertClose(Math.exp(mean[0][0]), 10 ** -1.5, { rtol: RTOL });
    assertClose(Math.exp(mean[0][1]), (1e-2 + 1e-3) / 2, { rtol: RTOL });
    assertClose(Math.exp(mean[0][2]), 1e-1, { rtol: RTOL });
    assertClose(Math.exp(mean[0][3]), 1e-2, { rtol: RTOL });
    assertClose(Math.exp(mean[1][0]), 10 ** -1.5, { rtol: RTOL });
    assertClose(Math.exp(mean[2][0]), 1e-2, { rtol: RTOL });
    assertClose(total[0][1], 0.65, { rtol: RTOL });
    assertClose(total[0][3], 0.7, { rtol: RTOL });
    assert.equal(inter[0][0], 0);
  });

  it('gives nothing beyond the last distance but keeps its standard deviation', async () => {
    const { mean, total } = evaluate(await modelWith(table()), ['PGA'], [{ mag: 5.5, rrup: 200 }], SITES);
    assertClose(Math.exp(mean[0][0]), 1e-20, { rtol: RTOL });
    assertClose(total[0][0], 0.7, { rtol: RTOL });
  });

  it('takes standard deviations of 0', async () => {
    const zero = { shape: [3, 1, 2], values: new Float64Array(6) };
    const { total } = evaluate(
      await modelWith(table({ '/Total/PGA': zero })),
      ['PGA'],
      [{ mag: 5.5, rrup: 20 }],
      SITES,
    );
    assert.equal(total[0][0], 0);
  });

  it('refuses measures, periods and magnitudes that the table does not cover', async () => {
    const model = await modelWith(table());
    const at = (measure: string, mag = 5) => evaluate(model, [measure], [{ mag, rrup: 10 }], SITES);
    assert.throws(() => at('PGV'), /GMPETable does not support PGV: table.hdf5 has PGA, SA\(0.1 to 1 s\)/);
    assert.throws(() => at('SA(2.0)'), Refusal);
    assert.throws(() => at('PGA', 4.9), /magnitude 4.9 lies below the table table.hdf5, which starts at 5/);
  });

  it('names what is missing or wrong in the file', async () => {
    await assert.rejects(modelWith(table({ '/Mw': undefined })), /table.hdf5 has no dataset \/Mw/);
    await assert.rejects(modelWith(table({}, 'far')), /metric of Distances is 'far', must be one of rrup/);
    await assert.rejects(modelWith(table({ '/Mw': { shape: [1], values: ['5'] } })), /\/Mw must be numbers/);
    const withoutSigma = await modelWith(table({ '/Total/SA': undefined }));
    assert.throws(
      () => evaluate(withoutSigma, ['PGA'], [{ mag: 5, rrup: 10 }], SITES),
      /has no standard deviations \(group Total\)/,
    );
  });

  it('serves the models with tables of their own under a name that is not among these', async () => {
    const contents = table({ '/IMLs/PGA': undefined });
    const resources = { hdf5: () => Promise.resolve(contents), text: () => Promise.reject(new RangeError('no text')) };
    for (const name of ['NGAEastGMPE', 'NGAEastUSGSGMPE']) {
      const model = await modelOf(name, { gmpe_table: 'mine.hdf5' }, resources);
      assert.throws(
        () => evaluate(model, ['SA(0.2)'], [{ mag: 5, rrup: 10 }], siteParameters({ vs30: [3000] })),
        /does not support SA\(0.01\): mine.hdf5 has SA\(0.1 to 1 s\)/,
      );
    }
  });
});

describe('models with published tables', () => {
  it('that do not come with the program name the file that is missing', async () => {
    await assert.rejects(modelOf('NGAEastGMPE', { gmpe_table: 'NGAEast_NOBODY.hdf5' }), /no file NGAEast_NOBODY.hdf5/);
  });
});
