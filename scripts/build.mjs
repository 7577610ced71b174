// Compiles TypeScript to dist/, copies the data files that stand beside the code and joins the modules of the program.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.mjs';
import { bundle } from './bundle.mjs';
import { buildKernels } from './kernels.mjs';
import { FOLDERS } from './rooms.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const ASSET = /\.(json|csv|html|css|svg|png|xml|ini|hdf5|zip|txt)$/;

const compiler = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc');
const compiled = spawnSync(process.execPath, [compiler, '-p', root], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

const client = join(root, 'web', 'client');
const page = spawnSync(process.execPath, [compiler, '-p', client], { stdio: 'inherit' });
if (page.status !== 0) process.exit(page.status ?? 1);
await buildPage(root);

/** Removes modules and assets from dist/ whose source is gone: a test that was moved would run twice. */
function removeStale(folder) {
  const built = join(root, 'dist', folder);
  if (!existsSync(built)) return;
  for (const entry of readdirSync(built, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (path === join('web', 'client')) continue;
      if (existsSync(join(root, path))) removeStale(path);
      else rmSync(join(built, entry.name), { recursive: true });
    } else {
      if (entry.name.endsWith('.wasm')) continue;
      const source = path.replace(/\.js(\.map)?$/, '.ts');
      if (!existsSync(join(root, source))) rmSync(join(built, entry.name));
    }
  }
}
for (const folder of FOLDERS) removeStale(folder);

/** Copies assets that are newer than their copy, keeping the folder structure. */
function copyAssets(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (path !== join('web', 'client')) copyAssets(path);
    } else if (ASSET.test(entry.name)) {
      const from = join(root, path);
      const to = join(root, 'dist', path);
      if (existsSync(to) && statSync(to).mtimeMs >= statSync(from).mtimeMs) continue;
      mkdirSync(dirname(to), { recursive: true });
      cpSync(from, to, { preserveTimestamps: true });
    }
  }
}
for (const folder of FOLDERS) copyAssets(folder);
await buildKernels(root);
await bundle(join(root, 'dist'));
