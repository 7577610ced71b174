// Runs a compiled program: brings dependencies and build up to date where scripts/ensure.mjs can, then
// `node scripts/run-built.mjs dist/PROGRAM.js [ARGUMENTS]` runs it with the same node and hands its exit code on.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [program, ...rest] = process.argv.slice(2);
const ensure = join(root, 'scripts', 'ensure.mjs');
const steps = existsSync(ensure) ? [[ensure]] : [];
steps.push([join(root, program), ...rest]);
for (const step of steps) {
  const { status, signal } = spawnSync(process.execPath, ['--enable-source-maps', ...step], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0));
}
