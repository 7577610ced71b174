import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startServer, type RunningServer } from '../../web/server.js';
import { launch, openPage, screenshot } from './browser.js';

describe('the page of ground-motion models in Chromium', () => {
  let data: string;
  let server: RunningServer;
  let browser: Browser;
  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'terrane-models-'));
    server = await startServer({ data, host: '127.0.0.1', port: 0, atOnce: 1 });
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('draws the models of its address and takes more', async () => {
    const { page, errors } = await openPage(browser, `${server.url}/engine/models`);
    await page.waitForSelector('.trellis canvas >> nth=3');
    await screenshot(page, 'models');
    await page.fill('#models-view input[list]', 'ZhaoEtAl2006Asc');
    await page.click('#models-view button:has-text("Add")');
    await page.waitForSelector('.trellis .u-label:has-text("ZhaoEtAl2006Asc")');
    assert.match(page.url(), /model=ZhaoEtAl2006Asc/);
    await page.click('#models-view button[aria-label="Remove ChiouYoungs2014"]');
    await page.waitForSelector('.trellis .u-label:has-text("ChiouYoungs2014")', { state: 'detached' });
    await page.fill('#models-view input[list]', 'NobodyEtAl2030');
    await page.click('#models-view button:has-text("Add")');
    await page.waitForSelector('#models-view .message:has-text("NobodyEtAl2030")');
    assert.deepEqual(errors, []);
    await page.close();
  });
});
