/** Reading a job, the ground-motion models: each is made once, to see that it can be and what it needs of the sites. */
import { dirname } from 'node:path';
import type { JobTrees } from './job-trees.js';
import {
  makeModels,
  requiredSiteParameters,
  shownSiteParameters,
  type CheckedModel,
} from './logictree/model-checks.js';
import { modelResources } from './logictree/model-resources.js';
import type { JobReading } from './read-job-file.js';

/** The ground-motion models of a job. */
export interface JobModels {
  readonly models: readonly CheckedModel[];
  /** where models look for the data tables they name, absolute */
  readonly folders: readonly string[];
  /** site parameters that the models need, and those that are shown besides where the job gives them */
  readonly required: ReadonlySet<string>;
  readonly shown: ReadonlySet<string>;
}

/** Faults go to the report. */
export async function readModels(
  { files, tableFolders, report }: JobReading,
  { logicTree, regions, modelFile, modelFolder, branchSets }: JobTrees,
): Promise<JobModels> {
  const folders = [...new Set([modelFolder, files.folder, ...tableFolders])];
  const resources = modelResources(folders);
  const models = await makeModels(logicTree, modelFile, resources, report);
  const treeFolder = dirname(modelFile) === '.' ? '' : dirname(modelFile);
  const shown = await shownSiteParameters(branchSets ?? [], regions, treeFolder, resources);
  return { models, folders, required: requiredSiteParameters(models), shown };
}
