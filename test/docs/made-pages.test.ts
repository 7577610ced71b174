import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MADE_PAGES } from '../../docs/generate/pages.js';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));

describe('what docs/ holds that is made from the code', () => {
  for (const [file, make] of MADE_PAGES)
    it(`${file} is as the code makes it (npm run docs makes it anew)`, async () => {
      const stands = readFileSync(`${docs}${file}`, 'utf8').split('\n');
      const made = (await make()).split('\n');
      const line = made.findIndex((text, k) => text !== stands[k]);
      if (line >= 0) assert.equal(stands[line], made[line], `line ${line + 1}`);
      assert.equal(stands.length, made.length, 'lines');
    });
});
