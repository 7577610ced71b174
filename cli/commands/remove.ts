import { removeJob } from '../../engine/abort.js';
import { withStore, type DataOptions } from '../data.js';

/** `terrane remove ID...`: calculations with all their files; running ones are aborted first. Errors: EngineError for one that does not exist or on which others depend. */
export async function remove(ids: readonly number[], options: DataOptions): Promise<void> {
  await withStore(options, async (store, folder) => {
    for (const id of ids) {
      await removeJob(store, folder, id);
      process.stdout.write(`calculation ${id} removed\n`);
    }
  });
}
