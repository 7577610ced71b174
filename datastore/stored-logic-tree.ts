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
  const sets = JSON.parse(file.readText(`${TREES}/source_model_sets`)) as StoredSet[];
  const rows = file.readTable(SOURCE_MODEL);
  let row = 0;
  return sets.map(({ id, uncertaintyType, filters, positions }) => ({
    id,
    uncertaintyType,
    filters,
    branches: positions.map(() => {
      const { branch, uvalue, weight } = rows[row++];
      return { id: String(branch), value: String(uvalue), weight: Number(weight) };
    }),
  }));
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
