/**
 * The one narrow door to h5wasm. Explicit dtypes always (its guesses wrap large integers), parents made on the way, every
 * call bounded by the slice it names, errors thrown with file and dataset. One writer per file: h5wasm locks nothing.
 */
import type * as H5wasm from 'h5wasm/node';
import type { Dataset, Entity, File, Group } from 'h5wasm/node';
import { hdf5Reason, loadHdf5Library, openHdf5, readHdf5 } from './library.js';
import { DatastoreError } from './errors.js';

/** Numeric data of a dataset, of any of its types. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;
/** Value of an attribute. */
export type AttributeValue = string | number | readonly string[] | Numbers;
/** Columns of a record table: name, HDF5 type (`<f8`, `S50`, ...), values. */
export type Column = readonly [name: string, dtype: string, values: Numbers | readonly string[]];

/** h5wasm reads letters as Python's struct does and ignores the digits of `<f8`: types in numpy's notation are translated. */
const LETTERS = new Map(
  Object.entries({ i1: 'b', u1: 'B', i2: 'h', u2: 'H', i4: 'i', u4: 'I', i8: 'q', u8: 'Q', f4: 'f', f8: 'd' }),
);
function native(dtype: string): string {
  return dtype.startsWith('<') ? `<${LETTERS.get(dtype.slice(1))!}` : dtype;
}

const DTYPES: readonly (readonly [new (n: number) => Numbers, string])[] = [
  [Int8Array, '<i1'],
  [Uint8Array, '<u1'],
  [Int16Array, '<i2'],
  [Uint16Array, '<u2'],
  [Int32Array, '<i4'],
  [Uint32Array, '<u4'],
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [BigInt64Array, '<i8'],
  [BigUint64Array, '<u8'],
];
function dtypeOf(values: Numbers): string {
  return native(DTYPES.find(([kind]) => values instanceof kind)![1]);
}

type Library = typeof H5wasm;

/** An HDF5 file open for reading or writing. */
export class Hdf5File {
  private constructor(
    readonly path: string,
    private readonly file: File,
    private readonly datasetClass: Library['Dataset'],
    private readonly groupClass: Library['Group'],
  ) {}

  static async create(path: string): Promise<Hdf5File> {
    return Hdf5File.openWith(path, 'w');
  }
  static async open(path: string): Promise<Hdf5File> {
    return Hdf5File.openWith(path, 'r');
  }
  private static async openWith(path: string, mode: 'r' | 'w'): Promise<Hdf5File> {
    const { Dataset, Group } = await loadHdf5Library();
    try {
      return new Hdf5File(path, await openHdf5(path, mode), Dataset, Group);
    } catch (cause) {
      const reason = hdf5Reason(cause);
      const told = mode === 'w' ? 'cannot be created' : 'cannot be opened as HDF5';
      throw new DatastoreError(path, '', /^is damaged: bytes/.test(reason) ? reason : told, { cause });
    }
  }

  /** Makes a group and its parents; existing ones are kept. */
  group(path: string): void {
    this.parentAndName(`${path}/x`);
  }

  /** Creates a dataset from typed values in row-major order. */
  writeArray(path: string, values: Numbers, shape: readonly number[] = [values.length]): void {
    this.guarded(path, () => {
      const [parent, name] = this.parentAndName(path);
      parent.create_dataset({ name, data: values, shape: [...shape], dtype: dtypeOf(values) });
    });
  }

  /** Creates a float dataset of a given shape, to be filled slice by slice; never holds more than one chunk. */
  createFloats(path: string, shape: readonly number[], dtype: '<f4' | '<f8' = '<f4'): void {
    this.guarded(path, () => {
      const [parent, name] = this.parentAndName(path);
      const chunks = chunkShape(shape);
      const empty = dtype === '<f4' ? new Float32Array(0) : new Float64Array(0);
      parent.create_dataset({
        name,
        data: empty,
        shape: [0, ...shape.slice(1)],
        maxshape: [null, ...shape.slice(1)],
        chunks,
        dtype: native(dtype),
      });
      this.dataset(path).resize([...shape]);
    });
  }

  /** Overwrites the rows first .. last - 1 (first axis) with values in row-major order. */
  writeRows(path: string, first: number, last: number, values: Numbers): void {
    this.writeSlice(path, [[first, last]], values);
  }

  /** Overwrites a hyperslab with values in row-major order: one [first, last] per axis, missing axes whole. */
  writeSlice(path: string, ranges: readonly (readonly [number, number])[], values: Numbers): void {
    this.guarded(path, () => {
      const dataset = this.dataset(path);
      const shape = dataset.shape ?? [];
      dataset.write_slice(
        shape.map((size, k): [number, number] => (ranges[k] ? [ranges[k][0], ranges[k][1]] : [0, size])),
        values,
      );
    });
  }

  /** A text as a scalar (variable length). */
  writeText(path: string, text: string): void {
    this.guarded(path, () => {
      const [parent, name] = this.parentAndName(path);
      parent.create_dataset({ name, data: text, shape: [], dtype: 'S' });
    });
  }

  /** Texts of fixed length (the longest, in UTF-8 bytes). */
  writeTexts(path: string, texts: readonly string[]): void {
    this.guarded(path, () => {
      const [parent, name] = this.parentAndName(path);
      parent.create_dataset({ name, data: [...texts], shape: [texts.length], dtype: `S${longest(texts)}` });
    });
  }

  /** A one-dimensional table of records, given by columns. Text columns are of fixed length. */
  writeTable(path: string, columns: readonly Column[]): void {
    this.guarded(path, () => {
      const [parent, name] = this.parentAndName(path);
      const rows = columns[0][2].length;
      const data = new Map(columns.map(([column, , values]) => [column, Array.isArray(values) ? [...values] : values]));
      const dtype = columns.map(([column, kind, values]): [string, string] => [
        column,
        kind === 'S' ? `S${longest(values as readonly string[])}` : native(kind),
      ]);
      parent.create_dataset({ name, data, shape: [rows], dtype });
    });
  }

  /** Sets an attribute of a group or dataset ('/' is the file); texts are of variable length. */
  setAttribute(path: string, name: string, value: AttributeValue): void {
    this.guarded(path, () => {
      const entity = path === '/' ? this.file : (this.file.get(path) as Group | Dataset);
      if (typeof value === 'string') entity.create_attribute(name, value, [], 'S');
      else if (typeof value === 'number') {
        const integer = Number.isInteger(value) && Math.abs(value) < 2 ** 53;
        if (integer) entity.create_attribute(name, BigInt64Array.of(BigInt(value)), [], native('<i8'));
        else entity.create_attribute(name, Float64Array.of(value), [], native('<f8'));
      } else if (Array.isArray(value))
        entity.create_attribute(name, [...(value as readonly string[])], [value.length], 'S');
      else entity.create_attribute(name, value as Numbers, [value.length], dtypeOf(value as Numbers));
    });
  }

  has(path: string): boolean {
    let here = '';
    for (const part of path.split('/').filter(Boolean)) {
      const parent = here === '' ? this.file : (this.file.get(here) as Group);
      if (!(parent instanceof this.groupClass) || !parent.keys().includes(part)) return false;
      here += `/${part}`;
    }
    return true;
  }

  /** Names of the members of a group. */
  members(path: string): string[] {
    const group = path === '/' ? this.file : this.file.get(path);
    if (!(group instanceof this.groupClass)) throw new DatastoreError(this.path, path, 'is not a group');
    return group.keys();
  }

  isGroup(path: string): boolean {
    return path === '/' || this.file.get(path) instanceof this.groupClass;
  }

  shape(path: string): number[] {
    return [...(this.dataset(path).shape ?? [])];
  }

  /** HDF5 type in numpy's notation; 'unknown' for kinds that have none. */
  dtype(path: string): unknown {
    return this.dataset(path).dtype;
  }

  /** Reads a hyperslab: one [first, last] per axis, missing axes whole. */
  readNumbers(path: string, ranges: readonly (readonly [number, number])[] = []): Numbers {
    return this.guarded(path, () => {
      const dataset = this.dataset(path);
      const shape = dataset.shape ?? [];
      const value = shape.length
        ? dataset.slice(
            shape.map((size, k): [number, number] => (ranges[k] ? [ranges[k][0], ranges[k][1]] : [0, size])),
          )
        : dataset.value;
      if (!ArrayBuffer.isView(value)) throw new DatastoreError(this.path, path, 'does not hold numbers');
      return value as unknown as Numbers;
    });
  }

  readFloats(path: string, ranges: readonly (readonly [number, number])[] = []): Float64Array {
    const values = this.readNumbers(path, ranges);
    return values instanceof Float64Array ? values : Float64Array.from(values as Float32Array, Number);
  }

  readText(path: string): string {
    return this.guarded(path, () => String(this.dataset(path).value));
  }

  readTexts(path: string): string[] {
    return this.guarded(path, () => (this.dataset(path).value as unknown[]).map(String));
  }

  /** Rows first .. last - 1 of a record table as objects; columns that are texts come as strings. */
  readTable(path: string, first = 0, last = Infinity): Record<string, unknown>[] {
    return this.guarded(path, () => {
      const dataset = this.dataset(path);
      const members = dataset.metadata.compound_type?.members ?? [];
      const end = Math.min(last, dataset.shape?.[0] ?? 0);
      const rows = dataset.slice([[first, end]]) as unknown[][];
      return rows.map((row) => Object.fromEntries(members.map((member, k) => [member.name, row[k]])));
    });
  }

  attributes(path: string): Record<string, unknown> {
    return this.guarded(path, () => {
      const entity = path === '/' ? this.file : (this.file.get(path) as Exclude<Entity, { target: string }>);
      if (!entity || !('attrs' in entity)) throw new DatastoreError(this.path, path, 'does not exist');
      return Object.fromEntries(Object.entries(entity.attrs).map(([name, attribute]) => [name, attribute.value]));
    });
  }

  flush(): void {
    this.guarded('', () => this.file.flush());
  }

  close(): void {
    this.guarded('', () => {
      this.file.close();
    });
  }

  private dataset(path: string): Dataset {
    const entity = this.file.get(path);
    if (!(entity instanceof this.datasetClass)) throw new DatastoreError(this.path, path, 'is not a dataset');
    return entity;
  }

  private parentAndName(path: string): [Group, string] {
    const parts = path.split('/').filter(Boolean);
    const name = parts.pop()!;
    let group: Group = this.file;
    for (const part of parts) {
      const next = group.keys().includes(part) ? group.get(part) : group.create_group(part);
      if (!(next instanceof this.groupClass)) throw new DatastoreError(this.path, path, `${part} is not a group`);
      group = next;
    }
    return [group, name];
  }

  private guarded<T>(path: string, action: () => T): T {
    try {
      return readHdf5(action);
    } catch (cause) {
      if (cause instanceof DatastoreError) throw cause;
      throw new DatastoreError(this.path, path, hdf5Reason(cause), { cause });
    }
  }
}

function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, Buffer.byteLength(text)), 1);
}

/** Chunks of whole rows up to about 1 MB; a longer row is cut along the second axis. */
function chunkShape(shape: readonly number[]): number[] {
  const target = 2 ** 18;
  const chunk = [...shape].map((size) => Math.max(1, size));
  let size = chunk.reduce((product, n) => product * n, 1);
  for (let axis = 0; axis < chunk.length && size > target; axis++) {
    const rest = size / chunk[axis];
    chunk[axis] = Math.max(1, Math.min(chunk[axis], Math.floor(target / rest)));
    size = rest * chunk[axis];
  }
  return chunk;
}
