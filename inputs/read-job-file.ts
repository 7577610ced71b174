import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { InputReport } from './report.js';
import { readIni } from './parameters/ini.js';
import { findJobFiles, type JobFiles } from './files/job-files.js';
import { openJobSource, type JobSource } from './files/job-source.js';
import { readParameters, type Parameters } from './parameters/parameters.js';
import { applyRules } from './parameters/rules.js';
import { checkPlausibleParameters } from './plausible.js';
import { warnOfUnread } from './parameters/unread-parameters.js';
import { reportMissingFeatures } from './parameters/unsupported.js';
import { warningTexts } from './warnings.js';

/** The job file with the files it names, nothing else read. */
export interface JobFile {
  readonly parameters: Parameters;
  readonly files: JobFiles;
}

/** What every step of reading a job has at hand. */
export interface JobReading extends JobFile {
  /** absolute */
  readonly iniFile: string;
  /** further folders in which models look for the data tables they name */
  readonly tableFolders: readonly string[];
  readonly report: InputReport;
}

/** Reads and checks a job file; all faults go to the report. */
export async function readJobFile(
  { iniFile, root }: JobSource,
  overrides: Readonly<Record<string, string>>,
  report: InputReport,
): Promise<JobFile> {
  const folder = dirname(iniFile);
  const name = basename(iniFile);
  const entries = readIni(readText(iniFile, name, report), name, report);
  const broken = entries.length === 0;
  const parameters = await readParameters(entries, overrides, name, report);
  const files = await findJobFiles(parameters, folder, root, report);
  if (broken) return { parameters, files };
  reportMissingFeatures(parameters, report);
  applyRules(parameters, files, report);
  warnOfUnread(parameters, report);
  checkPlausibleParameters(parameters, report);
  return { parameters, files };
}

function readText(path: string, name: string, report: InputReport): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    report.fault({ code: 'BROKEN_FILE', file: name, message: 'the file is not UTF-8 text' });
    return '';
  }
}

/** How a job file is read. */
export interface JobOptions {
  /** values that replace those of the job file, by their names there */
  readonly overrides?: Readonly<Record<string, string>>;
  /** which of several .ini files: its name or the end of its path */
  readonly jobIni?: string;
  /** where archives are unpacked */
  readonly workFolder: string;
}

/**
 * The quick first stage: unpacks, parses the job file and checks that the files it names exist. The job file and, for an
 * archive, the folder it was unpacked into (the caller's from then on) are answered.
 * Errors: Refusal with all faults; what was unpacked is removed then.
 */
export async function checkJobFiles(
  source: string,
  options: JobOptions,
): Promise<{ source: JobSource; description: string; calculationMode: string; warnings: string[] }> {
  const place = await openJobSource(source, options.jobIni, options.workFolder);
  const report = new InputReport();
  try {
    const { parameters } = await readJobFile(place, options.overrides ?? {}, report);
    report.throwIfAny();
    return {
      source: place,
      description: parameters.word('description') ?? '',
      calculationMode: parameters.word('calculation_mode') ?? '',
      warnings: warningTexts(report),
    };
  } catch (error) {
    await discard(place);
    throw error;
  }
}

/** Removes what was unpacked for a job. */
export async function discard({ unpacked }: JobSource): Promise<void> {
  if (unpacked === undefined) return;
  const { rm } = await import('node:fs/promises');
  await rm(unpacked, { recursive: true, force: true });
}
