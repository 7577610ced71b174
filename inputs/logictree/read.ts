import {
  combineAll,
  combineSamples,
  enumeratePaths,
  type PathGroup,
  samplePaths,
} from '../../hazard/logictree/expansion.js';
import type {
  FullLogicTree,
  GroundMotionBranchSet,
  SourceGroup,
  SourceModelRealization,
} from '../../hazard/logictree/logic-tree.js';
import type { SamplingMethod } from '../../hazard/logictree/sampling.js';
import { composeSourceGroups, type ModelPath } from '../../hazard/logictree/source-groups.js';
import type { Discretization } from '../../hazard/sources/source.js';
import type { InputReport } from '../errors.js';
import { shownPath } from '../paths.js';
import { readGroundMotionTree, singleModel } from './ground-motion-tree.js';
import { ModelFiles } from './model-files.js';
import { readSourceModelTree, singleSourceModel, type SourceModelTree } from './source-model-tree.js';

/** What a job says about its logic trees. Paths are absolute. */
export interface LogicTreeRequest {
  /** folder of the job file: faults and outputs name files relative to it */
  readonly folder: string;
  /** nothing outside of it is read */
  readonly root: string;
  readonly report: InputReport;
  /** exactly one of these two */
  readonly sourceModelLogicTreeFile?: string;
  readonly sourceModelFile?: string;
  /** exactly one of these two */
  readonly gsimLogicTreeFile?: string;
  readonly gsim?: string;
  /** geometry models that the job itself names */
  readonly geometryFiles?: readonly string[];
  /** 0: all paths */
  readonly samples: number;
  readonly samplingMethod: SamplingMethod;
  readonly seed: number;
  /** refuse as many samples as there are paths, or more */
  readonly forbidOversampling?: boolean;
  /** smlt_branch: ids of source-model branches must hold this text */
  readonly sourceModelBranch?: string;
  /** source_id: keep only these sources */
  readonly sourceIds?: readonly string[];
  /** discard_trts */
  readonly discardRegions?: readonly string[];
  /** collapse_gsim_logic_tree: ids of branch sets */
  readonly collapse?: readonly string[];
  /** disagg_by_src: sources that stand twice below one branch are refused, multi-fault sources parted by their named faults */
  readonly bySource?: boolean;
  /** largest number of paths in full enumeration; Infinity: no limit */
  readonly maxPotentialPaths: number;
  readonly discretization: Discretization;
}

export interface ReadLogicTree {
  readonly logicTree: FullLogicTree;
  readonly groups: readonly SourceGroup[];
}

/** No job has more realizations of the source model (their numbers are kept in 24 bits). */
const MOST_SOURCE_MODELS = 2 ** 24;
const MOST_GROUPS = 65535;
const LARGEST_SEED = 2 ** 32 - 1;

/**
 * Reads both logic trees of a job and all source models, expands or samples them, and applies the uncertainties to the sources.
 * Every file is read once; sources that branches share are one object.
 * Faults go to the report; undefined when they leave nothing to return.
 */
export async function readLogicTree(request: LogicTreeRequest): Promise<ReadLogicTree | undefined> {
  const { folder, root, report, discretization, sourceIds = [], discardRegions = [] } = request;
  const models = new ModelFiles({
    folder,
    root,
    report,
    reading: {
      ...(discretization.widthOfMfdBin !== undefined && { widthOfMfdBin: discretization.widthOfMfdBin }),
      investigationTime: discretization.investigationTime,
    },
    discardRegions: new Set(discardRegions),
    sourceIds,
    bySource: request.bySource === true,
    geometryModels: request.geometryFiles ?? [],
  });
  const tree = await readSourceModels(request, models, sourceIds);
  const groundMotion = await readGroundMotion(request, models);
  const geometries = await models.geometries();
  if (!tree || !groundMotion || report.faults.length > 0) return undefined;
  if (models.regions.length === 0) {
    report.fault({ file: shownTree(request), message: 'the source models hold no sources' });
    return undefined;
  }
  return report.collect({ file: shownTree(request) }, () => {
    const expanded = expand(request, tree, groundMotion);
    const files = models.all.map(({ branch }, number) => ({ branch, groups: models.groups(number, geometries) }));
    if (report.faults.length > 0) throw new RangeError('the sections of multi-fault sources are not complete');
    const paths = expanded.paths.map(({ path }) => modelPath(tree, path.choices));
    const combinations = new Map(paths.map(({ files: numbers }) => [numbers.join(' '), numbers]));
    for (const numbers of combinations.values()) checkRepeatedSources(request, models, numbers);
    const groups = composeSourceGroups(paths, files, tree.changes, discretization);
    if (groups.length > MOST_GROUPS)
      throw new RangeError(`the logic tree makes ${groups.length} source groups, more than ${MOST_GROUPS}`);
    return { logicTree: expanded.logicTree, groups };
  });
}

/** A source twice in a file, or in two files of one branch, counts twice in the reference and here. */
function checkRepeatedSources(
  { folder, report, bySource }: LogicTreeRequest,
  models: ModelFiles,
  files: readonly number[],
): void {
  const seen = new Set<string>();
  for (const number of files)
    for (const { id } of models.sources(number)) {
      if (!seen.has(id)) {
        seen.add(id);
        continue;
      }
      const file = shownPath(folder, models.get(number).path);
      const message = `source '${id}' stands twice below one branch of the source models`;
      if (bySource === true) report.fault({ file, message, allowed: 'each id once' });
      else report.warn({ file, message: `${message}: its hazard counts twice` });
    }
}

function shownTree({ folder, sourceModelLogicTreeFile, sourceModelFile }: LogicTreeRequest): string {
  return shownPath(folder, sourceModelLogicTreeFile ?? sourceModelFile ?? folder);
}

async function readSourceModels(
  { folder, report, sourceModelLogicTreeFile, sourceModelFile, sourceModelBranch }: LogicTreeRequest,
  models: ModelFiles,
  sourceIds: readonly string[],
): Promise<SourceModelTree | undefined> {
  if (sourceModelLogicTreeFile !== undefined)
    return readSourceModelTree({
      path: sourceModelLogicTreeFile,
      folder,
      report,
      models,
      branchToKeep: sourceModelBranch ?? '',
      sourceIds,
    });
  if (sourceModelFile !== undefined) return singleSourceModel(sourceModelFile, models);
  report.fault({ file: '', key: 'source_model_logic_tree_file', message: 'a source model is needed' });
  return undefined;
}

async function readGroundMotion(
  { folder, report, gsimLogicTreeFile, gsim, collapse = [] }: LogicTreeRequest,
  models: ModelFiles,
): Promise<GroundMotionBranchSet[] | undefined> {
  if (gsimLogicTreeFile !== undefined)
    return readGroundMotionTree({
      path: gsimLogicTreeFile,
      folder,
      report,
      regions: models.regions,
      collapse: new Set(collapse),
    });
  if (gsim !== undefined) return singleModel(gsim, models.regions, report);
  report.fault({ file: '', key: 'gsim_logic_tree_file', message: 'ground-motion models are needed' });
  return undefined;
}

interface Expanded {
  readonly logicTree: FullLogicTree;
  readonly paths: readonly PathGroup[];
}

function expand(
  request: LogicTreeRequest,
  tree: SourceModelTree,
  groundMotion: readonly GroundMotionBranchSet[],
): Expanded {
  const { folder, seed, samplingMethod, gsimLogicTreeFile } = request;
  const { graph, branchSets } = tree;
  // a job without a source-model tree is always enumerated
  const samples = request.sourceModelLogicTreeFile === undefined ? 0 : request.samples;
  const groundMotionPaths = groundMotion.reduce((product, { branches }) => product * branches.length, 1);
  checkSize(request, samples, graph.pathCount, groundMotionPaths);
  const paths =
    samples > 0
      ? samplePaths(graph, branchSets.length, samples, seed, samplingMethod)
      : enumeratePaths(graph, groundMotionPaths);
  // weights by measure do not count in samples
  const sets = samples > 0 ? groundMotion.map(withoutMeasures) : groundMotion;
  // a single model for all regions is one choice
  const choices = request.gsim === undefined ? sets : sets.slice(0, 1);
  const single = branchSets.length === 1 && branchSets[0].branches.length === 1;
  const sourceModels = paths.map(({ path, samples: count, weight }): SourceModelRealization => {
    const name = modelName(tree, path.choices);
    return { name, path: path.ids, code: single ? 'A' : path.code, weight, samples: count };
  });
  const realizations =
    samples > 0 ? combineSamples(sourceModels, choices, seed, samplingMethod) : combineAll(sourceModels, choices);
  return {
    paths,
    logicTree: {
      sourceModelFile: shownTree(request),
      sourceModelBranchSets: branchSets,
      sourceModels,
      groundMotionFile: gsimLogicTreeFile === undefined ? '' : shownPath(folder, gsimLogicTreeFile),
      groundMotion: sets,
      samples,
      samplingMethod,
      seed,
      realizations:
        request.gsim === undefined ? realizations : realizations.map((r) => ({ ...r, models: sets.map(() => 0) })),
    },
  };
}

function withoutMeasures(set: GroundMotionBranchSet): GroundMotionBranchSet {
  return { ...set, branches: set.branches.map((branch) => ({ ...branch, weightsByImt: {} })) };
}

function checkSize(
  { maxPotentialPaths, forbidOversampling, seed }: LogicTreeRequest,
  samples: number,
  sourceModelPaths: number,
  groundMotionPaths: number,
): void {
  const paths = sourceModelPaths * groundMotionPaths;
  const counted = `${sourceModelPaths} x ${groundMotionPaths} paths`;
  if (samples === 0) {
    if (paths > maxPotentialPaths)
      throw new RangeError(
        `the logic trees have ${counted}, more than max_potential_paths (${maxPotentialPaths}): sample them with number_of_logic_tree_samples, or raise the limit`,
      );
    if (sourceModelPaths > MOST_SOURCE_MODELS)
      throw new RangeError(`the source-model tree has ${sourceModelPaths} paths, more than ${MOST_SOURCE_MODELS}`);
    return;
  }
  if (forbidOversampling === true && samples >= paths)
    throw new RangeError(`${samples} samples of ${counted}: oversampling is forbidden by the job`);
  if (!(seed >= 0 && seed < LARGEST_SEED))
    throw new RangeError(`random_seed = ${seed} must lie between 0 and ${LARGEST_SEED - 1} when sampling`);
}

/** Values of the branches with files along a path, as outputs name the model. */
function modelName({ branchSets, files }: SourceModelTree, choices: Int16Array): string {
  const values = files.flatMap((byBranch, set) =>
    byBranch.length > 0 && choices[set] >= 0 ? [branchSets[set].branches[choices[set]].value.slice(1, -1)] : [],
  );
  return values.join(' ');
}

/** Files of the base model, then of the extensions met. */
function modelPath({ files }: SourceModelTree, choices: Int16Array): ModelPath {
  const used = files.flatMap((byBranch, set) => (choices[set] >= 0 ? (byBranch[choices[set]] ?? []) : []));
  return { files: used, choices };
}
