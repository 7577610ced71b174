// `npm run check`: types, lint (with the direction of imports), circles of imports, what nothing uses,
// formatting. Every part runs; any failure fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importCircles } from './lint/circles.mjs';
import { FOLDERS } from './rooms.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (...path) => join(root, 'node_modules', ...path);
const run = (file, ...args) =>
  spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' }).status === 0;

if (!existsSync(bin('typescript-7'))) {
  const ensured = spawnSync(process.execPath, [join(root, 'scripts', 'ensure.mjs')], { stdio: 'inherit' });
  if (ensured.status !== 0) process.exit(1);
}

/** Files that have not changed since they passed are not looked at again, but for integration, where all are. */
const remembered = (tool) =>
  process.env.CI
    ? []
    : [
        '--cache',
        '--cache-strategy',
        'content',
        '--cache-location',
        join(root, 'node_modules', '.cache', `terrane-${tool}`),
      ];

const parts = {
  types: () =>
    run(bin('typescript-7', 'bin', 'tsc'), '-p', root, '--noEmit', '--incremental', 'false') &&
    run(bin('typescript-7', 'bin', 'tsc'), '-p', join(root, 'web', 'client'), '--noEmit'),
  lint: () => run(bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0', ...remembered('eslint')),
  circles: () => {
    const circles = importCircles(root, FOLDERS);
    for (const circle of circles) console.error(`imports run in a circle: ${circle.join(' > ')}`);
    return circles.length === 0;
  },
  // exports, files and packages that nothing imports
  unused: () => run(bin('knip', 'bin', 'knip.js'), '--no-progress', '--treat-config-hints-as-errors'),
  formatting: () =>
    run(bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.', ...remembered('prettier')),
};
let passed = 0;
let failed = 0;
for (const [name, part] of Object.entries(parts)) {
  const ok = part();
  console.log(`check ${name}: ${ok ? 'pass' : 'FAIL'}`);
  if (ok) passed++;
  else failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
