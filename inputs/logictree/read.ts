import { normalized } from '../../hazard/logictree/choice-model.js';
import type { Choice } from '../../hazard/logictree/choices.js';
import { SeenConditions } from '../../hazard/logictree/conditions.js';
import { combineAll, combineSamples, groundMotionPathCount, samplePaths } from '../../hazard/logictree/expansion.js';
import type {
  FullLogicTree,
  GroundMotionBranchSet,
  SourceGroup,
  SourceModelRealization,
} from '../../hazard/logictree/logic-tree.js';
import type { SamplingMethod } from '../../hazard/logictree/sampling.js';
import type { PathSplitter } from '../../hazard/logictree/path-splitter.js';
import { type ModelPath, SampleSplitter } from '../../hazard/logictree/sample-splitter.js';
import { Sequence } from '../../hazard/logictree/sequence.js';
import { composeSourceGroups } from '../../hazard/logictree/source-groups.js';
import { meetings, TreeSplitter } from '../../hazard/logictree/tree-splitter.js';
import type { TreePath } from '../../hazard/logictree/tree.js';
import type { Discretization } from '../../hazard/sources/source.js';
import type { InputReport } from '../report.js';
import { shownPath } from '../files/paths.js';
import { readGroundMotionTree, singleModel } from './ground-motion-tree.js';
import { SizeCheck } from '../sizes/check-sizes.js';
import { inputLimits } from '../sizes/limits.js';
import { ModelFiles } from './model-files.js';
import { readSourceModelTree, singleSourceModel, type SourceModelTree } from './source-model-tree.js';
import { refusal } from '../../hazard/refusal.js';

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
  /** max_potential_paths where the job states it: more paths are refused unless they are sampled */
  readonly maxPotentialPaths?: number;
  readonly discretization: Discretization;
}

/** Both trees, and the source groups of all paths. */
export interface ReadLogicTree {
  readonly logicTree: FullLogicTree;
  readonly groups: readonly SourceGroup[];
}

const LARGEST_SEED = 2 ** 32 - 1;

/**
 * Reads both logic trees of a job and all source models, expands or samples them, and applies the uncertainties to the sources.
 * Every file is read once; sources that branches share are one object.
 * Faults go to the report; undefined when they leave nothing to return.
 */
export async function readLogicTree(request: LogicTreeRequest): Promise<ReadLogicTree | undefined> {
  const { folder, root, report, discretization, sourceIds = [], discardRegions = [] } = request;
  const sizes = new SizeCheck(inputLimits(), discretization, report);
  const models = new ModelFiles({
    sizes,
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
  sizes.total(shownTree(request));
  const geometries = await models.geometries();
  if (!tree || !groundMotion || report.faults.length > 0) return undefined;
  if (models.regions.length === 0) {
    report.fault({ code: 'NO_SOURCES', file: shownTree(request), message: 'the source models hold no sources' });
    return undefined;
  }
  return report.collect({ file: shownTree(request) }, () => {
    const files = models.all.map(({ branch }, number) => ({ branch, groups: models.groups(number, geometries) }));
    if (report.faults.length > 0)
      throw refusal('UNKNOWN_SOURCE', 'the sections of multi-fault sources are not complete');
    const { logicTree, splitter } = expand(request, tree, groundMotion);
    checkRepeatedSources(request, models, splitter);
    const groups = composeSourceGroups(splitter, files, tree.changes, discretization);
    // uncertainties bring meshes and magnitudes of their own
    sizes.sources(
      groups.flatMap(({ sources }) => sources),
      shownTree(request),
    );
    return { logicTree, groups };
  });
}

/** A source twice in a file, or in two files of one branch, counts twice in the reference and here. */
function checkRepeatedSources(
  { folder, report, bySource }: LogicTreeRequest,
  models: ModelFiles,
  splitter: PathSplitter,
): void {
  const seen = new Map<string, SeenConditions>();
  const warned = new Set<string>();
  for (const number of splitter.files) {
    const conditions = splitter.split(number, []).flatMap(({ where }) => where);
    for (const { id } of models.sources(number)) {
      const before = seen.get(id) ?? new SeenConditions();
      seen.set(id, before);
      const together = conditions.some((condition) => before.meets(condition));
      for (const condition of conditions) before.add(condition);
      if (!together || warned.has(id)) continue;
      warned.add(id);
      const file = shownPath(folder, models.get(number).path);
      const message = `source '${id}' stands twice below one branch of the source models`;
      if (bySource === true) report.fault({ code: 'REPEATED_ID', file, message, allowed: 'each id once' });
      else report.warn({ file, message: `${message}: its hazard counts twice` });
    }
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
  report.fault({
    code: 'MISSING_PARAMETER',
    file: '',
    key: 'source_model_logic_tree_file',
    message: 'a source model is needed',
  });
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
  report.fault({
    code: 'MISSING_PARAMETER',
    file: '',
    key: 'gsim_logic_tree_file',
    message: 'ground-motion models are needed',
  });
  return undefined;
}

interface Expanded {
  readonly logicTree: FullLogicTree;
  readonly splitter: PathSplitter;
}

function expand(
  request: LogicTreeRequest,
  tree: SourceModelTree,
  groundMotion: readonly GroundMotionBranchSet[],
): Expanded {
  // a job without a source-model tree is always enumerated
  const samples = request.sourceModelLogicTreeFile === undefined ? 0 : request.samples;
  checkSize(request, samples, tree.graph.pathCount, groundMotionPathCount(groundMotion));
  const { folder, seed, samplingMethod, gsimLogicTreeFile } = request;
  const frame = {
    sourceModelFile: shownTree(request),
    sourceModelBranchSets: tree.branchSets,
    sourceModelSets: tree.graph.sets,
    groundMotionFile: gsimLogicTreeFile === undefined ? '' : shownPath(folder, gsimLogicTreeFile),
    samples,
    samplingMethod,
    seed,
  };
  return samples > 0 ? sampled(frame, tree, groundMotion) : enumerated(frame, tree, groundMotion);
}

type TreeFrame = Pick<
  FullLogicTree,
  'sourceModelFile' | 'sourceModelBranchSets' | 'sourceModelSets' | 'groundMotionFile' | 'samples' | 'seed'
> & { readonly samplingMethod: SamplingMethod };

function enumerated(frame: TreeFrame, tree: SourceModelTree, groundMotion: readonly GroundMotionBranchSet[]): Expanded {
  const { graph } = tree;
  const { paths } = graph;
  const met = meetings(graph);
  const perModel = groundMotionPathCount(groundMotion);
  const sourceModels = new Sequence(paths.length, (number) =>
    realizationOf(tree, { path: paths.at(number), samples: perModel }),
  );
  return {
    splitter: new TreeSplitter(graph, tree.files),
    logicTree: {
      ...frame,
      sourceModels,
      sourceModelChoices: graph.sets.map(({ branches }, set): Choice => {
        const weights = normalized(branches.map(({ weight }) => weight));
        return met[set] ? { weights, met: met[set] } : { weights };
      }),
      choicesOf: (sourceModel) => paths.at(sourceModel).choices,
      groundMotion,
      realizations: combineAll(sourceModels, graph.totalWeight, groundMotion),
    },
  };
}

function sampled(frame: TreeFrame, tree: SourceModelTree, groundMotion: readonly GroundMotionBranchSet[]): Expanded {
  const { samples, seed, samplingMethod } = frame;
  const groups = samplePaths(tree.graph, tree.branchSets.length, samples, seed, samplingMethod);
  const sourceModels = groups.map((group) => realizationOf(tree, group));
  // weights by measure do not count in samples
  const sets = groundMotion.map(withoutMeasures);
  return {
    splitter: new SampleSplitter(groups.map(({ path }) => modelPath(tree, path.choices))),
    logicTree: {
      ...frame,
      sourceModels: Sequence.of(sourceModels),
      sourceModelChoices: [{ weights: normalized(sourceModels.map(({ weight }) => weight)) }],
      choicesOf: (sourceModel) => [sourceModel],
      groundMotion: sets,
      realizations: Sequence.of(combineSamples(sourceModels, sets, seed, samplingMethod)),
    },
  };
}

function realizationOf(
  tree: SourceModelTree,
  { path, samples, weight }: { readonly path: TreePath; readonly samples: number; readonly weight?: number },
): SourceModelRealization {
  const single = tree.branchSets.length === 1 && tree.branchSets[0].branches.length === 1;
  return {
    name: modelName(tree, path.choices),
    path: path.ids,
    code: single ? 'A' : path.code,
    weight: weight ?? path.weight,
    samples,
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
    if (maxPotentialPaths !== undefined && paths > maxPotentialPaths)
      throw refusal(
        'TOO_LARGE',
        `the logic trees have ${counted}, more than the max_potential_paths = ${maxPotentialPaths} of the job: leave that parameter out (no number of paths is too large), raise it, or sample the trees with number_of_logic_tree_samples`,
      );
    return;
  }
  if (forbidOversampling === true && samples >= paths)
    throw refusal('CONFLICTING_PARAMETERS', `${samples} samples of ${counted}: oversampling is forbidden by the job`);
  if (!(seed >= 0 && seed < LARGEST_SEED))
    throw refusal('INVALID_VALUE', `random_seed = ${seed} must lie between 0 and ${LARGEST_SEED - 1} when sampling`);
}

/** Values of the branches with files along a path, as outputs name the model. */
function modelName({ branchSets, files }: SourceModelTree, choices: Int32Array): string {
  const values = files.flatMap((byBranch, set) =>
    byBranch.length > 0 && choices[set] >= 0 ? [branchSets[set].branches[choices[set]].value.slice(1, -1)] : [],
  );
  return values.join(' ');
}

/** Files of the base model, then of the extensions met. */
function modelPath({ files }: SourceModelTree, choices: Int32Array): ModelPath {
  const used = files.flatMap((byBranch, set) => (choices[set] >= 0 ? (byBranch[choices[set]] ?? []) : []));
  return { files: used, choices };
}
