import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkJob, previewOfJob } from '../../../engine/runner/check-job.js';
import type { JobPreview } from '../../../engine/runner/preview.js';
import { EXAMPLES } from '../../web/api-client.js';

describe('checking a job in a process of its own', () => {
  let work: string;
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'terrane-check-'));
    cpSync(join(EXAMPLES, '03-logic-tree'), work, { recursive: true });
  });
  afterEach(() => rmSync(work, { recursive: true, force: true }));
  const inputs = (): { source: string; overrides: Record<string, string> } => ({
    source: join(work, 'job.ini'),
    overrides: {},
  });

  it('finds nothing wrong with a good job, and every fault of a bad one', async () => {
    assert.deepEqual(await checkJob(inputs(), work), { lines: [], faults: [] });
    const ini = readFileSync(join(work, 'job.ini'), 'utf8');
    writeFileSync(join(work, 'job.ini'), ini.replace(/truncation_level = .*/, 'truncation_level = three'));
    const { lines, faults } = await checkJob(inputs(), work);
    assert.equal(lines.length, 1);
    assert.deepEqual([faults[0].code, faults[0].key], ['INVALID_VALUE', 'truncation_level']);
    assert.match(lines[0], /^job\.ini, line \d+: truncation_level = three/);
  });

  it('is ended beyond its limits of time and memory, and says which', async () => {
    const late = await checkJob(inputs(), work, { seconds: 0.001 });
    assert.deepEqual(late.lines.length, 1);
    assert.match(late.lines[0], /^the job was ended: it took longer than 0\.001 s: make the job smaller, or raise/);
    const large = await checkJob(inputs(), work, { memory: 1_000_000 });
    assert.match(large.lines[0], /^the job was ended: it needed more than 1 MB of memory/);
  });

  it('says what a good job is and will take, as the calculation itself counts it', async () => {
    const { preview } = await previewOfJob(inputs(), work, new AbortController().signal);
    const { size, estimate, sites, rings, lines, sources, ini, tree } = JSON.parse(
      readFileSync(preview!, 'utf8'),
    ) as JobPreview;
    assert.deepEqual([size.geometries, size.ruptures, size.sites, size.realizations], [3, 238, 3, 8]);
    // every rupture is near every site: the log of the calculation says 714 rupture-site contexts
    assert.equal(estimate.contexts, 714);
    assert.ok(estimate.seconds > 0 && estimate.memory > 0 && estimate.disk > 0);
    assert.equal(sites.length, 6);
    assert.ok(rings.length > 0 && lines.length > 0);
    assert.equal(sources.length, size.sources);
    assert.equal(ini.entries.find(({ key }) => key === 'truncation_level')?.value, '3');
    assert.match(tree, /^<svg [^]*8 paths/);
  });

  it('tells the faults of a job that cannot be previewed, with values given from outside', async () => {
    const checked = await previewOfJob(
      { ...inputs(), overrides: { truncation_level: 'three' } },
      work,
      new AbortController().signal,
    );
    assert.equal(checked.preview, undefined);
    assert.match(checked.lines[0], /truncation_level = three/);
  });
});
