import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { DataFolder } from '../../engine/data-folder.js';
import { JobStore } from '../../engine/store/job-store.js';
import { EXAMPLES, longJob, zipOf } from '../web/api-client.js';

const COMMAND = fileURLToPath(new URL('../../../cli/terrane.mjs', import.meta.url));

describe('the command terrane', () => {
  let folder: string;
  let data: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'terrane-cli-'));
    data = join(folder, 'data');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const start = (...args: string[]) =>
    spawn(process.execPath, [COMMAND, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TERRANE_DATA: data },
    });
  const terrane = async (...args: string[]): Promise<{ code: number | null; out: string; err: string }> => {
    const child = start(...args);
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return { code, out, err };
  };
  const example = join(EXAMPLES, '03-logic-tree');

  it('runs a job, writes its results and ends with the calculation and the paths', async () => {
    const output = join(folder, 'results');
    const { code, out } = await terrane('run', example, '--exports', 'csv,geojson', '-o', output, '--workers', '1');
    assert.equal(code, 0);
    const lines = out.trim().split('\n');
    assert.equal(lines[0], 'calculation 1');
    assert.equal(lines[1], join(data, 'calc_1.hdf5'));
    const written = lines.slice(2);
    assert.deepEqual(written.map((path) => path.slice(output.length + 1)).sort(), readdirSync(output).sort());
    assert.ok(existsSync(join(output, 'hazard_curve-mean-PGA_1.csv')));
    assert.ok(existsSync(join(output, 'quantile_map-0.95_1.csv')));
    assert.ok(existsSync(join(output, 'hazard_map-mean_1.geojson')));
  });

  it('refuses formats that no output has', async () => {
    const { code, err } = await terrane('run', example, '--exports', 'csv,docx');
    assert.notEqual(code, 0);
    assert.match(err, /--exports docx: results are exported as csv, rst, geojson, svg/);
  });

  it('gives one JSON object with --json, and takes parameters and zips', async () => {
    const archive = join(folder, 'job.zip');
    const names = readdirSync(example);
    const files = new Map(names.map((name) => [name, readFileSync(join(example, name), 'utf8')]));
    writeFileSync(archive, await zipOf(files));
    const { code, out } = await terrane(
      'run',
      archive,
      '--json',
      '--param',
      'poes=0.1',
      '--param',
      'description=By zip',
    );
    assert.equal(code, 0);
    const report = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(Object.keys(report), ['calculation_id', 'status', 'seconds', 'datastore', 'files']);
    assert.deepEqual([report.calculation_id, report.status, report.files], [2, 'complete', []]);
    const shown = JSON.parse((await terrane('show', '2', 'oqparam', '--json')).out) as { poes: number[] };
    assert.deepEqual(shown.poes, [0.1]);
    const jobs = JSON.parse((await terrane('list', '--json')).out) as { id: number; description: string }[];
    assert.deepEqual(
      jobs.map(({ id }) => id),
      [2, 1],
    );
    assert.equal(jobs[0].description, 'By zip');
    assert.ok(!existsSync(join(data, 'inputs', '2', 'job')));
  });

  it('refuses bad input with exit code 2 and every fault on stderr', async () => {
    const { code, out, err } = await terrane(
      'run',
      example,
      '--param',
      'truncation_level=much',
      '--param',
      'mean=perhaps',
    );
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /truncation_level = much/);
    assert.match(err, /mean = perhaps/);
    assert.match(err, /\nterrane: the job is refused: 2 faults\n$/);
    assert.doesNotMatch(err, /^\s+at /m);
    assert.equal((await terrane('run', join(folder, 'nowhere'))).code, 2);
    for (const command of ['check', 'run']) {
      const { code, out } = await terrane(command, example, '--json', '--param', 'poes=2');
      assert.equal(code, 2);
      const { status, faults } = JSON.parse(out) as { status: string; faults: Record<string, unknown>[] };
      assert.equal(status, 'refused');
      assert.deepEqual([faults[0].code, faults[0].key, faults[0].value], ['INVALID_VALUE', 'poes', '2']);
    }
    const single = await terrane('check', example, '--param', 'poes=2');
    assert.equal(single.code, 2);
    assert.match(single.err, /\nterrane: the job is refused: 1 fault\n$/);
  });

  it('tells misuse from success by the exit code', async () => {
    for (const args of [
      ['nonsense'],
      ['show', '99'],
      ['show', '1', 'nothing'],
      ['export', '1', 'nothing'],
      ['abort', '1'],
      ['info', 'x'],
      ['run'],
      ['run', example, '--workers', '0'],
    ]) {
      const { code, err } = await terrane(...args);
      assert.equal(code, 1, args.join(' '));
      assert.notEqual(err, '', args.join(' '));
      assert.doesNotMatch(err, /fault of Terrane|^\s+at /m, args.join(' '));
    }
  });

  it('checks a job and tells its size without storing anything', async () => {
    const stored = async (): Promise<string> => (await terrane('list', '--json')).out;
    const before = await stored();
    const { code, out } = await terrane('check', example, '--json');
    assert.equal(code, 0);
    const size = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(
      [size.valid, size.sites, size.realizations, size.source_model_realizations, size.levels],
      [true, 3, 8, 2, 60],
    );
    // the fault lies deeper in one model; the point source has other rates only, in 16 bins of 0.1, and is computed once
    const regions = size.regions as Record<string, unknown>[];
    assert.deepEqual(
      regions.map(({ sources, geometries, models }) => [sources, geometries, models]),
      [
        [2, 2, 2],
        [2, 1, 2],
      ],
    );
    assert.deepEqual([size.sources, size.geometries, regions[1].ruptures], [4, 3, 16]);
    assert.equal(await stored(), before);
  });

  it('shows what is in a calculation, and exports single outputs', async () => {
    for (const what of [
      'status',
      'log',
      'outputs',
      'contents',
      'oqparam',
      'sites',
      'tree',
      'branches',
      'realizations',
      'sources',
      'performance',
    ]) {
      const { code, out } = await terrane('show', '1', what);
      assert.equal(code, 0, what);
      assert.ok(out.length > 0, what);
    }
    const listed = JSON.parse((await terrane('show', '1', 'realizations', '--json')).out) as {
      realizations: { number: number; path: string; weight: number }[];
    };
    const [, , third] = listed.realizations;
    const found = JSON.parse((await terrane('show', '1', 'realizations', '--path', third.path, '--json')).out) as [
      { number: number; path: string; weight: number; branches: string[] },
    ];
    assert.deepEqual({ ...found[0], branches: [] }, { ...third, branches: [] });
    assert.ok(found[0].branches.length > 1);
    const { out } = await terrane('export', '1', 'realizations', '-o', join(folder, 'again'));
    assert.equal(out, `${join(folder, 'again', 'realizations_1.csv')}\n`);
  });

  it('shows numbers of tables to six digits, whole ones whole, and shapes of datasets', async () => {
    const [header, ...lines] = (await terrane('show', '1', 'sources')).out.trimEnd().split('\n');
    const rows = JSON.parse((await terrane('show', '1', 'sources', '--json')).out) as Record<string, string | number>[];
    const names = header.trim().split(/\s+/);
    assert.deepEqual(names, Object.keys(rows[0]));
    assert.deepEqual(
      lines.map((line) => line.trim().split(/\s+/)),
      rows.map((row) =>
        names.map((name) => {
          const value = row[name];
          return String(typeof value === 'number' ? Number(value.toPrecision(6)) : value);
        }),
      ),
    );
    const { out } = await terrane('show', '1', 'contents');
    assert.match(out, /^hcurves-stats +3 x 4 x 2 x 30 /m);
    assert.match(out, /^oqparam +scalar /m);
  });

  it('exports everything that has a format', async () => {
    const target = join(folder, 'maps');
    const { code, out } = await terrane('export', '1', 'all', '--format', 'geojson', '-o', target);
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trim()
        .split('\n')
        .map((path) => path.slice(target.length + 1))
        .sort(),
      readdirSync(target).sort(),
    );
    assert.ok(readdirSync(target).every((name) => name.endsWith('.geojson')));
  });

  it('tells a question that has no answer from a job that is refused', async () => {
    const { code, err } = await terrane('show', '1', 'realizations', '--path', 'X');
    assert.deepEqual([code, err], [1, "terrane: 'X' is not the code of a path: no branch fits from character 1 on\n"]);
  });

  it('shows the logic tree as text, as a table of branches and as a drawing', async () => {
    const { out } = await terrane('show', '1', 'tree');
    assert.match(out, /^Two source models.*\n8 paths\n/);
    assert.match(out, /├─ AA {2}shallow {2}shallow_faults\.xml {2}0\.6\n└─ AB {2}deep /);
    const branches = JSON.parse((await terrane('show', '1', 'branches', '--json')).out) as Record<string, unknown>[];
    assert.deepEqual(
      branches.map(({ branch_set: set, branch, code, weight }) => [set, branch, code, weight]),
      [
        ['models', 'shallow', 'AA', 0.6],
        ['models', 'deep', 'AB', 0.4],
        ['set-1', 'gA0', 'A', 0.5],
        ['set-1', 'gB0', 'B', 0.5],
        ['set-2', 'gA1', 'A', 0.7],
        ['set-2', 'gB1', 'B', 0.3],
      ],
    );
    const drawing = join(folder, 'tree.svg');
    assert.equal((await terrane('show', '1', 'tree', '--svg', drawing)).out, `${drawing}\n`);
    const before = join(folder, 'before.svg');
    assert.equal((await terrane('check', example, '--tree', before)).code, 0);
    assert.equal(readFileSync(before, 'utf8'), readFileSync(drawing, 'utf8'));
    const exported = await terrane('export', '1', 'logic_tree', '--format', 'svg', '-o', join(folder, 'svg'));
    assert.equal(readFileSync(exported.out.trim(), 'utf8'), readFileSync(drawing, 'utf8'));
  });

  it('shows realizations page by page and says how many there are', async () => {
    const lines = (await terrane('show', '1', 'realizations', '--first', '2', '--count', '3')).out.trim().split('\n');
    assert.deepEqual(
      lines.slice(1).map((line) => line.trim().split(/\s+/)[0]),
      ['2', '3', '4', '3'],
    );
    assert.equal(lines.at(-1), '3 of 8 realizations; --first 5 goes on');
    const { total, realizations } = JSON.parse(
      (await terrane('show', '1', 'realizations', '--json', '--first', '7')).out,
    ) as { total: number; realizations: { number: number }[] };
    assert.deepEqual([total, realizations.length, realizations[0].number], [8, 1, 7]);
    const wrong = await terrane('show', '1', 'log', '--first', '2');
    assert.deepEqual(
      [wrong.code, wrong.err],
      [1, 'terrane: --first and --count are for branches and realizations, not for log\n'],
    );
  });

  it('lists models, parameters and sources', async () => {
    const models = JSON.parse((await terrane('info', 'models', '--json')).out) as { id: string }[];
    assert.ok(models.some(({ id }) => id === 'ChiouYoungs2014'));
    assert.match((await terrane('info', 'parameters')).out, /investigation_time/);
    assert.match((await terrane('info', 'sources')).out, /simpleFault/);
  });

  it('leaves an aborted job and no half-written file when it is interrupted', async () => {
    const job = join(folder, 'long.zip');
    writeFileSync(job, await zipOf(longJob()));
    const child = start('run', job, '--workers', '1');
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 130);
    const store = new JobStore(new DataFolder(data).storeFile);
    try {
      const [latest] = store.list();
      assert.equal(latest.status, 'aborted');
      assert.ok(!readdirSync(data).some((name) => name.startsWith(`calc_${latest.id}.`)));
    } finally {
      store.close();
    }
  });

  it('verifies calculations and files by their checksums', async () => {
    const { code, out } = await terrane('verify', '1');
    assert.equal(code, 0);
    assert.match(out, /^calculation 1 is as it was written \(\d+ blocks\)\n$/);
    const path = join(data, 'calc_1.hdf5');
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[6000] ^= 1;
    writeFileSync(path, changed);
    try {
      const damaged = await terrane('verify', '1', path);
      assert.equal(damaged.code, 1);
      assert.match(damaged.out, /calc_1\.hdf5 is damaged: bytes 0 to \d+ are not what was written\n/);
      assert.match(damaged.err, /calc_1\.hdf5, calculation 1: not to be trusted: take the file from a backup/);
      assert.equal((await terrane('export', '1', 'hcurves', '--output', data)).code, 1);
    } finally {
      writeFileSync(path, bytes);
    }
  });

  it('makes a lost list of jobs anew, and names what it cannot read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terrane-cli-recover-'));
    try {
      const bytes = readFileSync(join(data, 'calc_1.hdf5'));
      writeFileSync(join(folder, 'calc_1.hdf5'), bytes);
      const changed = Buffer.from(bytes);
      changed[6000] ^= 1;
      writeFileSync(join(folder, 'calc_4.hdf5'), changed);
      const { code, out } = await terrane('recover', '--data', folder);
      assert.equal(code, 0);
      assert.match(
        out,
        /^calculation 1: .+\nnot recovered: calc_4\.hdf5: is damaged: bytes 0 to \d+ are not what was written\n1 recovered, 1 cannot be read\n$/,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('removes jobs with their files', async () => {
    const { code, out } = await terrane('remove', '1', '2');
    assert.equal(code, 0);
    assert.equal(out, 'calculation 1 removed\ncalculation 2 removed\n');
    assert.deepEqual(
      readdirSync(data).filter((name) => name.startsWith('calc_')),
      [],
    );
  });
});
