import { existsSync, statSync } from 'node:fs';
import type { InputReport } from '../report.js';
import { readLiteral } from '../parameters/literal.js';
import type { Parameters } from '../parameters/parameters.js';
import { noSuchFile, resolveInside, shownPath } from './paths.js';
import { refusal } from '../../hazard/refusal.js';

/** Files that a job names: kind (the parameter without _file) -> absolute paths, in order. */
export interface JobFiles {
  /** folder of the job file */
  readonly folder: string;
  /** nothing outside of it is read */
  readonly root: string;
  readonly byKind: ReadonlyMap<string, readonly string[]>;
  /** tables of the equivalent distance: tectonic region type -> absolute path */
  readonly equivalentDistance: ReadonlyMap<string, string>;
}

/** kind in outputs -> parameter; the second is a list separated by blanks */
const KINDS: readonly (readonly [kind: string, parameter: string, list?: 'list'])[] = [
  ['source_model_logic_tree', 'source_model_logic_tree_file'],
  ['source_model', 'source_model_file'],
  ['gsim_logic_tree', 'gsim_logic_tree_file'],
  ['site_model', 'site_model_file', 'list'],
  ['geometry', 'geometry_file'],
  ['amplification', 'amplification_file'],
  ['exposure', 'exposure_file', 'list'],
  ['hazard_curves', 'hazard_curves_csv', 'list'],
  ['delta_rates', 'delta_rates_file'],
];

/** Finds the files that the parameters name; missing ones, directories and paths out of the folder are faults. */
export async function findJobFiles(
  parameters: Parameters,
  folder: string,
  root: string,
  report: InputReport,
): Promise<JobFiles> {
  const byKind = new Map<string, readonly string[]>();
  const find = (name: string, path: string): string | undefined =>
    findFile(parameters.where(name), path, folder, root, report);
  for (const [kind, name, list] of KINDS) {
    const text = parameters.text(name)?.trim();
    if (text === undefined || text === '') continue;
    const places = (list ? text.split(/\s+/) : [text]).map((path) => find(name, path));
    const found = places.filter((place) => place !== undefined);
    if (found.length > 0) byKind.set(kind, found);
  }

  const equivalentDistance = new Map<string, string>();
  for (const [region, path] of await readEquivalentDistance(parameters, report)) {
    const place = find('reqv_hdf5', path);
    if (place !== undefined) equivalentDistance.set(region, place);
  }
  return { folder, root, byKind, equivalentDistance };
}

function findFile(
  where: ReturnType<Parameters['where']>,
  path: string,
  folder: string,
  root: string,
  report: InputReport,
): string | undefined {
  try {
    const place = resolveInside(root, folder, path);
    if (!existsSync(place)) throw refusal('MISSING_FILE', noSuchFile(root, place, path));
    if (!statSync(place).isFile()) throw refusal('MISSING_FILE', `${path} is not a file`);
    return place;
  } catch (error) {
    report.absorb(error, where);
    return undefined;
  }
}

async function readEquivalentDistance(parameters: Parameters, report: InputReport): Promise<[string, string][]> {
  const text = parameters.text('reqv_hdf5');
  if (text === undefined || text === '') return [];
  const where = { ...parameters.where('reqv_hdf5'), allowed: "a dictionary {'region': 'file.hdf5'}" };
  const entries = await report.collect(where, async () => {
    const value = await readLiteral(text);
    if (!(value instanceof Map)) throw refusal('INVALID_VALUE', 'not a dictionary');
    return [...value].map(([region, path]): [string, string] => {
      if (typeof path !== 'string') throw refusal('INVALID_VALUE', `'${region}' must have the name of a file`);
      return [String(region), path];
    });
  });
  return entries ?? [];
}

/** Kind -> path relative to the folder of the job, as outputs show the inputs. */
export function shownInputs(
  files: JobFiles,
  iniFile: string,
): Record<string, string | string[] | Record<string, string>> {
  const inputs: Record<string, string | string[] | Record<string, string>> = {
    job_ini: shownPath(files.folder, iniFile),
  };
  for (const [kind, , list] of KINDS) {
    const places = files.byKind.get(kind)?.map((place) => shownPath(files.folder, place));
    if (places) inputs[kind] = list ? places : places[0];
  }
  if (files.equivalentDistance.size > 0)
    inputs.reqv = Object.fromEntries(
      [...files.equivalentDistance].map(([region, place]) => [region, shownPath(files.folder, place)]),
    );
  return inputs;
}
