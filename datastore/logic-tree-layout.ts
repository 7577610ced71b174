import type { FullLogicTree, SourceGroup } from '../hazard/logictree/logic-tree.js';
import type { Hdf5File } from './hdf5.js';

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
  file.writeTable('full_lt/sm_data', [
    ['name', 'S', tree.sourceModels.map(({ name }) => name)],
    ['weight', '<f4', Float32Array.from(tree.sourceModels, ({ weight }) => weight)],
    ['path', 'S', tree.sourceModels.map(({ path }) => path.join('~'))],
    ['samples', '<u4', Uint32Array.from(tree.sourceModels, ({ samples }) => samples)],
  ]);
  file.writeArray(
    'weights',
    Float32Array.from(tree.realizations, ({ weight }) => weight),
  );
  file.writeTable('realizations', [
    ['rlz_id', '<u4', Uint32Array.from(tree.realizations, (_, r) => r)],
    ['branch_path', 'S', tree.realizations.map(({ code }) => code)],
    ['weight', '<f4', Float32Array.from(tree.realizations, ({ weight }) => weight)],
  ]);
  const members = groups.flatMap((group, number) => group.sourceModels.map((sourceModel) => [number, sourceModel]));
  file.writeTable('source_groups', [
    ['grp_id', '<u4', Uint32Array.from(members, ([number]) => number)],
    ['sm_rlz', '<u4', Uint32Array.from(members, ([, sourceModel]) => sourceModel)],
    ['trt', 'S', members.map(([number]) => groups[number].tectonicRegionType)],
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
  file.setAttribute(path, 'bsetdict', JSON.stringify(sets));
  file.setAttribute(path, 'num_samples', tree.samples);
  file.setAttribute(path, 'filename', tree.sourceModelFile);
  file.setAttribute(path, 'seed', tree.seed);
  file.setAttribute(path, 'num_paths', tree.sourceModels.length);
  file.setAttribute(path, 'sampling_method', tree.samplingMethod);
  for (const name of ['source_id', 'branchID', 'is_source_specific']) file.setAttribute(path, name, '');
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
}
