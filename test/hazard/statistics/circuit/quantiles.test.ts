import fc from 'fast-check';
import { compileChoices } from '../../../../hazard/statistics/circuit/compile-choices.js';
import { CircuitStatistics } from '../../../../hazard/statistics/circuit/circuit-statistics.js';
import { WeightedQuantiles } from '../../../../hazard/statistics/weighted.js';
import { WeightedSelection } from '../../../../hazard/statistics/weighted-selection.js';
import type { Statistic } from '../../../../hazard/statistics/statistic.js';
import { enumerate, numbersFrom, otherWeights, randomTree, SHAPES } from '../../logictree/random-trees.js';
import { assertClose } from '../../../tolerance.js';

const QUANTILES = [0, 0.05, 0.16, 0.5, 0.84, 0.975, 1];
const STATISTICS: readonly Statistic[] = QUANTILES.map((q) => ({ name: `quantile-${q}`, kind: 'quantile', q }));
const YEARS = 50;

/** OpenQuake engine 3.24-dev reference figures: quantiles of probabilities with weights. */
const REFERENCE = [
  { values: [0.15, 0.25, 0.3, 0.4, 0.5], weights: [0.2, 0.2, 0.2, 0.2, 0.2], mean: 0.32, std: 0.1208304597, max: 0.5, at: { 0.16: 0.15, 0.5: 0.275, 0.84: 0.42, 0.95: 0.475, 1: 0.5 } },
  { values: [0.2, 0.2, 0.2, 0.7], weights: [0.25, 0.25, 0.25, 0.25], mean: 0.325, std: 0.2165063509, max: 0.7, at: { 0: 0.2, 0.5: 0.2, 0.84: 0.38, 0.95: 0.6, 1: 0.7 } },
  { values: [0.222, 0.8707, 0.2067, 0.9186, 0.4884, 0.6117, 0.7659, 0.5184], weights: [0.05, 0.15, 0.2, 0.1, 0.1, 0.2, 0.15, 0.05], mean: 0.58689, std: 0.254530664, max: 0.9186, at: { 0.16: 0.2067, 0.5: 0.56505, 0.84: 0.82878, 0.95: 0.89465 } },
  { values: [0.2, 0.1, 0.2], weights: [0, 0.5, 0.5], mean: 0.15, std: 0.05, max: 0.2, at: { 0: 0.1, 0.16: 0.1, 0.5: 0.2, 0.95: 0.2 } },
]; // prettier-ignore

describe('quantiles over the paths of a logic tree', () => {
  it('and moments agree with reference figures', () => {
    const atol = 1e-9;
    for (const { values, weights, mean, std, max, at } of REFERENCE) {
      const quantiles = Object.keys(at).map(Number);
      const circuit = compileChoices(
        [{ weights: Float64Array.from(weights) }],
        values.map((_, branch) => ({ conditions: [new Map([[0, [branch]]])] })),
      );
      const statistics = new CircuitStatistics(circuit, {
        weightsByMeasure: [[weights]],
        investigationTime: 1,
        statistics: [
          { name: 'mean', kind: 'mean' },
          { name: 'std', kind: 'std' },
          { name: 'max', kind: 'max' },
          ...quantiles.map((q): Statistic => ({ name: `quantile-${q}`, kind: 'quantile', q })),
        ],
        useRates: false,
      });
      const out = new Float64Array(3 + quantiles.length);
      const rates = values.map((value) => [-Math.log1p(-value)]);
      statistics.evaluate(0, rates, 0, 1, out, 1);
      [mean, std, max, ...Object.values(at)].forEach((expected, k) =>
        assertClose(out[k], expected, { atol }, `${values.join(' ')}`),
      );
    }
  });

  it('go by the share of each weight in their sum, be it 1 or not', () => {
    const circuit = compileChoices(
      [{ weights: Float64Array.of(0.5, 0.5) }],
      [{ conditions: [new Map([[0, [0]]])] }, { conditions: [new Map([[0, [1]]])] }],
    );
    for (const scale of [0.5, 1, 3]) {
      const statistics = new CircuitStatistics(circuit, {
        weightsByMeasure: [[[0.4 * scale, 0.6 * scale]]],
        investigationTime: 1,
        statistics: [{ name: 'mean', kind: 'mean' }],
        useRates: true,
      });
      const out = new Float64Array(1);
      statistics.evaluate(0, [[0.1], [0.2]], 0, 1, out, 1);
      assertClose(out[0], -Math.expm1(-(0.4 * 0.1 + 0.6 * 0.2)), { rtol: 1e-12 }, `weights of sum ${scale}`);
    }
  });

  for (const shape of SHAPES) {
    it(`are those of all paths by definition (${shape} trees)`, () => {
      const rtol = 1e-9;
      const seeds = fc.record({ seed: fc.nat(), other: fc.boolean(), useRates: fc.boolean() });
      fc.assert(
        fc.property(seeds, ({ seed, other, useRates }) => {
          const tree = randomTree(shape, seed);
          const own = other ? otherWeights(tree.choices, seed + 1) : tree.choices.map(({ weights }) => weights);
          const statistics = new CircuitStatistics(compileChoices(tree.choices, tree.rows), {
            weightsByMeasure: [own],
            investigationTime: YEARS,
            statistics: STATISTICS,
            useRates,
          });
          const out = new Float64Array(STATISTICS.length * tree.levels);
          statistics.evaluate(0, tree.rates, 0, tree.levels, out, tree.levels);
          const { weights, numbers } = enumerate(tree, own, YEARS);
          const reference = new WeightedQuantiles(weights.length);
          for (let l = 0; l < tree.levels; l++) {
            const values = numbers[l].map((number) => (useRates ? number : -Math.expm1(-number)));
            reference.load(tied(values), weights.slice());
            QUANTILES.forEach((q, k) => {
              const value = reference.at(q);
              const expected = useRates ? -Math.expm1(-value) : value;
              const got = out[k * tree.levels + l];
              assertClose(got, expected, { rtol, atol: 1e-9 * rtol }, `seed ${seed} level ${l} quantile ${q}`);
            });
          }
        }),
        { numRuns: 300, endOnFailure: true },
      );
    });
  }
});

describe('selection among weighted points', () => {
  it('gives the quantiles of the sorted points, also in clusters and ties', () => {
    const rtol = 1e-9;
    const cases = fc.record({ seed: fc.nat(), count: fc.integer({ min: 1, max: 3000 }), kind: fc.nat(3) });
    fc.assert(
      fc.property(cases, ({ seed, count, kind }) => {
        const draw = numbersFrom(seed);
        const values = Float64Array.from({ length: count }, () => {
          if (kind === 0) return 10 ** (-8 * draw());
          if (kind === 1) return Math.floor(4 * draw()) / 4;
          if (kind === 2) return 1 + Math.floor(3 * draw()) + 1e-6 * draw();
          return draw() < 0.5 ? 0 : 1e-10 * draw();
        });
        const weights = Float64Array.from({ length: count }, () => (draw() < 0.1 ? 0 : draw()));
        const selection = new WeightedSelection();
        selection.load(values, weights, weights, count);
        const reference = new WeightedQuantiles(count);
        reference.load(values.slice(), weights.slice());
        for (const q of QUANTILES) {
          selection.find(q);
          const got = selection.lower + selection.fraction * (selection.upper - selection.lower);
          const expected = reference.at(q);
          assertClose(got, expected, { rtol }, `seed ${seed} quantile ${q}`);
        }
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });
});

/** Values that only the order of additions tells apart are made equal: the definition looks at equal values together. */
function tied(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return values.map((value) => {
    let low = 0;
    let high = sorted.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value * (1 - 1e-13)) low = middle + 1;
      else high = middle;
    }
    return sorted[low];
  });
}
