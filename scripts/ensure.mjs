// Brings dependencies and build up to date, and says what it does; silent and quick when nothing is to be done.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FOLDERS } from './rooms.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const BUILD_STAMP = join(root, 'dist', '.built');

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Terrane needs Node 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}

/** Packages of the lock file that are absent from node_modules or stand there in another version. */
function missingPackages() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const installedList = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return Object.keys(lock.packages).length - 1;
  const installed = JSON.parse(readFileSync(installedList, 'utf8')).packages;
  return Object.entries(lock.packages).filter(
    ([path, { version, optional, link }]) => path !== '' && !optional && !link && installed[path]?.version !== version,
  ).length;
}

function newestSource(folder) {
  let newest = statSync(folder).mtimeMs;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestSource(path) : statSync(path).mtimeMs);
  }
  return newest;
}

function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (status !== 0) {
    console.error(`'${[command, ...args].join(' ')}' failed`);
    process.exit(status ?? 1);
  }
}

refuseOldNode();
const missing = missingPackages();
if (missing > 0) {
  console.log(`Installing dependencies (${missing} packages missing or in another version): npm ci`);
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], { shell: process.platform === 'win32' });
}
const newest = Math.max(
  ...FOLDERS.map((folder) => newestSource(join(root, folder))),
  ...['tsconfig.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/bundle.mjs'].map(
    (file) => statSync(join(root, file)).mtimeMs,
  ),
);
const built = existsSync(BUILD_STAMP) ? Number(readFileSync(BUILD_STAMP, 'utf8')) : 0;
if (built < newest) {
  console.log('Building: node scripts/build.mjs');
  run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
  // the moment that was looked at, not the end of the build: a file saved meanwhile is newer
  writeFileSync(BUILD_STAMP, String(newest));
}
