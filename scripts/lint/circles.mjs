// Looks for circles of imports among the TypeScript files of the rooms, imports of types counted.
import { relative } from 'node:path';
import { importsOf } from './imports.mjs';

/** Every circle found once, as a list of paths relative to `root`, first and last the same. */
export function importCircles(root, rooms) {
  const imports = importsOf(root, rooms);
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
