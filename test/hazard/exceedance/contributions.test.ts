import assert from 'node:assert/strict';
import { RateRows } from '../../../hazard/contexts/rate-rows.js';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import { addContributions, contributionOf } from '../../../hazard/exceedance/accumulate.js';
import { levelGrid } from '../../../hazard/exceedance/level-grid.js';
import { expectedNumber, probabilityToNumber } from '../../../hazard/exceedance/occurrence.js';
import { RowSums } from '../../../hazard/exceedance/row-sums.js';
import { exceedanceTable } from '../../../hazard/exceedance/truncated-normal.js';
import { assertAllClose, assertClose } from '../../tolerance.js';

/** What is computed in single precision, as in curves of the reference engine. */
const SINGLE = { atol: 1e-7 };
const DOUBLE = { rtol: 1e-12 };

/** 0.02 a year in 50 years: one rupture is expected; half of them exceed. */
const [RATE, YEARS, EXCEEDANCE, WEIGHT] = [0.02, 50, 0.5, 0.3];
const PROBABILITIES = Float64Array.of(0.7, 0.2, 0.1);
/** 0.7 + 0.2 / 2 + 0.1 / 4 */
const NO_EXCEEDANCE = 0.825;

describe('what a rupture adds', () => {
  it('is the expected number of exceedances of a Poissonian one', () =>
    assertClose(
      contributionOf({ kind: 'independent', investigationTime: YEARS }, EXCEEDANCE, RATE, undefined, WEIGHT),
      0.5,
      DOUBLE,
    ));

  it('is minus the logarithm of the probability of no exceedance, for given probabilities and for a dispersion', () => {
    const independent = { kind: 'independent', investigationTime: YEARS } as const;
    assertClose(contributionOf(independent, EXCEEDANCE, RATE, PROBABILITIES, WEIGHT), -Math.log(NO_EXCEEDANCE), SINGLE);
    // negative binomial with mean 1 and alpha 2: (1 + 2 x 0.5)^(-1/2)
    assertClose(
      contributionOf({ ...independent, dispersion: 2 }, EXCEEDANCE, RATE, undefined, WEIGHT),
      Math.LN2 / 2,
      DOUBLE,
    );
  });

  it('is its weight times its probability of exceedance among ruptures that exclude one another', () => {
    const exclusive = { kind: 'exclusiveRuptures', investigationTime: YEARS } as const;
    assertClose(contributionOf(exclusive, EXCEEDANCE, RATE, undefined, WEIGHT), WEIGHT * (1 - Math.exp(-0.5)), DOUBLE);
    assertClose(
      contributionOf(exclusive, EXCEEDANCE, RATE, PROBABILITIES, WEIGHT),
      WEIGHT * (1 - NO_EXCEEDANCE),
      SINGLE,
    );
  });

  it('is -ln(1 - p) in a cluster, whatever its rate', () =>
    assertClose(contributionOf({ kind: 'cluster' }, 0.25, RATE, undefined, WEIGHT), Math.log(4 / 3), DOUBLE));

  it('is weighted among exclusive ruptures that occur at most once, too', () => {
    const batch = new ContextBatch(1, new Set(), new Set());
    batch.probabilities[0] = Float64Array.of(0.6, 0.4);
    batch.weights[0] = WEIGHT;
    batch.commitRupture(1);
    const row = () => [Float64Array.of(Math.log(0.1))];
    const motion = { mean: row(), total: [Float64Array.of(0.5)], inter: row(), intra: row() };
    const grid = levelGrid([Float64Array.of(0.1)], [true]);
    const buffers = { grid, table: exceedanceTable(3), scratch: new Float64Array(1), mixed: new Float64Array(1) };
    const totals = new Float64Array(1);
    const contribution = { kind: 'exclusiveRuptures', investigationTime: YEARS } as const;
    addContributions(batch, [{ weight: 1, motion }], buffers, contribution, totals);
    // the level is the median: half of the ruptures exceed it
    assertClose(totals[0], WEIGHT * 0.4 * 0.5, SINGLE);
  });
});

describe('a mixture of models', () => {
  it('exceeds with the weighted mean of their probabilities', () => {
    const batch = new ContextBatch(1, new Set(), new Set());
    batch.rates[0] = RATE;
    batch.commitRupture(1);
    const motion = (median: number) => {
      const row = () => [Float64Array.of(Math.log(median))];
      return { mean: row(), total: [Float64Array.of(0.5)], inter: row(), intra: row() };
    };
    const grid = levelGrid([Float64Array.of(0.1)], [true]);
    const buffers = { grid, table: exceedanceTable(3), scratch: new Float64Array(1), mixed: new Float64Array(1) };
    const totals = new Float64Array(1);
    // the first always exceeds 0.1 g, the second half of the time, the third never
    const motions = [100, 0.1, 1e-4].map((median, k) => ({ weight: [0.2, 0.3, 0.5][k], motion: motion(median) }));
    addContributions(batch, motions, buffers, { kind: 'independent', investigationTime: YEARS }, totals);
    assertClose(totals[0], RATE * YEARS * (0.2 + 0.3 / 2), { rtol: 1e-9 });
  });
});

describe('probabilities as expected numbers', () => {
  it('are -ln(1 - P), and that of half a spacing of doubles for certainty', () => {
    assertClose(probabilityToNumber(0.5), Math.LN2, DOUBLE);
    assert.equal(probabilityToNumber(0), 0);
    assertClose(probabilityToNumber(1e-15), 1e-15, DOUBLE);
    assertClose(probabilityToNumber(1), -Math.log(1.11e-16), DOUBLE);
    assert.equal(probabilityToNumber(1 + 1e-12), expectedNumber(0));
  });
});

describe('sums by rows of rates', () => {
  it('are multiplied with the rates of any number of columns, level by level', () => {
    for (const [columns, levels] of [
      [1, 1],
      [3, 4],
      [4, 3],
      [5, 2],
      [9, 5],
    ]) {
      const [sites, rows] = [2, 3];
      const table = new RateRows(columns, rows);
      table.restore({ rates: Float64Array.from({ length: rows * columns }, (_, k) => 1 + ((k * k) % 7)) });
      const sums = new RowSums(sites, levels);
      // the second site is not reached by the ruptures of the first row
      sums.rows(rows).forEach((row, r) => row.forEach((_, k) => (row[k] = r === 0 && k >= levels ? 0 : r + 2 * k + 1)));
      const kept = sums.state(rows);
      const got = Array.from({ length: columns }, () => new Float64Array(sites * levels).fill(10));
      sums.addTo(got, table);
      for (let c = 0; c < columns; c++) {
        const wanted = Float64Array.from({ length: sites * levels }, (_, k) =>
          kept.reduce((sum, row, r) => sum + row[k] * table.rates[r * columns + c], 10),
        );
        assertAllClose(got[c], wanted, DOUBLE, `column ${c} of ${columns} with ${levels} levels`);
      }
      assert.ok(sums.rows(rows).every((row) => row.every((value) => value === 0)));
      assert.ok(kept.every((row) => row.some((value) => value > 0)));
    }
  });

  it('are those of the rows in use only', () => {
    const sums = new RowSums(1, 1);
    sums.rows(3)[2][0] = 7;
    assert.deepEqual(sums.state(2), [Float64Array.of(0), Float64Array.of(0)]);
  });
});
