import assert from 'node:assert/strict';
import { ApiClient, exampleFiles } from '../web/api-client.js';
import { openStage, screenshot, violations, type Stage } from './browser.js';

describe('the comparison of two calculations in Chromium', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    const api = new ApiClient(stage.url);
    for (const change of ['3', '2']) {
      const files = exampleFiles('03-logic-tree', (ini) =>
        ini.replace('truncation_level = 3', `truncation_level = ${change}`),
      );
      await api.waitForEnd((await api.sendFiles(files)).body.job_id);
    }
  });
  after(() => stage.close());

  it('shows difference map, curves, parameters and lines of inputs that differ', async () => {
    const { page, errors } = await stage.openPage('/engine/');
    for (const id of [1, 2]) await page.check(`#jobs tr[data-job="${id}"] input`);
    await page.click('a:has-text("Compare the two")');
    await page.waitForSelector('#difference:has-text("3 common sites")');
    const maps = await Promise.all(
      [1, 2].map(async (id) => {
        const summary = (await (await fetch(`${stage.url}/v2/calc/${id}/summary`)).json()) as { poes: number[] };
        const response = await fetch(`${stage.url}/v2/calc/${id}/map?imt=PGA&statistic=mean&poe=${summary.poes[0]}`);
        return new Float32Array(await response.arrayBuffer());
      }),
    );
    const percent = 100 * (maps[1][0] / maps[0][0] - 1);
    const text = (await page.textContent('#difference-readout'))!;
    const [, told] = /: ([-+][\d.]+) %$/.exec(text)!;
    // three digits are shown
    assert.ok(Math.abs(Number(told) - percent) < 0.01 * Math.abs(percent), `${text} for ${percent}`);
    await page.waitForSelector('#compare .plot canvas >> nth=1');
    assert.match((await page.textContent('#parameter-differences'))!, /truncation_level3(\.0)?2/);
    assert.equal(await page.textContent('#compare .line-gone'), '- truncation_level = 3\n');
    assert.equal(await page.textContent('#compare .line-new'), '+ truncation_level = 2\n');
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
    await screenshot(page, 'compare');
    await page.close();
  });

  it('shows every address of the server, which can be tried', async () => {
    const { page, errors } = await stage.openPage('/engine/api');
    await page.fill('input[type=search]', 'summary');
    const operation = page.locator('details:has-text("/v2/calc/{id}/summary")');
    await operation.locator('summary').click();
    await operation.locator('input').fill('1');
    await operation.locator('button').click();
    await operation.locator('pre:has-text("investigationTime")').waitFor();
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
