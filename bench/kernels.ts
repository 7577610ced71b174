/** npm run bench -- kernels: nanoseconds of each kernel and of its twin, medians of some runs in turn. */
import { ContextBatch } from '../hazard/contexts/context-batch.js';
import { RateRows } from '../hazard/contexts/rate-rows.js';
import { addPoissonRatesPlainly } from '../hazard/exceedance/accumulate.js';
import { levelGrid } from '../hazard/exceedance/level-grid.js';
import { RateKernel } from '../hazard/exceedance/rate-kernel.js';
import { RowSums } from '../hazard/exceedance/row-sums.js';
import { exceedanceTable } from '../hazard/exceedance/truncated-normal.js';

const RUNS = 9;
const CONTEXTS = 2048;
const MEASURES = 10;
const LEVELS = 20;
const SITES = 50;
const COLUMNS = 200;
const ROWS = 64;

/** Medians of two ways to do the same, one after the other in each run, in nanoseconds for each of `units`. */
function pair(units: number, kernel: () => void, twin: () => void): [number, number] {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++)
    [kernel, twin].forEach((work, k) => {
      const start = process.hrtime.bigint();
      for (let n = 0; n < 20; n++) work();
      if (run > 0) times[k].push(Number(process.hrtime.bigint() - start) / 20 / units);
    });
  const [a, b] = times.map((list) => list.sort((x, y) => x - y)[list.length >> 1]);
  return [a, b];
}

function exceedance(): [number, number] {
  const level = (l: number): number => 0.005 * 1.4 ** l;
  const rows = Array.from({ length: MEASURES }, () => Float64Array.from({ length: LEVELS }, (_, l) => level(l)));
  const grid = levelGrid(
    rows,
    rows.map(() => true),
  );
  const table = exceedanceTable(3);
  const batch = new ContextBatch(CONTEXTS, new Set(), new Set());
  for (let r = 0; r < CONTEXTS / SITES - 1; r++) {
    batch.rates[r] = 1e-4;
    for (let s = 0; s < SITES; s++) batch.site[batch.size + s] = s;
    batch.commitRupture(SITES);
  }
  const mean = rows.map((_, m) => new Float64Array(CONTEXTS).map((__, i) => -7 + ((i * 37 + m) % 500) / 100));
  const total = rows.map(() => new Float64Array(CONTEXTS).map((_, i) => 0.5 + (i % 30) / 100));
  const motion = { mean, total, inter: total, intra: total };
  const targets = [new Float64Array(SITES * grid.size)];
  const made = RateKernel.of(grid, table);
  return pair(
    batch.size * grid.size,
    () => made?.add(batch, motion, 1, targets),
    () => addPoissonRatesPlainly(batch, motion, grid, table, 1, targets),
  );
}

function products(): [number, number] {
  const rateRows = new RateRows(COLUMNS, ROWS);
  rateRows.rates.fill(0.5);
  rateRows.count = ROWS;
  const sums = new RowSums(1, MEASURES * LEVELS);
  const columns = Array.from({ length: COLUMNS }, () => new Float64Array(MEASURES * LEVELS));
  const fill = (): void => sums.rows(ROWS).forEach((row) => row.fill(1e-3));
  return pair(
    ROWS * COLUMNS * MEASURES * LEVELS,
    () => {
      fill();
      sums.addTo(columns, rateRows);
    },
    () => {
      fill();
      sums.addPlainly(columns, rateRows);
    },
  );
}

/** Prints a row for each kernel. */
export async function run(): Promise<void> {
  console.log('kernel                       ns/unit   twin   ratio');
  for (const [name, measure] of [
    ['exceedance (context, level)', exceedance],
    ['row products (row, column, level)', products],
  ] as const) {
    const [kernel, twin] = measure();
    console.log(`${name.padEnd(34)} ${kernel.toFixed(2)}   ${twin.toFixed(2)}   ${(twin / kernel).toFixed(2)}`);
  }
  return Promise.resolve();
}
