import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../../web/server.js';
import { ApiClient, exampleFiles, zipOf, type Answer } from './api-client.js';

describe('jobs before they run, and again', () => {
  let data: string;
  let server: RunningServer;
  let api: ApiClient;
  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-drafts-'));
    server = await startServer({ data, host: '127.0.0.1', port: 0, atOnce: 1 });
    api = new ApiClient(server.url);
  });
  after(async () => {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });

  const send = async (
    path: string,
    files: ReadonlyMap<string, string | Uint8Array<ArrayBuffer>>,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    let number = 0;
    for (const [name, content] of files)
      form.append(name === 'job.zip' ? 'archive' : `f${number++}`, new Blob([content]), name);
    const response = await fetch(server.url + path, { method: 'POST', body: form });
    const text = await response.text();
    return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : { text }) as Answer['body'] };
  };
  const jobCount = async (): Promise<number> => (await api.json<unknown[]>('/v1/calc/list')).length;
  const sizeOf = ({ body }: Answer): Record<string, unknown> => body.size as Record<string, unknown>;

  it('checks files, a ZIP, and files in sub-folders without making a job of them', async () => {
    const files = exampleFiles('03-logic-tree');
    const plain = await send('/v2/check', files);
    assert.equal(plain.status, 200);
    assert.equal(sizeOf(plain).ruptures, 238);
    const zipped = await send('/v2/check', new Map([['job.zip', Uint8Array.from(await zipOf(files))]]));
    assert.deepEqual(sizeOf(zipped), sizeOf(plain));
    assert.equal((zipped.body.ini as { file: string }).file, 'job.ini');
    const deep = new Map(
      [...files].map(([name, text]) => [name.endsWith('faults.xml') ? `models/${name}` : name, text]),
    );
    deep.set(
      'source_model_logic_tree.xml',
      deep.get('source_model_logic_tree.xml')!.replace(/(\w+_faults\.xml)/g, 'models/$1'),
    );
    assert.deepEqual(sizeOf(await send('/v2/check', deep)).ruptures, 238);
    assert.equal(await jobCount(), 0);
  });

  it('tells every fault of a job, with the values that replace those of its file', async () => {
    const { status, body } = await send('/v2/check', exampleFiles('03-logic-tree'), {
      overrides: JSON.stringify({ truncation_level: 'three' }),
    });
    assert.equal(status, 422);
    assert.match(body.traceback[0], /truncation_level = three/);
    assert.equal(body.faults.length, 1);
    for (const overrides of ['[1]', '{"a": 1}', '{'])
      assert.equal((await send('/v2/check', exampleFiles('03-logic-tree'), { overrides })).status, 400, overrides);
  });

  it('keeps a refused upload out of the list, and everything of it off the disk', async () => {
    const files = exampleFiles('03-logic-tree', (ini) => ini.replace('truncation_level = 3', 'truncation_level = x'));
    const { status, body } = await send('/v2/jobs', files);
    assert.equal(status, 422);
    assert.match(body.traceback[0], /^job\.ini, line \d+: truncation_level = x/);
    assert.equal(await jobCount(), 0);
    assert.equal(existsSync(join(data, 'inputs', '1')), false);
    assert.equal((await send('/v2/jobs', new Map())).status, 400);
  });

  it('runs a job, and the same again with another value of a parameter', async () => {
    const { body } = await send('/v2/jobs', exampleFiles('03-logic-tree'));
    assert.equal(await api.waitForEnd(body.job_id), 'complete');
    const again = await send(`/v2/calc/${body.job_id}/rerun`, new Map(), {
      overrides: JSON.stringify({ description: 'with two sigmas', truncation_level: '2' }),
    });
    assert.equal(again.status, 200);
    assert.equal(await api.waitForEnd(again.body.job_id), 'complete');
    const summary = await api.json<{ description: string; parameters: { truncation_level: number } }>(
      `/v2/calc/${again.body.job_id}/summary`,
    );
    assert.equal(summary.description, 'with two sigmas');
    assert.equal(summary.parameters.truncation_level, 2);
    const refused = await send(`/v2/calc/${body.job_id}/rerun`, new Map(), {
      overrides: JSON.stringify({ truncation_level: 'x' }),
    });
    assert.equal(refused.status, 422);
    assert.equal(await jobCount(), 2);
  });

  it('declares every parameter with its meaning, and offers the examples', async () => {
    const groups =
      await api.json<Record<string, { name: string; meaning: string; allowed: string }[]>>('/v2/parameters');
    const truncation = Object.values(groups)
      .flat()
      .find(({ name }) => name === 'truncation_level');
    assert.match(truncation!.allowed, /a number >= 0/);
    const examples = await api.json<{ name: string; files: Record<string, string> }[]>('/v2/examples');
    const tree = examples.find(({ name }) => name === '03-logic-tree');
    assert.equal(tree!.files['job.ini'], exampleFiles('03-logic-tree').get('job.ini'));
  });

  it('pages through the list, tags jobs, and refuses senseless questions by name', async () => {
    interface Found {
      readonly total: number;
      readonly jobs: readonly { readonly id: number; readonly tags: readonly string[] }[];
      readonly tags: readonly string[];
    }
    const first = await api.json<Found>('/v2/jobs?count=1');
    assert.deepEqual([first.total, first.jobs.length], [2, 1]);
    const [{ id }] = first.jobs;
    assert.equal((await api.post(`/v2/calc/${id}/tags?tags=Draft,%20europe`)).status, 200);
    const { jobs, tags } = await api.json<Found>('/v2/jobs?tag=draft');
    assert.deepEqual([jobs[0].id, jobs[0].tags, tags], [id, ['draft', 'europe'], ['draft', 'europe']]);
    for (const query of ['sort=colour', 'first=-1', 'count=1001'])
      assert.equal((await api.get(`/v2/jobs?${query}`)).status, 400, query);
  });

  it('shows what a job was made of, sent as files or as a ZIP, and nothing else', async () => {
    const zip = await send(
      '/v2/jobs',
      new Map([['job.zip', Uint8Array.from(await zipOf(exampleFiles('03-logic-tree')))]]),
    );
    await api.waitForEnd(zip.body.job_id);
    const plain = (await api.json<{ jobs: { id: number }[] }>('/v2/jobs?sort=id')).jobs[0].id;
    for (const id of [plain, zip.body.job_id]) {
      const { files, ini } = await api.json<{
        files: { path: string; size: number }[];
        ini: { file: string; entries: { key: string; value: string; line: number }[] };
      }>(`/v2/calc/${id}/inputs`);
      assert.deepEqual(
        files.map(({ path, size }) => [path, size]),
        [...exampleFiles('03-logic-tree')].map(([path, text]) => [path, Buffer.byteLength(text)]).sort(),
      );
      const { line } = ini.entries.find(({ key }) => key === 'truncation_level')!;
      const lines = await api.json<object>(`/v2/calc/${id}/inputs/lines?path=${ini.file}&first=${line}&count=1`);
      assert.deepEqual(lines, { first: line, lines: ['truncation_level = 3'], more: true });
      for (const path of ['../../jobs.db', '/etc/passwd', 'nothing.xml', ''])
        assert.equal((await api.get(`/v2/calc/${id}/inputs/lines?path=${path}`)).status, 404, path);
    }
  });

  it('reads slices of the datastore, and tells what there is', async () => {
    interface Part {
      readonly members?: readonly { readonly name: string; readonly shape?: number[] }[];
      readonly columns: readonly string[];
      readonly rows: readonly (readonly number[])[];
    }
    const [{ id }] = (await api.json<{ jobs: { id: number }[] }>('/v2/jobs?sort=id')).jobs;
    const { members } = await api.json<Part>(`/v2/calc/${id}/hdf5`);
    const stats = members!.find(({ name }) => name === 'hcurves-stats');
    assert.equal(stats!.shape!.length, 4);
    const { curves } = await api.json<{ curves: Record<string, Record<string, number[]>> }>(
      `/v2/calc/${id}/curves?site=2`,
    );
    // sites, statistics, measures, levels
    const part = await api.json<Part>(`/v2/calc/${id}/hdf5?path=hcurves-stats&first=2&at=1,1`);
    assert.deepEqual(part.rows, [curves['SA(1.0)']['quantile-0.05']]);
    const table = await api.json<Part>(`/v2/calc/${id}/hdf5?path=source_info`);
    assert.ok(table.columns.includes('source_id') && table.rows.length > 0);
    for (const query of ['path=nothing', 'path=../x', 'path=hcurves-stats&first=3', 'path=hcurves-stats&at=9'])
      assert.equal((await api.get(`/v2/calc/${id}/hdf5?${query}`)).status, 400, query);
  });
});
