import { abortJob } from '../../engine/abort.js';
import { withStore, type DataOptions } from '../data.js';

/** `terrane abort ID`. Errors: EngineError when the calculation is not running. */
export async function abort(id: number, options: DataOptions): Promise<void> {
  await withStore(options, (store, folder) => abortJob(store, folder, id));
  process.stdout.write(`calculation ${id} aborted\n`);
}
