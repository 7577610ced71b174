import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortTogether, weightedMean, weightedStd, WeightedQuantiles } from '../../../hazard/statistics/weighted.js';
import { assertClose } from '../../tolerance.js';

const ATOL = 1e-9;

/** OpenQuake engine 3.24-dev reference figures. */
const SAMPLES = [
  { values: [0.15, 0.25, 0.3, 0.4, 0.5], weights: [0.2, 0.2, 0.2, 0.2, 0.2], mean: 0.32, std: 0.1208304597, at: { 0: 0.15, 0.5: 0.275, 0.84: 0.42, 0.95: 0.475, 1: 0.5 } },
  { values: [0.5, 0.1, 0.3, 0.2], weights: [0.1, 0.4, 0.2, 0.3], mean: 0.21, std: 0.1220655562, at: { 0.16: 0.1, 0.5: 0.1333333333, 0.84: 0.27, 0.95: 0.4 } },
  { values: [0.1, 0.4], weights: [0.9, 0.1], mean: 0.13, std: 0.09, at: { 0.84: 0.1, 0.95: 0.25, 1: 0.4 } },
  { values: [0.2, 0.1, 0.2], weights: [0, 0.5, 0.5], mean: 0.15, std: 0.05, at: { 0.16: 0.1, 0.5: 0.2, 0.95: 0.2 } },
]; // prettier-ignore

describe('weighted statistics over realizations', () => {
  it('give the reference values of mean, standard deviation and quantiles', () => {
    for (const { values, weights, mean, std, at } of SAMPLES) {
      const x = Float64Array.from(values);
      const w = Float64Array.from(weights);
      assertClose(weightedMean(x, w), mean, { atol: ATOL });
      assertClose(weightedStd(x, w), std, { atol: ATOL });
      const quantiles = new WeightedQuantiles(x.length);
      quantiles.load(x, w);
      for (const [q, expected] of Object.entries(at)) {
        assertClose(quantiles.at(Number(q)), expected, { atol: ATOL }, `${values.join(' ')} at ${q}`);
      }
    }
  });

  it('are zero when all weights are zero', () => {
    assert.equal(weightedMean(Float64Array.of(1, 2), new Float64Array(2)), 0);
    assert.equal(weightedStd(Float64Array.of(1, 2), new Float64Array(2)), 0);
  });

  it('divide by the sum of the weights, whatever it is', () => {
    const values = [0.5, 0.1, 0.3, 0.2];
    const weights = [0.1, 0.4, 0.2, 0.3];
    const loaded = (factor: number): WeightedQuantiles => {
      const quantiles = new WeightedQuantiles(4);
      const scaled = Float64Array.from(weights, (w) => factor * w);
      quantiles.load(Float64Array.from(values), scaled);
      return quantiles;
    };
    for (const factor of [0.25, 4]) {
      const w = Float64Array.from(weights, (weight) => factor * weight);
      assertClose(weightedMean(Float64Array.from(values), w), 0.21, { atol: ATOL });
      assertClose(weightedStd(Float64Array.from(values), w), 0.1220655562, { atol: ATOL });
      for (const q of [0.05, 0.16, 0.5, 0.84, 0.95, 1])
        assertClose(loaded(factor).at(q), loaded(1).at(q), { atol: ATOL });
    }
  });

  it('interpolate quantiles between cumulated weights, and are constant beyond them', () => {
    const quantiles = new WeightedQuantiles(4);
    quantiles.load(Float64Array.of(1, 2, 4, 8), Float64Array.of(0.25, 0.25, 0.25, 0.25));
    const at = [0, 0.2, 0.25, 0.375, 0.5, 0.75, 0.875, 0.99, 1].map((q) => quantiles.at(q));
    assert.deepEqual(
      at,
      [1, 1, 1, 1.5, 2, 4, 6, 8 - 4 * 0.04, 8].map((value) => value),
    );
    // a value of no weight is reached at once
    const step = new WeightedQuantiles(3);
    step.load(Float64Array.of(1, 2, 3), Float64Array.of(0.5, 0, 0.5));
    assert.deepEqual([step.at(0.25), step.at(0.5), step.at(0.75)], [1, 2, 2.5]);
    const nothing = new WeightedQuantiles(2);
    nothing.load(Float64Array.of(3, 5), new Float64Array(2));
    assert.equal(nothing.at(0.5), 5);
  });

  it('sort values and weights together, by value and then by weight', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 200, size: 'max' }), (pairs) => {
        const values = Float64Array.from(pairs, ([value]) => value);
        const weights = Float64Array.from(pairs, ([, weight]) => weight);
        sortTogether(values, weights);
        const sorted = [...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        assert.deepEqual(
          [...values],
          sorted.map(([value]) => value),
        );
        assert.deepEqual(
          [...weights],
          sorted.map(([, weight]) => weight),
        );
      }),
    );
  });
});
