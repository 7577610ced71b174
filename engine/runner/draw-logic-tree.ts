import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeTree } from '../../drawing/logic-tree/description.js';
import { drawTree } from '../../drawing/logic-tree/draw-tree.js';
import type { Job } from '../../job/job.js';
import type { DataFolder } from '../data-folder.js';

/** The logic trees of a job as SVG. */
export function drawJobTree({ logicTree, parameters }: Job): string {
  const enumerated = logicTree.samples === 0 ? logicTree.sourceModels.length : undefined;
  return drawTree(describeTree(logicTree, parameters.description, enumerated));
}

/** Keeps the drawing among the exported files of the job, where it is found while the job waits and runs, and afterwards. */
export function keepJobTree(folder: DataFolder, id: number, job: Job): void {
  const finished = dirname(folder.logicTreeDrawing(id));
  if (existsSync(finished)) return;
  mkdirSync(folder.exports(id), { recursive: true });
  const unfinished = mkdtempSync(join(folder.exports(id), 'unfinished-'));
  try {
    writeFileSync(join(unfinished, basename(folder.logicTreeDrawing(id))), drawJobTree(job));
    renameSync(unfinished, finished);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
