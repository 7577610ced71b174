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
/** Where kinds, or geometries of the same name, are named besides: the list only shrinks. Uncertainties are for kinds they name. */
const BESIDES = [
  'hazard/logictree/source-groups.ts',
  'hazard/sources/distributed/point-grid.ts',
  'hazard/sources/surface-of-geometry.ts',
  'inputs/logictree/model-files.ts',
  'inputs/sizes/check-sizes.ts',
  'inputs/sizes/source-size.ts',
  'inputs/sources/source-checks.ts',
  'inputs/sources/source-model.ts',
  'inputs/sources/surface-geometry.ts',
];

describe('kinds of sources in the code', () => {
  it('are named in their own files, in uncertainties, and in no new place', () => {
    const names = new RegExp(
      `'(${sourceKinds()
        .map(({ type }) => type)
        .join('|')})'`,
    );
    const found = ROOMS.flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .map((path) => `${room}/${path.replaceAll('\\', '/')}`)
        .filter((path) => path.endsWith('.ts') && names.test(readFileSync(join(ROOT, path), 'utf8'))),
    ).filter((path) => !OWN.has(path) && !path.startsWith('hazard/logictree/uncertainties/'));
    assert.deepEqual(found.sort(), BESIDES);
  });
});
