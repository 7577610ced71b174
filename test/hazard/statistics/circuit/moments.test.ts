import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileChoices } from '../../../../hazard/statistics/circuit/compile-choices.js';
import { pathCount } from '../../../../hazard/statistics/circuit/circuit.js';
import { CircuitStatistics } from '../../../../hazard/statistics/circuit/circuit-statistics.js';
import type { Statistic } from '../../../../hazard/statistics/statistic.js';
import { enumerate, otherWeights, randomTree, SHAPES } from '../../logictree/random-trees.js';
import { assertClose } from '../../../tolerance.js';

const MOMENTS: readonly Statistic[] = [
  { name: 'mean', kind: 'mean' },
  { name: 'std', kind: 'std' },
  { name: 'max', kind: 'max' },
];
const YEARS = 50;

/** Sums of many terms, as exact as double precision allows. */
function exactSum(terms: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const term of terms) {
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}

function enumerated(numbers: Float64Array, weights: Float64Array, useRates: boolean): number[] {
  const values = numbers.map((number) => (useRates ? number : -Math.expm1(-number)));
  const mean = exactSum(values.map((value, r) => weights[r] * value)) / exactSum(weights);
  const variance = exactSum(values.map((value, r) => weights[r] * (value - mean) ** 2)) / exactSum(weights);
  return [mean, Math.sqrt(variance), Math.max(...values)].map((value) => (useRates ? -Math.expm1(-value) : value));
}

describe('moments of a logic tree without enumeration', () => {
  for (const shape of SHAPES) {
    it(`are those of all paths (${shape} trees)`, () => {
      // rtol of the mean and the largest value; the standard deviation may be a difference of nearly equal values
      const rtol = 1e-12;
      const stdRtol = 1e-9;
      const seeds = fc.record({ seed: fc.nat(), other: fc.boolean(), useRates: fc.boolean() });
      fc.assert(
        fc.property(seeds, ({ seed, other, useRates }) => {
          const tree = randomTree(shape, seed);
          const circuit = compileChoices(tree.choices, tree.rows);
          const own = tree.choices.map(({ weights }) => weights);
          const measures = [own, otherWeights(tree.choices, seed + 1)];
          const statistics = new CircuitStatistics(circuit, {
            weightsByMeasure: measures,
            investigationTime: YEARS,
            statistics: MOMENTS,
            useRates,
          });
          const measure = other ? 1 : 0;
          const out = new Float64Array(MOMENTS.length * tree.levels);
          statistics.evaluate(measure, tree.rates, 0, tree.levels, out, tree.levels);
          const { weights, numbers } = enumerate(tree, measures[measure], YEARS);
          assert.equal(pathCount(circuit), weights.length);
          for (let l = 0; l < tree.levels; l++) {
            const [mean, std, max] = enumerated(numbers[l], weights, useRates);
            const context = `seed ${seed} level ${l}`;
            assertClose(out[l], mean, { rtol }, `mean ${context}`);
            const gotStd = out[tree.levels + l];
            assertClose(gotStd, std, { rtol: stdRtol, atol: 1e-14 * mean }, `std ${context}`);
            const gotMax = out[2 * tree.levels + l];
            assertClose(gotMax, max, { rtol }, `max ${context}`);
          }
        }),
        { numRuns: 300, endOnFailure: true },
      );
    });
  }

  it('count a path with 100 occurrences at most when they are taken on rates', () => {
    const rtol = 1e-12;
    const stdRtol = 1e-9;
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...SHAPES), (seed, shape) => {
        const small = randomTree(shape, seed);
        const tree = { ...small, rates: small.rates.map((row) => row?.map((rate) => 300 * rate)) };
        const own = tree.choices.map(({ weights }) => weights);
        const statistics = new CircuitStatistics(compileChoices(tree.choices, tree.rows), {
          weightsByMeasure: [own],
          investigationTime: 1,
          statistics: MOMENTS,
          useRates: true,
        });
        const out = new Float64Array(MOMENTS.length * tree.levels);
        statistics.evaluate(0, tree.rates, 0, tree.levels, out, tree.levels);
        const { weights, numbers } = enumerate(tree, own, 1);
        for (let l = 0; l < tree.levels; l++) {
          const [mean, std, max] = enumerated(numbers[l], weights, true);
          assertClose(out[l], mean, { rtol }, `mean, seed ${seed}`);
          const gotStd = out[tree.levels + l];
          assertClose(gotStd, std, { rtol: stdRtol, atol: 1e-12 }, `std, seed ${seed}`);
          assertClose(out[2 * tree.levels + l], max, { rtol });
        }
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('are 0 for a measure of which a choice has no weight', () => {
    const circuit = compileChoices([{ weights: Float64Array.of(0.4, 0.6) }], [{ conditions: [new Map([[0, [1]]])] }]);
    const statistics = new CircuitStatistics(circuit, {
      weightsByMeasure: [[[0.4, 0.6]], [[0, 0]]],
      investigationTime: 1,
      statistics: MOMENTS,
      useRates: false,
    });
    const out = new Float64Array(6).fill(NaN);
    statistics.evaluate(0, [[0.1, 0.1]], 0, 1, out, 2);
    statistics.evaluate(1, [[0.1, 0.1]], 1, 2, out, 2);
    assert.ok(out[0] > 0 && out[2] > 0 && out[4] > 0);
    assert.deepEqual([out[1], out[3], out[5]], [0, 0, 0]);
  });

  it('are refused for conditions on branches that do not exist, and for circuits that grow too large', () => {
    const choices = Array.from({ length: 12 }, () => ({ weights: Float64Array.of(0.5, 0.5) }));
    assert.throws(() => compileChoices(choices, [{ conditions: [new Map([[0, [2]]])] }]), RangeError);
    assert.throws(() => compileChoices(choices, [{ conditions: [new Map([[12, [0]]])] }]), RangeError);
    const pairs = choices.flatMap((_, a) => choices.slice(a + 1).map((__, b) => ({ a, b: a + 1 + b })));
    const rows = pairs.map(({ a, b }) => ({ conditions: [new Map([[a, [0]], [b, [0]]])] })); // prettier-ignore
    assert.throws(() => compileChoices(choices, rows, 1000), /12 branch sets and 66 rows .* more than 1000 parts/);
  });
});
