import assert from 'node:assert/strict';
import { groundMotionModels } from '../../docs/generate/ground-motion-models.js';
import { modelNames } from '../../hazard/gmm/registry.js';

describe('the page of ground-motion models', () => {
  it('has a section or a line for every name, and a link to every section', async () => {
    const page = await groundMotionModels();
    const lines = new Set(page.split('\n').map((line) => /^(?:## |- )(\w+)/.exec(line)?.[1]));
    for (const name of modelNames()) assert.ok(lines.has(name), name);
    for (const [, name, anchor] of page.matchAll(/\[(\w+)\]\(#(\w+)\)/g)) {
      assert.ok(page.includes(`\n## ${name}\n`), name);
      assert.equal(anchor, name.toLowerCase());
    }
  });
});
