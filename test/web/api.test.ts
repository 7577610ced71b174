import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../../web/server.js';
import { ApiClient, exampleFiles, type Refused, zipOf } from './api-client.js';

interface JobView {
  id: number;
  status: string;
  is_running: boolean;
  size_mb: number | null;
}
interface OutputView {
  id: number;
  type: string;
  outtypes: string[];
  url: string;
  size_mb: number;
}

describe('the HTTP API', () => {
  let data: string;
  let server: RunningServer;
  let api: ApiClient;
  let done: number;
  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-web-'));
    server = await startServer({ data, host: '127.0.0.1', port: 0, atOnce: 2, workers: 1 });
    api = new ApiClient(server.url);
    const { status, body } = await api.sendFiles(exampleFiles('03-logic-tree'));
    assert.deepEqual({ status, body }, { status: 200, body: { status: 'created', job_id: 1 } });
    done = body.job_id;
    assert.equal(await api.waitForEnd(done), 'complete');
  });
  after(async () => {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('shows a job with all keys that clients read', async () => {
    const job = await api.json<JobView>(`/v1/calc/${done}/status`);
    assert.deepEqual(Object.keys(job), [
      'id',
      'owner',
      'calculation_mode',
      'status',
      'is_running',
      'description',
      'url',
      'parent_id',
      'abortable',
      'size_mb',
      'start_time',
    ]);
    assert.equal(job.status, 'complete');
    assert.equal(job.is_running, false);
    assert.ok(job.size_mb! > 0);
    assert.match((job as unknown as { start_time: string }).start_time, /^\d{4}-\d\d-\d\d, \d\d:\d\d:\d\d UTC$/);
    const [listed] = await api.json<JobView[]>(
      '/v1/calc/list?relevant=true&is_running=false&calculation_mode=classical',
    );
    assert.deepEqual(listed, job);
    const times = await api.json<{ status: string; stop_time: string; user_name: string }>(`/v1/calc/${done}`);
    assert.match(times.stop_time, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  });

  it('filters the list and refuses values that make no sense', async () => {
    assert.deepEqual(await api.json('/v1/calc/list?is_running=1'), []);
    assert.deepEqual(await api.json('/v1/calc/list?start_time=2100-01-01'), []);
    assert.deepEqual(await api.json('/v1/calc/list?limit=0'), []);
    for (const query of ['limit=many', 'is_running=perhaps', 'start_time=yesterday'])
      assert.equal((await api.get(`/v1/calc/list?${query}`)).status, 400, query);
  });

  it('gives the log as rows of four strings, by range', async () => {
    const all = await api.json<string[][]>(`/v1/calc/${done}/log/:`);
    assert.ok(all.length > 1);
    for (const row of all)
      assert.deepEqual(
        row.map((cell) => typeof cell),
        ['string', 'string', 'string', 'string'],
      );
    assert.equal(all[0][0].length, 22);
    assert.deepEqual(await api.json(`/v1/calc/${done}/log/1:2`), all.slice(1, 2));
    assert.deepEqual(await api.json(`/v1/calc/${done}/log/1:`), all.slice(1));
    assert.equal(await api.json(`/v1/calc/${done}/log/size`), all.length);
    assert.deepEqual(await api.json('/v1/calc/99/log/:'), []);
    assert.deepEqual(await api.json(`/v1/calc/${done}/traceback`), []);
  });

  it('lists outputs in lexical order and serves one file as such, several as a zip', async () => {
    const outputs = await api.json<OutputView[]>(`/v1/calc/${done}/results`);
    const types = outputs.map(({ type }) => type);
    assert.deepEqual(types, [...types].sort());
    for (const type of ['hcurves', 'hmaps', 'realizations', 'uhs']) assert.ok(types.includes(type), type);
    assert.deepEqual(await api.json(`/v1/calc/${done}/result/list`), outputs);
    const find = (type: string): OutputView => outputs.find((output) => output.type === type)!;

    const single = await fetch(`${find('realizations').url}?export_type=csv&dload=true`);
    const name = `output-${find('realizations').id}-realizations_${done}.csv`;
    assert.equal(single.headers.get('content-disposition'), `attachment; filename=${name}`);
    assert.match(single.headers.get('content-type')!, /^text\/plain/);
    const text = await single.text();
    assert.equal(Number(single.headers.get('content-length')), Buffer.byteLength(text));
    assert.match(text, /^#,,"generated_by=/);
    assert.equal(text.trim().split('\r\n').length, 2 + 8);

    const several = await fetch(`${find('hcurves').url}?export_type=csv`);
    assert.match(several.headers.get('content-disposition')!, /filename=output-\d+-hcurves-csv\.zip$/);
    assert.equal(
      Buffer.from(await several.arrayBuffer())
        .subarray(0, 2)
        .toString(),
      'PK',
    );

    assert.deepEqual(find('hcurves').outtypes, ['csv', 'npz']);
    const npz = await fetch(`${find('uhs').url}?export_type=npz`);
    assert.ok(Buffer.from(await npz.arrayBuffer()).includes('all.npy'));

    const head = await fetch(`${find('hcurves').url}?export_type=csv`, { method: 'HEAD' });
    assert.equal(head.status, 200);
    const refused = await fetch(`${find('hmaps').url}?export_type=xml`);
    assert.equal(refused.status, 404);
    assert.match(
      await refused.text(),
      /^DataStoreExportError: Could not export hmaps in xml \(formats: csv, geojson, npz\)/,
    );
    assert.equal((await api.get('/v1/calc/result/9999?export_type=csv')).status, 404);
  });

  it('draws the logic trees, the same in the page and as an output', async () => {
    const drawing = await api.get(`/v1/calc/${done}/tree`);
    assert.equal(drawing.headers.get('content-type'), 'image/svg+xml');
    assert.equal(drawing.headers.get('content-disposition'), `inline; filename=logic_tree_${done}.svg`);
    const svg = await drawing.text();
    assert.match(svg, /^<svg [^]*8 paths/);
    const outputs = await api.json<OutputView[]>(`/v1/calc/${done}/results`);
    const output = outputs.find(({ type }) => type === 'logic_tree')!;
    assert.deepEqual(output.outtypes, ['svg']);
    const file = await fetch(`${output.url}?export_type=svg`);
    assert.match(file.headers.get('content-disposition')!, /^attachment; filename=output-\d+-logic_tree_\d+\.svg$/);
    assert.equal(await file.text(), svg);
    assert.equal((await api.get('/v1/calc/99/tree')).status, 404);
  });

  it('serves the datastore as an HDF5 file', async () => {
    const response = await api.get(`/v1/calc/${done}/datastore`);
    assert.equal(response.headers.get('content-type'), 'application/x-hdf');
    assert.equal(response.headers.get('content-disposition'), `attachment; filename=calc_${done}.hdf5`);
    assert.equal(
      Buffer.from(await response.arrayBuffer())
        .subarray(1, 4)
        .toString(),
      'HDF',
    );
    assert.equal((await api.get('/v1/calc/99/datastore')).status, 404);
  });

  it('extracts NPZ files, with the query encoded or not', async () => {
    for (const path of [
      'oqparam',
      'sitecol',
      'sitecol?field=vs30',
      'realizations',
      'weights',
      'hcurves',
      'hmaps',
      'uhs',
      'hcurves?kind=mean&imt=SA(1.0)&site_id=0',
      'hcurves?kind=mean&kind=rlz-3&imt=SA%281.0%29',
      'hmaps?kind=stats',
      'uhs?kind=rlzs&site_id=1',
      'hcurves-stats',
      'full_lt',
    ]) {
      const response = await api.get(`/v1/calc/${done}/extract/${path}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      assert.equal(response.status, 200, `${path}: ${bytes.toString()}`);
      assert.equal(bytes.subarray(0, 2).toString(), 'PK', path);
      assert.ok(bytes.includes('extra.npy'), path);
    }
    for (const path of ['hcurves?kind=nonsense', 'hcurves?imt=PGA', 'hcurves?kind=mean&imt=PGX', 'nothing', '..%2f..'])
      assert.ok((await api.get(`/v1/calc/${done}/extract/${path}`)).status >= 400, path);
    assert.equal((await api.get('/v1/calc/99/extract/oqparam')).status, 404);
  });

  it('sends what the page draws', async () => {
    const plot = await api.json<{
      siteCount: number;
      measures: { levels: number[]; curves: Record<string, number[]> }[];
    }>(`/v1/calc/${done}/plot?site_id=2`);
    assert.equal(plot.siteCount, 3);
    assert.deepEqual(Object.keys(plot.measures[0].curves), ['mean', 'quantile-0.05', 'quantile-0.5', 'quantile-0.95']);
    assert.equal(plot.measures[0].curves.mean.length, plot.measures[0].levels.length);
    assert.equal((await api.get(`/v1/calc/${done}/plot?site_id=3`)).status, 400);
  });

  it('takes a zip with sub-folders and what macOS adds, and a given job file', async () => {
    const files = new Map([...exampleFiles('03-logic-tree')].map(([name, text]) => [`model/${name}`, text]));
    files.set(
      'model/other.ini',
      files.get('model/job.ini')!.replace(/description = .*/, 'description = The other one'),
    );
    files.set('__MACOSX/model/._job.ini', 'nothing of use');
    const form = new FormData();
    form.append('job_ini', 'other.ini');
    form.append('archive', new Blob([Uint8Array.from(await zipOf(files))]), 'job.zip');
    const answer = (await (await fetch(`${api.url}/v1/calc/run`, { method: 'POST', body: form })).json()) as {
      job_id: number;
    };
    assert.equal(await api.waitForEnd(answer.job_id), 'complete');
    const job = await api.json<{ description: string }>(`/v1/calc/${answer.job_id}/status`);
    assert.equal(job.description, 'The other one');
    assert.deepEqual(readdirSync(join(data, 'inputs', String(answer.job_id))), ['archive.zip']);
  });

  it('starts from a finished calculation, named by its number, and from no other', async () => {
    const { job_id: parent } = (await api.sendFiles(exampleFiles('03-logic-tree'))).body;
    await api.waitForEnd(parent);
    const ini = '[general]\nquantiles = 0.25\n';
    const later = await api.sendFiles(new Map([['job.ini', ini]]), { hazard_job_id: String(parent) });
    assert.equal(await api.waitForEnd(later.body.job_id), 'complete');
    const status = await api.json<{ parent_id: number }>(`/v1/calc/${later.body.job_id}/status`);
    assert.equal(status.parent_id, parent);
    const log = JSON.stringify(await api.json(`/v1/calc/${later.body.job_id}/log/:`));
    assert.match(log, new RegExp(`rates are those of calculation ${parent}`));
    assert.equal((await api.post(`/v1/calc/${parent}/remove`)).status, 403);
    for (const wrong of ['999999', 'x', '-1']) {
      const { status: code, body } = await api.sendFiles(new Map([['job.ini', ini]]), { hazard_job_id: wrong });
      assert.equal(code, 400);
      assert.match(body.traceback[0], /there is no such calculation/);
    }
    const failed = await api.sendFiles(new Map([['job.ini', ini]]));
    assert.match(
      (await api.sendFiles(new Map([['job.ini', ini]]), { hazard_job_id: String(failed.body.job_id) })).body
        .traceback[0],
      /only a complete one can be started from/,
    );
    const named = new Map([['job.ini', `${ini}hazard_calculation_id = 77\n`]]);
    assert.notEqual((await api.sendFiles(named)).status, 200);
    await api.post(`/v1/calc/${later.body.job_id}/remove`);
    await api.post(`/v1/calc/${parent}/remove`);
  });

  it('refuses bad input with every fault, an id, and nothing left behind', async () => {
    const files = exampleFiles('03-logic-tree');
    const broken: [string, () => Promise<{ status: number; body: Refused }>, RegExp, string][] = [
      [
        'bad value',
        () =>
          api.sendFiles(
            exampleFiles('03-logic-tree', (ini) => ini.replace('truncation_level = 3', 'truncation_level = much')),
          ),
        /truncation_level = much/,
        'INVALID_VALUE',
      ],
      [
        'missing file',
        () => api.sendFiles(new Map([...files].filter(([name]) => name !== 'deep_faults.xml'))),
        /deep_faults\.xml/,
        'MISSING_FILE',
      ],
      ['no ini', () => api.sendFiles(new Map([['a.xml', '<a/>']])), /\.ini/, 'MISSING_FILE'],
      ['not a zip', () => api.sendArchive(Buffer.from('no zip at all')), /archive/, 'BROKEN_FILE'],
      [
        'zip without ini',
        async () => api.sendArchive(await zipOf(new Map([['a.xml', '<a/>']]))),
        /\.ini/,
        'MISSING_FILE',
      ],
      [
        'broken XML',
        () => api.sendFiles(new Map(files).set('deep_faults.xml', '<nrml><sourceModel>')),
        /deep_faults\.xml/,
        'UNKNOWN_ELEMENT',
      ],
      ['nothing', () => api.sendFiles(new Map()), /no files/, ''],
    ];
    for (const [name, send, message, code] of broken) {
      const { status, body } = await send();
      assert.ok(status >= 400, `${name}: ${status}`);
      assert.ok(
        body.traceback.some((line) => message.test(line)),
        `${name}: ${body.traceback.join('\n')}`,
      );
      assert.ok(!body.traceback.some((line) => /^\s+at /.test(line)), name);
      assert.deepEqual([...new Set(body.faults.map((fault) => fault.code))], code === '' ? [] : [code], name);
      const job = await api.json<JobView>(`/v1/calc/${body.job_id}/status`);
      assert.equal(job.status, 'failed');
      assert.deepEqual(await api.json(`/v1/calc/${body.job_id}/faults`), body.faults);
      assert.deepEqual(await api.json(`/v1/calc/${body.job_id}/traceback`), body.traceback);
      assert.ok(!existsSync(join(data, 'inputs', String(body.job_id))), name);
      assert.equal((await api.post(`/v1/calc/${body.job_id}/remove`)).status, 200);
    }
  });

  it('refuses forms that are none, and files that cannot be stored under their name', async () => {
    const plain = await fetch(`${api.url}/v1/calc/run`, { method: 'POST', body: 'x=1' });
    assert.equal(plain.status, 400);
    const twice = new FormData();
    twice.append('a', new Blob(['x']), 'job.ini');
    twice.append('b', new Blob(['y']), 'job.ini');
    assert.equal((await fetch(`${api.url}/v1/calc/run`, { method: 'POST', body: twice })).status, 400);
  });

  it('validates a zip without running it', async () => {
    const good = await api.sendArchive(await zipOf(exampleFiles('03-logic-tree')), '/v1/calc/validate_zip');
    assert.deepEqual(good.body, { valid: true, error_msg: null, error_line: null });
    const bad = await api.sendArchive(Buffer.from('PK nothing'), '/v1/calc/validate_zip');
    assert.equal(bad.body.valid, false);
    assert.ok(String(bad.body.error_msg).length > 0);
    assert.equal(bad.body.faults[0].code, 'BROKEN_FILE');
    const none = await api.sendArchive(Buffer.from('nothing'), '/v1/calc/validate_zip');
    assert.equal(none.body.error_msg, 'File is not a zip file');
    const form = new FormData();
    form.append('x', 'y');
    const missing = await fetch(`${api.url}/v1/calc/validate_zip`, { method: 'POST', body: form });
    assert.equal(missing.status, 400);
    assert.equal(await missing.text(), 'Missing archive file');
  });

  it('refuses uploads beyond its limits, with nothing left behind', async () => {
    const small = await startServer({
      data: join(data, 'small'),
      host: '127.0.0.1',
      port: 0,
      atOnce: 1,
      uploadLimits: { totalSize: 100_000, files: 3 },
    });
    try {
      const client = new ApiClient(small.url);
      const large = await client.sendFiles(new Map([['job.ini', 'x'.repeat(200_000)]]));
      assert.equal(large.status, 413);
      assert.match(large.body.traceback[0], /larger than/);
      const many = await client.sendFiles(new Map(['a', 'b', 'c', 'd'].map((name) => [name, 'x'])));
      assert.equal(many.status, 413);
      assert.deepEqual(readdirSync(join(data, 'small', 'inputs')), []);
      assert.equal((await client.get('/v1/engine_version')).status, 200);
    } finally {
      await small.close();
    }
  });

  it('shares, unshares and removes', async () => {
    const { body } = await api.sendFiles(exampleFiles('03-logic-tree'));
    const id = body.job_id;
    await api.waitForEnd(id);
    const share = await api.post(`/v1/calc/${id}/share`);
    assert.deepEqual(share.body, {
      success: `The status of calculation ${id} was changed from "complete" to "shared"`,
    });
    assert.deepEqual((await api.post(`/v1/calc/${id}/share`)).body, {
      success: `Calculation ${id} was already shared`,
    });
    assert.equal((await api.get(`/v1/calc/${id}/datastore`)).status, 200);
    assert.equal((await api.post(`/v1/calc/${id}/unshare`)).status, 200);
    assert.equal((await api.post('/v1/calc/999/share')).status, 404);
    const removed = await api.post(`/v1/calc/${id}/remove`);
    assert.equal(removed.body.success, String(id));
    assert.equal((await api.get(`/v1/calc/${id}/status`)).status, 404);
    assert.equal((await api.json<{ status: string }>(`/v1/calc/${id}`)).status, 'deleted');
    assert.equal((await api.get(`/v1/calc/${id}/results`)).status, 404);
    assert.equal((await api.post(`/v1/calc/${id}/remove`)).status, 200);
    assert.equal((await api.post('/v1/calc/999/remove')).status, 403);
    assert.ok(!readdirSync(data).some((name) => name.startsWith(`calc_${id}.`)));
  });

  it('evaluates ground-motion models along distance, magnitude, period and vs30', async () => {
    interface Series {
      model: string;
      median: (number | null)[];
      sigma: (number | null)[];
    }
    const { panels, faults } = await api.json<{
      panels: { abscissa: string; values: number[]; series: Series[] }[];
      faults: { model: string }[];
    }>('/v1/models/evaluate?model=BooreEtAl2014&model=SadighEtAl1997&model=Nobody2030&imt=SA(0.2)&magnitude=7');
    assert.deepEqual(
      panels.map(({ abscissa }) => abscissa),
      ['distance', 'magnitude', 'period', 'vs30'],
    );
    assert.deepEqual(
      faults.map(({ model }) => model),
      ['Nobody2030'],
    );
    const [distance, , period] = panels;
    for (const { median, sigma } of distance.series) {
      assert.equal(median.length, distance.values.length);
      assert.ok(median.every((value, k) => value! > 0 && sigma[k]! > 0 && (k === 0 || value! <= median[k - 1]!)));
    }
    // Sadigh et al. (1997) has no periods above 4 s
    assert.equal(period.series[1].median[period.values.indexOf(10)], null);
    assert.equal((await api.get('/v1/models/evaluate')).status, 400);
    const several = (count: number): string => new Array<string>(count).fill('model=SadighEtAl1997').join('&');
    assert.equal((await api.get(`/v1/models/evaluate?${several(12)}`)).status, 200);
    const many = await api.get(`/v1/models/evaluate?${several(13)}`);
    assert.deepEqual([many.status, await many.text()], [400, 'at most 12 models at once']);
    assert.equal((await api.get('/v1/models/evaluate?model=BooreEtAl2014&magnitude=20')).status, 400);
    assert.ok((await api.json<{ id: string }[]>('/v1/models')).some(({ id }) => id === 'ZhaoEtAl2006SInter'));
  });

  it('answers unknown paths, wrong methods and preflights as clients expect', async () => {
    const options = await fetch(`${api.url}/v1/calc/run`, { method: 'OPTIONS' });
    assert.equal(options.status, 200);
    assert.match(options.headers.get('allow')!, /POST/);
    const wrong = await fetch(`${api.url}/v1/calc/run`);
    assert.equal(wrong.status, 405);
    assert.match(wrong.headers.get('allow')!, /POST/);
    for (const path of ['/v1/calc/12x', '/v1/calc/list/', '/v1/nothing', '/v1/calc/99', '/nothing']) {
      const response = await api.get(path);
      assert.equal(response.status, 404, path);
      assert.equal(await response.text(), '', path);
    }
    assert.match(await (await api.get('/v1/engine_version')).text(), /^\d+\.\d+\.\d+$/);
    assert.ok((await api.json<string[]>('/v1/available_gsims')).includes('BooreEtAl2014'));
    const root = await fetch(`${api.url}/`, { redirect: 'manual' });
    assert.deepEqual([root.status, root.headers.get('location')], [301, '/engine/']);
    assert.match(await (await api.get('/engine/')).text(), /<title>Terrane/);
  });
});
