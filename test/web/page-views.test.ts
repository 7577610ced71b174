import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../../web/server.js';
import { ApiClient, exampleFiles } from './api-client.js';

describe('what the page draws', () => {
  let data: string;
  let server: RunningServer;
  let api: ApiClient;
  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-views-'));
    server = await startServer({ data, host: '127.0.0.1', port: 0, atOnce: 1 });
    api = new ApiClient(server.url);
    for (const name of ['03-logic-tree', '07-disaggregation']) {
      const { body } = await api.sendFiles(exampleFiles(name));
      await api.waitFor(body.job_id, 'complete');
    }
  });
  after(async () => {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });

  const numbers = async (path: string): Promise<Float32Array> =>
    new Float32Array(await (await api.get(path)).arrayBuffer());

  interface Curves {
    readonly site: { readonly number: number; readonly lon: number; readonly lat: number };
    readonly curves: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  }
  interface Summary {
    readonly measures: readonly { readonly imt: string; readonly levels: readonly number[] }[];
    readonly sites: number;
    readonly kept: number;
    readonly statistics: readonly string[];
    readonly bounds: readonly number[];
  }

  it('summarises what a calculation holds', async () => {
    const summary = await api.json<Summary>('/v2/calc/1/summary');
    assert.equal(summary.sites, 3);
    assert.equal(summary.kept, 8);
    assert.deepEqual(summary.statistics, ['mean', 'quantile-0.05', 'quantile-0.5', 'quantile-0.95']);
    const places = await numbers('/v2/calc/1/sites');
    assert.equal(Math.fround(summary.bounds[0]), Math.min(...places.subarray(0, 3)));
    assert.equal(Math.fround(summary.bounds[3]), Math.max(...places.subarray(3)));
  });

  it('gives the curves of a site, chosen by its number or as the nearest to a place', async () => {
    const byNumber = await api.json<Curves>('/v2/calc/1/curves?site=2');
    const { lon, lat } = byNumber.site;
    assert.deepEqual(await api.json<Curves>(`/v2/calc/1/curves?lon=${lon + 0.02}&lat=${lat - 0.02}`), byNumber);
  });

  it('reads maps of any probability from the curves: on the curve the level has this probability', async () => {
    const { measures } = await api.json<Summary>('/v2/calc/1/summary');
    const { curves } = await api.json<Curves>('/v2/calc/1/curves?site=1');
    const [{ imt, levels }] = measures;
    // the probability of a level itself leads back to that level
    const k = 4;
    const map = await numbers(`/v2/calc/1/map?imt=${imt}&statistic=mean&poe=${curves[imt].mean[k]}`);
    assert.ok(Math.abs(map[1] / levels[k] - 1) < 1e-6, `${map[1]} for level ${levels[k]}`);
  });

  it('gives the realizations, whose mean by their weights is the mean curve', async () => {
    const tree = await api.json<{ paths: string[]; weights: number[] }>('/v2/calc/1/tree');
    const { curves } = await api.json<Curves>('/v2/calc/1/curves?site=0');
    const { mean } = curves.PGA;
    const realizations = await numbers('/v2/calc/1/realizations?site=0&imt=PGA');
    assert.equal(realizations.length, tree.paths.length * mean.length);
    // probabilities are averaged; float32 numbers hold seven digits
    mean.forEach((value, level) => {
      const own = tree.weights.reduce((sum, weight, row) => sum + weight * realizations[row * mean.length + level], 0);
      assert.ok(Math.abs(own - value) <= 1e-6 * value + 1e-12, `level ${level}: ${own} and ${value}`);
    });
  });

  for (const imt of ['PGA', 'SA(1.0)'])
    for (const poe of [0, 1])
      it(`gives tables of a disaggregation whose bins make up their probability: ${imt}, number ${poe}`, async () => {
        const table = await api.json<{ poes: number[]; values: number[]; shape: number[] }>(
          `/v2/calc/2/disaggregation?table=Mag_Dist&imt=${imt}&poe_id=${poe}`,
        );
        assert.equal(table.values.length, table.shape[0] * table.shape[1]);
        const total = 1 - table.values.reduce((product, value) => product * (1 - value), 1);
        // the curve is read between its levels, the disaggregation at the level itself: they agree to 5 %
        assert.ok(Math.abs(total / table.poes[poe] - 1) < 0.05, `${total} and ${table.poes[poe]}`);
      });

  for (const [query, message] of [
    ['1/curves?site=3', /site=3 must be a whole number from 0 to 2/],
    ['1/map?poe=1.5', /poe=1\.5 must be a probability between 0 and 1/],
    ['1/map?poe=0.1&imt=PGV', /no measure 'PGV'/],
    ['1/map?poe=0.1&statistic=mode', /no statistic 'mode'/],
    ['1/sources', /no rates by source/],
    ['1/disaggregation', /no disaggregation/],
    ['2/disaggregation?table=Mag_Lon_Lat_Q', /no table/],
    ['2/disaggregation?poe_id=77', /poe_id=77 must be a whole number/],
  ] as const)
    it(`refuses ${query} by name`, async () => {
      const response = await api.get(`/v2/calc/${query}`);
      assert.equal(response.status, 400);
      assert.match(await response.text(), message);
    });

  it('sends the files of the page compressed, for ever where their names hold a hash', async () => {
    const html = await (await api.get('/engine/')).text();
    const [, script] = /src="(\/assets\/index-[^"]+\.js)"/.exec(html)!;
    const response = await fetch(server.url + script, { headers: { 'Accept-Encoding': 'br' } });
    assert.equal(response.headers.get('content-encoding'), 'br');
    assert.match(response.headers.get('cache-control')!, /immutable/);
  });
});
