import {
  combineAll,
  groundMotionChoices,
  groundMotionPath,
  groundMotionPathCount,
  groundMotionPathNumber,
} from '../hazard/logictree/expansion.js';
import type { GroundMotionBranchSet, SourceModelRealization } from '../hazard/logictree/logic-tree.js';
import { Sequence } from '../hazard/logictree/sequence.js';
import { LogicTreeGraph, type TreeBranchSet } from '../hazard/logictree/tree.js';
import type { Hdf5File } from '../hdf5/hdf5.js';
import type { StoredSet } from './logic-tree-layout.js';
import { refusal } from '../hazard/refusal.js';

/** A realization as listings show it. */
export interface StoredRealization {
  readonly path: string;
  readonly weight: number;
}

const SETS = 'full_lt/source_model_sets';

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
  const sets = storedSets(file);
  const graph = new LogicTreeGraph(sets);
  const { paths } = graph;
  const models = new Sequence(paths.length, (number): SourceModelRealization => {
    const { ids, code, weight } = paths.at(number);
    return { name: '', path: ids, code: isSingle(sets) ? SINGLE : code, weight, samples: 1 };
  });
  const realizations = combineAll(models, graph.totalWeight, storedModels(file));
  return new Sequence(realizations.length, (number) => {
    const { code, weight } = realizations.at(number);
    return { path: code, weight };
  });
}

/** Code of the only path of a tree of one branch. */
const SINGLE = 'A';
function isSingle(sets: readonly TreeBranchSet[]): boolean {
  return sets.length === 1 && sets[0].branches.length === 1;
}

/** A realization found by its code, with the branches on its path. */
export interface FoundRealization extends StoredRealization {
  readonly number: number;
  readonly branches: readonly string[];
}

/**
 * The realizations with this code, such as AAB~C: one, or in samples as many as were drawn.
 * Errors: Refusal when there is none.
 */
export function findRealizations(file: Hdf5File, code: string): FoundRealization[] {
  const all = storedRealizations(file);
  // files of the first version do not tell how their trees hang together
  if (!file.has(SETS)) return listed(all, code, []);
  const sets = storedSets(file);
  const groundMotion = storedModels(file);
  const [models, choice = ''] = splitAtLast(code);
  const graph = new LogicTreeGraph(sets);
  const sourceModel = isSingle(sets) && models === SINGLE ? 0 : graph.numberOf(models);
  const chosen = groundMotionPathNumber(choice, groundMotion);
  const branches = [...graph.paths.at(sourceModel).ids, ...groundMotionBranches(chosen, groundMotion)];
  if (Number(file.attributes('full_lt').num_samples) > 0) return listed(all, code, branches);
  const number = sourceModel * groundMotionPathCount(groundMotion) + chosen;
  return [{ number, ...all.at(number), branches }];
}

function listed(all: Sequence<StoredRealization>, code: string, branches: readonly string[]): FoundRealization[] {
  const found: FoundRealization[] = [];
  let number = 0;
  for (const realization of all) {
    if (realization.path === code) found.push({ number, ...realization, branches });
    number++;
  }
  if (found.length === 0) throw refusal('INVALID_QUERY', `no realization has the path '${code}'`);
  return found;
}

/** Before and after the last tilde. */
function splitAtLast(code: string): string[] {
  const at = code.lastIndexOf('~');
  return at < 0 ? [code] : [code.slice(0, at), code.slice(at + 1)];
}

function groundMotionBranches(number: number, sets: readonly GroundMotionBranchSet[]): string[] {
  const { models } = groundMotionPath(groundMotionChoices(sets), number, sets.length);
  return models.map((branch, set) => sets[set].branches[branch].id);
}

/** Sets of the source-model tree as its paths are made of them. */
function storedSets(file: Hdf5File): TreeBranchSet[] {
  const sets = JSON.parse(file.readText(SETS)) as StoredSet[];
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
