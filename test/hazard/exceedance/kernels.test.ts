import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import { RateRows } from '../../../hazard/contexts/rate-rows.js';
import { addPoissonRatesPlainly } from '../../../hazard/exceedance/accumulate.js';
import { levelGrid } from '../../../hazard/exceedance/level-grid.js';
import { RateKernel } from '../../../hazard/exceedance/rate-kernel.js';
import { RowSums } from '../../../hazard/exceedance/row-sums.js';
import { exceedanceTable } from '../../../hazard/exceedance/truncated-normal.js';
import type { GroundMotion } from '../../../hazard/gmm/model.js';
import { kernel } from '../../../hazard/kernels/kernel.js';

/** A batch of contexts, its motion, and empty targets by rate row. */
interface Case {
  readonly batch: ContextBatch;
  readonly motion: GroundMotion;
}

/** Ruptures of the given numbers of contexts; numbers as the generator gives them. */
function caseOf(counts: readonly number[], sites: number, rows: number, measures: number, next: () => number): Case {
  const size = counts.reduce((a, b) => a + b, 0);
  const batch = new ContextBatch(Math.max(size, 1), new Set(), new Set());
  counts.forEach((count, r) => {
    batch.rates[r] = r % 7 === 3 ? 0 : 1e-4 * next();
    batch.row[r] = Math.floor(next() * rows);
    for (let i = 0; i < count; i++) batch.site[batch.size + i] = Math.floor(next() * sites);
    batch.commitRupture(count);
  });
  const columns = (f: () => number): Float64Array[] =>
    Array.from({ length: measures }, () => Float64Array.from({ length: size }, f));
  const mean = columns(() => (next() < 0.02 ? -Infinity : -8 + 10 * next()));
  const total = columns(() => (next() < 0.02 ? 0 : 0.3 + 0.6 * next()));
  return { batch, motion: { mean, total, inter: total, intra: total } };
}

/** Numbers from 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const empty = (rows: number, size: number): Float64Array[] =>
  Array.from({ length: rows }, () => new Float64Array(size).map((_, k) => k * 1e-9));

describe('the kernel of exceedance rates', () => {
  it('runs on this machine', () => assert.ok(kernel('exceedance', 64)));

  it('adds the same bits as its twin, for any contexts, levels, truncation and rate rows', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 });
    const levels = fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        counts,
        levels,
        fc.constantFrom(0.5, 1, 3, 6, Infinity),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (ruptures, perMeasure, truncation, sites, rows, seed) => {
          const grid = levelGrid(
            perMeasure.map((n) => Float64Array.from({ length: n }, (_, l) => 0.005 * 2.2 ** l)),
            perMeasure.map(() => true),
          );
          const table = exceedanceTable(truncation);
          const { batch, motion } = caseOf(ruptures, sites, rows, perMeasure.length, generator(seed));
          const expected = empty(rows, sites * grid.size);
          addPoissonRatesPlainly(batch, motion, grid, table, 0.7, expected);
          const found = empty(rows, sites * grid.size);
          const made = RateKernel.of(grid, table)!;
          if (made.add(batch, motion, 0.7, found)) assert.deepEqual(found, expected);
          // where a row has few contexts nothing is added
          else assert.deepEqual(found, empty(rows, sites * grid.size));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes batches that are larger than its memory, in parts, and sites more than fit at once', () => {
    const grid = levelGrid([Float64Array.from({ length: 20 }, (_, l) => 0.005 * 1.4 ** l)], [true]);
    const table = exceedanceTable(3);
    for (const [contexts, sites] of [
      [9000, 3],
      [60_000, 5000],
    ]) {
      const counts = Array.from({ length: contexts / 100 }, () => 100);
      const { batch, motion } = caseOf(counts, sites, 1, 1, generator(contexts));
      // most contexts are at few sites, so that rows are worth copying
      if (sites === 5000) for (let i = 0; i < 4096; i++) batch.site[i] %= 7;
      const expected = empty(1, sites * grid.size);
      addPoissonRatesPlainly(batch, motion, grid, table, 1, expected);
      const found = empty(1, sites * grid.size);
      assert.ok(RateKernel.of(grid, table)!.add(batch, motion, 1, found));
      assert.deepEqual(found, expected);
    }
  });

  it('leaves to the twin what it would not do faster, and grids that do not fit', () => {
    const grid = levelGrid([Float64Array.of(0.1, 0.2)], [true]);
    const { batch, motion } = caseOf([50], 50, 1, 1, generator(1));
    batch.site.set(Int32Array.from({ length: 50 }, (_, i) => i));
    const targets = empty(1, 100);
    assert.equal(RateKernel.of(grid, exceedanceTable(3))!.add(batch, motion, 1, targets), false);
    assert.deepEqual(targets, empty(1, 100));
    const wide = levelGrid([new Float64Array(70_000).map((_, l) => 1 + l)], [true]);
    assert.equal(RateKernel.of(wide, exceedanceTable(3)), undefined);
  });
});

describe('the kernel of products of sums by rate row', () => {
  it('adds the same bits as its twin, for any numbers of rows, columns, levels and sites', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 40 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(),
        (count, columns, levels, sites, seed) => {
          const next = generator(seed);
          const rateRows = new RateRows(columns, 64);
          for (let k = 0; k < count * columns; k++) rateRows.rates[k] = next();
          rateRows.count = count;
          const make = (): RowSums => {
            const sums = new RowSums(sites, levels);
            const numbers = generator(seed + 1);
            for (const row of sums.rows(count))
              for (let k = 0; k < row.length; k++) row[k] = numbers() < 0.3 ? 0 : numbers() * 1e-3;
            // a row that is 0 everywhere is left out
            sums.rows(count)[3].fill(0);
            return sums;
          };
          const expected = empty(columns, sites * levels);
          make().addPlainly(expected, rateRows);
          const sums = make();
          const found = empty(columns, sites * levels);
          sums.addTo(found, rateRows);
          assert.deepEqual(found, expected);
          assert.ok(
            sums.rows(count).every((row) => row.every((value) => value === 0)),
            'the sums become 0',
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
