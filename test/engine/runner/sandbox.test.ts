import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canIsolate, runnerCommand, SYSTEM_LIMITS } from '../../../engine/runner/sandbox.js';

/** What a hostile program tries, one result a line. */
const HOSTILE = `
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
const attempt = (name, action) => {
  try { console.log(name, 'DONE', String(action())); } catch (error) { console.log(name, error.code ?? error.message); }
};
const [data, port] = process.argv.slice(2);
attempt('own', () => readFileSync(data + '/inputs/1/job.ini', 'utf8').length);
attempt('other', () => readFileSync(data + '/inputs/2/job.ini'));
attempt('store', () => readFileSync(data + '/jobs.db'));
attempt('result', () => writeFileSync(data + '/calc_1.hdf5', 'x'));
attempt('ownInput', () => writeFileSync(data + '/inputs/1/job.ini', 'changed'));
attempt('work', () => writeFileSync(data + '/work/1/file', 'x'));
attempt('home', () => readdirSync('/root').length + readdirSync('/home').length);
attempt('shadow', () => readFileSync('/etc/shadow'));
attempt('secret', () => { if (process.env.SECRET) return process.env.SECRET; throw new Error('UNSET'); });
attempt('big', () => writeFileSync(data + '/work/1/big', Buffer.alloc(3_000_000)));
const opened = [];
attempt('files', () => { for (let k = 0; k < 200; k++) opened.push(openSync(data + '/work/1/file', 'r')); });
opened.forEach((file) => closeSync(file));
const socket = connect(Number(port), '127.0.0.1');
socket.on('connect', () => { console.log('network DONE'); process.exit(0); });
socket.on('error', (error) => { console.log('network', error.code); process.exit(0); });
`;

describe('the process of a job', () => {
  let folder: string;
  let data: string;
  let listener: Server;
  beforeEach(async () => {
    listener = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    folder = mkdtempSync(join(tmpdir(), 'terrane-sandbox-'));
    data = join(folder, 'data');
    for (const name of ['inputs/1', 'inputs/2', 'work/1']) mkdirSync(join(data, name), { recursive: true });
    for (const job of [1, 2]) writeFileSync(join(data, 'inputs', String(job), 'job.ini'), `job ${job}`);
    writeFileSync(join(data, 'jobs.db'), 'the store');
    writeFileSync(join(folder, 'hostile.mjs'), HOSTILE);
  });
  afterEach(() => {
    listener.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function attempts(isolated: boolean): Map<string, string> {
    const view = {
      readable: [join(data, 'inputs', '1'), join(folder, 'hostile.mjs')],
      writable: [join(data, 'work', '1')],
    };
    const limits = { openFiles: 100, fileSize: 1_000_000 };
    const { command, args } = runnerCommand(join(folder, 'hostile.mjs'), [], view, limits, isolated);
    const { stdout, stderr } = spawnSync(command, [...args, data, String((listener.address() as AddressInfo).port)], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    assert.equal(stderr, '');
    return new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => [line.split(' ')[0], line.slice(line.indexOf(' ') + 1)]),
    );
  }

  it('may not open or write more than its limits allow', () => {
    const found = attempts(false);
    assert.equal(found.get('work'), 'DONE undefined');
    assert.equal(found.get('big'), 'EFBIG');
    assert.equal(found.get('files'), 'EMFILE');
    assert.equal(found.get('secret'), 'UNSET');
    assert.equal(found.get('network'), 'DONE');
  });

  it('sees its own inputs and folders and nothing else, and has no network, where bubblewrap is to be had', function () {
    // without bubblewrap a server says so at its start: docs/security.md
    if (!canIsolate()) {
      assert.notEqual(spawnSync('bwrap', ['--ro-bind', '/', '/', '/bin/true']).status, 0);
      return;
    }
    const found = attempts(true);
    assert.equal(found.get('own'), 'DONE 5');
    assert.equal(found.get('work'), 'DONE undefined');
    for (const forbidden of ['other', 'store', 'home', 'shadow'])
      assert.equal(found.get(forbidden), 'ENOENT', forbidden);
    assert.equal(found.get('ownInput'), 'EROFS');
    // its own loopback, on which nobody listens
    assert.equal(found.get('network'), 'ECONNREFUSED');
    assert.equal(readFileSync(join(data, 'jobs.db'), 'utf8'), 'the store');
    assert.throws(() => readFileSync(join(data, 'calc_1.hdf5')), /ENOENT/);
  });

  it('has room for every job that is no attack', () => {
    assert.ok(SYSTEM_LIMITS.fileSize >= 2 ** 40 && SYSTEM_LIMITS.openFiles >= 512);
  });
});
