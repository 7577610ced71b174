/** A worker of the differential test: job-process.js PYTHON FOLDER; takes orders from the parent, one at a time. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonModels, type KnownModel } from './generate/models.js';
import { randomJob } from './generate/job.js';
import { judge, type Verdict } from './judge.js';
import type { JobSpec } from './job-spec.js';
import { Reference } from './reference.js';
import { shrink } from './shrink.js';

export interface Order {
  readonly seed: number;
  readonly kind?: string;
  /** s, allowed to the reference */
  readonly seconds: number;
  /** where failing jobs go as conformance cases */
  readonly cases: string;
  /** jobs tried to make a failing one smaller */
  readonly trials: number;
}
export interface Report extends Verdict {
  readonly seed: number;
  readonly jobKind: string;
  /** folder of the case of a failing job */
  readonly case?: string;
  readonly seconds: number;
}
export type Message = { readonly version: string } | Report;

const FAILING = new Set<Verdict['kind']>([
  'differ',
  'only the reference refuses',
  'only Terrane refuses',
  'Terrane fails',
]);

const [python, folder] = process.argv.slice(2);
const reference = new Reference(python, join(folder, 'reference'));
const { version, models: names } = await reference.models();
const models: readonly KnownModel[] = await commonModels(names);
process.send?.({ version });
process.on('message', (order: Order) => {
  void answer(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => {
  reference.stop();
  process.exit(0);
});

async function answer(order: Order): Promise<Report> {
  const begin = performance.now();
  const spec = randomJob(order.seed, order.kind, models);
  const work = join(folder, 'job');
  const verdict = await judge(spec, work, reference, order.seconds);
  let kept: string | undefined;
  if (FAILING.has(verdict.kind)) {
    const same = async (candidate: JobSpec): Promise<boolean> => {
      const again = await judge(candidate, work, reference, order.seconds);
      return again.kind === verdict.kind && (verdict.kind === 'differ' || again.sort === verdict.sort);
    };
    const smallest = order.trials > 0 ? await shrink(spec, order.trials, same) : spec;
    const last = await judge(smallest, work, reference, order.seconds);
    kept = keep(order, spec, last, work);
  }
  const seconds = (performance.now() - begin) / 1000;
  return { ...verdict, seed: order.seed, jobKind: spec.kind, seconds, ...(kept !== undefined && { case: kept }) };
}

/** Leaves the job as a conformance case: a job that the reference refuses is one to be refused. */
function keep({ cases, seed }: Order, spec: JobSpec, verdict: Verdict, work: string): string {
  const refused = verdict.kind === 'only the reference refuses';
  const target = join(cases, refused ? 'rejected' : 'differential', `${spec.kind}_${seed}`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(join(work, 'job'), join(target, 'job'), { recursive: true });
  if (!refused) cpSync(join(work, 'expected'), join(target, 'expected'), { recursive: true });
  const facts = { suite: refused ? 'rejected' : 'differential', source: `reference ${version}`, seed, ...verdict };
  writeFileSync(join(target, 'facts.json'), `${JSON.stringify(facts, undefined, 1)}\n`);
  return target;
}
