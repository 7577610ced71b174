import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A job with what is known of its results. */
export interface ConformanceCase {
  /** suite/case: the last two folders */
  readonly id: string;
  readonly job: string;
  readonly jobIni?: string;
  /** folder of tables; undefined: the job must run, its results are not compared */
  readonly expected?: string;
  /** the job must be refused */
  readonly rejected: boolean;
}

/**
 * All cases below a folder, by name. Two layouts: CASE/job with CASE/expected beside it (CASE may lie at any depth), and
 * jobs/CASE with expected/CASE. A folder CASE/expected_NAME belongs to job_NAME.ini and makes a case of its own.
 */
export function findCases(folder: string): ConformanceCase[] {
  const root = resolve(folder);
  const found: ConformanceCase[] = [];
  visit(root, found);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function visit(folder: string, found: ConformanceCase[]): void {
  if (isFolder(join(folder, 'job'))) {
    found.push(...casesOf(folder));
    return;
  }
  if (isFolder(join(folder, 'jobs'))) {
    for (const name of readdirSync(join(folder, 'jobs'))) {
      const expected = join(folder, 'expected', name);
      found.push({
        id: `${basename(folder)}/${name}`,
        job: join(folder, 'jobs', name),
        expected: isFolder(expected) ? expected : undefined,
        rejected: false,
      });
    }
    return;
  }
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory() && !entry.name.startsWith('.')) visit(join(folder, entry.name), found);
}

function casesOf(folder: string): ConformanceCase[] {
  const suite = basename(dirname(folder));
  const id = `${suite}/${basename(folder)}`;
  const job = join(folder, 'job');
  const expected = join(folder, 'expected');
  const rejected = suite === 'rejected' || statusOf(folder) === 'rejected';
  const jobIni = existsSync(join(job, 'job.ini')) ? 'job.ini' : undefined;
  const cases: ConformanceCase[] = [{ id, job, jobIni, expected: isFolder(expected) ? expected : undefined, rejected }];
  for (const entry of readdirSync(folder)) {
    const [, variant] = /^expected_(.+)$/.exec(entry) ?? [];
    if (variant)
      cases.push({
        id: `${id}__${variant}`,
        job,
        jobIni: `job_${variant}.ini`,
        expected: join(folder, entry),
        rejected,
      });
  }
  return cases;
}

function statusOf(folder: string): string | undefined {
  const path = join(folder, 'facts.json');
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { status?: string }).status;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** A pattern with * and ?; without them any id that holds the text. */
export function matches(id: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return id.includes(pattern);
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(id);
}
