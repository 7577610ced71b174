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
import { damagedArchive } from './archive.js';
import { type Files, mutate } from './mutate.js';
import { ruleFor } from './rules.js';

export interface FuzzReport {
  readonly seed: number;
  readonly verdict: 'refused' | 'changed' | 'warned' | 'explained' | 'silent' | 'broken' | 'leak' | 'not a number';
  /** the change, or the rule that explains it */
  readonly sort: string;
  readonly detail: string;
}

/** Pairs of ruptures and sites: a job that has more is not changed. A count, not a time: a seed is the same change on any machine. */
const SMALL = 20_000;
/** Every so many inputs are changes of one job. */
const CHANGES_PER_JOB = 10;
/** Share of inputs that are sent as a ZIP, which is what is changed. */
const ARCHIVES = 0.08;
/** Bits of a ZIP that are no content: times, versions, attributes and sizes of fields. */
const WORDLESS = 'a bit of the archive that is no content: a time, a version, an attribute';
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
  const random = new Random(seed);
  if (random.chance(ARCHIVES)) return answerArchive(seed, base, random);
  const mutation = mutate(base.files, random);
  const outcome = await run(mutation.files);
  const report = reporter(seed, `${mutation.kind} ${mutation.target} in ${mutation.file} (${mutation.detail})`);
  const told = byItself(outcome, mutation.kind, report);
  if (told) return told;
  if (outcome.digest !== base.outcome) return report('changed', mutation.kind);
  if (outcome.lines.join('\n') !== base.warnings) return report('warned', mutation.kind);
  const rule = ruleFor(mutation, new Map([...base.files].map(([name, bytes]) => [name, bytes.toString('utf8')])));
  return rule === undefined ? report('silent', `${mutation.kind} ${mutation.target}`) : report('explained', rule);
}

type Reporter = (verdict: FuzzReport['verdict'], sort: string, detail?: string) => FuzzReport;

function reporter(seed: number, text: string): Reporter {
  return (verdict, sort, detail = '') => ({ seed, verdict, sort, detail: `${text} ${detail}`.slice(0, 900) });
}

/** The verdict on an outcome that need not be compared with that of the unchanged job. */
function byItself(outcome: Outcome, kind: string, report: Reporter): FuzzReport | undefined {
  if (outcome.kind === 'broken') return report('broken', kind, outcome.lines.join(' | '));
  const leak = outcome.lines.find((line) => isLeak(line));
  if (leak !== undefined) return report('leak', kind, leak);
  if (outcome.kind === 'refused') return report('refused', kind, outcome.lines.join(' | '));
  return outcome.nan ? report('not a number', kind) : undefined;
}

/** A damaged archive is refused, or is the job that it was: figures of another job are a finding. */
async function answerArchive(seed: number, whole: NonNullable<typeof base>, random: Random): Promise<FuzzReport> {
  const { kind, detail, bytes } = await damagedArchive(whole.files, random);
  const outcome = await run(bytes);
  const report = reporter(seed, `archive: ${kind} (${detail})`);
  const told = byItself(outcome, `archive: ${kind}`, report);
  if (told) return told;
  if (outcome.digest !== whole.outcome) return report('silent', `archive: ${kind}`, 'other figures');
  if (outcome.lines.join('\n') !== whole.warnings) return report('warned', `archive: ${kind}`);
  if (kind === 'a byte of noise') return report('explained', WORDLESS);
  if (kind === 'in a folder') return report('explained', 'a job may stand in a folder of its archive');
  return report('silent', `archive: ${kind}`);
}

/** The first valid job from a seed on, small enough to be run often. */
async function baseOf(job: number): Promise<NonNullable<typeof base>> {
  for (let seed = 1000 * job + 1; ; seed++) {
    const target = join(folder, 'base');
    rmSync(target, { recursive: true, force: true });
    writeJob(randomJob(seed, undefined, models), target);
    const files = new Map(readdirSync(target).map((name) => [name, readFileSync(join(target, name))]));
    const outcome = await run(files);
    if (outcome.kind !== 'complete' || outcome.size > SMALL) continue;
    return { job, files, outcome: outcome.digest, warnings: outcome.lines.join('\n') };
  }
}

interface Outcome {
  readonly kind: 'complete' | 'refused' | 'broken';
  readonly lines: readonly string[];
  readonly digest: string;
  readonly nan: boolean;
  readonly size: number;
}

/** Runs files of a job, or the ZIP of one. */
async function run(files: Files | Buffer): Promise<Outcome> {
  const work = mkdtempSync(join(folder, 'run-'));
  try {
    const results = join(work, 'results');
    mkdirSync(results);
    if (Buffer.isBuffer(files)) {
      const archive = join(work, 'job.zip');
      writeFileSync(archive, files);
      return read(await runJob(archive, results, undefined));
    }
    const target = join(work, 'job');
    mkdirSync(target);
    for (const [name, bytes] of files) writeFileSync(join(target, name), bytes);
    return read(await runJob(target, results, files.has('job.ini') ? 'job.ini' : undefined));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function read(outcome: CaseOutcome): Outcome {
  const none = { digest: '', nan: false, size: 0 };
  if (outcome.kind === 'unsupported') return { kind: 'refused', lines: outcome.features, ...none };
  if (outcome.kind !== 'complete') return { kind: outcome.kind, lines: outcome.reason, ...none };
  const hash = createHash('sha256');
  let nan = false;
  for (const name of readdirSync(outcome.tables).sort()) {
    // the first line of a table tells when it was made
    const text = readFileSync(join(outcome.tables, name), 'utf8').replace(/^#[^\n]*\n/, '');
    // a site parameter that no model asks for and no one gives stands as nan in the table of the sites: an input, not a result
    if (!/^site(s|_model)/.test(name)) nan ||= /(^|,)(nan|NaN|-?Infinity|inf)(,|$)/m.test(text);
    hash.update(name).update(text);
  }
  return { kind: 'complete', lines: outcome.warnings, digest: hash.digest('hex'), nan, size: outcome.size };
}

/** A stack trace or a path of this machine in a message. */
function isLeak(line: string): boolean {
  return (
    /\bat (async )?[\w.<>]+ \(|node:internal|file:\/\/|\.js:\d+/.test(line) ||
    line.includes(folder) ||
    line.includes(process.cwd())
  );
}
