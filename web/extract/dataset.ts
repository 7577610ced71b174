import type { Hdf5File } from '../../hdf5/hdf5.js';
import type { Extraction, Members } from './extraction.js';
import { bytesArray, numbersArray, textArray, type NpyArray } from './npy.js';
import { refusal } from '../../hazard/refusal.js';

/** values in one answer: beyond it, ask for the datastore */
const LARGEST = 50_000_000;

/** Any dataset by its path, with its attributes; a group gives the names of its members. */
export function dataset(path: string): Extraction {
  return {
    summary: 'any other name: the dataset at this path of the HDF5 file, or the names in a group',
    extract({ hdf5 }) {
      if (!/^[\w-]+(\/[\w.-]+)*$/.test(path) || !hdf5.has(path))
        throw refusal('INVALID_QUERY', `no '${path}' in the datastore`);
      const members: Members = { array: hdf5.isGroup(path) ? textArray(hdf5.members(path)) : values(hdf5, path) };
      for (const [name, value] of Object.entries(hdf5.attributes(path)))
        if (typeof value === 'string' || typeof value === 'number') members[name] = textArray(String(value));
      return members;
    },
  };
}

function values(file: Hdf5File, path: string): NpyArray {
  const shape = file.shape(path);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size > LARGEST)
    throw refusal('TOO_LARGE', `'${path}' has ${size} values; at most ${LARGEST} are extracted at once`);
  const type = file.dtype(path);
  if (typeof type !== 'string')
    throw refusal('INVALID_QUERY', `'${path}' is a table: extract one that has a name of its own`);
  if (type.startsWith('S')) return bytesArray(shape.length === 0 ? file.readText(path) : file.readTexts(path));
  return numbersArray(file.readNumbers(path), shape);
}
