import { dirname } from 'node:path';
import { SAMPLING_METHODS } from '../../hazard/logictree/sampling.js';
import type { FullLogicTree } from '../../hazard/logictree/logic-tree.js';
import type { Discretization } from '../../hazard/sources/source.js';
import type { InputReport } from '../report.js';
import { countText, inputLimits, LIMITS_VARIABLE } from '../sizes/limits.js';
import type { JobFiles } from '../files/job-files.js';
import type { LogicTreeRequest } from './read.js';
import { streamXml } from '../nrml/xml.js';
import { wantsOnlyFastMean } from '../parameters/oqparam.js';
import type { Parameters } from '../parameters/parameters.js';
import { resolveInside } from '../files/paths.js';

/** What the parameters say about logic trees; undefined (and a fault) when the job names none. */
export function logicTreeRequest(
  parameters: Parameters,
  files: JobFiles,
  discretization: Discretization,
  report: InputReport,
): LogicTreeRequest | undefined {
  const first = (kind: string): string | undefined => files.byKind.get(kind)?.[0];
  const sourceModelLogicTreeFile = first('source_model_logic_tree');
  const sourceModelFile = first('source_model');
  const gsimLogicTreeFile = first('gsim_logic_tree');
  const gsim = parameters.word('gsim');
  // a file that is named but missing has its fault already
  if (sourceModelLogicTreeFile === undefined && sourceModelFile === undefined) return undefined;
  if (gsimLogicTreeFile === undefined && gsim === undefined) {
    if ((parameters.text('gsim_logic_tree_file') ?? '') === '' && !parameters.isBroken('gsim'))
      report.fault({
        code: 'MISSING_PARAMETER',
        file: parameters.file,
        key: 'gsim_logic_tree_file',
        message: 'the job names no ground-motion model',
        allowed: 'gsim_logic_tree_file or gsim',
      });
    return undefined;
  }
  const method = SAMPLING_METHODS.find((name) => name === parameters.word('sampling_method')) ?? 'early_weights';
  const geometryFiles = files.byKind.get('geometry');
  const samples = Number(parameters.number('number_of_logic_tree_samples'));
  const limits = inputLimits();
  if (samples > limits.samples)
    report.fault({
      code: 'TOO_LARGE',
      ...parameters.where('number_of_logic_tree_samples'),
      message: 'too many samples of the logic trees',
      allowed: `up to ${countText(limits.samples)}, or 0 for all paths, however many; ${LIMITS_VARIABLE}="samples=..." raises the limit`,
    });
  return {
    folder: files.folder,
    root: files.root,
    report,
    ...(sourceModelLogicTreeFile === undefined ? { sourceModelFile } : { sourceModelLogicTreeFile }),
    ...(gsimLogicTreeFile === undefined ? { gsim } : { gsimLogicTreeFile }),
    ...(geometryFiles && { geometryFiles }),
    samples,
    samplingMethod: method,
    seed: Number(parameters.number('random_seed')),
    forbidOversampling: parameters.word('oversampling') === 'forbid',
    bySource: parameters.boolean('disagg_by_src') === true,
    sourceModelBranch: parameters.word('smlt_branch') ?? '',
    sourceIds: parameters.words('source_id'),
    discardRegions: (parameters.word('discard_trts') ?? '')
      .split(',')
      .map((region) => region.trim())
      .filter(Boolean),
    collapse: parameters.words('collapse_gsim_logic_tree'),
    ...(parameters.text('max_potential_paths') !== undefined &&
      !wantsOnlyFastMean(parameters) && { maxPotentialPaths: Number(parameters.number('max_potential_paths')) }),
    discretization,
  };
}

/** A branch set of a ground-motion tree as written, used or not. */
export interface WrittenBranchSet {
  readonly region: string;
  readonly models: readonly { readonly text: string; readonly attributes: Readonly<Record<string, string>> }[];
}

/** Branch sets of a ground-motion tree with their tectonic region types, in the order of the file. */
export async function writtenBranchSets(path: string, file: string): Promise<WrittenBranchSet[]> {
  const sets: WrittenBranchSet[] = [];
  await streamXml(path, file, {
    open: ({ name, attributes }) => name === 'logicTreeBranchSet' && attributes.applyToTectonicRegionType !== undefined,
    gathered: ({ attributes, children }) => {
      const models = children.flatMap((branch) => branch.children.filter(({ name }) => name === 'uncertaintyModel'));
      sets.push({ region: attributes.applyToTectonicRegionType, models });
    },
    close: () => undefined,
  });
  return sets;
}

/** Absolute paths of the source models that the branches of the tree name, each once. */
export function sourceModelFiles({ sourceModelBranchSets }: FullLogicTree, files: JobFiles): string[] {
  const tree = files.byKind.get('source_model_logic_tree')?.[0];
  if (tree === undefined) return [];
  const folder = dirname(tree);
  const names = sourceModelBranchSets
    .filter(({ uncertaintyType }) => uncertaintyType === 'sourceModel' || uncertaintyType === 'extendModel')
    .flatMap(({ branches }) => branches.flatMap(({ value }) => value.replace(/^['"]|['"]$/g, '').split(/\s+/)))
    .filter((name) => name !== '');
  return [...new Set(names.map((name) => resolveInside(files.root, folder, name)))];
}
