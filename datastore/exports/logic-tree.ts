import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasLogicTree, readStoredLogicTree } from '../stored-logic-tree.js';
import { drawTree } from '../../drawing/logic-tree/draw-tree.js';
import type { Output } from './export.js';

/** Both logic trees as a drawing. */
export const logicTree: Output = {
  type: 'logic_tree',
  name: 'Logic Tree',
  formats: ['svg'],
  present: hasLogicTree,
  write(calculation, _format, folder) {
    const path = join(folder, `logic_tree_${calculation.id}.svg`);
    writeFileSync(path, drawTree(readStoredLogicTree(calculation)));
    return [path];
  },
};
