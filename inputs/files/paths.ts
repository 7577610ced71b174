import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { refusal } from '../../hazard/refusal.js';
import { nearestName } from '../nearest-name.js';

/**
 * Absolute place of a path written in a file of the job, which must lie inside `root`.
 * Errors: Refusal for absolute paths and for those that leave the root.
 */
export function resolveInside(root: string, folder: string, path: string): string {
  if (path === '') throw refusal('MISSING_FILE', 'a file must be named');
  if (path.includes('\0')) throw refusal('FILE_OUTSIDE_JOB', 'a path may not hold a zero character');
  if (isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\'))
    throw refusal('FILE_OUTSIDE_JOB', 'the path is absolute: it must be relative to the file that names it');
  const place = resolve(folder, path.replaceAll('\\', '/'));
  if (!isInside(root, place)) throw refusal('FILE_OUTSIDE_JOB', 'the path leaves the folder of the job');
  return place;
}

/** Whether an absolute path is the folder or lies in it. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** Path for outputs and messages: relative to the folder, with `/`. */
export function shownPath(folder: string, path: string): string {
  return relative(folder, path).replaceAll('\\', '/');
}

/** Files that operating systems put beside others: folder settings, previews, and the `._` companions of macOS. */
export function isSystemFile(path: string): boolean {
  return /(^|[\\/])(\._[^\\/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(path);
}

/**
 * `No such file: X`, with the name of a file that differs in case only, or by a letter or two, where there is one below the
 * root. `place`: the absolute place where the file was looked for.
 */
export function noSuchFile(root: string, place: string, path: string): string {
  const near = nearestFile(root, place);
  const hint = near === undefined ? '' : ` (did you mean ${shownPath(dirname(place), near)}?)`;
  return `No such file: ${path}${hint}`;
}

/** Entries of a folder beyond which no similar name is looked for. */
const MOST_ENTRIES = 20_000;

function nearestFile(root: string, place: string): string | undefined {
  if (existsSync(place)) return place;
  if (place === root || !isInside(root, place)) return undefined;
  const folder = nearestFile(root, dirname(place)) ?? (existsSync(root) && dirname(place) === root ? root : undefined);
  if (folder === undefined) return undefined;
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch {
    return undefined;
  }
  const wanted = basename(place);
  if (entries.includes(wanted)) return join(folder, wanted);
  if (entries.length > MOST_ENTRIES) return undefined;
  const found = nearestName(wanted, entries);
  return found === undefined ? undefined : join(folder, found);
}
