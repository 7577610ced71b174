import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXPORT_FORMATS, exportOutput } from '../../datastore/exports/registry.js';
import { failDeadJobs } from '../../engine/abort.js';
import { Checkpoint } from '../../engine/checkpoint/checkpoint.js';
import { currentOwner, DataFolder } from '../../engine/data-folder.js';
import { enterAgain } from '../../engine/resume.js';
import { executeJob } from '../../engine/runner/execute-job.js';
import { failJob } from '../../engine/runner/failure.js';
import { StoreReporter } from '../../engine/runner/job-reporter.js';
import { parentCalculation, parentOf, type ParentCalculation } from '../../engine/runner/parent.js';
import { readInputs } from '../../engine/runner/read-inputs.js';
import type { JobInputs } from '../../engine/store/job-record.js';
import { JobStore } from '../../engine/store/job-store.js';
import { markProcess } from '../../engine/store/process-mark.js';
import { namedParent } from '../../inputs/later-job.js';
import type { Job } from '../../job/job.js';
import { ProgressBar } from '../progress-bar.js';
import { UsageError } from '../report-error.js';
import { formatDuration } from '../table.js';

/** Options of `terrane run`. */
export interface RunOptions {
  readonly exports?: string;
  readonly output?: string;
  readonly workers?: number;
  readonly param?: Readonly<Record<string, string>>;
  readonly ini?: string;
  readonly data?: string;
  readonly json?: boolean;
  /** address of a Redis whose workers compute */
  readonly distribute?: string;
  /** calculation to start from */
  readonly hc?: number;
}

/** This process is the runner of the job; it is entered in the store like any other. */
export async function run(source: string, options: RunOptions): Promise<void> {
  const named = namedFormats(options);
  const folder = new DataFolder(options.data);
  const store = new JobStore(folder.storeFile);
  const inputs = { source: resolve(source), jobIni: options.ini, overrides: options.param ?? {} };
  const parentId = options.hc ?? (await parentByName(inputs));
  // before the job is made: there is nothing to run
  if (parentId !== undefined) parentCalculation(store, folder, parentId);
  const id = store.create({ owner: currentOwner(), inputs, parentId, runner: markProcess(process.pid) });
  await runEntered({ store, folder, id }, options, named);
}

/** `terrane resume ID`: goes on with a job that failed or was aborted. Errors: UsageError, EngineError UNKNOWN_JOB, WRONG_STATUS. */
export async function resume(id: number, options: RunOptions): Promise<void> {
  const named = namedFormats(options);
  const folder = new DataFolder(options.data);
  const store = new JobStore(folder.storeFile);
  try {
    await failDeadJobs(store, folder);
    enterAgain(store, folder, id, markProcess(process.pid));
  } catch (error) {
    store.close();
    throw error;
  }
  await runEntered({ store, folder, id }, options, named);
}

/** The calculation that the job file names to start from. */
async function parentByName(inputs: JobInputs): Promise<number | undefined> {
  const workFolder = mkdtempSync(join(tmpdir(), 'terrane-parent-'));
  try {
    return await namedParent(inputs, workFolder);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** A job that this process has entered. */
interface EnteredJob {
  readonly store: JobStore;
  readonly folder: DataFolder;
  readonly id: number;
}

async function runEntered(
  { store, folder, id }: EnteredJob,
  options: RunOptions,
  named: string[] | undefined,
): Promise<void> {
  const bar = new ProgressBar();
  abortOnSignals(store, folder, id, bar);
  const begin = performance.now();
  try {
    const parent = parentOf(store, folder, id);
    const job = await readOrRefuse(store, folder, id, parent);
    // formats of the job that no output has are among its warnings
    const formats = named ?? job.parameters.exports;
    const echo = {
      log: (level: string, message: string): void => {
        if (level !== 'DEBUG' && (level !== 'INFO' || !options.json)) bar.message(`${level} ${message}`);
      },
      progress: (fraction: number, phase: string): void => bar.update(fraction, phase),
    };
    const end = await executeJob(
      {
        reporter: new StoreReporter(store, folder, id),
        folder,
        id,
        workers: options.workers,
        redis: options.distribute,
        parent,
        echo,
      },
      job,
    );
    bar.clear();
    if (end !== 'complete') {
      const { reason, faults } = store.get(id);
      const kept = Checkpoint.isThere(folder.checkpoint(id)) ? `\n${resumeHint(id)}` : '';
      throw new UsageError(`calculation ${id} ${endText(end, reason)}${kept}`, faults);
    }
    const target = options.output ?? job.parameters.exportDir ?? '.';
    const files = formats.length > 0 ? await exportAll(store, folder, id, formats, resolve(target)) : [];
    report(options, id, folder.datastore(id), files, (performance.now() - begin) / 1000);
  } finally {
    bar.clear();
    folder.clearWork(id);
    store.close();
  }
}

async function readOrRefuse(
  store: JobStore,
  folder: DataFolder,
  id: number,
  parent: ParentCalculation | undefined,
): Promise<Job> {
  try {
    return await readInputs(folder, id, store.get(id).inputs, parent);
  } catch (error) {
    failJob(new StoreReporter(store, folder, id), id, error);
    throw error;
  }
}

const resumeHint = (id: number): string => `terrane resume ${id} goes on from what was computed`;

function endText(end: 'failed' | 'aborted', reason: readonly string[]): string {
  return end === 'failed' ? `failed: ${reason.join('\n')}` : 'was aborted';
}

/** Formats named on the command line. Errors: UsageError for one that no output has. */
function namedFormats({ exports, output }: RunOptions): string[] | undefined {
  if (exports === undefined) return output === undefined ? undefined : ['csv'];
  const named = exports.split(/[\s,]+/).filter(Boolean);
  const unknown = named.filter((format) => !EXPORT_FORMATS.includes(format));
  if (unknown.length > 0)
    throw new UsageError(`--exports ${unknown.join(', ')}: results are exported as ${EXPORT_FORMATS.join(', ')}`);
  return named;
}

async function exportAll(
  store: JobStore,
  folder: DataFolder,
  id: number,
  formats: readonly string[],
  target: string,
): Promise<string[]> {
  const files: string[][] = [];
  for (const output of store.outputs(id))
    for (const format of formats)
      if (output.formats.includes(format))
        files.push(await exportOutput(folder.datastore(id), output.type, format, target));
  return files.flat();
}

function report({ json }: RunOptions, id: number, datastore: string, files: readonly string[], seconds: number): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ calculation_id: id, status: 'complete', seconds, datastore, files })}\n`);
    return;
  }
  process.stderr.write(`complete in ${formatDuration(seconds)}\n`);
  process.stdout.write(`calculation ${id}\n${datastore}\n${files.map((file) => `${file}\n`).join('')}`);
}

/** Ctrl-C and kill leave an aborted job, no half-written file, and what the job could go on from. */
function abortOnSignals(store: JobStore, folder: DataFolder, id: number, bar: ProgressBar): void {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(codes))
    process.on(signal, () => {
      store.abort(id);
      folder.removeUnfinished(id);
      bar.clear();
      const kept = Checkpoint.isThere(folder.checkpoint(id)) ? `; ${resumeHint(id)}` : '';
      process.stderr.write(`terrane: calculation ${id} was aborted${kept}\n`);
      process.exit(code);
    });
}
