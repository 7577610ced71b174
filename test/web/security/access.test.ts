import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountStore } from '../../../engine/accounts/account-store.js';
import { DataFolder } from '../../../engine/data-folder.js';
import { JobStore } from '../../../engine/store/job-store.js';
import { ROUTES } from '../../../web/routes/index.js';
import { startServer, type RunningServer } from '../../../web/server.js';

const PASSWORD = 'correct horse battery';
const WHO = ['stranger', 'owner', 'other', 'operator'] as const;
type Who = (typeof WHO)[number];

/**
 * What each may get: `in` where the gate lets them through to the handler, else the status. Rows without an entry: strangers 403,
 * everybody else in.
 */
const OF_A_JOB = { stranger: 403, owner: 'in', other: 403, operator: 'in' } as const;
const OF_A_STATUS = { stranger: 403, owner: 'in', other: 404, operator: 'in' } as const;
const OF_USERS = { stranger: 403, owner: 'in', other: 'in', operator: 'in' } as const;
const OF_ALL = { stranger: 'in', owner: 'in', other: 'in', operator: 'in' } as const;

function expectation(path: string): Readonly<Record<Who, number | 'in'>> {
  if (path.startsWith('/accounts/') || /^\/(healthz|readyz)$/.test(path)) return OF_ALL;
  if (path === '/metrics') return { stranger: 403, owner: 403, other: 403, operator: 'in' };
  if (path === '/v1/calc/:id/status') return OF_A_STATUS;
  return /:id|:result/.test(path) ? OF_A_JOB : OF_USERS;
}

describe('who may do what', () => {
  let data: string;
  let server: RunningServer;
  let tokens: Record<Who, string | undefined>;
  let store: JobStore;

  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-access-'));
    const file = new DataFolder(data).storeFile;
    const accounts = new AccountStore(file);
    for (const name of ['owner', 'other'] as const) await accounts.addUser(name, PASSWORD, 'user');
    await accounts.addUser('operator', PASSWORD, 'operator');
    tokens = {
      stranger: undefined,
      owner: accounts.createToken('owner', 'test'),
      other: accounts.createToken('other', 'test'),
      operator: accounts.createToken('operator', 'test'),
    };
    accounts.close();
    server = await startServer({
      data,
      host: '127.0.0.1',
      port: 0,
      atOnce: 1,
      authentication: { required: true, failedLogIns: 20 },
    });
    store = new JobStore(file);
  });
  after(async () => {
    store.close();
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });

  const call = (who: Who, method: string, path: string, more: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method,
      redirect: 'manual',
      ...more,
      headers: { ...(tokens[who] && { authorization: `Bearer ${tokens[who]}` }), ...more.headers },
    });

  /** A job of `owner` that has failed, with an output. */
  function ownJob(): { id: number; output: number } {
    const id = store.create({ owner: 'owner' });
    store.fail(id, ['for the test']);
    store.addOutput(id, 'hcurves', 'Hazard Curves', ['csv']);
    return { id, output: store.outputs(id)[0].id };
  }

  for (const who of WHO)
    it(`is the same for every route: ${who}`, async () => {
      for (const { method, path } of ROUTES) {
        const { id, output } = ownJob();
        const place = path
          .replace(':id', String(id))
          .replace(':result', String(output))
          .replace(':range', ':')
          .replace(/\*?:?\w*what/, 'oqparam');
        const stop = new AbortController();
        const response = await call(who, method, place, { signal: stop.signal });
        const wanted = expectation(path)[who];
        const label = `${who} ${method} ${path}: ${response.status}`;
        if (wanted === 'in') {
          const refusedByGate = response.status === 403 && (await response.clone().text()) === '';
          assert.ok(!refusedByGate, label);
        } else assert.equal(response.status, wanted, label);
        if (wanted === 403) assert.equal(await response.text(), '', label);
        stop.abort();
      }
    });

  it('lists to a user the own and the shared jobs, to an operator all', async () => {
    const own = store.create({ owner: 'owner' });
    store.fail(own, []);
    const foreign = store.create({ owner: 'other' });
    store.fail(foreign, []);
    const ids = async (who: Who): Promise<number[]> =>
      ((await (await call(who, 'GET', '/v1/calc/list?limit=1000')).json()) as { id: number }[]).map(({ id }) => id);
    const seen = { owner: await ids('owner'), other: await ids('other'), operator: await ids('operator') };
    assert.ok(seen.owner.includes(own) && !seen.owner.includes(foreign));
    assert.ok(!seen.other.includes(own) && seen.other.includes(foreign));
    assert.ok(seen.operator.includes(own) && seen.operator.includes(foreign));
  });

  it('opens a shared job to everybody for reading, not for removing', async () => {
    const { id } = ownJob();
    const database = new JobStore(new DataFolder(data).storeFile);
    database.changeStatus(id, 'failed', 'shared');
    database.close();
    assert.equal((await call('other', 'GET', `/v1/calc/${id}/status`)).status, 200);
    assert.equal((await call('other', 'POST', `/v1/calc/${id}/remove`)).status, 403);
    assert.equal((await call('owner', 'POST', `/v1/calc/${id}/remove`)).status, 200);
  });

  it('logs in as clients of the reference do, and ends with the log-out', async () => {
    const logIn = (fields: Record<string, string>): Promise<Response> =>
      call('stranger', 'POST', '/accounts/ajax_login/', { body: new URLSearchParams(fields) });
    const wrong = await logIn({ username: 'owner', password: 'wrong' });
    assert.deepEqual([wrong.status, await wrong.text()], [403, 'Invalid login']);
    assert.equal((await logIn({ username: 'nobody', password: PASSWORD })).status, 403);
    const right = await logIn({ username: 'owner', password: PASSWORD });
    assert.deepEqual([right.status, await right.text()], [200, 'Successful login']);
    const cookie = right.headers.get('set-cookie')!;
    assert.match(cookie, /^sessionid=[^;]+;.*HttpOnly;.*SameSite=Lax/);
    const headers = { cookie: cookie.split(';')[0] };
    assert.equal((await call('stranger', 'GET', '/v1/calc/list', { headers })).status, 200);
    assert.equal(
      await (await call('stranger', 'POST', '/accounts/ajax_logout/', { headers })).text(),
      'Successful logout',
    );
    assert.equal((await call('stranger', 'GET', '/v1/calc/list', { headers })).status, 403);
  });

  it('sends strangers from the pages to the log-in', async () => {
    const page = await call('stranger', 'GET', '/engine/');
    assert.deepEqual([page.status, page.headers.get('location')], [302, '/accounts/login/']);
    assert.match(await (await call('stranger', 'GET', '/accounts/login/')).text(), /type="password"/);
  });

  it('holds back whoever guesses passwords', async () => {
    const guess = (): Promise<Response> =>
      call('stranger', 'POST', '/accounts/ajax_login/', {
        body: new URLSearchParams({ username: 'owner', password: 'x' }),
      });
    const statuses: number[] = [];
    for (let k = 0; k < 21; k++) statuses.push((await guess()).status);
    assert.ok(statuses.includes(403) && statuses.at(-1) === 429, statuses.join(' '));
  });

  it('ends sessions and tokens of a disabled user at once', async () => {
    const accounts = new AccountStore(new DataFolder(data).storeFile);
    try {
      await accounts.addUser('leaver', PASSWORD, 'user');
      const token = accounts.createToken('leaver', 'test');
      const list = (): Promise<Response> =>
        call('stranger', 'GET', '/v1/calc/list', { headers: { authorization: `Token ${token}` } });
      assert.equal((await list()).status, 200);
      accounts.setDisabled('leaver', true);
      assert.equal((await list()).status, 403);
      assert.equal(await accounts.logIn('leaver', PASSWORD), 'disabled');
    } finally {
      accounts.close();
    }
  });

  it('writes down who did what', async () => {
    const { id } = ownJob();
    await (await call('owner', 'POST', `/v1/calc/${id}/remove`)).text();
    const accounts = new AccountStore(new DataFolder(data).storeFile);
    try {
      const row = accounts.auditRows(100).find(({ job }) => job === id);
      assert.deepEqual(
        { user: row?.user, action: row?.action, detail: row?.detail },
        { user: 'owner', action: 'POST /v1/calc/:id/remove', detail: 'status 200' },
      );
    } finally {
      accounts.close();
    }
  });

  it('keeps neither passwords nor tokens', async () => {
    const { readFileSync, readdirSync } = await import('node:fs');
    const bytes = readdirSync(data)
      .filter((name) => name.startsWith('jobs.db'))
      .map((name) => readFileSync(join(data, name), 'latin1'))
      .join('');
    assert.ok(bytes.includes('scrypt$'));
    assert.ok(!bytes.includes(PASSWORD) && !bytes.includes(tokens.owner!));
  });
});
