import { failDeadJobs } from '../engine/abort.js';
import { DataFolder } from '../engine/data-folder.js';
import { JobStore } from '../engine/store/job-store.js';

/** Where commands find the calculations. */
export interface DataOptions {
  readonly data?: string;
}

/** Opens the data folder and its store for one command, with jobs of vanished processes put right. */
export async function withStore<T>(
  { data }: DataOptions,
  action: (store: JobStore, folder: DataFolder) => T | Promise<T>,
): Promise<T> {
  const folder = new DataFolder(data);
  const store = new JobStore(folder.storeFile);
  try {
    // calculations whose store was lost are never written over
    store.reserveNumbers(folder.calculationNumbers().at(-1) ?? 0);
    await failDeadJobs(store, folder);
    return await action(store, folder);
  } finally {
    store.close();
  }
}
