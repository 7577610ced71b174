import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OriginPolicy } from '../../../web/security/origin-policy.js';
import { startServer, type RunningServer } from '../../../web/server.js';

const page = { host: 'localhost:8800', origin: 'http://localhost:8800', 'sec-fetch-site': 'same-origin' };

describe('requests from browsers', () => {
  const policy = new OriginPolicy({ address: '127.0.0.1' });

  it('are answered for the own page and for programs', () => {
    assert.equal(policy.reject('POST', page), undefined);
    assert.equal(policy.reject('POST', { host: '127.0.0.1:8800' }), undefined);
    assert.equal(policy.reject('GET', { host: '[::1]:8800' }), undefined);
    // a proxy in front that speaks TLS
    assert.equal(policy.reject('POST', { host: 'localhost', origin: 'https://localhost' }), undefined);
  });

  it('of foreign pages are refused, reading ones too', () => {
    for (const method of ['GET', 'POST'])
      for (const headers of [
        { host: page.host, origin: 'https://evil.example' },
        { host: page.host, origin: 'null' },
        { host: page.host, origin: 'http://localhost:9999' },
        { host: page.host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
        { host: page.host, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      ])
        assert.equal(policy.reject(method, headers)?.status, 403, `${method} ${JSON.stringify(headers)}`);
  });

  it('that follow a link are answered, those that send a form are not', () => {
    const followed = {
      host: page.host,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    assert.equal(policy.reject('GET', followed), undefined);
    assert.equal(policy.reject('POST', followed)?.status, 403);
  });

  it('under a name that is not the server\u2019s are refused (DNS rebinding)', () => {
    assert.equal(policy.reject('GET', { host: 'evil.example:8800' })?.status, 421);
    assert.equal(policy.reject('GET', {})?.status, 421);
    assert.equal(policy.reject('GET', { host: 'localhost.evil.example' })?.status, 421);
    const named = new OriginPolicy({ address: '0.0.0.0', hosts: ['Hazard.example.org'] });
    assert.equal(named.reject('GET', { host: 'hazard.example.org' }), undefined);
  });

  it('of allowed origins are answered, and told so', () => {
    const open = new OriginPolicy({ address: '127.0.0.1', origins: ['https://portal.example.org'] });
    assert.equal(open.reject('GET', { host: page.host, origin: 'https://portal.example.org' }), undefined);
    assert.equal(open.allowedOrigin('https://portal.example.org'), 'https://portal.example.org');
    assert.equal(open.allowedOrigin('https://other.example.org'), undefined);
    assert.equal(new OriginPolicy({ address: '127.0.0.1', origins: ['*'] }).allowedOrigin('https://x.example'), '*');
  });
});

describe('every answer of the server', () => {
  let data: string;
  let server: RunningServer;
  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-origins-'));
    server = await startServer({ data, host: '127.0.0.1', port: 0, atOnce: 1 });
  });
  after(async () => {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** fetch sets some of these headers itself */
  const status = (path: string, method: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = httpRequest(`${server.url}${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      request.once('error', reject).end();
    });

  it('refuses foreign pages on every kind of path', async () => {
    for (const path of [
      '/v1/calc/list',
      '/v1/events',
      '/engine/',
      '/assets/style.css',
      '/v1/calc/1/remove',
      '/nothing',
    ])
      for (const method of ['GET', 'POST', 'OPTIONS'])
        assert.equal(await status(path, method, { origin: 'https://evil.example' }), 403, `${method} ${path}`);
    assert.equal(await status('/v1/calc/list', 'GET', { host: 'evil.example' }), 421);
  });

  it('carries the headers that browsers need to keep pages apart, and no word about other origins', async () => {
    for (const path of ['/v1/calc/list', '/engine/', '/nothing']) {
      const { headers } = await fetch(`${server.url}${path}`);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.match(headers.get('content-security-policy')!, /default-src|frame-ancestors 'none'/, path);
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
      assert.equal(headers.get('access-control-allow-origin'), null, path);
      assert.equal(headers.get('x-powered-by'), null, path);
    }
  });
});
