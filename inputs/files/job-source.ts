import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from '../../hazard/refusal.js';
import { isSystemFile, shownPath } from './paths.js';

/** Where the files of a job lie. */
export interface JobSource {
  /** absolute path of the job file */
  readonly iniFile: string;
  /** nothing outside is read */
  readonly root: string;
  /** folder made for an archive, to be removed when the job is done with */
  readonly unpacked?: string;
}

const MOST_FOLDERS = 2000;
const DEEPEST = 6;

/**
 * Finds the job file of a job given as a folder, as the path of an .ini file, or as a ZIP, which is unpacked into
 * `workFolder`/job. With several .ini files `jobIni` chooses by name or by the end of the path; without it the first by name,
 * those nearest to the top first.
 * Errors: Refusal; what was unpacked is removed then.
 */
export async function openJobSource(
  source: string,
  jobIni: string | undefined,
  workFolder: string,
): Promise<JobSource> {
  if (source === '') throw new TypeError('a job source must be named');
  const path = resolve(source);
  const name = basename(path);
  if (!existsSync(path))
    throw new Refusal([{ code: 'MISSING_FILE', file: source, message: 'there is no such file or folder' }]);
  if (statSync(path).isDirectory()) return { iniFile: chooseIni(path, jobIni, name), root: path };
  if (/\.ini$/i.test(name)) return { iniFile: path, root: dirname(path) };
  if (!/\.zip$/i.test(name))
    throw new Refusal([
      { code: 'BROKEN_FILE', file: name, message: 'this is not a job', allowed: 'a folder, an .ini file, or a .zip' },
    ]);

  const { unpackArchive } = await import('./archive.js');
  const unpacked = join(resolve(workFolder), 'job');
  await unpackArchive(path, name, unpacked);
  try {
    return { iniFile: chooseIni(unpacked, jobIni, name), root: unpacked, unpacked };
  } catch (error) {
    const { rm } = await import('node:fs/promises');
    await rm(unpacked, { recursive: true, force: true });
    throw error;
  }
}

function chooseIni(folder: string, jobIni: string | undefined, name: string): string {
  const found = iniFiles(folder);
  if (found.length === 0)
    throw new Refusal([
      {
        code: 'MISSING_FILE',
        file: name,
        message: `There are no .ini files in the ${/\.zip$/i.test(name) ? 'archive' : 'folder'}`,
      },
    ]);
  if (jobIni === undefined || jobIni === '') return found[0];
  const wanted = jobIni.replaceAll('\\', '/');
  const shown = found.map((path) => shownPath(folder, path));
  const matches = [
    shown.indexOf(wanted),
    shown.findIndex((path) => path.endsWith(`/${wanted}`)),
    shown.findIndex((path) => path.endsWith(wanted)),
  ];
  const match = matches.find((index) => index >= 0);
  if (match === undefined)
    throw new Refusal([
      {
        code: 'MISSING_FILE',
        file: name,
        key: 'job_ini',
        value: jobIni,
        message: 'the job has no such .ini file',
        allowed: shown.slice(0, 20).join(', '),
      },
    ]);
  return found[match];
}

/** All .ini files below a folder, nearest to the top first, then by name. */
function iniFiles(folder: string): string[] {
  const found: string[] = [];
  let level = [folder];
  let folders = 0;
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const next: string[] = [];
    const here: string[] = [];
    for (const current of level) {
      if (++folders > MOST_FOLDERS) break;
      for (const entry of readdirSync(current, { withFileTypes: true })) {
        if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
          next.push(join(current, entry.name));
        else if (entry.isFile() && /\.ini$/i.test(entry.name) && !isSystemFile(entry.name))
          here.push(join(current, entry.name));
      }
    }
    found.push(...here.sort());
    level = next.sort();
  }
  return found;
}
