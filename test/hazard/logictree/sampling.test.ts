import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MersenneTwister } from '../../../hazard/logictree/mersenne-twister.js';
import { pickBranch, randomArray } from '../../../hazard/logictree/sampling.js';
import { assertAllClose } from '../../tolerance.js';

describe('random numbers of sampled logic trees', () => {
  it('are the published stream of MT19937', () => {
    // seed 5489 is the default of the authors' program: its 10,000th word is in the C++ standard, 29.6.3.2
    const generator = new MersenneTwister(5489);
    let word = 0;
    for (let i = 0; i < 10000; i++) word = generator.nextUint32();
    assert.equal(word, 4123659995);
  });

  it('begin as in numpy for the same seed', () => {
    // numpy.random.seed(42); numpy.random.random(3)
    const generator = new MersenneTwister(42);
    const doubles = [1, 2, 3].map(() => generator.nextDouble());
    assert.deepEqual(doubles, [0.3745401188473625, 0.9507143064099162, 0.7319939418114051]);
  });

  it('fill arrays row by row', () => {
    const generator = new MersenneTwister(7);
    const expected = Float64Array.from({ length: 6 }, () => generator.nextDouble());
    assert.deepEqual(randomArray(2, 3, 7, 'early_weights'), expected);
  });

  it('fall once into each of n equal intervals of a column by the latin methods', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (samples, seed) => {
        const values = randomArray(samples, 2, seed, 'late_latin');
        for (const column of [0, 1]) {
          const cells = Array.from({ length: samples }, (_, row) => Math.floor(values[2 * row + column] * samples));
          assert.deepEqual(
            cells.sort((a, b) => a - b),
            cells.map((_, i) => i),
          );
        }
      }),
    );
  });

  it('are spread by the latin methods as numpy spreads them', () => {
    // numpy: seed(42), x = random((4, 2)), (argsort(x, axis 0) + x) / 4, as the OpenQuake engine 3.24 spreads them
    const expected = [
      0.8436350297118407, 0.737678576602479, 0.6829984854528512, 0.39966462104925915, 0.03900466011060913,
      0.7889986300840507, 0.2645209030420499, 0.2165440364437338,
    ];
    assertAllClose(randomArray(4, 2, 42, 'late_latin'), expected, { rtol: 1e-15 });
    assertAllClose(randomArray(4, 2, 42, 'early_latin'), expected, { rtol: 1e-15 });
  });

  it('pick branches by cumulative weight, or by equal chances when the weights count later', () => {
    const weights = [0.2, 0.5, 0.3];
    const picks = (method: 'early_weights' | 'late_weights'): number[] =>
      [0, 0.2, 0.21, 0.5, 0.7, 0.71, 0.999].map((random) => pickBranch(weights, random, method));
    assert.deepEqual(picks('early_weights'), [0, 0, 1, 1, 1, 2, 2]);
    assert.deepEqual(picks('late_weights'), [0, 0, 0, 1, 2, 2, 2]);
  });
});
