import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataFolder } from '../../engine/data-folder.js';
import { JobStore } from '../../engine/store/job-store.js';
import { openStage, type Stage } from './browser.js';

/** What a page of another site tries in the browser of somebody who uses the server; each resolves with what it got. */
const ATTEMPTS = `
  window.attempts = (target, id) => {
    const quiet = (promise) => promise.catch((error) => 'refused: ' + error.name);
    const element = (tag, attributes) => new Promise((resolve) => {
      const made = Object.assign(document.createElement(tag), attributes);
      made.onload = () => resolve('loaded');
      made.onerror = () => resolve('refused: error event');
      document.body.append(made);
    });
    return Promise.all([
      quiet(fetch(target + '/v1/calc/list').then((response) => response.text())),
      quiet(fetch(target + '/v1/calc/list', { credentials: 'include' }).then((response) => response.text())),
      quiet(fetch(target + '/v1/calc/' + id + '/datastore').then((response) => response.text())),
      quiet(fetch(target + '/v1/calc/' + id + '/remove', { method: 'POST', mode: 'no-cors' }).then((response) => response.type)),
      quiet(fetch(target + '/v1/calc/run', { method: 'POST', body: new FormData(), mode: 'no-cors' }).then((response) => response.type)),
      element('script', { src: target + '/v1/calc/list' }),
      element('img', { src: target + '/assets/icon.svg' }),
      new Promise((resolve) => {
        const source = new EventSource(target + '/v1/events');
        source.onmessage = source.onopen = () => resolve('opened');
        source.onerror = () => { source.close(); resolve('refused: error event'); };
      }),
    ]);
  };
`;

describe('a page of another site, in the same browser', () => {
  let stage: Stage;
  let foreign: Server;
  let foreignUrl: string;
  before(async () => {
    stage = await openStage();
    foreign = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>Elsewhere</title><body><script>${ATTEMPTS}</script></body>`);
    }).listen(0, '127.0.0.1');
    await once(foreign, 'listening');
    foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
  });
  after(async () => {
    foreign.close();
    await stage.close();
  });

  it('gets nothing from the server and changes nothing', async () => {
    const store = new JobStore(new DataFolder(stage.data).storeFile);
    try {
      const id = store.create({ owner: 'somebody' });
      store.fail(id, ['kept for the test']);
      const page = await stage.openForeignPage(foreignUrl);
      const results = await page.evaluate(
        ([target, job]) =>
          (globalThis as unknown as { attempts(target: string, job: string): Promise<string[]> }).attempts(target, job),
        [stage.url, String(id)] as const,
      );
      const [list, listWithCookies, datastore, remove, run, script, image, events] = results;
      for (const read of [list, listWithCookies, datastore, script, image, events])
        assert.match(read, /^refused/, JSON.stringify(results));
      // an opaque answer tells the page nothing, and the server has done nothing
      for (const sent of [remove, run]) assert.match(sent, /^(refused|opaque)/, JSON.stringify(results));
      assert.equal(store.get(id).status, 'failed');
      assert.equal(store.list({}).length, 1);
      await page.close();
    } finally {
      store.close();
    }
  });

  it('cannot show the server in a frame, nor send a form to it', async () => {
    const page = await stage.openForeignPage(foreignUrl);
    // texts, because the types of this project know no document
    const framed = await page.evaluate(`(async () => {
      const frame = document.createElement('iframe');
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      frame.src = '${stage.url}/engine/';
      document.body.append(frame);
      await loaded;
      return frame.contentDocument === null;
    })()`);
    assert.equal(framed, true);
    assert.ok(!page.frames().some((frame) => frame !== page.mainFrame() && frame.url().startsWith(stage.url)));
    const [answer] = await Promise.all([
      page.waitForNavigation(),
      page.evaluate(`(() => {
        const form = Object.assign(document.createElement('form'), { method: 'post', action: '${stage.url}/v1/calc/run' });
        document.body.append(form);
        form.submit();
      })()`),
    ]);
    assert.equal(answer?.status(), 403);
    await page.close();
  });
});
