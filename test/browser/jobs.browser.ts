import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFiles, longJob, zipOf } from '../web/api-client.js';
import { openStage, screenshot, type Stage } from './browser.js';

describe('the page of jobs in Chromium', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  /** Files in the form that the page's file control takes. */
  const payload = (files: ReadonlyMap<string, string>) =>
    [...files].map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }));

  it('takes files, shows the job to its end, draws its curves and offers its results', async () => {
    const { page, errors } = await stage.openPage('');
    assert.equal(new URL(page.url()).pathname, '/engine/');
    assert.ok(await page.locator('#submit').isDisabled());
    await page.setInputFiles('#files', payload(exampleFiles('03-logic-tree')));
    await page.click('#submit');
    await page.waitForSelector('#upload-message.good');
    await page.waitForSelector('#job .status.complete');
    assert.match(page.url(), /\/engine\/1\/outputs$/);
    await page.waitForSelector('#job .plot canvas');
    const measures = await page.locator('#job select option').allTextContents();
    assert.deepEqual(measures, ['PGA', 'SA(1.0)']);
    const legend = await page.locator('#job .u-legend .u-label').allTextContents();
    assert.deepEqual(legend.slice(1), ['mean', 'quantile-0.05', 'quantile-0.5', 'quantile-0.95']);
    await page.selectOption('#job select', 'SA(1.0)');
    assert.match((await page.textContent('#job figcaption'))!, /SA\(1\.0\) in 50 years at site 0/);
    await page.fill('#job input[type=number]', '2');
    await page.dispatchEvent('#job input[type=number]', 'change');
    await page.waitForSelector('#job figcaption:has-text("at site 2")');
    await page.waitForSelector('#job .tree svg');
    await screenshot(page, 'jobs');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('#job .downloads a:has-text("Realizations (csv)")'),
    ]);
    assert.match(download.suggestedFilename(), /^output-\d+-realizations_1\.csv$/);
    assert.match(readFileSync(await download.path(), 'utf8'), /rlz_id,branch_path,weight/);
    assert.match((await page.textContent('#job .log'))!, /INFO/);
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
    await page.click('#job button:has-text("100 %")');
    const actual = await width();
    await page.click('#job button[aria-label="Larger"]');
    assert.equal(await width(), actual * 1.25);
    await page.click('#job button[aria-label="Fit to the width"]');
    const box = (await page.locator('#job .tree').boundingBox())!;
    assert.ok(Math.abs((await width()) - box.width) <= 20);
    await drawing.hover();
    await page.keyboard.down('Control');
    const before = await width();
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await page.waitForFunction(`document.querySelector('#job .tree svg').getAttribute('width') > ${before}`);
    const address = await page.getAttribute('#job a:has-text("Open the drawing")', 'href');
    const alone = await stage.openPage(address!);
    await alone.page.waitForSelector('svg.logic-tree');
    assert.deepEqual([...errors, ...alone.errors], []);
    await alone.page.close();
    await page.close();
  });

  it('shows the logic tree of a job that still runs', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    await page.setInputFiles('#files', payload(longJob()));
    await page.click('#submit');
    await page.waitForSelector('#job .status.executing');
    await page.waitForSelector('#job .tree svg');
    assert.ok(await page.locator('#job .status.executing').isVisible());
    await page.click('#jobs button:has-text("Abort")');
    await page.waitForSelector('#job .status.aborted');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('takes a dropped zip', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    const path = join(stage.data, 'job.zip');
    writeFileSync(path, await zipOf(exampleFiles('03-logic-tree')));
    const content = JSON.stringify([...readFileSync(path)]);
    const transfer = await page.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([Uint8Array.from(${content})], 'job.zip'));
      return dropped;
    })()`);
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: transfer });
    assert.match((await page.textContent('#chosen'))!, /job\.zip/);
    await page.click('#submit');
    await page.waitForSelector('#job .status.complete');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('says why a job is refused', async () => {
    const { page } = await stage.openPage('/engine/');
    await page.setInputFiles(
      '#files',
      payload(exampleFiles('03-logic-tree', (ini) => ini.replace('truncation_level = 3', 'truncation_level = many'))),
    );
    await page.click('#submit');
    await page.waitForSelector('#upload-message.bad');
    assert.match((await page.textContent('#upload-message'))!, /job\.ini, line \d+: truncation_level = many/);
    await page.close();
  });

  it('shows progress live, aborts and removes', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    await page.setInputFiles('#files', payload(longJob()));
    await page.click('#submit');
    await page.waitForSelector('#jobs [role=progressbar]');
    await page.click('#jobs button:has-text("Abort")');
    await page.waitForSelector('#job .status.aborted');
    page.on('dialog', (dialog) => void dialog.accept());
    const [, id] = /\/(\d+)\/outputs$/.exec(page.url())!;
    await page.click(`#jobs tr[data-job="${id}"] button:has-text("Remove")`);
    await page.waitForSelector(`#jobs tr[data-job="${id}"]`, { state: 'detached' });
    await page.waitForSelector('#job', { state: 'hidden' });
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('opens a job by its address', async () => {
    const { page } = await stage.openPage('/engine/1/outputs');
    await page.waitForSelector('#job .plot canvas');
    assert.match((await page.textContent('#job h2'))!, /^Calculation 1:/);
    await page.close();
  });
});
