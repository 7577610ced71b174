import type { Hdf5File } from '../hdf5/hdf5.js';

/** Whether a dataset, or a group with all that is in it, holds the same in two files, bit by bit. Attributes do not count. */
export function sameContent(one: Hdf5File, other: Hdf5File, path: string): boolean {
  if (one.has(path) !== other.has(path)) return false;
  if (!one.has(path)) return true;
  if (one.isGroup(path) !== other.isGroup(path)) return false;
  if (!one.isGroup(path)) return sameDataset(one, other, path);
  const [names, others] = [one.members(path), other.members(path)].map((list) => [...list].sort());
  return names.join('/') === others.join('/') && names.every((name) => sameContent(one, other, `${path}/${name}`));
}

function sameDataset(one: Hdf5File, other: Hdf5File, path: string): boolean {
  if (String(one.shape(path)) !== String(other.shape(path))) return false;
  const [kind, otherKind] = [one, other].map((file) => JSON.stringify(file.dtype(path)));
  if (kind !== otherKind) return false;
  const [a, b] = [one, other].map((file) => contentOf(file, path));
  return a.equals(b);
}

function contentOf(file: Hdf5File, path: string): Buffer {
  const dtype = file.dtype(path);
  if (typeof dtype !== 'string') return textOf(file.readTable(path));
  if (dtype.startsWith('S')) return textOf(file.shape(path).length === 0 ? file.readText(path) : file.readTexts(path));
  const { buffer, byteOffset, byteLength } = file.readNumbers(path);
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

const textOf = (value: unknown): Buffer =>
  Buffer.from(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)));
