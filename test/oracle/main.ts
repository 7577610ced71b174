/**
 * npm run oracle -- [DIR] [--only CASE]: compares sources, ruptures, distances, filters, probabilities and logic trees with a folder of
 * reference figures (../shared/oracle unless given; also the folder of a single case). Prints per case and kind the number
 * of compared quantities and the worst deviation; the last line is `N passed, N failed`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Comparison } from './comparison.js';
import { knownFailures } from '../known-failures.js';
import { isFilterCase, runFilterCase } from './filter-cases.js';
import { isLogicTreeCase, logicTreeCase, logicTreeCases } from './logictrees.js';
import { isSourceCase, runSourceCase } from './source-cases.js';
import { TABLES } from './tables.js';

/** cases whose figures come from another version than that which Terrane follows: `suite/case reason` */
const KNOWN = join('test', 'oracle', 'known-failures.txt');

interface Case {
  readonly name: string;
  run(): Comparison | Promise<Comparison>;
}

function casesOf(folder: string): Case[] {
  if (isSourceCase(folder)) return [{ name: basename(folder), run: () => runSourceCase(folder, basename(folder)) }];
  if (isFilterCase(folder)) return [{ name: basename(folder), run: () => runFilterCase(folder, basename(folder)) }];
  if (basename(folder) === 'logictrees') return logicTreeCases(folder);
  if (isLogicTreeCase(folder)) return [logicTreeCase(folder, basename(folder))];
  const cases: Case[] = [];
  for (const { file, run } of TABLES) {
    const path = join(folder, file);
    if (existsSync(path)) cases.push({ name: file, run: () => run(path, new Comparison(file)) });
  }
  const sources = join(folder, 'sources');
  const names = existsSync(sources) ? readdirSync(sources).sort() : [];
  for (const name of names) {
    const path = join(sources, name);
    if (isSourceCase(path)) cases.push({ name, run: () => runSourceCase(path, name) });
  }
  const filters = join(folder, 'filter');
  for (const name of existsSync(filters) ? readdirSync(filters).sort() : []) {
    const path = join(filters, name);
    if (isFilterCase(path)) cases.push({ name: `filter/${name}`, run: () => runFilterCase(path, `filter/${name}`) });
  }
  const trees = join(folder, 'logictrees');
  if (existsSync(trees)) cases.push(...logicTreeCases(trees));
  return cases;
}

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const folder = resolve(positionals[0] ?? join('..', 'shared', 'oracle'));
const cases = casesOf(folder).filter(({ name }) => values.only === undefined || name.includes(values.only));
if (cases.length === 0) {
  console.error(`no cases in ${folder}${values.only === undefined ? '' : ` whose name contains '${values.only}'`}`);
  process.exit(2);
}
const known = knownFailures(KNOWN);
let failed = 0;
let surprises = 0;
for (const { name, run } of cases) {
  let comparison: Comparison;
  try {
    comparison = await run();
  } catch (error) {
    comparison = new Comparison(name);
    comparison.failure('run', name, error instanceof Error ? error.message : String(error));
  }
  if (comparison.failed) failed++;
  if (comparison.failed && !known.has(name)) surprises++;
  console.log(comparison.lines().join('\n'));
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = surprises > 0 ? 1 : 0;
