// Looks for circles of imports among the TypeScript files of the rooms, imports of types counted.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?'(\.[^']+)'/g;

function* sourcesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesIn(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

/** Every circle found once, as a list of paths relative to `root`, first and last the same. */
export function importCircles(root, rooms) {
  const imports = new Map();
  for (const room of rooms)
    for (const path of sourcesIn(join(root, room))) {
      const text = readFileSync(path, 'utf8');
      const targets = [...text.matchAll(IMPORT)].map(([, to]) => resolve(dirname(path), to).replace(/\.js$/, '.ts'));
      imports.set(path, targets);
    }
  const circles = [];
  const done = new Set();
  const visit = (path, trail) => {
    if (done.has(path)) return;
    const seen = trail.indexOf(path);
    if (seen >= 0) {
      circles.push([...trail.slice(seen), path].map((file) => relative(root, file)));
      return;
    }
    trail.push(path);
    for (const target of imports.get(path) ?? []) visit(target, trail);
    trail.pop();
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return circles;
}
