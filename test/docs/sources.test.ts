import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PICTURED_SOURCES } from '../../docs/generate/pictured-sources.js';
import { sourcePictures } from '../../docs/generate/source-pictures.js';
import { sourceKinds } from '../../hazard/sources/registry.js';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));

describe('docs/sources.md', () => {
  const page = readFileSync(`${docs}sources.md`, 'utf8');

  it('shows every kind of source that a file can hold', () => {
    const pictured = new Set(PICTURED_SOURCES.map(({ source }) => source.type));
    // made by calculations from the points of a grid cell
    pictured.add('collapsedPoint');
    assert.deepEqual(
      [...pictured].sort(),
      sourceKinds()
        .map(({ type }) => type)
        .sort(),
    );
  });

  it('shows every picture that the code makes, and no other', () => {
    const shown = [...page.matchAll(/\(pictures\/([^)]+)\)/g)].map(([, file]) => file).sort();
    assert.deepEqual(shown, PICTURED_SOURCES.map(({ file }) => `${file}.svg`).sort());
    for (const file of shown) assert.ok(existsSync(`${docs}pictures/${file}`), file);
  });

  it('has pictures in which every place is a number', () => {
    for (const [file, svg] of sourcePictures()) {
      assert.doesNotMatch(svg, /NaN|Infinity|undefined/, file);
      assert.match(svg, /<circle/, file);
    }
  });
});
