import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceKinds } from '../../../hazard/sources/registry.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const ROOMS = ['hazard', 'inputs', 'job', 'datastore', 'drawing', 'calculators', 'engine', 'web', 'cli'];
/** The files of the kinds themselves, of their readers, and the registry with the types. */
const OWN = new Set(
  sourceKinds()
    .map(({ type }) => type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
    .flatMap((name) => [`hazard/sources/${name}.ts`, `inputs/sources/${name}-source.ts`])
    .concat('hazard/sources/registry.ts', 'hazard/sources/source.ts'),
);
/** Surfaces have kinds of their own, some of the same name; these files are about surfaces. */
const OF_SURFACES = [
  'hazard/sources/source-outline.ts',
  'hazard/sources/source-size.ts',
  'hazard/sources/surface-of-geometry.ts',
  'inputs/sources/elements/surface-geometry.ts',
];

describe('kinds of sources in the code', () => {
  it('are named in their own files and nowhere else', () => {
    const names = new RegExp(
      `'(${sourceKinds()
        .map(({ type }) => type)
        .join('|')})'`,
    );
    const found = ROOMS.flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .map((path) => `${room}/${path.replaceAll('\\', '/')}`)
        .filter((path) => path.endsWith('.ts') && names.test(readFileSync(join(ROOT, path), 'utf8'))),
    ).filter((path) => !OWN.has(path));
    assert.deepEqual(found.sort(), OF_SURFACES);
  });
});
