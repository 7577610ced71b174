/** npm run differential -- --jobs N --seed S: random jobs by Terrane and by the reference engine. See docs/differential.md. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { JOB_KINDS } from './generate/job.js';
import type { Message, Order, Report } from './job-process.js';
import { knownFailures } from '../known-failures.js';
import { referencePython } from './reference.js';

interface Options {
  readonly jobs: string;
  readonly seed: string;
  readonly kind?: readonly string[];
  readonly reference?: string;
  readonly workers: string;
  readonly seconds: string;
  readonly trials: string;
  readonly cases: string;
  readonly json?: string;
  readonly known?: string;
}

const options = new Command('differential')
  .option('--jobs <n>', 'number of random jobs', '20')
  .option('--seed <n>', 'seed of the first job; the next ones count up', '1')
  .option('--kind <kind...>', `kinds of jobs: ${JOB_KINDS.join(', ')}`)
  .option('--reference <python>', 'Python that has the reference engine (else TERRANE_REFERENCE)')
  .option('--workers <n>', 'jobs at the same time', String(Math.max(1, Math.floor(availableParallelism() / 2))))
  .option('--seconds <s>', 'seconds allowed to the reference for a job', '60')
  .option('--trials <n>', 'jobs tried to make a failing one smaller; 0 leaves it as it is', '40')
  .option('--cases <folder>', 'where failing jobs go as conformance cases', 'differential-cases')
  .option('--json <file>', 'write the verdicts as JSON')
  .option('--known <file>', 'jobs known to disagree: `differential/SEED reason` a line; they do not fail the run')
  .parse()
  .opts<Options>();

/** verdicts that are no disagreement */
const GOOD: readonly string[] = ['agree', 'both refuse', 'too long'];
/** s: a worker that does not answer in this time beyond that of the reference is ended */
const PATIENCE = 120;
const PROCESS = fileURLToPath(new URL('./job-process.js', import.meta.url));

const python = referencePython(options.reference);
if (python === undefined) {
  console.log('skipped: no reference engine (see docs/differential.md; --reference PYTHON or TERRANE_REFERENCE)');
  process.exit(0);
}
for (const kind of options.kind ?? [])
  if (!JOB_KINDS.includes(kind)) {
    console.error(`--kind ${kind}: unknown kind (${JOB_KINDS.join(', ')})`);
    process.exit(2);
  }

const first = Number(options.seed);
const waiting = Array.from({ length: Number(options.jobs) }, (_, k) => first + k);
const reports: Report[] = [];
const work = mkdtempSync(join(tmpdir(), 'terrane-differential-'));
try {
  await Promise.all(Array.from({ length: Number(options.workers) }, (_, k) => serve(join(work, String(k)))));
} finally {
  rmSync(work, { recursive: true, force: true });
}
reports.sort((a, b) => a.seed - b.seed);
if (options.json) writeFileSync(options.json, `${JSON.stringify(reports, undefined, 1)}\n`);
process.exitCode = summarize();

/** One worker process after another, until no job is left. */
async function serve(folder: string): Promise<void> {
  let child: ChildProcess | undefined;
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    child ??= await start(folder);
    const report = await ask(child, seed);
    if (report === undefined) {
      child.kill('SIGKILL');
      child = undefined;
      tell({
        seed,
        jobKind: '',
        kind: 'Terrane fails',
        sort: 'no answer',
        detail: 'the process gave no answer',
        seconds: 0,
      });
    } else tell(report);
  }
  child?.disconnect();
}

async function start(folder: string): Promise<ChildProcess> {
  const child = fork(PROCESS, [python!, folder], { execArgv: ['--enable-source-maps'] });
  const hello = await next(child, 600);
  if (hello === undefined) throw new Error('the reference engine does not start');
  if (reports.length === 0) console.log(`reference engine ${(hello as { version: string }).version}`);
  return child;
}

async function ask(child: ChildProcess, seed: number): Promise<Report | undefined> {
  const { kind: kinds } = options;
  const order: Order = {
    seed,
    ...(kinds && { kind: kinds[seed % kinds.length] }),
    seconds: Number(options.seconds),
    cases: resolve(options.cases),
    trials: Number(options.trials),
  };
  child.send(order);
  const most = (Number(options.seconds) + PATIENCE) * (1 + Number(options.trials) / 4);
  return (await next(child, most)) as Report | undefined;
}

/** The next message; undefined when the process ends, or after some seconds. */
function next(child: ChildProcess, seconds: number): Promise<Message | undefined> {
  return new Promise((settle) => {
    const done = (message?: unknown): void => {
      clearTimeout(timer);
      child.off('message', done);
      child.off('exit', ended);
      settle(message as Message | undefined);
    };
    const ended = (): void => done();
    const timer = setTimeout(ended, seconds * 1000);
    child.on('message', done);
    child.on('exit', ended);
  });
}

function tell(report: Report): void {
  reports.push(report);
  const { seed, jobKind, kind, detail, seconds } = report;
  const where = report.case === undefined ? '' : ` -> ${report.case}`;
  console.log(`${jobKind} ${seed}: ${kind}: ${detail} [${seconds.toFixed(1)} s]${where}`);
}

/** Counts by verdict, and by kind of disagreement. */
function summarize(): number {
  const counts = new Map<string, number[]>();
  for (const { kind, sort, seed } of reports) {
    const key = kind === 'agree' || kind === 'both refuse' ? kind : `${kind}: ${sort}`;
    counts.set(key, [...(counts.get(key) ?? []), seed]);
  }
  console.log();
  for (const [key, seeds] of [...counts].sort(([, a], [, b]) => b.length - a.length))
    console.log(`${String(seeds.length).padStart(5)}  ${key}  (seeds ${seeds.slice(0, 5).join(', ')})`);
  const bad = reports.filter(({ kind }) => !GOOD.includes(kind)).length;
  console.log(`${reports.length - bad} passed, ${bad} failed`);
  const known = options.known === undefined ? new Set<string>() : new Set(knownFailures(options.known).keys());
  const surprises = reports.filter(({ kind, seed }) => !GOOD.includes(kind) && !known.has(`differential/${seed}`));
  for (const { seed } of surprises) console.log(`not known to disagree: seed ${seed}`);
  return surprises.length > 0 ? 1 : 0;
}
