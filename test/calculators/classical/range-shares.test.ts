import assert from 'node:assert/strict';
import { join } from 'node:path';
import { RangeShares, samplingOf, watchedLevels } from '../../../calculators/classical/range-shares.js';
import { RangeReport } from '../../../calculators/classical/range-warnings.js';
import { runCalculation } from '../../../calculators/run.js';
import { InlineDistributor } from '../../../engine/distribution/inline-distributor.js';
import { PoolDistributor } from '../../../engine/distribution/pool-distributor.js';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import { levelGrid } from '../../../hazard/exceedance/level-grid.js';
import { exceedanceTable } from '../../../hazard/exceedance/truncated-normal.js';
import { parseImt } from '../../../hazard/gmm/imt.js';
import { readJob } from '../../../inputs/read-job.js';
import { assertClose } from '../../tolerance.js';
import { AREA_SOURCE, sourceModel, tinyIni, tinyJob, withFolder, writeFiles } from '../../inputs/tiny-job.js';

/** probabilities come from a table */
const SUMS = { atol: 1e-9 };
const GRID = levelGrid([Float64Array.of(0.1, 0.4)], [true]);
const TABLE = exceedanceTable(3);
const VALIDITY = {
  magnitude: [5, 6] as const,
  distance: { kind: 'rrup' as const, range: [0, 100] as const },
  source: 'test',
};

/** `count` ruptures with one context each, in turn inside, beyond the distance, and beyond both bounds. */
function batchOf(count: number): ContextBatch {
  const batch = new ContextBatch(count, new Set(['mag']), new Set(['rrup']));
  for (let r = 0; r < count; r++) {
    batch.mag[r] = r % 3 === 2 ? 7 : 5.5;
    batch.rrup[r] = (r % 3 === 0 ? 10 : 150) + Math.sin(r);
    batch.rates[r] = 0.01;
    batch.ruptureIndex[r] = r;
    batch.commitRupture(1);
  }
  return batch;
}

/** Sums over batches of these sizes, whose motion is the same everywhere. */
function sumsOf(sizes: readonly number[], every: number, probabilities?: Float64Array) {
  const shares = new RangeShares([[{ id: 'Toy', validity: VALIDITY }]], GRID, undefined, 1, 0);
  shares.begin(every);
  for (const size of sizes) {
    const batch = batchOf(size);
    if (probabilities) for (let r = 0; r < size; r++) batch.probabilities[r] = probabilities;
    const row = (value: number) => [new Float64Array(size).fill(value)];
    const motion = { mean: row(Math.log(0.1)), total: row(0.5), inter: row(0), intra: row(0) };
    shares.sample(batch);
    shares.add(0, batch, [{ weight: 1, motion }], TABLE);
  }
  return shares.list()[0];
}

describe('the share of the hazard outside the range of a model', () => {
  it('is that of the rates of exceedance of contexts outside, in all and by aspect', () => {
    const { total, outside, aspects } = sumsOf([300], 1);
    // half of the motions exceed their median
    assertClose(total[0], 300 * 0.01 * 0.5, SUMS);
    assertClose(outside[0] / total[0], 2 / 3, SUMS);
    assertClose(aspects[0] / total[0], 1 / 3, SUMS, 'by magnitude');
    assertClose(aspects[GRID.size] / total[0], 2 / 3, SUMS, 'by distance');
    assert.equal(aspects[2 * GRID.size], 0, 'not by velocity');
  });

  it('counts ruptures with given probabilities by that of occurring at all', () => {
    const { total, outside } = sumsOf([300], 1, Float64Array.of(0.9, 0.07, 0.03));
    assertClose(total[0], 300 * 0.1 * 0.5, SUMS);
    assertClose(outside[0] / total[0], 2 / 3, SUMS);
  });

  it('is estimated from one context in n, the same ones every time', () => {
    const sampled = sumsOf([3000], 16);
    const count = sampled.total[0] / 0.005;
    assert.ok(count > 130 && count < 250, `${count} of 3000 contexts are sampled, 188 are expected`);
    assertClose(sampled.outside[0] / sampled.total[0], 2 / 3, { atol: 0.1 });
    assert.deepEqual(sumsOf([3000], 16), sampled);
  });

  it('looks at seven levels of three measures at most, the first and the last included', () => {
    assert.deepEqual(watchedLevels([1, 20]), [
      { measure: 0, levels: [0] },
      { measure: 1, levels: [0, 3, 6, 10, 13, 16, 19] },
    ]);
    assert.deepEqual(
      watchedLevels([2, 2, 2, 2, 2]).map(({ measure }) => measure),
      [0, 2, 4],
    );
  });

  it('samples more sparsely the more contexts there are', () => {
    assert.deepEqual([0, 2000, 2001, 100_000, 1e9].map(samplingOf), [1, 1, 2, 64, 128]);
  });

  it('is told once for each model, for the measure and the level of about 1/475, small shares as information', async () => {
    const lines: string[] = [];
    const monitor = {
      log: (level: string, text: string) => void lines.push(`${level} ${text}`),
      progress: () => undefined,
    };
    const report = new RangeReport();
    const sums = (model: string, outside: number) => ({
      model,
      total: Float64Array.of(0.1, 0.002, 0.1, 0.0001),
      outside: Float64Array.of(0.1, 0.002 * outside, 0, 0),
      aspects: Float64Array.of(0.1, 0.002 * outside, 0, 0, ...new Float64Array(12)),
    });
    report.add([sums('BooreAtkinson2008', 0.2), sums('SadighEtAl1997', 0.0002)]);
    report.add([sums('BooreAtkinson2008', 0.4)]);
    const measures = ['PGA', 'SA(1.0)'].map((name) => ({ imt: parseImt(name), levels: Float64Array.of(0.1, 0.4) }));
    await report.write(measures, 0.5, monitor);
    assert.equal(lines.length, 2);
    assert.match(
      lines[0],
      /^WARNING BooreAtkinson2008 is used outside its range \(magnitude 5 to 8, rjb 0 to 200 km, vs30 180 to 1300 m\/s\): 30 % of its rate of exceeding PGA = 0.4 comes from there \(30 % by magnitude\)/,
    );
    assert.match(lines[1], /^INFO SadighEtAl1997 .* 0.02 %/);
  });

  it('is in the log of a run, the same with several workers', async () => {
    const changes = {
      'job.ini': tinyIni({ area_source_discretization: '10', maximum_distance: '300' }),
      'sm.xml': sourceModel(AREA_SOURCE.replace('minMag="5.0"', 'minMag="4.2"')),
    };
    await withFolder(async (folder) => {
      await writeFiles(folder, tinyJob(changes));
      const logs: string[][] = [];
      for (const distributor of [new InlineDistributor(), new PoolDistributor(2)]) {
        const lines: string[] = [];
        const job = await readJob(folder, { workFolder: folder });
        const monitor = { log: (_: string, text: string) => void lines.push(text), progress: () => undefined };
        await runCalculation(job, { path: join(folder, `calc_${logs.length}.hdf5`), distributor, monitor });
        await distributor.close();
        logs.push(lines.filter((line) => line.includes('outside its range')));
      }
      assert.equal(logs[0].length, 1);
      assert.match(logs[0][0], /^BooreAtkinson2008 is used outside its range .* % by magnitude/);
      assert.deepEqual(logs[1], logs[0]);
    });
  });
});
