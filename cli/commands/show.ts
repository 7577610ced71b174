import { existsSync, writeFileSync } from 'node:fs';
import { Calculation } from '../../datastore/calculation.js';
import type { Hdf5File } from '../../hdf5/hdf5.js';
import { EngineError } from '../../engine/errors.js';
import type { JobStore } from '../../engine/store/job-store.js';
import { withStore, type DataOptions } from '../data.js';
import { UsageError } from '../report-error.js';
import { formatTable } from '../table.js';
import { jobFacts } from './list.js';
import { branches, realizations, tree, treeDrawing } from './show-logic-tree.js';
import type { Page, View } from './view.js';

/** Options of `terrane show`. */
export interface ShowOptions extends DataOptions {
  readonly json?: boolean;
  readonly first?: number;
  readonly count?: number;
  /** code of a realization */
  readonly path?: string;
  /** file for the drawing of the logic tree */
  readonly svg?: string;
}

type StoreView = (store: JobStore, id: number) => View;
type FileView = (calculation: Calculation, page: Page) => View;

const FROM_STORE: Readonly<Record<string, StoreView>> = {
  status: (store, id) => {
    const facts = jobFacts(store.get(id));
    const rows = Object.entries(facts).map(([name, value]): [string, string] => [
      name,
      Array.isArray(value) ? value.join('\n') : String(value ?? ''),
    ]);
    return { value: () => facts, text: rows.map(([name, value]) => `${name.padEnd(17)} ${value}\n`).join('') };
  },
  log: (store, id) => {
    const rows = store.logRows(id);
    const text = rows.map((row) => `${new Date(row.time).toISOString()} ${row.level} ${row.process} ${row.message}\n`);
    return { value: () => rows, text: text.join('') };
  },
  outputs: (store, id) => {
    const outputs = store.outputs(id);
    const rows = outputs.map(({ id: number, type, name, formats }) => [number, type, formats.join(' '), name]);
    return { value: () => outputs, text: formatTable(['id', 'output', 'formats', 'name'], rows) };
  },
};

const FROM_FILE: Readonly<Record<string, FileView>> = {
  contents: ({ hdf5 }) => {
    const entries = [...datasets(hdf5, '')];
    const rows = entries.map(({ path, shape, type }) => [path, shape.join(' x ') || 'scalar', type]);
    return { value: () => entries, text: formatTable(['dataset', 'shape', 'type'], rows) };
  },
  oqparam: ({ parameters }) => ({ value: () => parameters, text: `${JSON.stringify(parameters, null, 2)}\n` }),
  sites: (calculation) => {
    const { names, columns, size } = calculation.sites();
    const rows = Array.from({ length: size }, (_, k) => names.map((name) => columns[name][k]));
    return {
      value: () => rows.map((row) => Object.fromEntries(row.map((cell, k) => [names[k], cell]))),
      text: formatTable(names, rows),
    };
  },
  realizations,
  branches,
  tree,
  sources: ({ hdf5 }) => table(hdf5, 'source_info'),
  performance: ({ hdf5 }) => table(hdf5, 'performance_data'),
};

/** Views that take --first and --count. */
const PAGED = ['branches', 'realizations'];

/** `terrane show ID WHAT`: one part of a calculation. Errors: EngineError for a calculation or a part that does not exist. */
export async function show(id: number, what: string, options: ShowOptions): Promise<void> {
  const { json, first, count, path: code, svg } = options;
  checkOptions(what, options);
  await withStore(options, async (store, folder) => {
    if (Object.hasOwn(FROM_STORE, what)) {
      store.get(id);
      print(FROM_STORE[what](store, id), json);
      return;
    }
    const { status } = store.get(id);
    const path = folder.datastore(id);
    if (!existsSync(path)) throw new EngineError('NOT_AVAILABLE', `calculation ${id} has no results: it is ${status}`);
    const calculation = await Calculation.open(path);
    try {
      if (svg === undefined) print(FROM_FILE[what](calculation, { first, count, path: code }), json);
      else {
        writeFileSync(svg, treeDrawing(calculation));
        process.stdout.write(`${svg}\n`);
      }
    } finally {
      calculation.close();
    }
  });
}

function checkOptions(what: string, { first, count, path, svg }: ShowOptions): void {
  const known = Object.keys({ ...FROM_STORE, ...FROM_FILE });
  if (!known.includes(what)) throw new UsageError(`cannot show '${what}' (there is: ${known.join(', ')})`);
  if (svg !== undefined && what !== 'tree') throw new UsageError(`--svg is for tree, not for ${what}`);
  if (path !== undefined && what !== 'realizations')
    throw new UsageError(`--path is for realizations, not for ${what}`);
  if ((first !== undefined || count !== undefined) && !PAGED.includes(what))
    throw new UsageError(`--first and --count are for ${PAGED.join(' and ')}, not for ${what}`);
}

function print({ value, text }: View, json: boolean | undefined): void {
  if (json) process.stdout.write(`${JSON.stringify(value())}\n`);
  else for (const part of typeof text === 'string' ? [text] : text) process.stdout.write(part);
}

/** Every dataset with its shape; nothing of its content is read. */
function* datasets(file: Hdf5File, group: string): Generator<{ path: string; shape: number[]; type: string }> {
  for (const name of file.members(group || '/')) {
    const path = group ? `${group}/${name}` : name;
    if (file.isGroup(path)) yield* datasets(file, path);
    else yield { path, shape: file.shape(path), type: typeName(file.dtype(path)) };
  }
}

function typeName(type: unknown): string {
  return typeof type === 'string' ? type : 'table';
}

function table(file: Hdf5File, path: string): View {
  if (!file.has(path)) throw new EngineError('NOT_AVAILABLE', `this calculation has no ${path}`);
  const rows = file
    .readTable(path)
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
      ),
    );
  const header = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => header.map((name) => cellOf(row[name])));
  return { value: () => rows, text: formatTable(header, cells) };
}

function cellOf(value: unknown): string | number {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}
