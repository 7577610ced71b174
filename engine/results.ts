/**
 * From a finished file in the work folder of a job to results that are there for good. The order survives a kill at any instant:
 * the bytes are on the disk before the file gets its place, it has its place before the store says complete, and a job that is
 * found between the two steps is completed and not thrown away.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { listOutputs } from '../datastore/exports/registry.js';
import type { DataFolder } from './data-folder.js';
import type { JobStore } from './store/job-store.js';

interface OfferedOutput {
  readonly type: string;
  readonly name: string;
  readonly formats: readonly string[];
}

/** Gives the finished file its place and completes the job; false when it was aborted meanwhile. */
export function commitResults(
  store: JobStore,
  folder: DataFolder,
  id: number,
  outputs: readonly OfferedOutput[],
): boolean {
  const place = folder.datastore(id);
  const finished = folder.workDatastore(id);
  if (existsSync(finished)) {
    sync(finished);
    renameSync(finished, place);
    sync(dirname(place));
  }
  for (const { type, name, formats } of outputs) store.addOutput(id, type, name, formats);
  const completed = store.complete(id, statSync(place).size);
  if (!completed) folder.removeResults(id);
  folder.removeWork(id);
  return completed;
}

/**
 * Completes a job whose process is gone although its results were finished. Returns whether there were any; a file that cannot be
 * read is no result.
 */
export async function adoptResults(store: JobStore, folder: DataFolder, id: number): Promise<boolean> {
  const path = [folder.datastore(id), folder.workDatastore(id)].find((candidate) => existsSync(candidate));
  if (path === undefined) return false;
  try {
    return commitResults(store, folder, id, await listOutputs(path));
  } catch {
    return false;
  }
}

/** Writes what the system holds back of a file, or of the names of a folder. */
function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
