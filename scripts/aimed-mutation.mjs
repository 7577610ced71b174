/**
 * `npm run mutation -- --aimed [ROOM ...]`: makes the changes of test/mutation/aimed.json one at a time, each a small fault that somebody
 * could make, runs the tests of the room on each and prints a table of what noticed it.
 *
 *   --only PATTERN   only changes whose file matches this regular expression
 *
 * The list holds per room `tests` (below test/, a trailing slash for all of a folder) and `changes`: `file`, `find` (stands there once), `replace`,
 * and `tests` where others than those of the room tell best. Works on a copy of the project in the folder for temporary files. Fails when a change goes unseen or
 * cannot be made any more.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { bundle } from './bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LIST = join(root, 'test', 'mutation', 'aimed.json');
/** what takes longer than this, in ms, is caught: the change made a loop without end */
const TIME_LIMIT = 180_000;

/**
 * Tries the changes of rooms, of all when none is named; `only`: a regular expression that their files match. Returns the exit code.
 */
export async function tryAimed(names, only) {
  const rooms = JSON.parse(readFileSync(LIST, 'utf8'));
  const unknown = names.filter((name) => !rooms[name]);
  if (unknown.length > 0) {
    console.error(`there is no room '${unknown.join(', ')}' (rooms: ${Object.keys(rooms).join(', ')})`);
    return 1;
  }
  const copy = mkdtempSync(join(tmpdir(), 'terrane-aimed-'));
  const count = { caught: 0, unseen: 0 };
  try {
    const left = new Set(['node_modules', '.git', '.stryker-tmp'].map((name) => join(root, name)));
    cpSync(root, copy, { recursive: true, filter: (path) => !left.has(path) });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const room of names.length > 0 ? names : Object.keys(rooms))
      await tryRoom(copy, room, rooms[room], new RegExp(only), count);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  console.log(`${count.caught} passed, ${count.unseen} failed`);
  return count.unseen === 0 ? 0 : 1;
}

async function tryRoom(copy, room, { tests: common, changes }, only, count) {
  const sound = new Map();
  for (const { file, find, replace, tests = common } of changes) {
    if (!only.test(file)) continue;
    const suite = tests.join(' ');
    if (!sound.has(suite)) sound.set(suite, await failureOf(copy, tests));
    const broken = sound.get(suite);
    const { by, why } = broken
      ? { why: `the tests fail without any change: ${broken}` }
      : await tryChange(copy, { file, find, replace }, tests);
    if (by) count.caught++;
    else count.unseen++;
    console.log(`| ${room} | ${file} | ${cell(find)} | ${cell(replace)} | ${by ?? `UNSEEN: ${why}`} |`);
  }
}

/** Makes a change in the copy, runs the tests and takes the change back. */
async function tryChange(copy, { file, find, replace }, tests) {
  const source = readFileSync(join(root, file), 'utf8');
  const places = source.split(find).length - 1;
  if (places !== 1) return { why: `it stands ${places} times in the file` };
  const built = join(copy, 'dist', file.replace(/\.ts$/, '.js'));
  const before = readFileSync(built, 'utf8');
  try {
    const { code } = transformSync(
      source.replace(find, () => replace),
      { loader: 'ts', format: 'esm', target: 'es2022' },
    );
    writeFileSync(built, code);
    const by = await failureOf(copy, tests);
    return by ? { by } : { why: 'no test fails' };
  } finally {
    writeFileSync(built, before);
  }
}

/** Joins the modules of the program anew and runs tests: the first that fails, with the suites it stands in; undefined when all pass. */
async function failureOf(copy, tests) {
  await bundle(join(copy, 'dist'));
  const spec = tests.map((test) => `dist/test/${test.endsWith('/') ? `${test}**/*` : test}.test.js`);
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
      '--no-config',
      '--bail',
      '--exit',
      '--timeout',
      '60000',
      '--reporter',
      'tap',
      ...spec,
    ],
    { cwd: copy, encoding: 'utf8', timeout: TIME_LIMIT, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 },
  );
  if (signal) return 'it runs without end';
  if (status === 0) return undefined;
  const [, test] = /^not ok \d+ (.*)$/m.exec(stdout) ?? [];
  return test ?? `the tests end with ${status}: ${stderr.trim().split('\n')[0]}`;
}

/** Code in a cell of the table. */
function cell(code) {
  return code === '' ? '(nothing)' : `\`${code.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``;
}
