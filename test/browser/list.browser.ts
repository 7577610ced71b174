import assert from 'node:assert/strict';
import { join } from 'node:path';
import { JobStore } from '../../engine/store/job-store.js';
import { ApiClient, exampleFiles } from '../web/api-client.js';
import { openStage, violations, type Stage } from './browser.js';

describe('the list of calculations and what they were made of, in Chromium', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    const api = new ApiClient(stage.url);
    const { body } = await api.sendFiles(exampleFiles('03-logic-tree'));
    await api.waitForEnd(body.job_id);
    const store = new JobStore(join(stage.data, 'jobs.db'));
    for (let k = 2; k <= 2000; k++) {
      const id = store.create({ owner: 'ann', description: `Study ${k}`, calculationMode: 'classical' });
      store.fail(id, ['no disk']);
    }
    store.close();
  });
  after(() => stage.close());

  it('shows 2,000 jobs a page at a time: searched, sorted, in the address', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    await page.waitForSelector('#bulk:has-text("2,000 calculations")');
    assert.equal(await page.locator('#jobs tbody tr').count(), 50);
    assert.deepEqual(await violations(page), []);
    await page.click('.sort:has-text("No.")');
    await page.waitForSelector('#jobs tr[data-job="1"]');
    assert.match(page.url(), /sort=id/);
    await page.click('button:has-text("Next")');
    await page.waitForSelector('#jobs tr[data-job="51"]');
    await page.fill('input[type=search]', 'study 1999');
    await page.waitForSelector('#bulk:has-text("1 calculation")');
    const again = await stage.openPage(page.url().slice(stage.url.length));
    await again.page.waitForSelector('#jobs tr[data-job="1999"]');
    assert.equal(await again.page.locator('#jobs tbody tr').count(), 1);
    assert.deepEqual([...errors, ...again.errors], []);
    await again.page.close();
    await page.close();
  });

  it('removes several at once, and takes it back', async () => {
    const { page, errors } = await stage.openPage('/engine/?search=study%20199');
    for (const id of [1990, 1991]) await page.check(`#jobs tr[data-job="${id}"] input`);
    await page.click('button:has-text("Remove the marked")');
    await page.waitForSelector('#jobs tr[data-job="1990"]', { state: 'detached' });
    await page.click('button:has-text("Undo")');
    await page.waitForSelector('#jobs tr[data-job="1990"]');
    await page.check('#jobs tr[data-job="1992"] input');
    await page.click('button:has-text("Remove the marked")');
    await page.waitForSelector('#bulk:has-text("11 calculations")', { timeout: 20_000 });
    assert.equal(await page.locator('#jobs tr[data-job="1992"]').count(), 0);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('shows the inputs, and runs them again with another value', async () => {
    const { page, errors } = await stage.openPage('/engine/1/outputs');
    await page.click('.parts a:has-text("Inputs")');
    await page.waitForSelector('.source .token-name:has-text("truncation_level")');
    assert.deepEqual(await violations(page), []);
    await page.click('.file-list button:has-text("gsim_logic_tree.xml")');
    await page.waitForSelector('.source .token-tag:has-text("logicTree")');
    await page.click('#rerun summary');
    await page.fill('#rerun input[name=truncation_level]', '2');
    await page.dispatchEvent('#rerun input[name=truncation_level]', 'change');
    await page.waitForSelector('#rerun:has-text("with 1 change")');
    await page.click('#rerun button.primary');
    await page.waitForSelector('#job h1:has-text("Calculation 2001")');
    await page.waitForSelector('#job .status.complete');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('leads through the datastore, slice by slice', async () => {
    const { page, errors } = await stage.openPage('/engine/1/datastore');
    await page.click('#members button:has-text("hcurves-stats")');
    await page.waitForSelector('#values');
    assert.deepEqual(await violations(page), []);
    const cell = page.locator('#values tbody tr >> nth=0').locator('td >> nth=24');
    const before = await cell.textContent();
    await page.fill('input[type=number] >> nth=1', '1');
    await page.dispatchEvent('input[type=number] >> nth=1', 'change');
    await page.waitForURL(/at=0%2C1/);
    await page.waitForSelector('#values');
    assert.ok(before);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
