import assert from 'node:assert/strict';
import { openStage, screenshot, type Stage } from './browser.js';

describe('the page of ground-motion models in Chromium', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  it('draws the models of its address and takes more', async () => {
    const { page, errors } = await stage.openPage('/engine/models');
    await page.waitForSelector('.trellis canvas >> nth=3');
    await screenshot(page, 'models');
    await page.fill('#models-view input[name=name]', 'ZhaoEtAl2006Asc');
    await page.click('#models-view button:has-text("Add")');
    await page.waitForSelector('.trellis .u-label:has-text("ZhaoEtAl2006Asc")');
    assert.match(page.url(), /model=ZhaoEtAl2006Asc/);
    await page.click('#models-view button[aria-label="Remove ChiouYoungs2014"]');
    await page.waitForSelector('.trellis .u-label:has-text("ChiouYoungs2014")', { state: 'detached' });
    await page.fill('#models-view input[name=name]', 'NobodyEtAl2030');
    await page.click('#models-view button:has-text("Add")');
    await page.waitForSelector('#models-view .message:has-text("NobodyEtAl2030")');
    assert.deepEqual(errors, []);
    await page.close();
  });
});
