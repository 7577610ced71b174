/** Both logic trees as a calculation holds them: branch sets only, no paths. */
import type { SourceModelBranchSet } from '../hazard/logictree/logic-tree.js';
import type { Calculation } from './calculation.js';
import type { Hdf5File } from '../hdf5/hdf5.js';
import { WEIGHTS_BY_IMT, type StoredSet } from './logic-tree-layout.js';
import {
  describeTree,
  type DescribableTree,
  type LogicTreeDescription,
  type MadeSet,
} from '../drawing/logic-tree/description.js';

const TREES = 'full_lt';
const SOURCE_MODEL = `${TREES}/source_model_lt`;
const GROUND_MOTION = `${TREES}/gsim_lt`;

/** True for calculations whose file holds both trees. */
export function hasLogicTree(calculation: Calculation): boolean {
  return calculation.has(SOURCE_MODEL) && calculation.has(GROUND_MOTION);
}

/** The trees of a calculation. Errors: DatastoreError when it has none. */
export function readStoredLogicTree({ hdf5, parameters }: Calculation): LogicTreeDescription {
  const made = madeSets(hdf5);
  const tree: DescribableTree = {
    sourceModelBranchSets: sourceModelSets(hdf5, made),
    ...(made && { sourceModelSets: made.map(madeSet) }),
    groundMotion: groundMotionSets(hdf5),
    samples: Number(hdf5.attributes(TREES).num_samples),
    samplingMethod: String(hdf5.attributes(SOURCE_MODEL).sampling_method),
  };
  const enumerated = tree.samples === 0 ? Number(hdf5.attributes(SOURCE_MODEL).num_paths) : undefined;
  return describeTree(tree, parameters.description, enumerated);
}

/** Sets as the tree is made of them; undefined in files of the first version. */
function madeSets(file: Hdf5File): StoredSet[] | undefined {
  const path = `${TREES}/source_model_sets`;
  return file.has(path) ? (JSON.parse(file.readText(path)) as StoredSet[]) : undefined;
}

function madeSet({ below, positions }: StoredSet): MadeSet {
  return { applyToBranches: below, branches: positions.map((position) => ({ position })) };
}

function sourceModelSets(file: Hdf5File, made: readonly StoredSet[] | undefined): SourceModelBranchSet[] {
  const filters = new Map(made?.map((set) => [set.id, set.filters]) ?? filtersOfFirstVersion(file));
  return groupedBy(file.readTable(SOURCE_MODEL), 'branchset').map(([id, rows]) => ({
    id,
    uncertaintyType: String(rows[0].utype),
    filters: filters.get(id) ?? {},
    branches: rows.map((row) => ({ id: String(row.branch), value: String(row.uvalue), weight: Number(row.weight) })),
  }));
}

function filtersOfFirstVersion(file: Hdf5File): [set: string, filters: Readonly<Record<string, string>>][] {
  const attributes = JSON.parse(String(file.attributes(SOURCE_MODEL).bsetdict)) as Record<
    string,
    Readonly<Record<string, string>>
  >;
  return Object.entries(attributes).map(([id, entries]) => [
    id,
    Object.fromEntries(Object.entries(entries).filter(([name]) => name !== 'uncertaintyType')),
  ]);
}

function groundMotionSets(file: Hdf5File): DescribableTree['groundMotion'] {
  // choices: by region, only in files of trees with sets that are one choice
  const { bsetdict, choices: choicesText } = file.attributes(GROUND_MOTION);
  const ids = JSON.parse(String(bsetdict)) as Record<string, string>;
  const choices = JSON.parse(String(choicesText ?? '{}')) as Record<string, string>;
  const weightsByImt = file.has(WEIGHTS_BY_IMT)
    ? (JSON.parse(file.readText(WEIGHTS_BY_IMT)) as Record<string, Readonly<Record<string, number>>>)
    : {};
  return groupedBy(file.readTable(GROUND_MOTION), 'trt').map(([tectonicRegionType, rows]) => ({
    id: ids[tectonicRegionType],
    tectonicRegionType,
    ...(Object.hasOwn(choices, tectonicRegionType) && { choice: choices[tectonicRegionType] }),
    branches: rows.map((row) => ({
      id: String(row.branch),
      text: String(row.uncertainty),
      weight: Number(row.weight),
      weightsByImt: weightsByImt[String(row.branch)] ?? {},
    })),
  }));
}

/** Rows by the text in a column, in the order in which the texts come first. */
function groupedBy<Row extends Record<string, unknown>>(rows: readonly Row[], column: string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = String(row[column]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups];
}
