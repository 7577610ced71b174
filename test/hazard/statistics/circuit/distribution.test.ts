import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileChoices } from '../../../../hazard/statistics/circuit/compile-choices.js';
import { CircuitStatistics } from '../../../../hazard/statistics/circuit/circuit-statistics.js';
import { AtomSums } from '../../../../hazard/statistics/distributions/atom-sums.js';
import { type Atoms, sortedAtoms } from '../../../../hazard/statistics/distributions/atoms.js';
import { SumDistribution } from '../../../../hazard/statistics/distributions/sum-quantile.js';
import type { Statistic } from '../../../../hazard/statistics/statistic.js';
import { enumerate, numbersFrom, randomTree, SHAPES } from '../../logictree/random-trees.js';

const QUANTILES = [0, 0.05, 0.16, 0.5, 0.84, 0.975, 1];
const STATISTICS: readonly Statistic[] = QUANTILES.map((q) => ({ name: `quantile-${q}`, kind: 'quantile', q }));
const YEARS = 50;

/** Probabilities that a value is below and at most `number`, within a width of 1e-9. */
function around(numbers: Float64Array, weights: Float64Array, number: number): [number, number] {
  let below = 0;
  let upTo = 0;
  for (let r = 0; r < numbers.length; r++) {
    if (numbers[r] < number * (1 - 1e-9)) below += weights[r];
    if (numbers[r] <= number * (1 + 1e-9)) upTo += weights[r];
  }
  return [below, upTo];
}

/** Probabilities that spread over decades, in clusters and with ties, as rates of branches do. */
function randomAtoms(draw: () => number, count: number): Atoms {
  const kind = Math.floor(4 * draw());
  const values = Float64Array.from({ length: count }, () => {
    if (kind === 0) return 10 ** (-4 * draw());
    if (kind === 1) return Math.floor(5 * draw());
    if (kind === 2) return Math.ceil(3 * draw()) * (1 + 1e-7 * draw());
    return draw() < 0.3 ? 0 : draw();
  });
  const weights = Float64Array.from({ length: count }, () => draw() ** 3);
  const sum = weights.reduce((before, weight) => before + weight, 0);
  return sortedAtoms(
    values,
    weights.map((weight) => weight / sum),
  );
}

const ZERO: Atoms = { values: Float64Array.of(0), weights: Float64Array.of(1), error: 0 };

/** Every sum of one atom of each term, with its probability. */
function allSums(terms: readonly Atoms[]): [number[], number[]] {
  let values = [0];
  let weights = [1];
  for (const term of terms) {
    const added = Array.from(term.values);
    const factors = Array.from(term.weights);
    values = values.flatMap((value) => added.map((more) => value + more));
    weights = weights.flatMap((weight) => factors.map((factor) => weight * factor));
  }
  return [values, weights];
}

describe('quantiles of trees that are not enumerated', () => {
  for (const shape of SHAPES) {
    it(`are those of all paths within the bound (${shape} trees)`, () => {
      fc.assert(
        fc.property(fc.nat(), fc.constantFrom(0.3, 0.02, 1e-3), (seed, quantileError) => {
          const tree = randomTree(shape, seed);
          const own = tree.choices.map(({ weights }) => weights);
          const statistics = new CircuitStatistics(compileChoices(tree.choices, tree.rows), {
            weightsByMeasure: [own],
            investigationTime: YEARS,
            statistics: STATISTICS,
            useRates: false,
            exactLimit: 0,
            quantileError,
          });
          const out = new Float64Array(STATISTICS.length * tree.levels);
          statistics.evaluate(0, tree.rates, 0, tree.levels, out, tree.levels);
          const bound = statistics.quantileBound;
          assert.ok(bound <= quantileError, `bound ${bound} above ${quantileError}`);
          const { weights, numbers } = enumerate(tree, own, YEARS);
          for (let l = 0; l < tree.levels; l++) {
            QUANTILES.forEach((q, k) => {
              const got = -Math.log1p(-out[k * tree.levels + l]);
              const [below, upTo] = around(numbers[l], weights, got);
              const message = `seed ${seed} level ${l} quantile ${q}: ${below} to ${upTo}, bound ${bound}`;
              assert.ok(below - bound - 1e-9 <= q && q <= upTo + bound + 1e-9, message);
            });
          }
        }),
        { numRuns: 150, endOnFailure: true },
      );
    });
  }
});

describe('sums of discrete distributions', () => {
  const check = (seed: number, sizes: readonly number[], cells: number): void => {
    const draw = numbersFrom(seed);
    const terms = sizes.map((size) => randomAtoms(draw, size));
    const sums = new AtomSums();
    const sum = terms.reduce((before, term) => sums.sum(before, term, 1 / cells));
    const [values, weights] = allSums(terms);
    const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
    // half of a group of neighbours, and a cell of atoms that are not told apart
    const most = ((sizes.length - 1) * 1.5) / cells;
    assert.ok(sum.error <= most + 1e-12, `seed ${seed}: error ${sum.error} of ${cells} cells`);
    const got = new SumDistribution([{ weight: 1, a: sum, b: ZERO }], 0);
    let exact = 0;
    order.forEach((k, place) => {
      exact += weights[k];
      const next = values[order[place + 1]] ?? Infinity;
      // sums of several terms that only the order of additions tells apart are one value
      if (next - values[k] <= 1e-12 * next || (order.length > 5000 && place % 17 > 0)) return;
      const between = Number.isFinite(next) ? (values[k] + next) / 2 : 2 * values[k] + 1;
      const error = Math.abs(got.at(between) - exact);
      assert.ok(error <= sum.error + 1e-9, `seed ${seed} at ${between}: ${error} beyond ${sum.error}`);
    });
  };

  it('have a distribution function within their error, whatever clusters and ties there are', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 3 });
    fc.assert(fc.property(fc.nat(), sizes, fc.integer({ min: 4, max: 200 }), check), {
      numRuns: 100,
      endOnFailure: true,
    });
  });

  it('have it also when they are too many to be sorted one by one', () => {
    const sizes = fc.tuple(fc.integer({ min: 130, max: 200 }), fc.integer({ min: 130, max: 200 }));
    fc.assert(fc.property(fc.nat(), sizes, fc.integer({ min: 20, max: 800 }), check), {
      numRuns: 40,
      endOnFailure: true,
    });
  });
});
