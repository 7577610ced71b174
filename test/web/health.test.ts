import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../../web/server.js';

describe('what operators ask a server', () => {
  let data: string;
  let server: RunningServer;
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-health-'));
    server = await startServer({ data, host: '127.0.0.1', port: 0, atOnce: 1 });
  });
  afterEach(async () => {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });
  const get = (path: string): Promise<Response> => fetch(`${server.url}${path}`);

  it('is whether it lives and takes jobs', async () => {
    assert.equal(await (await get('/healthz')).text(), 'ok');
    const ready = await get('/readyz');
    assert.equal(ready.status, 200);
    assert.deepEqual(await ready.json(), { store: true, folder: true, disk: true });
  });

  it('is answered no when the data folder is gone', async () => {
    rmSync(data, { recursive: true });
    const ready = await get('/readyz');
    assert.equal(ready.status, 503);
    assert.equal(((await ready.json()) as { folder: boolean }).folder, false);
  });

  it('are figures by route and status; made-up paths share one label', async () => {
    for (const path of ['/v1/calc/list', '/made-up-1', '/made-up-2']) await (await get(path)).text();
    const text = await (await get('/metrics')).text();
    assert.match(text, /terrane_http_seconds_count\{method="GET",route="\/v1\/calc\/list",status="200"\} 1/);
    assert.match(text, /terrane_http_seconds_count\{method="GET",route="other",status="404"\} 2/);
    assert.doesNotMatch(text, /made-up/);
    assert.match(text, /terrane_process_resident_memory_bytes \d+/);
  });
});
