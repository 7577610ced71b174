import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize, sep } from 'node:path';
import type { Dataset, File, Group } from 'h5wasm';
import type { Hdf5Tables, ModelResources } from '../../hazard/gmm/model.js';
import { refusal, Refusal } from '../../hazard/refusal.js';
import { hdf5Reason, openHdf5, readHdf5 } from '../../hdf5/library.js';

type FileResources = Omit<ModelResources, 'model'>;

/**
 * Data tables that ground-motion models name: read from the given folders, the first that has the file wins. Each file is
 * read once.
 * Errors (of the promises): Refusal for a file that is in no folder, leaves the folders or cannot be read.
 */
export function modelResources(folders: readonly string[]): FileResources {
  const hdf5 = new Map<string, Promise<Hdf5Tables>>();
  const text = new Map<string, Promise<string>>();
  return {
    hdf5: (path) => once(hdf5, path, async () => readTables(locate(folders, path), path)),
    text: (path) => once(text, path, async () => readFile(locate(folders, path), 'utf8')),
  };
}

function once<T>(known: Map<string, Promise<T>>, path: string, read: () => Promise<T>): Promise<T> {
  let value = known.get(path);
  if (!value) known.set(path, (value = read()));
  return value;
}

function locate(folders: readonly string[], path: string): string {
  const inside = normalize(path);
  if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`))
    throw refusal('FILE_OUTSIDE_JOB', `the data table '${path}' must lie inside the folder of the job`);
  for (const folder of folders) if (existsSync(join(folder, inside))) return join(folder, inside);
  throw refusal('MISSING_FILE', `the data table '${path}' was not found`);
}

async function readTables(location: string, name: string): Promise<Hdf5Tables> {
  let file: File;
  try {
    file = await openHdf5(location, 'r');
  } catch (cause) {
    throw refusal('BROKEN_FILE', `the data table '${name}' is not an HDF5 file`, {}, { cause });
  }
  try {
    const datasets: Record<string, Hdf5Tables['datasets'][string]> = {};
    const attributes: Record<string, Record<string, unknown>> = {};
    readHdf5(() => collect(file, '', name, datasets, attributes));
    return { datasets, attributes };
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw refusal('BROKEN_FILE', `the data table '${name}' ${hdf5Reason(cause)}`, {}, { cause });
  } finally {
    file.close();
  }
}

/** Paths are without a leading slash: `IMLs/SA`; the attributes of the file itself stand under ''. */
function collect(
  group: Group,
  path: string,
  name: string,
  datasets: Record<string, Hdf5Tables['datasets'][string]>,
  attributes: Record<string, Record<string, unknown>>,
): void {
  attributes[path] = attributesOf(group);
  for (const key of group.keys()) {
    const entity = group.get(key);
    const childPath = path === '' ? key : `${path}/${key}`;
    if (entity === null) continue;
    if ('keys' in entity) collect(entity as Group, childPath, name, datasets, attributes);
    else if ('shape' in entity) {
      const dataset = entity as Dataset;
      attributes[childPath] = attributesOf(dataset);
      datasets[childPath] = { shape: dataset.shape ?? [], values: valuesOf(dataset, `${name}:${childPath}`) };
    }
  }
}

function attributesOf(entity: Group | Dataset): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entity.attrs).map(([key, attribute]) => [key, attribute.value]));
}

function valuesOf(dataset: Dataset, label: string): Float64Array | readonly string[] {
  const value: unknown = dataset.value;
  if (typeof value === 'number' || typeof value === 'bigint') return Float64Array.of(Number(value));
  if (typeof value === 'string') return [value];
  if (ArrayBuffer.isView(value)) return Float64Array.from(value as unknown as ArrayLike<number>, Number);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw refusal('MODEL_FILE', `the data table '${label}' has a type that no model uses (numbers or text expected)`);
}
