import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Arguments } from '../../hazard/gmm/model.js';

/** One verification table: which model, with which arguments, and how near its figures must be met. */
export interface ManifestEntry {
  readonly file: string;
  readonly gsim: string;
  readonly kwargs: Arguments;
  readonly priority: string;
  readonly mean_tolerance_percent: number;
  readonly std_tolerance_percent: number;
}

export interface Manifest {
  /** folder of the tables */
  readonly folder: string;
  readonly entries: readonly ManifestEntry[];
}

/** Reads a manifest. Errors: Error naming the file and what it lacks. */
export function readManifest(path: string): Manifest {
  const content = JSON.parse(readFileSync(path, 'utf8')) as { entries?: unknown };
  if (!Array.isArray(content.entries)) throw new Error(`${path} has no list 'entries'`);
  const entries = content.entries as ManifestEntry[];
  entries.forEach((entry, k) => {
    for (const key of ['file', 'gsim', 'mean_tolerance_percent', 'std_tolerance_percent'] as const)
      if (entry[key] === undefined) throw new Error(`${path}: entry ${k} has no '${key}'`);
  });
  return { folder: dirname(path), entries };
}

export const tablePath = (manifest: Manifest, entry: ManifestEntry): string => join(manifest.folder, entry.file);
