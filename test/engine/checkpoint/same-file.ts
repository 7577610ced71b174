/** Compares the files of two calculations bit by bit, apart from times. */
import { Hdf5File } from '../../../hdf5/hdf5.js';

/** What holds times and amounts of memory. */
const TIMES = new Set(['performance_data', 'calc_time', 'date']);

/** The content of a file by path, as text and numbers that can be compared; times are left out. */
export async function contentOf(path: string): Promise<Map<string, unknown>> {
  const file = await Hdf5File.open(path);
  try {
    const content = new Map<string, unknown>();
    const walk = (group: string): void => {
      for (const name of file.members(group)) {
        const place = group === '/' ? name : `${group}/${name}`;
        if (TIMES.has(name)) continue;
        content.set(`${place}@`, file.attributes(place));
        if (file.isGroup(place)) walk(place);
        else content.set(place, valuesOf(file, place));
      }
    };
    walk('/');
    return content;
  } finally {
    file.close();
  }
}

function valuesOf(file: Hdf5File, path: string): unknown {
  const dtype = file.dtype(path);
  if (typeof dtype !== 'string')
    return file.readTable(path).map((row) => Object.entries(row).filter(([name]) => !TIMES.has(name)));
  if (!/^S/.test(dtype)) return Buffer.from(bytesOf(file.readNumbers(path))).toString('base64');
  return file.shape(path).length === 0 ? file.readText(path) : file.readTexts(path);
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
