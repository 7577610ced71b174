import { DataFolder } from '../../engine/data-folder.js';
import { replayTask } from '../../engine/replay.js';
import { tellJobError } from '../../engine/runner/failure.js';
import type { DataOptions } from '../data.js';
import { formatDuration } from '../table.js';

/** `terrane replay ID TASK`: runs a task that failed for good once more, alone, and tells how it ends. */
export async function replay(
  id: number,
  task: string,
  { data, details }: DataOptions & { details?: boolean },
): Promise<void> {
  const { work, end } = await replayTask(new DataFolder(data), id, task);
  process.stdout.write(`${task}: ${work}\n`);
  if (typeof end === 'number') {
    process.stdout.write(`done in ${formatDuration(end)}\n`);
    return;
  }
  const told = tellJobError(end, id);
  process.stdout.write(`${told.lines.join('\n')}\n`);
  if (details && told.details !== undefined) process.stdout.write(`${told.details}\n`);
  process.exitCode = 1;
}
