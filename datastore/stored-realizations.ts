import { combineAll } from '../hazard/logictree/expansion.js';
import type { GroundMotionBranchSet, SourceModelRealization } from '../hazard/logictree/logic-tree.js';
import { Sequence } from '../hazard/logictree/sequence.js';
import { LogicTreeGraph, type TreeBranchSet } from '../hazard/logictree/tree.js';
import type { Hdf5File } from './hdf5.js';
import type { StoredSet } from './logic-tree-layout.js';

export interface StoredRealization {
  readonly path: string;
  readonly weight: number;
}

/** Rows of the table that are read at a time. */
const ROWS_AT_ONCE = 4096;

/** The realizations of a calculation: from their table, or made from the trees where these have too many paths to store. */
export function storedRealizations(file: Hdf5File): Sequence<StoredRealization> {
  return file.has('realizations') ? fromTable(file) : fromTrees(file);
}

function fromTable(file: Hdf5File): Sequence<StoredRealization> {
  let page = -1;
  let rows: Record<string, unknown>[] = [];
  return new Sequence(file.shape('realizations')[0], (number) => {
    const wanted = Math.floor(number / ROWS_AT_ONCE);
    if (wanted !== page) {
      rows = file.readTable('realizations', wanted * ROWS_AT_ONCE, (wanted + 1) * ROWS_AT_ONCE);
      page = wanted;
    }
    const row = rows[number - page * ROWS_AT_ONCE];
    return { path: String(row.branch_path), weight: Number(row.weight) };
  });
}

function fromTrees(file: Hdf5File): Sequence<StoredRealization> {
  const graph = new LogicTreeGraph(storedSets(file));
  const { paths } = graph;
  const models = new Sequence(paths.length, (number): SourceModelRealization => {
    const { ids, code, weight } = paths.at(number);
    return { name: '', path: ids, code, weight, samples: 1 };
  });
  const realizations = combineAll(models, graph.totalWeight, storedModels(file));
  return new Sequence(realizations.length, (number) => {
    const { code, weight } = realizations.at(number);
    return { path: code, weight };
  });
}

/** Sets of the source-model tree as its paths are made of them. */
function storedSets(file: Hdf5File): TreeBranchSet[] {
  const sets = JSON.parse(file.readText('full_lt/source_model_sets')) as StoredSet[];
  const rows = file.readTable('full_lt/source_model_lt');
  let row = 0;
  return sets.map(({ id, below, positions }) => ({
    id,
    applyToBranches: below,
    branches: positions.map((position) => {
      const { branch, weight } = rows[row++];
      return { id: String(branch), weight: Number(weight), position };
    }),
  }));
}

/** Sets of the ground-motion tree, as far as paths need them. */
function storedModels(file: Hdf5File): GroundMotionBranchSet[] {
  const choices = JSON.parse(String(file.attributes('full_lt/gsim_lt').choices)) as Record<string, string>;
  const sets = new Map<string, GroundMotionBranchSet['branches'][number][]>();
  for (const { trt, branch, uncertainty, weight } of file.readTable('full_lt/gsim_lt')) {
    const region = String(trt);
    const branches = sets.get(region) ?? [];
    sets.set(region, branches);
    const text = String(uncertainty);
    const specification = { name: text, arguments: {} };
    branches.push({ id: String(branch), specification, text, weight: Number(weight), weightsByImt: {} });
  }
  return [...sets].map(([tectonicRegionType, branches]) => ({
    id: tectonicRegionType,
    tectonicRegionType,
    branches,
    ...(Object.hasOwn(choices, tectonicRegionType) && { choice: choices[tectonicRegionType] }),
  }));
}
