/** Writing of numpy's NPY format: a header in Python's notation, then the values in little-endian C order. */
import type { Numbers } from '../../hdf5/hdf5.js';

/** Type of a field in numpy's notation, or nested fields. */
type FieldType = string | readonly Field[];
/** Name, type and shape of a field of a record. */
export type Field = readonly [name: string, type: FieldType, shape?: readonly number[]];

/** An array ready for an NPZ member. */
export interface NpyArray {
  readonly type: FieldType;
  /** [] for a single value */
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const TYPES: readonly (readonly [constructor: new (size: number) => Numbers, type: string])[] = [
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [Int8Array, '|i1'],
  [Uint8Array, '|u1'],
  [Int16Array, '<i2'],
  [Uint16Array, '<u2'],
  [Int32Array, '<i4'],
  [Uint32Array, '<u4'],
  [BigInt64Array, '<i8'],
  [BigUint64Array, '<u8'],
];

/** Shape: as given, in row-major order; by default one axis. */
export function numbersArray(values: Numbers, shape: readonly number[] = [values.length]): NpyArray {
  const type = TYPES.find(([constructor]) => values instanceof constructor)![1];
  return { type, shape, data: bytesOf(values) };
}

/** A single truth value. */
export function booleanValue(value: boolean): NpyArray {
  return { type: '|b1', shape: [], data: Uint8Array.of(value ? 1 : 0) };
}

/** `|S`: texts as UTF-8 bytes, padded with zeros; shape [] for a single text. */
export function bytesArray(texts: readonly string[] | string): NpyArray {
  const list = typeof texts === 'string' ? [texts] : texts;
  const encoded = list.map((text) => Buffer.from(text, 'utf8'));
  const width = Math.max(1, ...encoded.map((bytes) => bytes.length));
  const data = new Uint8Array(width * list.length);
  encoded.forEach((bytes, k) => data.set(bytes, k * width));
  return { type: `|S${width}`, shape: typeof texts === 'string' ? [] : [list.length], data };
}

/** `<U`: texts as UTF-32, padded with zeros; shape [] for a single text. */
export function textArray(texts: readonly string[] | string): NpyArray {
  const list = typeof texts === 'string' ? [texts] : texts;
  const points = list.map((text) => Array.from(text, (character) => character.codePointAt(0)!));
  const width = Math.max(1, ...points.map((row) => row.length));
  const data = new Uint32Array(width * list.length);
  points.forEach((row, k) => data.set(row, k * width));
  return { type: `<U${width}`, shape: typeof texts === 'string' ? [] : [list.length], data: bytesOf(data) };
}

/** A record array from columns of one element per row; the records are packed. */
export function recordArray(columns: readonly (readonly [name: string, array: NpyArray])[], rows: number): NpyArray {
  const widths = columns.map(([, { data }]) => (rows === 0 ? 0 : data.length / rows));
  const width = widths.reduce((sum, size) => sum + size, 0);
  const data = new Uint8Array(width * rows);
  let offset = 0;
  columns.forEach(([, column], k) => {
    const size = widths[k];
    for (let row = 0; row < rows; row++)
      data.set(column.data.subarray(row * size, (row + 1) * size), row * width + offset);
    offset += size;
  });
  const type = columns.map(([name, column]): Field => {
    const inner = column.shape.slice(1);
    return inner.length === 0 ? [name, column.type] : [name, column.type, inner];
  });
  return { type, shape: [rows], data };
}

/** The bytes of a .npy file. */
export function npyFile({ type, shape, data }: NpyArray): Uint8Array {
  const header = `{'descr': ${typeText(type)}, 'fortran_order': False, 'shape': ${shapeText(shape)}, }`;
  const encoded = Buffer.from(header, 'latin1');
  const large = encoded.length > 60_000;
  const prefix = large ? 12 : 10;
  const length = Math.ceil((prefix + encoded.length + 1) / 64) * 64;
  const file = new Uint8Array(length + data.length).fill(0x20, 0, length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, large ? 2 : 1, 0]);
  const view = new DataView(file.buffer);
  if (large) view.setUint32(8, length - prefix, true);
  else view.setUint16(8, length - prefix, true);
  file.set(encoded, prefix);
  file[length - 1] = 0x0a;
  file.set(data, length);
  return file;
}

function typeText(type: FieldType): string {
  if (typeof type === 'string') return quoted(type);
  const fields = type.map(([name, field, shape]) => {
    const inner = shape ? `, ${shapeText(shape)}` : '';
    return `(${quoted(name)}, ${typeText(field)}${inner})`;
  });
  return `[${fields.join(', ')}]`;
}

/** A tuple in Python's notation. */
function shapeText(shape: readonly number[]): string {
  return `(${shape.length === 1 ? `${shape[0]},` : shape.join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

function bytesOf(values: Numbers): Uint8Array {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}
