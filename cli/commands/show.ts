import { existsSync } from 'node:fs';
import { Calculation } from '../../datastore/calculation.js';
import type { Hdf5File } from '../../datastore/hdf5.js';
import { EngineError } from '../../engine/errors.js';
import type { JobStore } from '../../engine/store/job-store.js';
import { withStore, type DataOptions } from '../data.js';
import { UsageError } from '../report-error.js';
import { formatTable } from '../table.js';
import { jobFacts } from './list.js';

/** What can be shown: a value for --json and a text for people. */
interface View {
  readonly value: unknown;
  readonly text: string;
}
type StoreView = (store: JobStore, id: number) => View;
type FileView = (calculation: Calculation) => View;

const FROM_STORE: Readonly<Record<string, StoreView>> = {
  status: (store, id) => {
    const facts = jobFacts(store.get(id));
    const rows = Object.entries(facts).map(([name, value]): [string, string] => [
      name,
      Array.isArray(value) ? value.join('\n') : String(value ?? ''),
    ]);
    return { value: facts, text: rows.map(([name, value]) => `${name.padEnd(17)} ${value}\n`).join('') };
  },
  log: (store, id) => {
    const rows = store.logRows(id);
    const text = rows.map((row) => `${new Date(row.time).toISOString()} ${row.level} ${row.process} ${row.message}\n`);
    return { value: rows, text: text.join('') };
  },
  outputs: (store, id) => {
    const outputs = store.outputs(id);
    const rows = outputs.map(({ id: number, type, name, formats }) => [number, type, formats.join(' '), name]);
    return { value: outputs, text: formatTable(['id', 'output', 'formats', 'name'], rows) };
  },
};

const FROM_FILE: Readonly<Record<string, FileView>> = {
  contents: ({ hdf5 }) => {
    const entries = [...datasets(hdf5, '')];
    const rows = entries.map(({ path, shape, type }) => [path, shape.join(' x ') || 'scalar', type]);
    return { value: entries, text: formatTable(['dataset', 'shape', 'type'], rows) };
  },
  oqparam: ({ parameters }) => ({ value: parameters, text: `${JSON.stringify(parameters, null, 2)}\n` }),
  sites: (calculation) => {
    const { names, columns, size } = calculation.sites();
    const rows = Array.from({ length: size }, (_, k) => names.map((name) => columns[name][k]));
    return {
      value: rows.map((row) => Object.fromEntries(row.map((cell, k) => [names[k], cell]))),
      text: formatTable(names, rows),
    };
  },
  realizations: (calculation) => {
    const rows = calculation.realizations();
    const text = formatTable(
      ['number', 'path', 'weight'],
      rows.map(({ path, weight }, number) => [number, path, weight]),
    );
    return { value: rows, text };
  },
  sources: ({ hdf5 }) => table(hdf5, 'source_info'),
  performance: ({ hdf5 }) => table(hdf5, 'performance_data'),
};

export async function show(
  id: number,
  what: string,
  options: DataOptions & { readonly json?: boolean },
): Promise<void> {
  await withStore(options, async (store, folder) => {
    const print = ({ value, text }: View): void =>
      void process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : text);
    if (Object.hasOwn(FROM_STORE, what)) {
      store.get(id);
      print(FROM_STORE[what](store, id));
      return;
    }
    if (!Object.hasOwn(FROM_FILE, what))
      throw new UsageError(
        `cannot show '${what}' (there is: ${Object.keys({ ...FROM_STORE, ...FROM_FILE }).join(', ')})`,
      );
    const { status } = store.get(id);
    const path = folder.datastore(id);
    if (!existsSync(path)) throw new EngineError('NOT_AVAILABLE', `calculation ${id} has no results: it is ${status}`);
    const calculation = await Calculation.open(path);
    try {
      print(FROM_FILE[what](calculation));
    } finally {
      calculation.close();
    }
  });
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
  return { value: rows, text: formatTable(header, cells) };
}

function cellOf(value: unknown): string | number {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}
