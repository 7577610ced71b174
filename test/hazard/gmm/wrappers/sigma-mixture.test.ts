import assert from 'node:assert/strict';
import { createModel } from '../../../../hazard/gmm/registry.js';

const RESOURCES = {
  hdf5: () => Promise.reject(new RangeError('no tables here')),
  text: () => Promise.reject(new RangeError('no tables here')),
};
const mixture = (factors: number[], weights: number[]) => ({
  name: 'BooreAtkinson2008',
  arguments: { mixture_model: { factors, weights } },
});

describe('mixture of standard deviations', () => {
  it('gives a model components of the same mean and scaled sigma', async () => {
    const model = await createModel(mixture([0.8, 1.2], [0.5, 0.5]), RESOURCES);
    assert.deepEqual(
      model.components?.map(({ weight }) => weight),
      [0.5, 0.5],
    );
  });

  it('is refused when the weights do not add up to 1 or the lists differ in length', async () => {
    await assert.rejects(createModel(mixture([0.8, 1.2], [0.5, 0.4]), RESOURCES), /add up to 0.9/);
    await assert.rejects(createModel(mixture([0.8], [0.5, 0.5]), RESOURCES), /equally long/);
  });
});
