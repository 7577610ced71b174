/** Runs a job by both engines and compares. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareTables, type Comparison } from '../conformance/compare.js';
import { runJob } from '../conformance/run-job.js';
import { readTables, type Table } from '../conformance/table.js';
import { type JobSpec, writeJob } from './job-spec.js';
import type { Reference } from './reference.js';

type VerdictKind =
  | 'agree'
  | 'differ'
  | 'both refuse'
  | 'only the reference refuses'
  | 'only Terrane refuses'
  | 'Terrane fails'
  | 'too long';

export interface Verdict {
  readonly kind: VerdictKind;
  /** what differs in a word: value, text, missing; of refusals the reason without its numbers */
  readonly sort: string;
  readonly detail: string;
}

const TOLERANCE = { rtol: 1e-3, atol: 1e-6 };
const LONGEST = 600;

/** The job goes to `folder`/job, the tables of the reference to `folder`/expected. `seconds` allowed to the reference. */
export async function judge(spec: JobSpec, folder: string, reference: Reference, seconds: number): Promise<Verdict> {
  rmSync(folder, { recursive: true, force: true });
  const job = join(folder, 'job');
  writeJob(spec, job);
  const expected = join(folder, 'expected');
  const results = join(folder, 'own');
  mkdirSync(results);
  const [own, other] = await Promise.all([
    runJob(job, results, 'job.ini'),
    reference.run(join(job, 'job.ini'), expected, seconds),
  ]);
  if (other.kind === 'late') return verdict('too long', 'late', other.reason);
  const why = other.kind === 'complete' ? '' : other.reason;
  if (own.kind === 'broken') return verdict('Terrane fails', shape(own.reason.join(' | ')), own.reason.join(' | '));
  if (own.kind !== 'complete') {
    const reason = own.kind === 'unsupported' ? `unsupported: ${own.features.join(', ')}` : own.reason.join(' | ');
    if (other.kind !== 'complete') return verdict('both refuse', shape(reason), `${reason} || ${why}`);
    return verdict('only Terrane refuses', shape(reason), reason);
  }
  if (other.kind !== 'complete') return verdict('only the reference refuses', shape(why), why);
  const tables = await readTables(own.tables);
  return differences(compareTables(tables, asInEarlierReleases(await readTables(expected), tables), TOLERANCE));
}

function differences({ mismatches, missing, worst }: Comparison): Verdict {
  if (mismatches.length > 0)
    return verdict('differ', `text ${shape(mismatches[0])}`, mismatches.slice(0, 3).join('; '));
  if (worst.ratio > 1)
    return verdict(
      'differ',
      `value ${worst.where.replace(/-.*/, '')}`,
      `${worst.ratio.toPrecision(3)} x: ${worst.where}`,
    );
  if (missing.length > 0) return verdict('differ', `missing ${missing.join(', ')}`, `missing: ${missing.join(', ')}`);
  return { kind: 'agree', sort: '', detail: `worst ${worst.ratio.toPrecision(2)} of the tolerance` };
}

function verdict(kind: VerdictKind, sort: string, detail: string): Verdict {
  return { kind, sort, detail: detail.replace(/\s+/g, ' ').slice(0, LONGEST) };
}

/** A reason without names and numbers of the job. */
function shape(reason: string): string {
  return reason
    .replace(/^\S+\.(xml|ini|csv)(, line \d+)?: /, '')
    .replace(/'[^']*'/g, "'…'")
    .replace(/\/\S+/g, '/…')
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/gi, '#')
    .replace(/\s+/g, ' ')
    .slice(0, 90);
}

/**
 * What later releases of the reference write in another way (docs/differences.md): a branch of the first set is named by one
 * character, not two, and there is one more map for each return period.
 */
function asInEarlierReleases(
  expected: ReadonlyMap<string, Table>,
  own: ReadonlyMap<string, Table>,
): Map<string, Table> {
  const out = new Map([...expected].filter(([name]) => !/_map-.*-\d+y$/.test(name)));
  const [theirs, ours] = [expected.get('realizations'), own.get('realizations')];
  if (!theirs || !ours) return out;
  const column = theirs.header.indexOf('branch_path');
  const length = (path: string): number => path.indexOf('~');
  const rows = theirs.rows.map((row, k) =>
    row.map((cell, c) => {
      const mine = ours.rows[k]?.[c] ?? '';
      return c === column && length(mine) === length(cell) + 1 ? mine[0] + cell : cell;
    }),
  );
  return out.set('realizations', { header: theirs.header, rows });
}
