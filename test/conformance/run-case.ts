import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseOutcome } from './run-job.js';
import type { ConformanceCase } from './cases.js';
import { compareTables, type Tolerance } from './compare.js';
import { readTables, type Table } from './table.js';

export interface CaseResult {
  readonly id: string;
  readonly status: 'pass' | 'fail' | 'unsupported';
  /** worst deviation and where, or what is wrong, or the features that are missing */
  readonly detail: string;
  readonly figures: number;
  /** of the worst figure, in units of what is allowed; above 1 it fails */
  readonly worst: number;
  readonly seconds: number;
}

const PROCESS = fileURLToPath(new URL('./case-process.js', import.meta.url));
const LAST_WORDS = 2000;
const LONGEST_DETAIL = 400;

/** Runs a case in a process of its own and compares; never throws for what the case does. `timeout` in s. */
export async function runCase(one: ConformanceCase, tolerance: Tolerance, timeout: number): Promise<CaseResult> {
  const folder = mkdtempSync(join(tmpdir(), 'terrane-conformance-'));
  const begin = performance.now();
  try {
    const outcome = await runJob(one, folder, timeout);
    const verdict = await judge(one, outcome, tolerance);
    const detail = verdict.detail.replace(/\s+/g, ' ').slice(0, LONGEST_DETAIL);
    return { id: one.id, figures: 0, worst: 0, ...verdict, detail, seconds: (performance.now() - begin) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Verdict = Pick<CaseResult, 'status' | 'detail'> & Partial<Pick<CaseResult, 'figures' | 'worst'>>;

async function judge(one: ConformanceCase, outcome: CaseOutcome, tolerance: Tolerance): Promise<Verdict> {
  if (outcome.kind === 'broken') return { status: 'fail', detail: outcome.reason.join(' | ') };
  if (outcome.kind === 'unsupported') return { status: 'unsupported', detail: outcome.features.join(', ') };
  if (one.rejected)
    return outcome.kind !== 'complete'
      ? { status: 'pass', detail: `refused: ${outcome.reason.join(' | ')}` }
      : { status: 'fail', detail: 'was run, but should have been refused' };
  if (outcome.kind !== 'complete') return { status: 'fail', detail: `refused: ${outcome.reason.join(' | ')}` };
  const got = await readTables(outcome.tables);
  if (one.expected === undefined) return hasResults(got);
  const { figures, worst, mismatches, missing } = compareTables(got, await readTables(one.expected), tolerance);
  if (mismatches.length > 0) {
    const more = mismatches.length > 1 ? ` (and ${mismatches.length - 1} more)` : '';
    return { status: 'fail', detail: `${mismatches[0]}${more}`, figures, worst: worst.ratio };
  }
  if (worst.ratio > 1)
    return {
      status: 'fail',
      detail: `${worst.ratio.toPrecision(3)} times the tolerance: ${worst.where}`,
      figures,
      worst: worst.ratio,
    };
  if (missing.length > 0) return { status: 'unsupported', detail: missing.join(', '), figures, worst: worst.ratio };
  return {
    status: 'pass',
    detail: `worst ${worst.ratio.toPrecision(2)} of the tolerance`,
    figures,
    worst: worst.ratio,
  };
}

/** Without figures to compare with: curves there must be, and every number must be one. */
function hasResults(tables: ReadonlyMap<string, Table>): Verdict {
  const curves = [...tables].filter(([name]) => /^(hazard|quantile)_/.test(name));
  if (curves.length === 0) return { status: 'fail', detail: 'no curves were written' };
  for (const [name, { rows }] of curves)
    for (const [k, row] of rows.entries())
      if (row.some((cell) => cell === 'NaN' || cell.includes('Infinity')))
        return { status: 'fail', detail: `${name} row ${k + 1} holds something that is not a number` };
  return { status: 'pass', detail: `${curves.length} tables` };
}

function runJob(one: ConformanceCase, folder: string, timeout: number): Promise<CaseOutcome> {
  return new Promise((resolve) => {
    const args = [one.job, folder, ...(one.jobIni === undefined ? [] : [one.jobIni])];
    const child = fork(PROCESS, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
    });
    let outcome: CaseOutcome | undefined;
    let lastWords = '';
    const timer = setTimeout(() => {
      outcome ??= { kind: 'broken', reason: [`not finished after ${timeout} s`] };
      child.kill('SIGKILL');
    }, timeout * 1000);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    child.on('message', (message) => (outcome = message as CaseOutcome));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const words =
        lastWords
          .trim()
          .split('\n')
          .find((line) => line.includes('Error')) ?? '';
      resolve(outcome ?? { kind: 'broken', reason: [`crashed (${signal ?? `exit code ${code}`}) ${words}`.trim()] });
    });
  });
}
