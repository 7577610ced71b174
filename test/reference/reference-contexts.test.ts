/** Ruptures and distances of the sources of small jobs, put together, beside those of the reference engine. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContextBatch, type DistanceKind } from '../../hazard/contexts/context-batch.js';
import type { RuptureParameter } from '../../hazard/contexts/rupture-parameters.js';
import { prepareSource } from '../../hazard/sources/registry.js';
import { readJob } from '../../inputs/read-job.js';
import type { Job } from '../../job/job.js';
import { assertAllClose, assertClose, type Tolerance } from '../tolerance.js';

/** All contexts of a source: how many at each site, the sum of their rates (1/yr), and least, mean and largest value of columns. */
interface Contexts {
  readonly contexts: readonly number[];
  /** 0: the source has explicit probabilities */
  readonly rate: number;
  readonly columns: Readonly<Record<string, readonly [least: number, mean: number, most: number]>>;
}

const FOLDER = fileURLToPath(new URL('../../../test/reference/', import.meta.url));
const { jobs } = JSON.parse(readFileSync(join(FOLDER, 'contexts.json'), 'utf8')) as {
  jobs: Readonly<Record<string, Readonly<Record<string, Contexts>>>>;
};

/** km and degrees: the reference rounds the nodes of meshes and the planes of points to single precision or metres. */
const COLUMNS: Tolerance = { rtol: 1e-3, atol: 2e-3 };
/** Degrees: the strike of a curved mesh is that of single-precision nodes. */
const STRIKE: Tolerance = { atol: 0.15 };
const RATES: Tolerance = { rtol: 1e-6 };

describe('contexts of sources beside those of the reference engine', () => {
  const workFolder = mkdtempSync(join(tmpdir(), 'terrane-contexts-'));
  after(() => rmSync(workFolder, { recursive: true, force: true }));

  for (const [name, sources] of Object.entries(jobs))
    it(`${name}: as many, with the same rates, parameters and distances`, async () => {
      const job = await readJob(join(FOLDER, name), { workFolder });
      const found: string[] = [];
      for (const group of job.groups)
        for (const source of group.sources) {
          found.push(source.id);
          compare(job, group.tectonicRegionType, source, sources[source.id]);
        }
      assert.deepEqual(found.sort(), Object.keys(sources).sort());
    });
});

type Source = Job['groups'][number]['sources'][number];

function compare(job: Job, region: string, source: Source, expected: Contexts): void {
  const names = Object.keys(expected.columns).map(camel);
  const rupture = names.filter((name) => !isDistance(name)) as RuptureParameter[];
  const distances = names.filter(isDistance);
  const prepared = prepareSource(source, job.discretization);
  const { points } = job.sites;
  const batch = new ContextBatch(4096, new Set(rupture), new Set(distances));
  batch.reset();
  const counts = new Array<number>(points.size).fill(0);
  const columns = new Map(names.map((name) => [name, { least: Infinity, most: -Infinity, sum: 0 }]));
  let rate = 0;
  const flush = (): void => {
    for (let r = 0; r < batch.ruptures; r++)
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        counts[batch.site[i]]++;
        if (batch.probabilities[r] === undefined) rate += batch.rates[r];
        for (const [name, range] of columns) {
          const value = isDistance(name) ? batch[name][i] : batch[name as RuptureParameter][r];
          range.least = Math.min(range.least, value);
          range.most = Math.max(range.most, value);
          range.sum += value;
        }
      }
    batch.reset();
  };
  const filter = job.filters.get(region)!;
  const request = { sites: points, filter, pointSourceDistance: Infinity, fewSites: true, batch, flush };
  prepared.contexts(request, 0, prepared.units);
  flush();
  assert.deepEqual(counts, expected.contexts, source.id);
  if (expected.rate > 0) assertClose(rate, expected.rate, RATES, `rate of ${source.id}`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  for (const [name, range] of Object.entries(expected.columns)) {
    const { least, sum, most } = columns.get(camel(name))!;
    assertAllClose([least, sum / total, most], range, name === 'strike' ? STRIKE : COLUMNS, `${source.id} ${name}`);
  }
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isDistance(name: string): name is DistanceKind {
  return /^(rrup|rjb|rx|ry0|rhypo|repi)$/.test(name);
}
