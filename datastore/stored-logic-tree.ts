/** Both logic trees as a calculation holds them: branch sets only, no paths. */
import type { SourceModelBranchSet } from '../hazard/logictree/logic-tree.js';
import type { Calculation } from './calculation.js';
import type { Hdf5File } from './hdf5.js';
import type { StoredSet } from './logic-tree-layout.js';
import { describeTree, type DescribableTree, type LogicTreeDescription } from './tree-drawing/description.js';

const TREES = 'full_lt';
const SOURCE_MODEL = `${TREES}/source_model_lt`;
const GROUND_MOTION = `${TREES}/gsim_lt`;
/** columns of the ground-motion table that are no weights by measure */
const PLAIN_COLUMNS = new Set(['trt', 'branch', 'uncertainty', 'weight']);

export function hasLogicTree(calculation: Calculation): boolean {
  return calculation.has(SOURCE_MODEL) && calculation.has(GROUND_MOTION);
}

/** The trees of a calculation. Errors: DatastoreError when it has none. */
export function readStoredLogicTree({ hdf5, parameters }: Calculation): LogicTreeDescription {
  const tree: DescribableTree = {
    sourceModelBranchSets: sourceModelSets(hdf5),
    groundMotion: groundMotionSets(hdf5),
    samples: Number(hdf5.attributes(TREES).num_samples),
    samplingMethod: String(hdf5.attributes(SOURCE_MODEL).sampling_method),
  };
  const enumerated = tree.samples === 0 ? Number(hdf5.attributes(SOURCE_MODEL).num_paths) : undefined;
  return describeTree(tree, parameters.description, enumerated);
}

function sourceModelSets(file: Hdf5File): SourceModelBranchSet[] {
  const described = descriptions(file);
  return groupedBy(file.readTable(SOURCE_MODEL), 'branchset').map(([id, rows]) => ({
    id,
    uncertaintyType: String(rows[0].utype),
    filters: described.get(id) ?? {},
    branches: rows.map((row) => ({ id: String(row.branch), value: String(row.uvalue), weight: Number(row.weight) })),
  }));
}

/** Filters by set. */
function descriptions(file: Hdf5File): ReadonlyMap<string, Readonly<Record<string, string>>> {
  if (file.has(`${TREES}/source_model_sets`)) {
    const sets = JSON.parse(file.readText(`${TREES}/source_model_sets`)) as StoredSet[];
    return new Map(sets.map(({ id, filters }) => [id, filters]));
  }
  // files of the first version have them in an attribute only
  const attributes = JSON.parse(String(file.attributes(SOURCE_MODEL).bsetdict)) as Record<string, object>;
  return new Map(
    Object.entries(attributes).map(([id, entries]) => [
      id,
      Object.fromEntries(Object.entries(entries).filter(([name]) => name !== 'uncertaintyType')) as Record<
        string,
        string
      >,
    ]),
  );
}

function groundMotionSets(file: Hdf5File): DescribableTree['groundMotion'] {
  // choices: by region, only in files of trees with sets that are one choice
  const { bsetdict, choices: choicesText } = file.attributes(GROUND_MOTION);
  const ids = JSON.parse(String(bsetdict)) as Record<string, string>;
  const choices = JSON.parse(String(choicesText ?? '{}')) as Record<string, string>;
  return groupedBy(file.readTable(GROUND_MOTION), 'trt').map(([tectonicRegionType, rows]) => ({
    id: ids[tectonicRegionType],
    tectonicRegionType,
    ...(Object.hasOwn(choices, tectonicRegionType) && { choice: choices[tectonicRegionType] }),
    branches: rows.map((row) => ({
      id: String(row.branch),
      text: String(row.uncertainty),
      weight: Number(row.weight),
      weightsByImt: Object.fromEntries(
        Object.entries(row).flatMap(([column, weight]) =>
          PLAIN_COLUMNS.has(column) ? [] : [[column, Number(weight)]],
        ),
      ),
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
