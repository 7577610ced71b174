import { isAbsolute, relative, resolve, sep } from 'node:path';
import { refusal } from '../../hazard/refusal.js';

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
