/**
 * A job that starts from an earlier calculation. One that names no files says only what is to be different: everything else, files
 * included, is that of the earlier job. One that names files is a job like any other.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Job } from '../job/job.js';
import { openJobSource } from './files/job-source.js';
import { readIni, type IniEntry } from './parameters/ini.js';
import { findParameter } from './parameters/parameter-table.js';
import { readJob, type ReadJobOptions } from './read-job.js';
import { discard } from './read-job-file.js';
import { InputReport } from './report.js';

const PARENT = 'hazard_calculation_id';

/** Where a job comes from. */
export interface JobText {
  /** path of a folder, an ini or a zip */
  readonly source: string;
  readonly jobIni?: string;
  readonly overrides: Readonly<Record<string, string>>;
}

/**
 * The calculation that a job starts from by its own words; undefined for most jobs, and where the job cannot be read, which reading
 * it will tell.
 */
export async function namedParent(job: JobText, workFolder: string): Promise<number | undefined> {
  const entries = await entriesOf(job, workFolder).catch(() => []);
  const value = job.overrides[PARENT] ?? entries.find(({ key }) => key === PARENT)?.value ?? '';
  return /^[1-9]\d{0,15}$/.test(value) ? Number(value) : undefined;
}

/** Reads a job that starts from calculation `id`, which was made of `earlier`. Errors: Refusal with all faults found. */
export async function readLaterJob(
  job: JobText,
  { id, earlier }: { readonly id: number; readonly earlier: JobText },
  options: Omit<ReadJobOptions, 'overrides' | 'jobIni'>,
): Promise<Job> {
  const entries = await entriesOf(job, options.workFolder);
  const parent = { [PARENT]: String(id) };
  if (entries.some(({ key }) => isFile(key)))
    return readJob(job.source, { ...options, jobIni: job.jobIni, overrides: { ...job.overrides, ...parent } });
  const own = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  const overrides = joined(joined(earlier.overrides, own), { ...job.overrides, ...parent });
  return readJob(earlier.source, { ...options, jobIni: earlier.jobIni, overrides });
}

/** The second values replace the first ones, also under another name of the parameter. */
function joined(
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): Record<string, string> {
  const nameOf = (key: string): string => findParameter(key)?.name ?? key;
  const replaced = new Set(Object.keys(second).map(nameOf));
  return { ...Object.fromEntries(Object.entries(first).filter(([key]) => !replaced.has(nameOf(key)))), ...second };
}

function isFile(key: string): boolean {
  const type = findParameter(key)?.type;
  return type === 'file' || type === 'files';
}

async function entriesOf({ source, jobIni }: JobText, workFolder: string): Promise<IniEntry[]> {
  const place = await openJobSource(source, jobIni, workFolder);
  try {
    // faults are told by who reads the job
    return readIni(readFileSync(place.iniFile, 'utf8'), basename(place.iniFile), new InputReport());
  } finally {
    await discard(place);
  }
}
