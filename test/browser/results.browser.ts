import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ApiClient, exampleFiles } from '../web/api-client.js';
import { openStage, violations, type Stage } from './browser.js';

describe('what is made of results on the page, in Chromium', () => {
  let stage: Stage;
  let api: ApiClient;
  before(async () => {
    stage = await openStage();
    api = new ApiClient(stage.url);
    for (const name of ['03-logic-tree', '07-disaggregation'])
      await api.waitForEnd((await api.sendFiles(exampleFiles(name))).body.job_id);
  });
  after(() => stage.close());

  interface Tree {
    readonly sourceModel: readonly { readonly branches: readonly { readonly code: string }[] }[];
    readonly paths: readonly string[];
    readonly weights: readonly number[];
  }
  const numberIn = (text: string | null, pattern: RegExp): number => Number(pattern.exec(text ?? '')?.[1]);
  const readWhatIf = async (page: Page): Promise<string | null> => page.textContent('#what-if .readout');

  it('shows at once what other weights of branches would give', async () => {
    const { page, errors } = await stage.openPage('/engine/1/outputs?site=0&imt=PGA');
    const tree = await api.json<Tree>('/v2/calc/1/tree');
    const { measures, poes } = await api.json<{ measures: { levels: number[] }[]; poes: number[] }>(
      '/v2/calc/1/summary',
    );
    const [{ levels }] = measures;
    const curves = new Float32Array(await (await api.get('/v2/calc/1/realizations?site=0&imt=PGA')).arrayBuffer());
    // the first source model with all of the weight: the mean over its realizations alone
    await page.click('#what-if summary');
    await page.fill('#what-if fieldset >> nth=0 >> input >> nth=0', '1');
    await page.fill('#what-if fieldset >> nth=0 >> input >> nth=1', '0');
    const mean = levels.map((_, k) => {
      const rows = tree.paths.flatMap((path, row) =>
        path.startsWith(tree.sourceModel[0].branches[0].code) ? [row] : [],
      );
      const sum = rows.reduce((total, row) => total + tree.weights[row], 0);
      return rows.reduce((total, row) => total + (tree.weights[row] / sum) * curves[row * levels.length + k], 0);
    });
    const k = mean.findIndex((poe) => poe < poes[0]);
    const share = Math.log(mean[k - 1] / poes[0]) / Math.log(mean[k - 1] / mean[k]);
    const expected = levels[k - 1] * (levels[k] / levels[k - 1]) ** share;
    const told = numberIn(await readWhatIf(page), /tree, ([\d.]+) g with these/);
    // three digits are shown
    assert.ok(Math.abs(told / expected - 1) < 5e-3, `${told} for ${expected}`);
    assert.deepEqual(await violations(page), []);
    await page.click('#what-if button:has-text("The weights of the tree")');
    assert.match((await readWhatIf(page))!, /\+0 %$/);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('draws a design spectrum over the uniform hazard spectra, which stands in the address', async () => {
    const { page, errors } = await stage.openPage('/engine/1/outputs');
    await page.click('[aria-labelledby=spectrum-title] summary');
    await page.fill('textarea', '0 0.4\nnothing');
    await page.dispatchEvent('textarea', 'change');
    await page.waitForSelector('[aria-labelledby=spectrum-title] [role=alert]');
    await page.fill('textarea', '0 0.4\n0.5 0.9\n2 0.2');
    await page.dispatchEvent('textarea', 'change');
    const label = '[aria-labelledby=spectrum-title] .u-label:has-text("design spectrum")';
    await page.waitForSelector(label);
    const again = await stage.openPage(page.url().slice(stage.url.length));
    await again.page.waitForSelector(label);
    await again.page.click('[aria-labelledby=spectrum-title] button:has-text("Numbers")');
    const rows = await again.page.locator('[aria-labelledby=spectrum-title] tbody tr').allTextContents();
    // straight between 0.9 g at 0.5 s and 0.2 g at 2 s
    assert.match(
      rows.find((row) => row.startsWith('1'))!,
      /0\.66667$/,
    );
    assert.deepEqual([...errors, ...again.errors], []);
    await again.page.close();
    await page.close();
  });

  it('disaggregates between the return periods that were calculated, as cells and as bars', async () => {
    const { page, errors } = await stage.openPage('/engine/2/outputs?poe=0.05');
    await page.waitForSelector('#disaggregation-of:has-text("Between 475 and 2475 years")');
    const meanAt = async (poe: number): Promise<number> => {
      await page.goto(`${stage.url}/engine/2/outputs?poe=${poe}`);
      await page.waitForSelector(
        poe === 0.05 ? '#disaggregation-of:has-text("Between")' : '#disaggregation-of:has-text("At ")',
      );
      return numberIn(await page.textContent('[aria-labelledby=disaggregation-title] .readout'), /Magnitude ([\d.]+)/);
    };
    const means = [await meanAt(0.1), await meanAt(0.05), await meanAt(0.02)];
    // the mean magnitude in between lies between those of the two
    assert.ok((means[0] - means[1]) * (means[1] - means[2]) > 0, means.join());
    await page.check('[aria-labelledby=disaggregation-title] input[type=checkbox]');
    await page.waitForSelector('.bars-3d rect');
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
