import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DataFolder } from '../../engine/data-folder.js';
import { JobStore } from '../../engine/store/job-store.js';
import { Hdf5File } from '../../hdf5/hdf5.js';
import { EXAMPLES } from '../web/api-client.js';

const COMMAND = fileURLToPath(new URL('../../../cli/terrane.mjs', import.meta.url));
/** Rates are kept in single precision; curves are, too. */
const RTOL = 1e-6;
const PLAIN = { calculation_mode: 'classical', quantiles: '', poes: '', hazard_maps: 'false' };

describe('a calculation that starts from an earlier one', () => {
  let place: string;
  let folder: DataFolder;
  let store: JobStore;
  before(async () => {
    place = mkdtempSync(join(tmpdir(), 'terrane-earlier-'));
    folder = new DataFolder(join(place, 'data'));
    store = new JobStore(folder.storeFile);
    await run(join(EXAMPLES, '03-logic-tree'), { ...PLAIN, uniform_hazard_spectra: 'false' });
  });
  after(() => {
    store.close();
    rmSync(place, { recursive: true, force: true });
  });

  /** Runs a job to its end; answers its number and what was said. */
  async function run(
    job: string,
    parameters: Record<string, string>,
    ...words: string[]
  ): Promise<{ id: number; said: string }> {
    const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    const all = [COMMAND, 'run', job, '--data', folder.path, ...words, ...(given.length ? ['--param', ...given] : [])];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, all).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    return { id: store.list()[0]?.id ?? 0, said: stdout + stderr };
  }

  /** A job file alone. */
  function ownWords(values: Record<string, string>): string {
    const job = mkdtempSync(join(place, 'own-'));
    const lines = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(join(job, 'job.ini'), ['[general]', ...lines, ''].join('\n'));
    return job;
  }

  async function close(one: number, other: number, ...datasets: string[]): Promise<void> {
    const files = await Promise.all([one, other].map((id) => Hdf5File.open(folder.datastore(id))));
    try {
      for (const dataset of datasets) {
        const [a, b] = files.map((file) => file.readFloats(dataset));
        assert.ok(a.length > 0);
        assert.equal(a.length, b.length, dataset);
        a.forEach((value, k) => assert.ok(Math.abs(value - b[k]) <= RTOL * Math.abs(b[k]), `${dataset} ${k}`));
      }
    } finally {
      files.forEach((file) => file.close());
    }
  }

  it('makes other statistics, maps and spectra of its rates, with the rest as it was', async () => {
    const wanted = { quantiles: '0.15 0.85', poes: '0.1 0.02', hazard_maps: 'true', uniform_hazard_spectra: 'true' };
    const whole = await run(join(EXAMPLES, '03-logic-tree'), wanted);
    for (const [job, words] of [
      [ownWords({ ...wanted, hazard_calculation_id: '1' }), []],
      [ownWords(wanted), ['--hc', '1']],
    ] as const) {
      const later = await run(job, {}, ...words);
      assert.match(later.said, /rates are those of calculation 1/);
      assert.equal(store.get(later.id).parentId, 1);
      await close(later.id, whole.id, 'hcurves-stats', 'hmaps-stats', 'rates/values');
    }
    const complete = await run(join(EXAMPLES, '03-logic-tree'), wanted, '--hc', '1');
    await close(complete.id, whole.id, 'hcurves-stats', 'hmaps-stats');
  });

  it('disaggregates at its levels', async () => {
    const example = join(EXAMPLES, '07-disaggregation');
    const whole = await run(example, {});
    const curves = await run(example, { calculation_mode: 'classical' });
    const later = await run(example, {}, '--hc', String(curves.id));
    assert.match(later.said, /rates are those of/);
    await close(later.id, whole.id, 'hcurves-stats', 'disagg-rlzs/Mag_Dist');
  });

  it('is refused where its rates would be others, with what differs', async () => {
    const example = join(EXAMPLES, '03-logic-tree');
    const cases: [string, Record<string, string>, RegExp][] = [
      [example, { truncation_level: '2' }, /truncation_level was 3 and is 2/],
      [example, { investigation_time: '1' }, /investigation_time was 50 and is 1/],
      [example, { disagg_by_src: 'true' }, /it has no rates by source/],
      [example, { max_sites_disagg: '1' }, /max_sites_disagg was 10 and is 1/],
      [join(EXAMPLES, '05-subduction'), {}, /cannot be started from: \w+ was /],
    ];
    for (const [job, parameters, said] of cases) {
      const later = await run(job, parameters, '--hc', '1');
      assert.match(later.said, said);
      assert.equal(store.get(later.id).faults[0]?.code, 'OTHER_CALCULATION');
    }
    assert.match((await run(example, {}, '--hc', '99')).said, /Unknown job 99/);
    const failed = store.list().find(({ status }) => status === 'failed')!.id;
    assert.match(
      (await run(example, {}, '--hc', String(failed))).said,
      /is failed: only a complete one can be started from/,
    );
  });

  const changes: [said: RegExp, file: string, change: (text: string) => string][] = [
    [/the source models differ/, 'deep_faults.xml', (text) => text.replace('aValue="3.9"', 'aValue="3.8"')],
    [/gsim_logic_tree_file differ/, 'gsim_logic_tree.xml', (text) => text.replace('0.7', '0.6').replace('0.3', '0.4')],
    [
      /source_model_logic_tree_file differ/,
      'source_model_logic_tree.xml',
      (text) => text.replace('0.6', '0.5').replace('0.4', '0.5'),
    ],
    [/the sites or their parameters differ/, 'sites.csv', (text) => text.replace('-33.05', '-33.06')],
  ];
  for (const [said, file, change] of changes)
    it(`is refused where another file is there: ${file}`, async () => {
      const changed = mkdtempSync(join(place, 'changed-'));
      cpSync(join(EXAMPLES, '03-logic-tree'), changed, { recursive: true });
      const path = join(changed, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
      assert.match((await run(changed, {}, '--hc', '1')).said, said);
    });
});
