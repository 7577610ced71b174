import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).flatMap((file) =>
    file.endsWith('.md') ? [`docs/${file}`] : [],
  ),
];
const ROOMS = [
  'hdf5',
  'hazard',
  'job',
  'drawing',
  'inputs',
  'datastore',
  'calculators',
  'engine',
  'web',
  'cli',
  'test',
];
const FOLDERS = new Set(
  readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
);

const known = new Map<string, Set<string>>();

/** Of the headings of a page, as GitHub makes them. */
function anchorsOf(path: string): Set<string> {
  const anchors =
    known.get(path) ??
    new Set(
      [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-'),
      ),
    );
  known.set(path, anchors);
  return anchors;
}

describe('the documentation', () => {
  for (const page of PAGES) {
    const text = readFileSync(join(ROOT, page), 'utf8');

    it(`${page}: links lead to pages and headings that are there`, () => {
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [file, anchor] = target.split('#');
        const path = file === '' ? join(ROOT, page) : join(ROOT, dirname(page), file);
        assert.ok(existsSync(path), target);
        if (anchor !== undefined) assert.ok(anchorsOf(path).has(anchor), target);
      }
    });

    it(`${page}: files and folders of the code that it names are there`, () => {
      for (const [, path] of text.matchAll(/`([\w.-]+\/[\w./-]*)`/g))
        // names in capitals stand for others
        if (FOLDERS.has(path.split('/')[0]) && !/\/[A-Z]+(\/|$)/.test(path))
          assert.ok(existsSync(join(ROOT, path)), path);
    });
  }

  it('is cited by the code under names of pages and headings that are there', () => {
    for (const folder of ROOMS)
      for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.ts')) continue;
        const text = readFileSync(join(ROOT, folder, file), 'utf8');
        for (const [cited, page, heading] of text.matchAll(/\b(docs\/[\w/-]+\.md)(?:, ([A-Z][a-z -]+))?/g)) {
          const path = join(ROOT, page);
          assert.ok(existsSync(path), `${folder}/${file}: ${cited}`);
          const anchor = heading?.trim().toLowerCase().replaceAll(' ', '-');
          if (anchor !== undefined) assert.ok(anchorsOf(path).has(anchor), `${folder}/${file}: ${cited}`);
        }
        assert.doesNotMatch(
          text,
          /\b[A-Z]{4,}(-[A-Z]+)*\.md\b(?<!CONTRIBUTING\.md|CHANGELOG\.md|README\.md)/,
          `${folder}/${file}`,
        );
      }
  });
});
