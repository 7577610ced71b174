/**
 * `npm run mutation [-- ROOM ...]`: changes the code of chosen rooms piece by piece (StrykerJS), runs the tests of the room on each
 * change and prints the share of changes that the tests notice, with every change they do not.
 *
 *   --models NAME,...   files of hazard/gmm/models; without it, five a day in turn
 *   --fixed             the short set of continuous integration: only what test/mutation/scores.json marks as fixed
 *   --tighten           raises the committed scores to those reached
 *   --aimed             instead of this, the changes of a list: see aimed-mutation.mjs
 *
 * Fails when a room falls below its committed score (test/mutation/scores.json, which only rises). The compiled modules are
 * changed, so that a change costs no compilation; the places printed are those of the TypeScript sources.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { tryAimed } from './aimed-mutation.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SCORES = join(root, 'test', 'mutation', 'scores.json');
const MODELS = 'hazard/gmm/models';
const MODELS_A_DAY = 5;
const DAY = 86_400_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string' },
    fixed: { type: 'boolean', default: false },
    tighten: { type: 'boolean', default: false },
    aimed: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
  },
});

if (options.aimed) process.exit(await tryAimed(positionals, options.only));

const committed = JSON.parse(readFileSync(SCORES, 'utf8'));
const { rooms } = committed;
const chosen =
  positionals.length > 0 ? positionals : Object.keys(rooms).filter((room) => !options.fixed || rooms[room].fixed);
for (const room of chosen)
  if (!rooms[room]) {
    console.error(`there is no room '${room}' (rooms: ${Object.keys(rooms).join(', ')})`);
    process.exit(1);
  }

let passed = 0;
let failed = 0;
for (const room of chosen) {
  const { tests, least } = rooms[room];
  const files = filesOf(room);
  const results = await mutate(files, tests);
  const { score, counted, missed } = tally(results);
  for (const one of missed) console.log(one);
  const good = score >= least;
  console.log(
    `mutation ${room}: ${score.toFixed(1)} % of ${counted} changes noticed, ${least} % wanted: ${good ? 'pass' : 'FAIL'}`,
  );
  if (good) passed++;
  else failed++;
  // a score of five models of the day says nothing about the others
  if (options.tighten && room !== 'models') rooms[room].least = Math.max(least, Math.floor(score));
}
if (options.tighten) writeFileSync(SCORES, `${JSON.stringify(committed, null, 2)}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Compiled modules to be changed. */
function filesOf(room) {
  const { files } = rooms[room];
  if (room !== 'models') return files.map((file) => `dist/${file}.js`);
  const all = readdirSync(join(root, MODELS))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3))
    .sort();
  const first = Math.floor(Date.now() / DAY) * MODELS_A_DAY;
  const today = Array.from({ length: MODELS_A_DAY }, (_, k) => all[(first + k) % all.length]);
  const names = options.models?.split(',') ?? today;
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`no file of ${MODELS} is called ${unknown.join(', ')}`);
  console.log(`models: ${names.join(', ')}`);
  return names.map((name) => `dist/${MODELS}/${name}.js`);
}

function mutate(files, tests) {
  const folder = join(root, '.stryker-tmp');
  rmSync(folder, { recursive: true, force: true });
  return new Stryker({
    mutate: files,
    testRunner: 'mocha',
    mochaOptions: { 'no-config': true, spec: tests.map((test) => `dist/test/${test}.test.js`) },
    coverageAnalysis: 'perTest',
    concurrency: Number(options.jobs),
    disableTypeChecks: false,
    // an endless loop is noticed when the tests take much longer than they did
    timeoutMS: 2000,
    timeoutFactor: 3,
    ignorePatterns: ['/.git', '/dist/program', '/node_modules', '*.md'],
    reporters: [],
    tempDirName: folder,
    allowEmpty: true,
    logLevel: 'error',
  }).runMutationTest();
}

function tally(results) {
  const noticed = results.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const unseen = results.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const counted = noticed + unseen.length;
  return { score: counted === 0 ? 100 : (100 * noticed) / counted, counted, missed: unseen.map(described) };
}

/** A change that no test noticed, at its place in the TypeScript source. */
function described({ fileName, location, replacement, mutatorName, status }) {
  const path = resolve(root, fileName);
  const { line, column } = location.start;
  const map = existsSync(`${path}.map`) && new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  const { originalLine } = map ? map.findEntry(line - 1, column - 1) : {};
  const source = relative(join(root, 'dist'), path).replace(/\.js$/, '.ts');
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .slice(line - 1, location.end.line);
  const [first] = lines;
  const before = lines.length > 1 ? `${first.slice(column - 1)} ...` : first.slice(column - 1, location.end.column - 1);
  const kind = status === 'NoCoverage' ? `${mutatorName}, run by no test` : mutatorName;
  return `  ${source}:${(originalLine ?? line - 1) + 1} ${before} -> ${replacement.replace(/\s+/g, ' ')} (${kind})`;
}
