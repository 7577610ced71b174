import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RateRows } from '../../../hazard/contexts/rate-rows.js';
import type { MagnitudeBins } from '../../../hazard/mfd/rates.js';
import { RowSums } from '../../../hazard/exceedance/row-sums.js';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import type { GroundMotion } from '../../../hazard/gmm/model.js';
import { addContributions, addPoissonRates } from '../../../hazard/exceedance/accumulate.js';
import { levelGrid } from '../../../hazard/exceedance/level-grid.js';
import {
  clusterNoExceedance,
  expectedNumber,
  negativeBinomialNoExceedance,
  noExceedance,
  singleNoExceedance,
} from '../../../hazard/exceedance/occurrence.js';
import {
  exceedanceTable,
  tabulatedExceedance,
  truncatedExceedance,
} from '../../../hazard/exceedance/truncated-normal.js';
import { assertClose } from '../../tolerance.js';

describe('exceedance of a truncated normal distribution', () => {
  /** OpenQuake engine 3.24-dev reference figures (10 digits): ln mean, sigma, level, truncation, probability. */
  const REFERENCE = [
    [-5.7514, 0.9092, 0.0018284539, 2.5, 0.7313121708],
    [-5.0938, 0.743, 0.001222142, 3, 0.9863626065],
    [-5.9057, 0.7624, 0.0080474031, 3.5, 0.07747633314],
    [-2.026, 0.4718, 0.25642898, 99, 0.07931414043],
    [0.1254, 0.3976, 2.9474845, 4, 0.00809276654],
    [-5.118, 0.6339, 0.00070914266, 1, 1],
  ];

  it('agrees with reference figures, exactly and by table', () => {
    const atol = 2e-7; // the reference stores single precision
    for (const [mean, sigma, level, k, expected] of REFERENCE) {
      const epsilon = (Math.log(level) - mean) / sigma;
      assertClose(truncatedExceedance(epsilon, k), expected, { atol });
      assertClose(tabulatedExceedance(exceedanceTable(k), epsilon), expected, { atol });
    }
  });

  it('is a table that stays within 1e-8 of the exact value', () => {
    const atol = 1e-8;
    for (const k of [0.5, 1, 2, 3, 4.5, 6, 99]) {
      const table = exceedanceTable(k);
      fc.assert(
        fc.property(
          fc.double({ min: -10, max: 10, noNaN: true }),
          (epsilon) => Math.abs(tabulatedExceedance(table, epsilon) - truncatedExceedance(epsilon, k)) <= atol,
        ),
      );
    }
  });

  it('falls in a straight line where truncation leaves next to nothing of the distribution', () => {
    const k = 1e-7;
    assert.deepEqual(
      [-2 * k, -k, 0, k, 2 * k].map((epsilon) => truncatedExceedance(epsilon, k)),
      [1, 1, 0.5, 0, 0],
    );
    assertClose(truncatedExceedance(k / 2, k), 0.25, { rtol: 1e-12 });
  });

  it('is exceeded half of the time where ground motion is no number, and refused without a truncation level', () => {
    assert.equal(tabulatedExceedance(exceedanceTable(3), NaN), 0.5);
    for (const k of [0, -1, NaN]) assert.throws(() => exceedanceTable(k), /truncation level .* must be above 0/);
  });

  it('reaches out to 9 sigmas without truncation', () => {
    // Abramowitz & Stegun (1964), table 26.2: Q(5), Q(8); relative to the tail itself, between the nodes of the table
    const table = exceedanceTable(99);
    assertClose(tabulatedExceedance(table, 5), 2.86651571879194e-7, { rtol: 1e-6 });
    assertClose(tabulatedExceedance(table, 8), 6.22096057427178e-16, { rtol: 1e-5 });
    assert.equal(table.limit, 9);
  });

  it('is a step at the median when nothing is left of the distribution', () => {
    const table = exceedanceTable(1e-9);
    assert.deepEqual(
      [-1, 0, 1].map((epsilon) => tabulatedExceedance(table, epsilon)),
      [1, 0.5, 0],
    );
  });
});

describe('occurrence of ruptures', () => {
  const rtol = 1e-12;
  it('composes explicit probabilities as the sum of P(k) (1 - p)^k', () => {
    assertClose(noExceedance(Float64Array.of(0.6, 0.3, 0.1), 0.25), 0.6 + 0.3 * 0.75 + 0.1 * 0.75 ** 2, { rtol });
  });

  it('gives Poissonian probabilities back when they are spelled out', () => {
    const mean = 0.3;
    let term = Math.exp(-mean);
    const probabilities = Float64Array.from({ length: 30 }, (_, k) => (k === 0 ? term : (term *= mean / k)));
    assertClose(expectedNumber(noExceedance(probabilities, 0.4)), mean * 0.4, { rtol });
  });

  it('counts explicit probabilities in curves to single precision, as the reference engine does', () => {
    const rupture = Float64Array.of(1 - 2e-7, 2e-7);
    assert.equal(singleNoExceedance(rupture, 0.14), 1);
    assert.equal(singleNoExceedance(rupture, 0.5), 1 - 2 ** -24);
    assert.equal(singleNoExceedance(Float64Array.of(1 - 2e-8, 2e-8), 1), 1);
  });

  it('sums a negative binomial number of occurrences to its generating function', () => {
    // P(n) = Gamma(n + tau) / (n! Gamma(tau)) theta^tau (1 - theta)^n
    const [mean, alpha, p] = [0.8, 1.5, 0.35];
    const tau = 1 / alpha;
    const theta = tau / (tau + mean);
    let term = theta ** tau;
    let sum = 0;
    for (let n = 0; n < 400; n++) {
      sum += term * (1 - p) ** n;
      term *= ((n + tau) / (n + 1)) * (1 - theta);
    }
    assertClose(negativeBinomialNoExceedance(mean, alpha, p), sum, { rtol });
  });

  it('lets every rupture of a cluster occur when the cluster does', () => {
    assertClose(clusterNoExceedance(0.2, 0.5 * 0.9), Math.exp(-0.2 * (1 - 0.45)), { rtol });
  });
});

/** A batch of random contexts with its ground motion for two measures. */
function sample(bins?: MagnitudeBins) {
  const capacity = 40;
  const batch = new ContextBatch(capacity, new Set(['mag']), new Set(['rrup']), bins && new RateRows(bins.columns, 8));
  const rows = (): Float64Array[] => [new Float64Array(capacity), new Float64Array(capacity)];
  const motion = { mean: rows(), total: rows(), inter: rows(), intra: rows() } satisfies GroundMotion;
  let seed = 12345;
  const random = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let r = 0; r < 8; r++) {
    for (let k = 0; k < 5; k++) {
      const i = batch.size + k;
      batch.site[i] = k;
      for (const m of [0, 1]) {
        motion.mean[m][i] = -4 + 3 * random();
        motion.total[m][i] = i % 13 === 0 ? 0 : 0.4 + 0.4 * random();
      }
    }
    batch.rates[r] = 1e-3 * random();
    if (bins) {
      batch.rateRows!.find(bins, r % bins.magnitudes.length);
      batch.row[r] = batch.rateRows!.row;
      batch.rates[r] *= batch.rateRows!.factor;
    }
    batch.commitRupture(5);
  }
  return { batch, motion };
}
const LEVELS = [Float64Array.of(0.005, 0.02, 0.05, 0.1, 0.5), Float64Array.of(0.001, 0.03, 0.2)];

describe('accumulation of exceedance rates', () => {
  const grid = levelGrid(LEVELS, [true, true]);
  const table = exceedanceTable(3);

  it('adds rate x probability of exceedance for every site, measure and level', () => {
    const atol = 1e-10;
    const { batch, motion } = sample();
    const rates = new Float64Array(5 * grid.size);
    addPoissonRates(batch, motion, grid, table, 1, [rates]);
    for (let site = 0; site < 5; site++) {
      let column = 0;
      LEVELS.forEach((levels, m) =>
        levels.forEach((level) => {
          let expected = 0;
          for (let r = 0; r < batch.ruptures; r++) {
            const i = batch.start[r] + site;
            const sigma = motion.total[m][i];
            const difference = Math.log(level) - motion.mean[m][i];
            const p = sigma === 0 ? Number(difference < 0) : truncatedExceedance(difference / sigma, 3);
            expected += batch.rates[r] * p;
          }
          assertClose(rates[site * grid.size + column++], expected, { atol });
        }),
      );
    }
  });

  it('gives the same one column at a time or by rows of rates, where bins in proportion share a row', () => {
    const rtol = 1e-12;
    // the fourth bin is the first one times 0.3
    const rates = [1, 2, 0, 0.5, 0, 0.1, 4, 4, 4, 0.3, 0.6, 0];
    const bins = { magnitudes: Float64Array.of(5, 6, 7, 8), columns: 3, rates: Float64Array.from(rates) };
    const { batch, motion } = sample(bins);
    assert.equal(batch.rateRows!.count, 3);
    const sums = new RowSums(5, grid.size);
    addPoissonRates(batch, motion, grid, table, 0.5, sums.rows(3));
    const together = [0, 1, 2].map(() => new Float64Array(5 * grid.size));
    sums.addTo(together, batch.rateRows!);
    const { batch: single } = sample();
    together.forEach((column, c) => {
      const alone = new Float64Array(5 * grid.size);
      for (let r = 0; r < single.ruptures; r++) single.rates[r] *= rates[(r % 4) * 3 + c];
      addPoissonRates(single, motion, grid, table, 0.5, [alone]);
      column.forEach((rate, k) => assertClose(rate, alone[k], { rtol }));
      for (let r = 0; r < single.ruptures; r++) single.rates[r] = sample().batch.rates[r];
    });
    assert.ok(sums.rows(3).every((row) => row.every((value) => value === 0)));
  });

  it('takes rows and their sums up where they were left', () => {
    const bins = { magnitudes: Float64Array.of(5, 6), columns: 2, rates: Float64Array.of(1, 2, 3, 4) };
    const { batch, motion } = sample(bins);
    const sums = new RowSums(5, grid.size);
    addPoissonRates(batch, motion, grid, table, 1, sums.rows(2));
    const later = new RateRows(2, 8);
    later.restore(batch.rateRows!.state());
    const laterSums = new RowSums(5, grid.size);
    laterSums.restore(sums.state(2));
    later.find({ ...bins }, 1);
    assert.deepEqual([later.row, later.factor, later.count], [1, 4, 2]);
    assert.deepEqual(laterSums.rows(2).slice(0, 2), sums.rows(2).slice(0, 2));
  });

  it('treats ruptures that occur at most once like any with explicit probabilities', () => {
    const contribution = { kind: 'independent', investigationTime: 1 } as const;
    const scratch = new Float64Array(grid.size);
    const totals = [0, 1].map((terms) => {
      const { batch, motion } = sample();
      for (let r = 0; r < batch.ruptures; r++)
        batch.probabilities[r] = Float64Array.of(1 - 1e-7 * 4 ** r, 1e-7 * 4 ** r, ...new Array<number>(terms).fill(0));
      const rates = new Float64Array(5 * grid.size);
      const mixed = new Float64Array(grid.size);
      addContributions(batch, [{ weight: 1, motion }], { grid, table, scratch, mixed }, contribution, rates);
      return rates;
    });
    assert.ok(totals[0].some((value) => value > 0));
    assert.deepEqual(totals[0], totals[1]);
  });

  it('treats Poissonian ruptures alike on the general path', () => {
    const rtol = 1e-12;
    const { batch, motion } = sample();
    const fast = new Float64Array(5 * grid.size);
    addPoissonRates(batch, motion, grid, table, 1, [fast]);
    const general = new Float64Array(5 * grid.size);
    const scratch = new Float64Array(grid.size);
    const contribution = { kind: 'independent', investigationTime: 50 } as const;
    const sums = { grid, table, scratch, mixed: new Float64Array(grid.size) };
    addContributions(batch, [{ weight: 1, motion }], sums, contribution, general, 1 / 50);
    fast.forEach((rate, k) => assertClose(general[k], rate, { rtol }));
  });
});
