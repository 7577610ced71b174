/** npm run fuzz -- --inputs N --seed S: random changes of the inputs of random jobs. See docs/fuzz.md. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { FuzzReport } from './fuzz-process.js';

interface Options {
  readonly inputs: string;
  readonly seed: string;
  readonly workers: string;
  readonly json?: string;
}
type Report =
  | FuzzReport
  | { readonly seed: number; readonly verdict: 'crash' | 'hang'; readonly sort: string; readonly detail: string };

const options = new Command('fuzz')
  .option('--inputs <n>', 'number of changed inputs', '1000')
  .option('--seed <n>', 'seed of the first; the next ones count up', '1')
  .option('--workers <n>', 'inputs at the same time', '1')
  .option('--json <file>', 'write the verdicts as JSON')
  .parse()
  .opts<Options>();

/** s: an input that takes longer is a finding */
const LONGEST = 60;
/** MB of memory of a worker */
const MEMORY = 1024;
const GOOD: readonly string[] = ['refused', 'changed', 'warned', 'explained'];
const PROCESS = fileURLToPath(new URL('./fuzz-process.js', import.meta.url));

const first = Number(options.seed);
const waiting = Array.from({ length: Number(options.inputs) }, (_, k) => first + k);
const reports: Report[] = [];
const work = mkdtempSync(join(tmpdir(), 'terrane-fuzz-'));
try {
  await Promise.all(Array.from({ length: Number(options.workers) }, () => serve()));
} finally {
  rmSync(work, { recursive: true, force: true });
}
reports.sort((a, b) => a.seed - b.seed);
if (options.json) writeFileSync(options.json, `${JSON.stringify(reports, undefined, 1)}\n`);
process.exitCode = summarize();

async function serve(): Promise<void> {
  let child: ChildProcess | undefined;
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    if (!child) {
      const started = start();
      child = started;
      await next(started, LONGEST);
    }
    child.send(seed);
    const answer = await next(child, LONGEST * 2);
    if (typeof answer === 'string') {
      child.kill('SIGKILL');
      child = undefined;
      tell({
        seed,
        verdict: answer,
        sort: answer,
        detail: answer === 'hang' ? `no answer in ${LONGEST} s` : 'the process ended',
      });
    } else tell(answer);
  }
  child?.disconnect();
}

function start(): ChildProcess {
  return fork(PROCESS, [mkdtempSync(join(work, 'worker-'))], {
    execArgv: ['--enable-source-maps', `--max-old-space-size=${MEMORY}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

function next(child: ChildProcess, seconds: number): Promise<FuzzReport | 'crash' | 'hang'> {
  return new Promise((settle) => {
    const done = (answer: FuzzReport | 'crash' | 'hang'): void => {
      clearTimeout(timer);
      child.off('message', took);
      child.off('exit', ended);
      settle(answer);
    };
    const took = (message: unknown): void => done(message as FuzzReport);
    const ended = (): void => done('crash');
    const timer = setTimeout(() => done('hang'), seconds * 1000);
    child.on('message', took);
    child.on('exit', ended);
  });
}

function tell(report: Report): void {
  reports.push(report);
  if (!GOOD.includes(report.verdict)) console.log(`${report.seed}: ${report.verdict}: ${report.detail}`);
}

/** Counts by verdict, rules, and kinds of findings. */
function summarize(): number {
  const counts = new Map<string, number[]>();
  for (const { verdict, sort, seed } of reports) {
    const key = ['refused', 'changed', 'warned'].includes(verdict) ? verdict : `${verdict}: ${sort}`;
    counts.set(key, [...(counts.get(key) ?? []), seed]);
  }
  console.log();
  for (const [key, seeds] of [...counts].sort(([, a], [, b]) => b.length - a.length))
    console.log(`${String(seeds.length).padStart(5)}  ${key}  (seeds ${seeds.slice(0, 5).join(', ')})`);
  const bad = reports.filter(({ verdict }) => !GOOD.includes(verdict)).length;
  console.log(`${reports.length - bad} passed, ${bad} failed`);
  return bad > 0 ? 1 : 0;
}
