/**
 * A lost or broken job store, made anew from the files of the calculations: these hold everything but who ran them, logs and jobs
 * that failed (docs/decisions/datastore.md).
 */
import { existsSync, renameSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Calculation } from '../datastore/calculation.js';
import { listOutputs } from '../datastore/exports/registry.js';
import { currentOwner, type DataFolder } from './data-folder.js';
import { EngineError } from './errors.js';
import { JobStore } from './store/job-store.js';

/** What became of the calculations that the store did not know. */
export interface Recovered {
  /** new name of a store that could not be read */
  readonly brokenStore?: string;
  readonly jobs: readonly { readonly id: number; readonly description: string }[];
  /** files that cannot be read, and why */
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

/** Makes the store know every calculation whose file lies in the folder. Errors: EngineError DATA_FOLDER_IN_USE while a server runs. */
export async function recoverStore(folder: DataFolder): Promise<Recovered> {
  const served = folder.claim();
  try {
    const brokenStore = setAsideIfBroken(folder);
    const store = new JobStore(folder.storeFile);
    try {
      return { ...(brokenStore !== undefined && { brokenStore }), ...(await adoptFiles(store, folder)) };
    } finally {
      store.close();
    }
  } finally {
    served.release();
  }
}

function setAsideIfBroken({ storeFile }: DataFolder): string | undefined {
  if (!existsSync(storeFile)) return undefined;
  try {
    const store = new JobStore(storeFile);
    try {
      if (store.isSound()) return undefined;
    } finally {
      store.close();
    }
  } catch (error) {
    // whatever is wrong with it: another version of the program is no reason to throw its store away
    if (error instanceof EngineError) throw error;
  }
  const aside = `${storeFile}.broken-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  for (const ending of ['', '-wal', '-shm'])
    if (existsSync(storeFile + ending)) renameSync(storeFile + ending, aside + ending);
  return basename(aside);
}

async function adoptFiles(store: JobStore, folder: DataFolder): Promise<Omit<Recovered, 'brokenStore'>> {
  const jobs: { id: number; description: string }[] = [];
  const unreadable: { file: string; reason: string }[] = [];
  for (const id of folder.calculationNumbers()) {
    if (store.find(id)) continue;
    const path = folder.datastore(id);
    try {
      const calculation = await Calculation.open(path);
      const { description, calculation_mode: calculationMode } = calculation.parameters;
      const startTime = Date.parse(`${calculation.date}Z`) || statSync(path).mtimeMs;
      calculation.close();
      const outputs = await listOutputs(path);
      const { size, mtimeMs: stopTime } = statSync(path);
      store.restore({ id, owner: currentOwner(), calculationMode, description, startTime, stopTime, size });
      for (const { type, name, formats } of outputs) store.addOutput(id, type, name, formats);
      jobs.push({ id, description });
    } catch (error) {
      unreadable.push({ file: basename(path), reason: error instanceof Error ? error.message : String(error) });
    }
  }
  store.reserveNumbers(folder.calculationNumbers().at(-1) ?? 0);
  return { jobs, unreadable };
}
