/** Reading a job, the logic trees: what the job says of both trees, with the sources of their files. */
import { dirname } from 'node:path';
import type { FullLogicTree, SourceGroup } from '../hazard/logictree/logic-tree.js';
import { shownPath } from './files/paths.js';
import { logicTreeRequest, writtenBranchSets, type WrittenBranchSet } from './logictree/logic-tree-request.js';
import { readLogicTree } from './logictree/read.js';
import { discretizationOf } from './parameters/job-parameters.js';
import type { JobReading } from './read-job-file.js';

/** The logic trees of a job as read. */
export interface JobTrees {
  readonly logicTree: FullLogicTree;
  /** with the sources of the files as they stand there */
  readonly groups: readonly SourceGroup[];
  /** tectonic region types that have sources */
  readonly regions: readonly string[];
  /** where the ground-motion models stand: file as messages name it, and its folder, absolute */
  readonly modelFile: string;
  readonly modelFolder: string;
  /** branch sets of the ground-motion tree as written, used or not; undefined when the job names a single model instead */
  readonly branchSets: readonly WrittenBranchSet[] | undefined;
}

/** Faults go to the report; undefined when they leave no tree. */
export async function readTrees({ parameters, files, report }: JobReading): Promise<JobTrees | undefined> {
  const request = logicTreeRequest(parameters, files, discretizationOf(parameters), report);
  const trees = request && (await report.collect({ file: parameters.file }, () => readLogicTree(request)));
  if (!trees) return undefined;
  const path = files.byKind.get('gsim_logic_tree')?.[0];
  const modelFile = path === undefined ? parameters.file : shownPath(files.folder, path);
  return {
    ...trees,
    regions: trees.logicTree.groundMotion.map(({ tectonicRegionType }) => tectonicRegionType),
    modelFile,
    modelFolder: path === undefined ? files.folder : dirname(path),
    branchSets: path === undefined ? undefined : await writtenBranchSets(path, modelFile),
  };
}
