import type { StoreDatabase, StoreValue as Value } from './database.js';
import { LIVE_STATUSES, type JobRecord } from './job-record.js';
import { jobOf } from './rows.js';

/** What a list can be sorted by, and the column. */
export const JOB_ORDERS = {
  id: 'id',
  description: 'description COLLATE NOCASE',
  owner: 'owner',
  status: 'status',
  start: 'start_time',
  took: 'COALESCE(stop_time, start_time) - start_time',
  size: 'COALESCE(size, 0)',
} as const;

/** Which jobs are looked for, and which page of them. */
export interface JobSearch {
  /** words that number, description, mode, owner or tags hold, all of them */
  readonly words: readonly string[];
  /** `running` stands for all that wait or run */
  readonly status?: string;
  readonly owner?: string;
  readonly tag?: string;
  readonly calculationMode?: string;
  /** only the jobs of this owner and those shared with everyone */
  readonly visibleTo?: string;
  readonly order: keyof typeof JOB_ORDERS;
  readonly descending: boolean;
  readonly first: number;
  readonly count: number;
}

/** A page of jobs. */
export interface FoundJobs {
  /** on all pages */
  readonly total: number;
  readonly jobs: readonly JobRecord[];
  /** owners and tags of all jobs that may be seen, to choose from */
  readonly owners: readonly string[];
  readonly tags: readonly string[];
}

/** Looks for jobs; removed ones are never found. */
export function searchJobs(database: StoreDatabase, search: JobSearch): FoundJobs {
  const visible = ["status <> 'deleted'"];
  const seen: Value[] = [];
  if (search.visibleTo !== undefined) {
    visible.push("(owner = ? OR status = 'shared')");
    seen.push(search.visibleTo);
  }
  const conditions = [...visible];
  const values = [...seen];
  const add = (condition: string, ...more: Value[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  for (const word of search.words)
    add(
      "(id || ' ' || description || ' ' || calculation_mode || ' ' || owner || ' ' || tags) LIKE ? ESCAPE '!'",
      `%${word.replace(/[!%_]/g, '!$&')}%`,
    );
  if (search.status === 'running') add(`status IN (${LIVE_STATUSES.map((status) => `'${status}'`).join(', ')})`);
  else if (search.status !== undefined) add('status = ?', search.status);
  if (search.owner !== undefined) add('owner = ?', search.owner);
  if (search.calculationMode !== undefined) add('calculation_mode = ?', search.calculationMode);
  if (search.tag !== undefined) add("instr(' ' || tags || ' ', ' ' || ? || ' ') > 0", search.tag);
  const where = conditions.join(' AND ');
  const sense = search.descending ? 'DESC' : 'ASC';
  const [{ total }] = database.rows(`SELECT COUNT(*) AS total FROM job WHERE ${where}`, ...values);
  const jobs = database
    .rows(
      `SELECT * FROM job WHERE ${where} ORDER BY ${JOB_ORDERS[search.order]} ${sense}, id DESC LIMIT ? OFFSET ?`,
      ...values,
      search.count,
      search.first,
    )
    .map(jobOf);
  const distinct = (column: 'owner' | 'tags'): string[] =>
    database
      .rows(`SELECT DISTINCT ${column} AS value FROM job WHERE ${visible.join(' AND ')}`, ...seen)
      .map(({ value }) => value as string);
  const tags = new Set(distinct('tags').flatMap((text) => text.split(' ').filter(Boolean)));
  return { total: total as number, jobs, owners: distinct('owner').sort(), tags: [...tags].sort() };
}
