// What the TypeScript files of the rooms import, read from their texts; imports of types counted.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?'(\.[^']+)'/g;
const LOADED = /\bimport\('(\.[^']+)'\)/g;

function* sourcesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesIn(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** The file that an import names: with the ending of what it becomes, or with none. */
function sourceOf(target) {
  const bare = target.replace(/\.js$/, '');
  return [`${bare}.ts`, `${bare}.tsx`].find(existsSync) ?? target;
}

/** By path of a file below the folders: the paths it imports, with those it loads later if `loaded`. */
export function importsOf(root, folders, loaded = false) {
  const imports = new Map();
  for (const folder of folders)
    for (const path of sourcesIn(join(root, folder))) {
      const text = readFileSync(path, 'utf8');
      const found = [...text.matchAll(IMPORT), ...(loaded ? text.matchAll(LOADED) : [])];
      imports.set(
        path,
        found.map(([, to]) => sourceOf(resolve(dirname(path), to))),
      );
    }
  return imports;
}
