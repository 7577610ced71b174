/** npm run conformance -- DIR...: runs whole jobs and compares their tables with expected ones. See CONTRIBUTING.md. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { knownFailures, removeKnownFailures } from '../known-failures.js';
import { findCases, matches } from './cases.js';
import { runCase, type CaseResult } from './run-case.js';

interface Options {
  readonly only?: readonly string[];
  readonly jobs: string;
  readonly rtol: string;
  readonly atol: string;
  readonly timeout: string;
  readonly json?: string;
  readonly tighten?: boolean;
  readonly known: string;
}

/** Cases known to fail, with the reason: one a line, `suite/case reason`. The list only shrinks. */
const LIST = fileURLToPath(new URL('../../../test/conformance/expected-failures.txt', import.meta.url));

const program = new Command('conformance')
  .argument('<folder...>', 'folders of cases')
  .option('--only <pattern...>', 'cases whose id (suite/case) matches: part of it, or a pattern with * and ?')
  .option('--jobs <n>', 'cases at the same time', String(availableParallelism()))
  .option('--rtol <x>', 'relative tolerance', '1e-3')
  .option('--atol <x>', 'absolute tolerance', '1e-6')
  .option('--timeout <s>', 'seconds allowed for a case', '600')
  .option('--known <file>', 'list of cases known to fail: `suite/case reason` a line', LIST)
  .option('--json <file>', 'write the results as JSON')
  .option('--tighten', 'remove cases that pass from the list of known failures')
  .parse();

const options = program.opts<Options>();
const tolerance = { rtol: Number(options.rtol), atol: Number(options.atol) };
const cases = program.args
  .flatMap(findCases)
  .filter(({ id }) => !options.only || options.only.some((pattern) => matches(id, pattern)));
if (cases.length === 0) {
  console.error(`no cases found in ${program.args.join(', ')}`);
  process.exit(1);
}
const known = knownFailures(options.known);
const results: CaseResult[] = [];
const waiting = [...cases];
await Promise.all(Array.from({ length: Math.max(1, Number(options.jobs)) }, work));
results.sort((a, b) => (a.id < b.id ? -1 : 1));
if (options.json) writeFileSync(options.json, `${JSON.stringify({ ...tolerance, results }, null, 1)}\n`);
process.exitCode = summarize();

async function work(): Promise<void> {
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    const result = await runCase(one, tolerance, Number(options.timeout));
    results.push(result);
    const mark = result.status !== 'pass' && known.has(result.id) ? ' (known)' : '';
    console.log(`${result.id}: ${result.status}${mark}: ${result.detail} [${result.seconds.toFixed(1)} s]`);
  }
}

/** The totals; exit code 0 if every failure is a known one and no known one passes. */
function summarize(): number {
  const of = (status: CaseResult['status']): CaseResult[] => results.filter((result) => result.status === status);
  const failures = results.filter(({ status }) => status !== 'pass');
  const surprises = failures.filter(({ id }) => !known.has(id));
  const healed = of('pass').filter(({ id }) => known.has(id));
  if (options.tighten && healed.length > 0) {
    removeKnownFailures(
      options.known,
      healed.map(({ id }) => id),
    );
    console.log(`removed from the list of known failures: ${healed.map(({ id }) => id).join(', ')}`);
  } else
    for (const { id } of healed)
      console.log(`${id} passes, but is listed in ${relative('', options.known)}: remove it (--tighten does)`);
  for (const { id } of surprises) console.log(`not expected to fail: ${id}`);
  const [unsupported, failed] = [of('unsupported').length, of('fail').length];
  console.log(
    `${of('pass').length} pass, ${failed} fail, ${unsupported} unsupported; ${failures.length - surprises.length} of the failures are known`,
  );
  console.log(`${of('pass').length} passed, ${failures.length} failed`);
  return surprises.length > 0 || (healed.length > 0 && !options.tighten) ? 1 : 0;
}
