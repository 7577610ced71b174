import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { exampleFiles, longJob, zipOf } from '../web/api-client.js';
import { openStage, screenshot, violations, type Stage } from './browser.js';

describe('the page of calculations in Chromium', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  /** Files in the form that the page's file control takes. */
  const payload = (files: ReadonlyMap<string, string>) =>
    [...files].map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }));

  const run = async (page: Page, files: ReadonlyMap<string, string>): Promise<void> => {
    await page.setInputFiles('#files', payload(files));
    await page.click('#submit');
  };

  it('takes files, shows the job to its end, draws map, curves and spectrum of one selection', async () => {
    const { page, errors } = await stage.openPage('');
    assert.equal(new URL(page.url()).pathname, '/engine/');
    assert.ok(await page.locator('#submit').isDisabled());
    assert.deepEqual(await violations(page), []);
    await run(page, exampleFiles('03-logic-tree'));
    await page.waitForSelector('#job .status.complete');
    assert.match(page.url(), /\/engine\/1\/outputs$/);
    await page.waitForSelector('#job .plot canvas >> nth=1');
    const measures = await page.locator('.selection select >> nth=0').locator('option').allTextContents();
    assert.deepEqual(measures, ['PGA', 'SA(1.0)']);
    const legend = await page
      .locator('[aria-labelledby=curves-title] .u-series:not(.quiet) .u-label')
      .allTextContents();
    assert.deepEqual(legend.slice(1), ['mean', '5 % quantile', 'median', '95 % quantile']);
    await page.waitForSelector('#map-readout:has-text("Site 0")');
    await page.waitForSelector('.tornado caption');
    await page.waitForSelector('#job .tree svg');
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'jobs');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('.downloads a[aria-label="csv: Realizations"]'),
    ]);
    assert.match(download.suggestedFilename(), /^output-\d+-realizations_1\.csv$/);
    assert.match(readFileSync(await download.path(), 'utf8'), /rlz_id,branch_path,weight/);
    assert.match((await page.textContent('#job .log'))!, /INFO/);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('fits a phone: nothing reaches beyond its 360 pixels', async () => {
    const { page } = await stage.openPage('/engine/1/outputs');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.waitForSelector('#job .plot canvas >> nth=1');
    // plots follow the new width a frame or two later
    const width = await page.evaluate(`new Promise((resolve) => {
      let frames = 0;
      const look = () => {
        const { scrollWidth } = document.documentElement;
        if (scrollWidth <= 360 || ++frames > 100) resolve(scrollWidth);
        else requestAnimationFrame(look);
      };
      look();
    })`);
    assert.equal(width, 360);
    await page.close();
  });

  it('keeps the selection in the address, which opens the same view again', async () => {
    const { page } = await stage.openPage('/engine/1/outputs');
    await page.selectOption('.selection select >> nth=0', 'SA(1.0)');
    await page.selectOption('.selection select >> nth=1', 'quantile-0.95');
    await page.fill('.selection input', '2');
    await page.dispatchEvent('.selection input', 'change');
    await page.waitForSelector('#site:has-text("Site 2")');
    const text = await page.textContent('[aria-labelledby=curves-title] .readout');
    assert.match(text!, /^95 % quantile: [\d.]+ g$/);
    const again = await stage.openPage(page.url().slice(stage.url.length));
    await again.page.waitForSelector('#site:has-text("Site 2")');
    await again.page.waitForSelector('[aria-labelledby=curves-title] .readout');
    assert.equal(await again.page.textContent('[aria-labelledby=curves-title] .readout'), text);
    assert.deepEqual(again.errors, []);
    await again.page.close();
    await page.close();
  });

  it('reads the same level from the curve and from the map', async () => {
    const { page } = await stage.openPage('/engine/1/outputs?site=1&poe=0.02&statistic=mean&imt=PGA');
    await page.waitForSelector('#map-readout:has-text("Site 1")');
    await page.waitForSelector('[aria-labelledby=curves-title] .readout');
    const [, map] = /([\d.]+) g$/.exec((await page.textContent('#map-readout'))!)!;
    const [, curve] = /([\d.]+) g$/.exec((await page.textContent('[aria-labelledby=curves-title] .readout'))!)!;
    assert.equal(map, curve);
    await page.close();
  });

  it('chooses the site on the map by a click, and the nearest one to a place', async () => {
    const { page, errors } = await stage.openPage('/engine/1/outputs?site=0');
    await page.waitForSelector('#map-readout');
    const { coordinates } = await sitesOf(stage.url);
    await page.fill('input[name=place]', `${coordinates[2] + 0.01} ${coordinates[5] - 0.01}`);
    await page.click('button:has-text("Find")');
    await page.waitForURL(/site=2/);
    // the map is now centred on the site
    await page.fill('.selection input', '0');
    await page.dispatchEvent('.selection input', 'change');
    await page.waitForURL(/site=0/);
    await page.locator('canvas.map').click();
    await page.waitForURL(/site=2/);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('shows the logic tree, smaller and larger, with whole values under the pointer', async () => {
    const { page, errors } = await stage.openPage('/engine/1/outputs');
    const drawing = page.locator('#job .tree svg');
    await drawing.waitFor();
    assert.match((await drawing.textContent())!, /8 paths/);
    const row = drawing.locator('text:has-text("shallow_faults.xml")').first();
    assert.equal(await row.locator('title').textContent(), "shallow (AA), weight 0.6\n'shallow_faults.xml'");
    const width = async (): Promise<number> => Number(await drawing.getAttribute('width'));
    await page.click('#job button[aria-label="Actual size"]');
    const actual = await width();
    await page.click('#job button[aria-label="Larger"]');
    await page.waitForFunction(
      `document.querySelector('#job .tree svg').getAttribute('width') === '${String(actual * 1.25)}'`,
    );
    const address = await page.getAttribute('#job a:has-text("Open the drawing")', 'href');
    const alone = await stage.openPage(address!);
    await alone.page.waitForSelector('svg.logic-tree');
    assert.deepEqual([...errors, ...alone.errors], []);
    await alone.page.close();
    await page.close();
  });

  it('shows the disaggregation of the site with the mean and the modal scenario', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    await run(page, exampleFiles('07-disaggregation'));
    await page.waitForSelector('#job .status.complete');
    await page.waitForSelector('.heat td');
    const text = (await page.textContent('[aria-labelledby=disaggregation-title] .readout'))!;
    assert.match(text, /^Mean: Magnitude 6\.\d+, Distance \(km\) \d+/);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('shows a job that still runs: progress, tree, abort', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    await run(page, longJob());
    await page.waitForSelector('#job .status.executing');
    await page.waitForSelector('#job [role=progressbar]');
    await page.waitForSelector('#job .tree svg');
    await page.click('#job button:has-text("Abort")');
    await page.waitForSelector('#job .status.aborted');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('takes a dropped zip, anywhere on the page', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    const path = join(stage.data, 'job.zip');
    writeFileSync(path, await zipOf(exampleFiles('03-logic-tree')));
    const content = JSON.stringify([...readFileSync(path)]);
    const transfer = await page.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([Uint8Array.from(${content})], 'job.zip'));
      return dropped;
    })()`);
    await page.dispatchEvent('h2', 'drop', { dataTransfer: transfer });
    await page.waitForSelector('#chosen:has-text("job.zip")');
    await page.click('#submit');
    await page.waitForSelector('#job .status.complete');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('tells faults in place before the run, takes the mended file and runs, without a reload', async () => {
    const { page } = await stage.openPage('/engine/');
    await page.setInputFiles(
      '#files',
      payload(exampleFiles('03-logic-tree', (ini) => ini.replace('truncation_level = 3', 'truncation_level = many'))),
    );
    await page.waitForSelector('#upload-message');
    assert.match((await page.textContent('#upload-message'))!, /job\.ini, line \d+: truncation_level = many/);
    await page.waitForSelector('.excerpt .here:has-text("truncation_level = many")');
    assert.deepEqual(await violations(page), []);
    const mended = exampleFiles('03-logic-tree').get('job.ini')!;
    await page.setInputFiles('#files', payload(new Map([['job.ini', mended]])));
    await page.waitForSelector('#upload-message', { state: 'detached' });
    await page.waitForSelector('#estimate:has-text("238")');
    await page.click('#submit');
    await page.waitForSelector('#job .status.complete');
    await page.close();
  });

  it('previews an example on the map, and runs it with a parameter changed in the form', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    await page.selectOption('#example', '05-subduction');
    await page.waitForSelector('#estimate:has-text("1,628")');
    await page.waitForSelector('.preview canvas.map');
    await page.click('.preview summary');
    await page.waitForSelector('.preview .tree svg');
    await page.click('#parameters summary');
    await page.fill('input[name=description]', 'Another subduction zone');
    await page.dispatchEvent('input[name=description]', 'change');
    await page.waitForSelector('#preview-title:has-text("Another subduction zone")');
    assert.deepEqual(await violations(page), []);
    await page.click('#submit');
    await page.waitForSelector('#job h1:has-text("Another subduction zone")');
    await page.waitForSelector('#job .status.complete');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('asks before it removes, and leads back to the list', async () => {
    const { page, errors } = await stage.openPage('/engine/1/outputs');
    await page.click('#job button:has-text("Remove")');
    await page.click('dialog button:has-text("Cancel")');
    await page.click('#job button:has-text("Remove")');
    await page.click('dialog button:has-text("Remove it")');
    await page.waitForURL(/\/engine\/$/);
    await page.waitForSelector('#jobs tr[data-job="1"]', { state: 'detached' });
    assert.deepEqual(errors, []);
    await page.close();
  });
});

/** All longitudes, then all latitudes. */
async function sitesOf(url: string): Promise<{ coordinates: Float32Array }> {
  return { coordinates: new Float32Array(await (await fetch(`${url}/v2/calc/1/sites`)).arrayBuffer()) };
}
