import type { FullLogicTree, SourceGroup, SourceModelBranchSet } from '../hazard/logictree/logic-tree.js';
import type { TreeBranchSet } from '../hazard/logictree/tree.js';
import type { Hdf5File } from '../hdf5/hdf5.js';

/** Lists of source-model realizations and of realizations longer than this are made from the trees when they are asked for. */
export const MOST_STORED_PATHS = 2 ** 17;
/** Stands for the realizations of a group that are told by conditions. */
const ALL_OR_SOME = 2 ** 32 - 1;
/** By id of the branch: weights by intensity measure type. Only in files of trees that state some. */
export const WEIGHTS_BY_IMT = 'full_lt/gsim_weights_by_imt';
/** Bytes of an attribute: larger ones do not fit an object header. */
const LARGEST_ATTRIBUTE = 60_000;

/** Writes full_lt, weights and the table of realizations in the layout that existing tools read. */
export function writeLogicTree(file: Hdf5File, tree: FullLogicTree, groups: readonly SourceGroup[]): void {
  file.group('full_lt');
  file.setAttribute('full_lt', '__pyclass__', 'openquake.hazardlib.logictree.FullLogicTree');
  file.setAttribute(
    'full_lt',
    'trts',
    tree.groundMotion.map((set) => set.tectonicRegionType),
  );
  file.setAttribute('full_lt', 'num_samples', tree.samples);
  file.setAttribute('full_lt', 'seed', tree.seed);
  file.setAttribute('full_lt', 'oversampling', 'tolerate');
  writeSourceModelTree(file, tree);
  writeGroundMotionTree(file, tree);
  file.setAttribute('full_lt', 'num_realizations', tree.realizations.length);
  if (tree.sourceModels.length <= MOST_STORED_PATHS) writeSourceModels(file, tree);
  if (tree.realizations.length <= MOST_STORED_PATHS || tree.samples > 0) writeRealizations(file, tree);
  writeSourceGroups(file, groups);
}

function writeSourceModels(file: Hdf5File, tree: FullLogicTree): void {
  const rows = [...tree.sourceModels];
  file.writeTable('full_lt/sm_data', [
    ['name', 'S', rows.map(({ name }) => name)],
    ['weight', '<f4', Float32Array.from(rows, ({ weight }) => weight)],
    ['path', 'S', rows.map(({ path }) => path.join('~'))],
    ['samples', '<u4', Uint32Array.from(rows, ({ samples }) => samples)],
  ]);
}

function writeRealizations(file: Hdf5File, tree: FullLogicTree): void {
  const codes: string[] = [];
  const weights = new Float32Array(tree.realizations.length);
  for (const { code, weight } of tree.realizations) {
    weights[codes.length] = weight;
    codes.push(code);
  }
  file.writeArray('weights', weights);
  file.writeTable('realizations', [
    ['rlz_id', '<u4', Uint32Array.from(codes, (_, r) => r)],
    ['branch_path', 'S', codes],
    ['weight', '<f4', weights],
  ]);
}

/** The realizations of each group, or its conditions where a tree has too many paths to list them. */
function writeSourceGroups(file: Hdf5File, groups: readonly SourceGroup[]): void {
  const members = groups.flatMap(({ tectonicRegionType, sourceModels, where }, number) =>
    (sourceModels ?? where.map(() => ALL_OR_SOME)).map((sourceModel) => ({ number, sourceModel, tectonicRegionType })),
  );
  file.writeTable('source_groups', [
    ['grp_id', '<u4', Uint32Array.from(members, ({ number }) => number)],
    ['sm_rlz', '<u4', Uint32Array.from(members, ({ sourceModel }) => sourceModel)],
    ['trt', 'S', members.map(({ tectonicRegionType }) => tectonicRegionType)],
  ]);
  if (groups.every(({ sourceModels }) => sourceModels)) return;
  const conditions = groups.flatMap(({ where }, number) =>
    where.map((condition) => ({ number, text: JSON.stringify(Object.fromEntries(condition)) })),
  );
  file.writeTable('source_groups_where', [
    ['grp_id', '<u4', Uint32Array.from(conditions, ({ number }) => number)],
    ['branches_by_set', 'S', conditions.map(({ text }) => text)],
  ]);
}

function writeSourceModelTree(file: Hdf5File, tree: FullLogicTree): void {
  const rows = tree.sourceModelBranchSets.flatMap((set) => set.branches.map((branch) => ({ set, branch })));
  const path = 'full_lt/source_model_lt';
  file.writeTable(path, [
    ['branchset', 'S', rows.map(({ set }) => set.id)],
    ['branch', 'S', rows.map(({ branch }) => branch.id)],
    ['utype', 'S', rows.map(({ set }) => set.uncertaintyType)],
    ['uvalue', 'S', rows.map(({ branch }) => branch.value)],
    ['weight', '<f8', Float64Array.from(rows, ({ branch }) => branch.weight)],
  ]);
  const sets = Object.fromEntries(
    tree.sourceModelBranchSets.map((set) => [set.id, { uncertaintyType: set.uncertaintyType, ...set.filters }]),
  );
  file.setAttribute(path, '__pyclass__', 'openquake.hazardlib.logictree.SourceModelLogicTree');
  const description = JSON.stringify(sets);
  // the dataset holds what an attribute cannot
  file.setAttribute(path, 'bsetdict', Buffer.byteLength(description) > LARGEST_ATTRIBUTE ? '{}' : description);
  const stored = tree.sourceModelSets.map((set, number) => storedSet(set, tree.sourceModelBranchSets[number]));
  file.writeText('full_lt/source_model_sets', JSON.stringify(stored));
  file.setAttribute(path, 'num_samples', tree.samples);
  file.setAttribute(path, 'filename', tree.sourceModelFile);
  file.setAttribute(path, 'seed', tree.seed);
  file.setAttribute(path, 'num_paths', tree.sourceModels.length);
  file.setAttribute(path, 'sampling_method', tree.samplingMethod);
  for (const name of ['source_id', 'branchID', 'is_source_specific']) file.setAttribute(path, name, '');
}

/** A set as in the file, and as the tree is made of it: branches merged for the job have other positions than in the file. */
export interface StoredSet {
  readonly id: string;
  readonly uncertaintyType: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly below: readonly string[];
  readonly positions: readonly number[];
}

function storedSet(
  { id, applyToBranches, branches }: TreeBranchSet,
  { uncertaintyType, filters }: SourceModelBranchSet,
): StoredSet {
  return { id, uncertaintyType, filters, below: applyToBranches, positions: branches.map(({ position }) => position) };
}

function writeGroundMotionTree(file: Hdf5File, tree: FullLogicTree): void {
  const rows = tree.groundMotion.flatMap((set) => set.branches.map((branch) => ({ set, branch })));
  const path = 'full_lt/gsim_lt';
  file.writeTable(path, [
    ['trt', 'S', rows.map(({ set }) => set.tectonicRegionType)],
    ['branch', 'S', rows.map(({ branch }) => branch.id)],
    ['uncertainty', 'S', rows.map(({ branch }) => branch.text)],
    ['weight', '<f8', Float64Array.from(rows, ({ branch }) => branch.weight)],
  ]);
  file.setAttribute(path, '__pyclass__', 'openquake.hazardlib.gsim_lt.GsimLogicTree');
  file.setAttribute(
    path,
    'bsetdict',
    JSON.stringify(Object.fromEntries(tree.groundMotion.map((set) => [set.tectonicRegionType, set.id]))),
  );
  file.setAttribute(path, 'filename', tree.groundMotionFile);
  const weighted = rows.filter(({ branch }) => Object.keys(branch.weightsByImt).length > 0);
  if (weighted.length > 0)
    file.writeText(
      WEIGHTS_BY_IMT,
      JSON.stringify(Object.fromEntries(weighted.map(({ branch }) => [branch.id, branch.weightsByImt]))),
    );
  const choices = tree.groundMotion.flatMap(({ tectonicRegionType, choice }) =>
    choice === undefined ? [] : [[tectonicRegionType, choice] as const],
  );
  file.setAttribute(path, 'choices', JSON.stringify(Object.fromEntries(choices)));
}
