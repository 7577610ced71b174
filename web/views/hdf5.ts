import type { Hdf5File } from '../../hdf5/hdf5.js';
import { refusal } from '../../hazard/refusal.js';
import type { View } from './view.js';

/** values of one answer */
const MOST_VALUES = 2000;
/** characters of a text that are shown */
const LONGEST = 20_000;

/** The datastore as it is: groups, and slices of datasets, of which no more is read than is shown. */
export const hdf5View: View = {
  summary: 'A group or a slice of a dataset of the HDF5 file.',
  parameters: {
    path: 'of the group or dataset; default the whole file',
    first: 'number of the first row, default 0',
    at: 'for datasets of more than two dimensions: positions along the second to the last but one, such as 0,3; default 0',
  },
  answer:
    '`{"path", "attributes"}` with `{"members": [{"name", "group", "shape", "dtype"}]}` for a group, `{"shape", "dtype", "first", "columns", "rows"}` for a dataset',
  read({ hdf5 }, query) {
    const path = (query.get('path') ?? '').replace(/^\/+|\/+$/g, '');
    if (path !== '' && (!/^[^/]+(\/[^/]+)*$/.test(path) || !hdf5.has(path)))
      throw refusal('INVALID_QUERY', `no '${path}' in the datastore`);
    const attributes = Object.fromEntries(
      Object.entries(path === '' ? {} : hdf5.attributes(path)).map(([name, value]) => [name, textOf(value)]),
    );
    if (path === '' || hdf5.isGroup(path)) return { json: { path, attributes, members: membersOf(hdf5, path) } };
    return { json: { path, attributes, ...slice(hdf5, path, query) } };
  },
};

function membersOf(file: Hdf5File, path: string): unknown[] {
  return file.members(path || '/').map((name) => {
    const child = path === '' ? name : `${path}/${name}`;
    if (file.isGroup(child)) return { name, group: true };
    return { name, group: false, shape: file.shape(child), dtype: textOf(file.dtype(child)) };
  });
}

function slice(file: Hdf5File, path: string, query: URLSearchParams): Record<string, unknown> {
  const shape = file.shape(path);
  const type = file.dtype(path);
  const dtype = textOf(type);
  const [length = 1] = shape;
  const first = wholeNumber('first', query.get('first') ?? '0', Math.max(0, length - 1));
  if (shape.length === 0) {
    const value = dtype.startsWith('S')
      ? file.readText(path).slice(0, LONGEST)
      : [...file.readNumbers(path)].map(Number);
    return { shape, dtype, first: 0, columns: ['value'], rows: [[value].flat()] };
  }
  if (typeof type !== 'string') {
    const rows = file.readTable(path, first, Math.min(length, first + 100));
    const columns = Object.keys(rows[0] ?? {});
    return { shape, dtype, first, columns, rows: rows.map((row) => columns.map((name) => plain(row[name]))) };
  }
  if (dtype.startsWith('S')) {
    const texts = file.readTexts(path).slice(first, first + 100);
    return { shape, dtype, first, columns: ['text'], rows: texts.map((text) => [text.slice(0, LONGEST)]) };
  }
  // one plane: rows along the first axis, columns along the last one
  const between = shape.slice(1, -1);
  const asked = (query.get('at') ?? '').split(',').filter(Boolean);
  const at = between.map((size, k) => wholeNumber('at', asked[k] ?? '0', size - 1));
  const width = shape.length > 1 ? Math.min(shape[shape.length - 1], 200) : 1;
  const rows = Math.min(length - first, Math.max(1, Math.floor(MOST_VALUES / Math.max(1, width))));
  const ranges: [number, number][] = [[first, first + rows], ...at.map((k): [number, number] => [k, k + 1])];
  if (shape.length > 1) ranges.push([0, width]);
  const values = length === 0 || width === 0 ? [] : [...file.readNumbers(path, ranges)].map(plain);
  return {
    shape,
    dtype,
    first,
    at,
    columns: shape.length > 1 ? Array.from({ length: width }, (_, k) => String(k)) : ['value'],
    rows: Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width)),
  };
}

/** JSON knows no NaN, infinities and large integers. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return value.slice(0, LONGEST);
  if (ArrayBuffer.isView(value) || Array.isArray(value))
    return Array.from(value as ArrayLike<unknown>, plain)
      .join(' ')
      .slice(0, LONGEST);
  return textOf(value);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  if (ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<unknown>, String)
      .join(' ')
      .slice(0, LONGEST);
  return (
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part))?.slice(
      0,
      LONGEST,
    ) ?? ''
  );
}

/** Errors: Refusal unless it is a whole number up to the largest. */
function wholeNumber(name: string, text: string, largest: number): number {
  const value = Number(text);
  if (!/^\d{1,12}$/.test(text) || value > largest)
    throw refusal('INVALID_QUERY', `${name}=${text} must be a whole number from 0 to ${largest}`);
  return value;
}
