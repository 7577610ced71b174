/**
 * The job store: one SQLite file (libsql) in write-ahead mode, opened by the server, by every runner and by the commands.
 * Each change is one statement that names the statuses it may start from, so a late word of a killed runner changes nothing.
 * Rows are always read by `all`: a statement left half read would keep an old snapshot of the file.
 */
import { EngineError } from '../errors.js';
import type {
  JobFilter,
  JobInputs,
  JobRecord,
  JobStatus,
  LogLevel,
  LogRow,
  OutputRecord,
  ProcessMark,
} from './job-record.js';
import { LIVE_STATUSES } from './job-record.js';
import { openDatabase, type StoreDatabase, type StoreRow as Row, type StoreValue as Value } from './database.js';
import { searchJobs, type JobSearch, type FoundJobs } from './job-search.js';
import { jobOf, NO_INPUTS, outputOf } from './rows.js';
import type { FaultFacts } from '../../hazard/refusal.js';

const LIVE = LIVE_STATUSES.map((status) => `'${status}'`).join(', ');

/** What is known of a job when it is made. */
export interface NewJob {
  readonly owner: string;
  readonly calculationMode?: string;
  readonly description?: string;
  readonly parentId?: number;
  readonly inputs?: JobInputs;
  /** for a job that the creating process runs itself */
  readonly runner?: ProcessMark;
}

/** Jobs, logs and outputs in one SQLite file that several processes use at the same time. */
export class JobStore {
  private readonly database: StoreDatabase;

  constructor(file: string) {
    this.database = openDatabase(file);
  }

  close(): void {
    this.database.close();
  }

  /** Changes whenever another process has written; compare two values. */
  dataVersion(): number {
    return this.rows('PRAGMA data_version')[0].data_version as number;
  }

  create(job: NewJob): number {
    const result = this.run(
      `INSERT INTO job (owner, calculation_mode, description, status, start_time, parent_id, inputs, runner_pid, runner_started,
         runner_place)
       VALUES (?, ?, ?, 'created', ?, ?, ?, ?, ?, ?)`,
      job.owner,
      job.calculationMode ?? 'custom',
      job.description ?? 'Calculation waiting to start',
      Date.now(),
      job.parentId ?? null,
      JSON.stringify(job.inputs ?? NO_INPUTS),
      job.runner?.pid ?? null,
      job.runner?.started ?? null,
      job.runner?.place ?? null,
    );
    return Number(result.lastInsertRowid);
  }

  /** A complete job as its file tells it, under the number that it had. */
  restore(job: {
    readonly id: number;
    readonly owner: string;
    readonly calculationMode: string;
    readonly description: string;
    /** milliseconds since 1970 */
    readonly startTime: number;
    readonly stopTime: number;
    /** bytes */
    readonly size: number;
  }): void {
    this.run(
      `INSERT INTO job (id, owner, calculation_mode, description, status, start_time, stop_time, progress, size, inputs)
       VALUES (?, ?, ?, ?, 'complete', ?, ?, 1, ?, ?)`,
      job.id,
      job.owner,
      job.calculationMode,
      job.description,
      job.startTime,
      Math.round(job.stopTime),
      job.size,
      JSON.stringify(NO_INPUTS),
    );
  }

  /** No number up to this one is given to a new job. */
  reserveNumbers(last: number): void {
    const [known] = this.rows("SELECT seq FROM sqlite_sequence WHERE name = 'job'");
    if (known === undefined) this.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('job', ?)", last);
    else if ((known.seq as number) < last) this.run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'job'", last);
  }

  /** Whether the file holds together, by SQLite's own look at all of it. */
  isSound(): boolean {
    return this.rows('PRAGMA integrity_check')[0]?.integrity_check === 'ok';
  }

  /** undefined for an id that was never given. */
  find(id: number): JobRecord | undefined {
    const rows = this.rows('SELECT * FROM job WHERE id = ?', id);
    return rows.length === 0 ? undefined : jobOf(rows[0]);
  }

  /** Errors: EngineError UNKNOWN_JOB. */
  get(id: number): JobRecord {
    const job = this.find(id);
    if (!job) throw new EngineError('UNKNOWN_JOB', `Unknown job ${id}`);
    return job;
  }

  /** Newest first, deleted ones left out. */
  list(filter: JobFilter = {}): JobRecord[] {
    const conditions = ["status <> 'deleted'"];
    const values: Value[] = [];
    if (filter.live !== undefined) conditions.push(`status ${filter.live ? 'IN' : 'NOT IN'} (${LIVE})`);
    if (filter.calculationMode !== undefined) {
      conditions.push('calculation_mode = ?');
      values.push(filter.calculationMode);
    }
    if (filter.startedFrom !== undefined) {
      conditions.push('start_time >= ?');
      values.push(filter.startedFrom);
    }
    if (filter.visibleTo !== undefined) {
      conditions.push("(owner = ? OR status = 'shared')");
      values.push(filter.visibleTo);
    }
    values.push(filter.limit ?? 100);
    const sql = `SELECT * FROM job WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`;
    return this.rows(sql, ...values).map(jobOf);
  }

  /** One page of the jobs that are looked for. */
  search(search: JobSearch): FoundJobs {
    return searchJobs(this.database, search);
  }

  /** Words that a job is found by. */
  setTags(id: number, tags: readonly string[]): void {
    this.run('UPDATE job SET tags = ? WHERE id = ?', tags.join(' '), id);
  }

  /** How many jobs there are of each status, removed ones left out. */
  countByStatus(): [status: string, count: number][] {
    return this.rows("SELECT status, COUNT(*) AS count FROM job WHERE status <> 'deleted' GROUP BY status").map(
      (row) => [row.status as string, row.count as number],
    );
  }

  /** What a user and all users have in the store: jobs that wait or run, and bytes of results. */
  usageOf(owner: string): { readonly live: number; readonly liveOfAll: number; readonly bytes: number } {
    const [row] = this.rows(
      `SELECT COUNT(*) FILTER (WHERE owner = ? AND status IN (${LIVE})) AS live,
              COUNT(*) FILTER (WHERE status IN (${LIVE})) AS live_of_all,
              COALESCE(SUM(size) FILTER (WHERE owner = ? AND status <> 'deleted'), 0) AS bytes
       FROM job`,
      owner,
      owner,
    );
    return { live: row.live as number, liveOfAll: row.live_of_all as number, bytes: row.bytes as number };
  }

  /** Jobs that ended before this time (ms since 1970) and are shared with nobody. */
  endedBefore(time: number): number[] {
    return this.rows(
      "SELECT id FROM job WHERE status IN ('complete', 'failed', 'aborted') AND stop_time < ? ORDER BY id DESC",
      time,
    ).map((row) => row.id as number);
  }

  /** Jobs not deleted that start from this one. */
  children(id: number): number[] {
    return this.rows("SELECT id FROM job WHERE parent_id = ? AND status <> 'deleted' ORDER BY id", id).map(
      (row) => row.id as number,
    );
  }

  setInputs(id: number, inputs: JobInputs): void {
    this.run('UPDATE job SET inputs = ? WHERE id = ?', JSON.stringify(inputs), id);
  }

  /** The job starts from an earlier one, which is not removed before it. */
  setParent(id: number, parentId: number): void {
    this.run('UPDATE job SET parent_id = ? WHERE id = ?', parentId, id);
  }

  describe(id: number, calculationMode: string, description: string): void {
    this.run('UPDATE job SET calculation_mode = ?, description = ? WHERE id = ?', calculationMode, description, id);
  }

  /** created -> submitted; false when the job is in another status. */
  submit(id: number): boolean {
    return (
      this.run("UPDATE job SET status = 'submitted', runner_pid = NULL WHERE id = ? AND status = 'created'", id)
        .changes > 0
    );
  }

  /** The next job in line: users take turns, and whoever has fewer jobs running comes first; within a user the oldest one. */
  nextSubmitted(): JobRecord | undefined {
    const rows = this.rows(
      `SELECT * FROM job AS mine WHERE status = 'submitted' AND not_before <= ?
       ORDER BY (SELECT COUNT(*) FROM job WHERE owner = mine.owner AND status = 'executing'),
                (SELECT COALESCE(MAX(start_time), 0) FROM job WHERE owner = mine.owner AND status NOT IN ('created', 'submitted')),
                id
       LIMIT 1`,
      Date.now(),
    );
    return rows.length === 0 ? undefined : jobOf(rows[0]);
  }

  /**
   * created or submitted -> executing by this process (said once by the server and once by the runner); false when the job
   * was aborted or removed meanwhile.
   */
  start(id: number, runner: ProcessMark): boolean {
    const sql = `UPDATE job SET status = 'executing', runner_pid = ?, runner_started = ?, runner_place = ?, start_time = ?
                 WHERE id = ? AND (status IN ('created', 'submitted') OR (status = 'executing' AND runner_pid = ?))`;
    return this.run(sql, runner.pid, runner.started, runner.place ?? null, Date.now(), id, runner.pid).changes > 0;
  }

  progress(id: number, fraction: number, phase: string): void {
    this.run(
      "UPDATE job SET progress = ?, phase = ? WHERE id = ? AND status IN ('created', 'executing')",
      Math.min(1, Math.max(0, fraction)),
      phase,
      id,
    );
  }

  /** executing -> complete; false when the job was aborted meanwhile. */
  complete(id: number, size: number): boolean {
    const sql = `UPDATE job SET status = 'complete', progress = 1, size = ?, stop_time = ?, runner_pid = NULL
                 WHERE id = ? AND status = 'executing'`;
    return this.run(sql, size, Date.now(), id).changes > 0;
  }

  /** Any live status -> failed, with its reason and the faults of its input; false when the job had ended already. */
  fail(id: number, reason: readonly string[], faults: readonly FaultFacts[] = []): boolean {
    return this.end(id, 'failed', reason, faults);
  }

  /** Any live status -> aborted; false when the job had ended already. */
  abort(id: number): boolean {
    return this.end(id, 'aborted', [], []);
  }

  private end(
    id: number,
    status: 'failed' | 'aborted',
    reason: readonly string[],
    faults: readonly FaultFacts[],
  ): boolean {
    const sql = `UPDATE job SET status = ?, reason = ?, faults = ?, stop_time = ?, runner_pid = NULL WHERE id = ? AND status IN (${LIVE})`;
    return this.run(sql, status, JSON.stringify(reason), JSON.stringify(faults), Date.now(), id).changes > 0;
  }

  /** failed, aborted or submitted -> created by a process that runs it itself, or -> submitted; false when it is in another status. */
  resume(id: number, runner?: ProcessMark): boolean {
    const sql = `UPDATE job SET status = ?, reason = '[]', faults = '[]', stop_time = NULL, attempts = 0, not_before = 0,
                   runner_pid = ?, runner_started = ?, runner_place = ?
                 WHERE id = ? AND status IN ('failed', 'aborted', 'submitted')`;
    const status = runner ? 'created' : 'submitted';
    const mark = [runner?.pid ?? null, runner?.started ?? null, runner?.place ?? null];
    return this.run(sql, status, ...mark, id).changes > 0;
  }

  /**
   * executing -> submitted, to go on at a time (ms since 1970) or later, by whatever attempt this is; false when it has ended meanwhile.
   */
  lineUpAgain(id: number, attempts: number, notBefore: number): boolean {
    const sql = `UPDATE job SET status = 'submitted', runner_pid = NULL, attempts = ?, not_before = ?
                 WHERE id = ? AND status = 'executing'`;
    return this.run(sql, attempts, notBefore, id).changes > 0;
  }

  /** complete <-> shared; false when the job is in another status. */
  changeStatus(id: number, from: JobStatus, to: JobStatus): boolean {
    return this.run('UPDATE job SET status = ? WHERE id = ? AND status = ?', to, id, from).changes > 0;
  }

  /** Marks the job as deleted; its id and log stay. */
  delete(id: number): void {
    this.run("UPDATE job SET status = 'deleted', size = NULL WHERE id = ?", id);
    this.run('DELETE FROM output WHERE job_id = ?', id);
  }

  log(id: number, level: LogLevel, process: string, message: string): void {
    this.run(
      `INSERT INTO log (job_id, number, time, level, process, message)
       SELECT ?, COALESCE(MAX(number) + 1, 0), ?, ?, ?, ? FROM log WHERE job_id = ?`,
      id,
      Date.now(),
      level,
      process,
      message,
      id,
    );
  }

  /** Rows `from` (inclusive) to `to` (exclusive). */
  logRows(id: number, from = 0, to = Number.MAX_SAFE_INTEGER): LogRow[] {
    const sql = 'SELECT * FROM log WHERE job_id = ? AND number >= ? AND number < ? ORDER BY number';
    return this.rows(sql, id, from, to).map((row) => ({
      number: row.number as number,
      time: row.time as number,
      level: row.level as LogLevel,
      process: row.process as string,
      message: row.message as string,
    }));
  }

  logSize(id: number): number {
    return this.rows('SELECT COUNT(*) AS size FROM log WHERE job_id = ?', id)[0].size as number;
  }

  addOutput(jobId: number, type: string, name: string, formats: readonly string[]): void {
    this.run(
      'INSERT OR IGNORE INTO output (job_id, type, name, formats) VALUES (?, ?, ?, ?)',
      jobId,
      type,
      name,
      formats.join(' '),
    );
  }

  /** In lexical order of type. */
  outputs(jobId: number): OutputRecord[] {
    return this.rows('SELECT * FROM output WHERE job_id = ? ORDER BY type', jobId).map(outputOf);
  }

  findOutput(id: number): OutputRecord | undefined {
    const rows = this.rows('SELECT * FROM output WHERE id = ?', id);
    return rows.length === 0 ? undefined : outputOf(rows[0]);
  }

  private run(sql: string, ...values: Value[]): ReturnType<StoreDatabase['run']> {
    return this.database.run(sql, ...values);
  }

  private rows(sql: string, ...values: Value[]): Row[] {
    return this.database.rows(sql, ...values);
  }
}
