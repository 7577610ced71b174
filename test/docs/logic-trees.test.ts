import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { logicTreePicture } from '../../docs/logic-tree-picture.js';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));

describe('docs/logic-trees.md', () => {
  it('shows a drawing as the engine makes it', () => {
    const page = readFileSync(`${docs}logic-trees.md`, 'utf8');
    assert.match(page, /\(pictures\/logic-tree\.svg\)/);
    assert.ok(existsSync(`${docs}pictures/logic-tree.svg`));
    assert.equal(readFileSync(`${docs}pictures/logic-tree.svg`, 'utf8'), logicTreePicture());
  });
});
