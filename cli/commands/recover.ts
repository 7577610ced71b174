import { DataFolder } from '../../engine/data-folder.js';
import { recoverStore } from '../../engine/recover.js';
import type { DataOptions } from '../data.js';

/** `terrane recover`: makes the list of jobs anew from the files of the calculations. Errors: EngineError while a server runs. */
export async function recover({ data }: DataOptions): Promise<void> {
  const { brokenStore, jobs, unreadable } = await recoverStore(new DataFolder(data));
  if (brokenStore !== undefined)
    process.stdout.write(`the list of jobs could not be read; it is kept as ${brokenStore}\n`);
  for (const { id, description } of jobs) process.stdout.write(`calculation ${id}: ${description}\n`);
  for (const { file, reason } of unreadable)
    process.stdout.write(`not recovered: ${reason.startsWith(file) ? reason : `${file}: ${reason}`}\n`);
  if (jobs.length + unreadable.length === 0) process.stdout.write('every calculation is known\n');
  else process.stdout.write(`${jobs.length} recovered, ${unreadable.length} cannot be read\n`);
}
