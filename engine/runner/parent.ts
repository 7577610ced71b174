import type { DataFolder } from '../data-folder.js';
import { EngineError } from '../errors.js';
import type { JobInputs } from '../store/job-record.js';
import type { JobStore } from '../store/job-store.js';

/** A finished calculation that a job starts from. */
export interface ParentCalculation {
  readonly id: number;
  /** its file */
  readonly datastore: string;
  /** what it was made of */
  readonly inputs: JobInputs;
}

/** The calculation that a job starts from; undefined for most. Errors: EngineError UNKNOWN_JOB, WRONG_STATUS while it is not complete. */
export function parentOf(store: JobStore, folder: DataFolder, id: number): ParentCalculation | undefined {
  const { parentId } = store.get(id);
  return parentId === undefined ? undefined : parentCalculation(store, folder, parentId);
}

/** A calculation to start from. Errors: as parentOf. */
export function parentCalculation(store: JobStore, folder: DataFolder, id: number): ParentCalculation {
  const { status, inputs } = store.get(id);
  if (status === 'deleted') throw new EngineError('UNKNOWN_JOB', `Unknown job ${id}`);
  if (status !== 'complete' && status !== 'shared')
    throw new EngineError('WRONG_STATUS', `Job ${id} is ${status}: only a complete one can be started from`);
  return { id, datastore: folder.datastore(id), inputs };
}
