// `npm test`: builds if needed and runs the tests of test/ on the build; arguments go to mocha (files, --grep ...).
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const steps = [
  [join(root, 'scripts', 'ensure.mjs')],
  ['--enable-source-maps', join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'), ...process.argv.slice(2)],
];
for (const args of steps) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
