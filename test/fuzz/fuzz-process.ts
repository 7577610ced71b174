/** A worker of the fuzz runner: fuzz-process.js FOLDER; runs one changed input after another, in this process. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelNames } from '../../hazard/gmm/registry.js';
import { type CaseOutcome, runJob } from '../conformance/run-job.js';
import { commonModels } from '../differential/generate/models.js';
import { randomJob } from '../differential/generate/job.js';
import { Random } from '../differential/random.js';
import { writeJob } from '../differential/job-spec.js';
import { type Files, mutate, type Mutation } from './mutate.js';
import { ruleFor } from './rules.js';

export interface FuzzReport {
  readonly seed: number;
  readonly verdict: 'refused' | 'changed' | 'warned' | 'explained' | 'silent' | 'broken' | 'leak' | 'not a number';
  /** the change, or the rule that explains it */
  readonly sort: string;
  readonly detail: string;
}

/** ms: a job that takes longer is not changed. */
const SMALL = 1500;
/** Every so many inputs are changes of one job. */
const CHANGES_PER_JOB = 10;
const [folder] = process.argv.slice(2);
const models = await commonModels(modelNames());
let base:
  { readonly job: number; readonly files: Files; readonly outcome: string; readonly warnings: string } | undefined;

process.on('message', (seed: number) => {
  void answer(seed).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function answer(seed: number): Promise<FuzzReport> {
  const job = Math.floor(seed / CHANGES_PER_JOB);
  if (base?.job !== job) base = await baseOf(job);
  const mutation = mutate(base.files, new Random(seed));
  const outcome = await run(mutation.files);
  const text = `${mutation.kind} ${mutation.target} in ${mutation.file} (${mutation.detail})`;
  const report = (verdict: FuzzReport['verdict'], sort: string, detail = ''): FuzzReport => ({
    seed,
    verdict,
    sort,
    detail: `${text} ${detail}`.slice(0, 900),
  });
  if (outcome.kind === 'broken') return report('broken', mutation.kind, outcome.lines.join(' | '));
  const leak = outcome.lines.find((line) => isLeak(line));
  if (leak !== undefined) return report('leak', mutation.kind, leak);
  if (outcome.kind === 'refused') return report('refused', mutation.kind, outcome.lines.join(' | '));
  if (outcome.nan) return report('not a number', mutation.kind);
  if (outcome.digest !== base.outcome) return report('changed', mutation.kind);
  if (outcome.lines.join('\n') !== base.warnings) return report('warned', mutation.kind);
  const rule = ruleFor(mutation, new Map([...base.files].map(([name, bytes]) => [name, bytes.toString('utf8')])));
  return rule === undefined ? report('silent', `${mutation.kind} ${mutation.target}`) : report('explained', rule);
}

/** The first valid job from a seed on, small enough to be run often. */
async function baseOf(job: number): Promise<NonNullable<typeof base>> {
  for (let seed = 1000 * job + 1; ; seed++) {
    const target = join(folder, 'base');
    rmSync(target, { recursive: true, force: true });
    writeJob(randomJob(seed, undefined, models), target);
    const files = new Map(readdirSync(target).map((name) => [name, readFileSync(join(target, name))]));
    const begin = performance.now();
    const outcome = await run(files);
    if (outcome.kind !== 'complete' || performance.now() - begin > SMALL) continue;
    return { job, files, outcome: outcome.digest, warnings: outcome.lines.join('\n') };
  }
}

interface Outcome {
  readonly kind: 'complete' | 'refused' | 'broken';
  readonly lines: readonly string[];
  readonly digest: string;
  readonly nan: boolean;
}

async function run(files: Mutation['files']): Promise<Outcome> {
  const work = mkdtempSync(join(folder, 'run-'));
  try {
    const target = join(work, 'job');
    mkdirSync(target);
    for (const [name, bytes] of files) writeFileSync(join(target, name), bytes);
    const results = join(work, 'results');
    mkdirSync(results);
    return read(await runJob(target, results, files.has('job.ini') ? 'job.ini' : undefined));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function read(outcome: CaseOutcome): Outcome {
  if (outcome.kind === 'unsupported') return { kind: 'refused', lines: outcome.features, digest: '', nan: false };
  if (outcome.kind !== 'complete') return { kind: outcome.kind, lines: outcome.reason, digest: '', nan: false };
  const hash = createHash('sha256');
  let nan = false;
  for (const name of readdirSync(outcome.tables).sort()) {
    // the first line of a table tells when it was made
    const text = readFileSync(join(outcome.tables, name), 'utf8').replace(/^#[^\n]*\n/, '');
    // what no model of the job asks for is not known at its sites
    nan ||= name !== 'sites.csv' && /(^|,)(nan|NaN|-?Infinity|inf)(,|$)/m.test(text);
    hash.update(name).update(text);
  }
  return { kind: 'complete', lines: outcome.warnings, digest: hash.digest('hex'), nan };
}

/** A stack trace or a path of this machine in a message. */
function isLeak(line: string): boolean {
  return (
    /\bat (async )?[\w.<>]+ \(|node:internal|file:\/\/|\.js:\d+/.test(line) ||
    line.includes(folder) ||
    line.includes(process.cwd())
  );
}
