import type { SiteCollection } from '../hazard/site/site-collection.js';
import { sitePoints, type SitePoints } from '../hazard/site/site-points.js';
import type { InputReport } from './errors.js';
import type { JobFiles } from './job-files.js';
import type { Parameters } from './parameters.js';
import { shownPath } from './paths.js';
import { nearestPoints } from './nearest.js';
import { roundCoordinate } from './parameter-values.js';
import { readSiteModel, type SiteModel } from './site-model.js';

/** Positions of the sites, and the site model with the row that belongs to each site. */
export interface RawSites {
  readonly points: SitePoints;
  readonly model?: SiteModel;
  /** [sites]: row of the site model */
  readonly rows?: Int32Array;
  readonly customIds?: readonly string[];
  /** the positions are those of the site model */
  readonly fromModel: boolean;
}

/** km: farther site-model points are used with a warning */
const ASSOCIATION_DISTANCE = 5;

/**
 * Finds the sites of a job: `sites`, a grid over `region`, or the rows of the site model, in the order of outputs. Bare lists
 * of coordinates are sorted by longitude and latitude. Sites that do not come from the site model take the parameters of
 * its nearest point. Faults go to the report; undefined when there are no sites to work with.
 */
export async function readSites(
  parameters: Parameters,
  files: JobFiles,
  report: InputReport,
): Promise<RawSites | undefined> {
  const named = (files.byKind.get('site_model') ?? []).map((path) => ({ path, name: shownPath(files.folder, path) }));
  const model = named.length > 0 ? await readSiteModel(named, report) : undefined;
  if (named.length > 0 && !model) return undefined;

  const listed = parameters.value('sites') as readonly (readonly [number, number, number])[] | undefined;
  if (listed) return associate(sortedPoints(listed), model, ASSOCIATION_DISTANCE, report);
  const spacing = parameters.number('region_grid_spacing');
  const region = parameters.value('region') as readonly (readonly [number, number])[] | undefined;
  if (region && spacing !== undefined) {
    const grid = await report.collect(parameters.where('region'), () => gridPoints(region, spacing));
    return grid && associate(grid, model, Math.SQRT2 * spacing, report);
  }
  if (!model) return undefined;
  if (spacing !== undefined) {
    const feature = 'region_grid_spacing without region';
    report.fault({ ...parameters.where('region_grid_spacing'), message: 'needs region', feature });
    return undefined;
  }
  return rowsOfModel(model);
}

/** Sites at zero depth. Errors: RangeError for a region that cannot be covered. */
async function gridPoints(region: readonly (readonly [number, number])[], spacing: number): Promise<SitePoints> {
  const { coverRegion } = await import('./region.js');
  const grid = coverRegion(Float64Array.from(region.flat()), spacing);
  const order = Int32Array.from({ length: grid.length / 2 }, (_, i) => i);
  order.sort((a, b) => grid[2 * a] - grid[2 * b] || grid[2 * a + 1] - grid[2 * b + 1]);
  const column = (k: 0 | 1): Float64Array => Float64Array.from(order, (i) => roundCoordinate(grid[2 * i + k]));
  return sitePoints(column(0).map(westOfDateLine), column(1), new Float64Array(order.length));
}

function rowsOfModel(model: SiteModel): RawSites {
  const size = model.lon.length;
  const rows = Int32Array.from({ length: size }, (_, i) => i);
  if (model.bare) rows.sort((a, b) => model.lon[a] - model.lon[b] || model.lat[a] - model.lat[b]);
  const take = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
  const points = sitePoints(take(model.lon).map(westOfDateLine), take(model.lat), take(model.depth));
  const { customIds } = model;
  return {
    points,
    model,
    rows,
    fromModel: true,
    ...(customIds && { customIds: Array.from(rows, (row) => customIds[row]) }),
  };
}

function sortedPoints(sites: readonly (readonly [number, number, number])[]): SitePoints {
  const sorted = [...sites].sort(([lonA, latA], [lonB, latB]) => lonA - lonB || latA - latB);
  const column = (k: 0 | 1 | 2): Float64Array => Float64Array.from(sorted, (site) => site[k]);
  return sitePoints(column(0).map(westOfDateLine), column(1), column(2));
}

/** Longitudes lie in [-180, 180): 180 is shown and used as -180. */
function westOfDateLine(lon: number): number {
  return lon === 180 ? -180 : lon;
}

function associate(points: SitePoints, model: SiteModel | undefined, reach: number, report: InputReport): RawSites {
  if (!model) return { points, fromModel: false };
  const modelPoints = sitePoints(model.lon, model.lat, new Float64Array(model.lon.length));
  const { nearest, distances } = nearestPoints(points, modelPoints);
  const far = distances.reduce((count, distance) => count + Number(distance > reach), 0);
  if (far > 0) {
    const worst = distances.indexOf(distances.reduce((a, b) => Math.max(a, b)));
    const message =
      `${far} of ${points.size} sites are farther than ${reach.toFixed(1)} km from the nearest site-model point ` +
      `(lon ${points.lon[worst]}, lat ${points.lat[worst]}: ${distances[worst].toFixed(1)} km)`;
    report.warn({ file: '', message });
  }
  const { customIds } = model;
  const ids = customIds && Array.from(nearest, (row) => customIds[row]);
  const distinct = ids && new Set(ids).size === ids.length;
  return { points, model, rows: nearest, fromModel: false, ...(distinct && { customIds: ids }) };
}

/** Site parameter -> the job parameter that gives it to all sites */
const REFERENCES: Readonly<Record<string, string>> = {
  vs30: 'reference_vs30_value',
  vs30measured: 'reference_vs30_type',
  z1pt0: 'reference_depth_to_1pt0km_per_sec',
  z2pt5: 'reference_depth_to_2pt5km_per_sec',
  backarc: 'reference_backarc',
};
/** files named by these parameters give way to reference values where both state a parameter */
const GIVES_WAY = new Set(['sites_csv', 'sites_file']);
/** flags and codes: 0 everywhere is a value like any other */
const MAY_BE_ZERO = new Set(['vs30measured', 'backarc', 'bas', 'inCshm', 'region', 'soiltype', 'lon', 'lat', 'xvf']);

function referenceValue(parameters: Parameters, name: string): number {
  const reference = REFERENCES[name];
  if (reference === undefined) return NaN;
  if (name === 'vs30measured') return parameters.word(reference) === 'measured' ? 1 : 0;
  if (name === 'backarc') return parameters.boolean(reference) ? 1 : 0;
  return parameters.number(reference) ?? NaN;
}

/**
 * Completes the sites with the parameters that the ground-motion models need: from the site model, else from the reference
 * values of the job; `override_vs30` replaces vs30, and the basin depths follow it. Faults name each parameter that no one gives.
 */
export function completeSites(
  raw: RawSites,
  required: ReadonlySet<string>,
  parameters: Parameters,
  report: InputReport,
): SiteCollection {
  const { points, model, rows } = raw;
  const numeric: Record<string, Float64Array> = {};
  const text: Record<string, readonly string[]> = {};
  const wanted = (name: string): boolean => raw.fromModel || required.has(name);
  if (model && rows) {
    for (const [name, column] of model.numeric)
      if (wanted(name)) numeric[name] = Float64Array.from(rows, (row) => column[row]);
    for (const [name, column] of model.text) if (wanted(name)) text[name] = Array.from(rows, (row) => column[row]);
  }
  const givesWay = GIVES_WAY.has(parameters.writtenName('site_model_file'));
  for (const name of Object.keys(REFERENCES)) {
    const preferred = givesWay && raw.fromModel;
    const needed = required.has(name) || name === 'vs30' || name === 'vs30measured' || preferred;
    const override = preferred && parameters.isGiven(REFERENCES[name]);
    if (!needed || (numeric[name] && !override)) continue;
    const value = referenceValue(parameters, name);
    const useful = !Number.isNaN(value) || (preferred && !numeric[name]);
    if (useful) numeric[name] = new Float64Array(points.size).fill(value);
  }
  overrideVs30(numeric, required, parameters.number('override_vs30'), points.size);
  if (required.has('lon')) numeric.lon = points.lon;
  if (required.has('lat')) numeric.lat = points.lat;
  checkRequired(numeric, text, required, raw, parameters, report);
  return {
    points,
    parameters: { size: points.size, numeric, text },
    ...(raw.customIds && { customIds: raw.customIds }),
  };
}

function overrideVs30(
  numeric: Record<string, Float64Array>,
  required: ReadonlySet<string>,
  vs30: number | undefined,
  size: number,
): void {
  if (vs30 === undefined) return;
  numeric.vs30 = new Float64Array(size).fill(vs30);
  for (const [name, relation] of [['z1pt0', basinDepth1] as const, ['z2pt5', basinDepth2] as const])
    if (numeric[name] || required.has(name)) numeric[name] = new Float64Array(size).fill(relation(vs30));
}

/** z1pt0, m, from vs30, m/s: Chiou & Youngs (2014), Earthquake Spectra 30(3), California. */
function basinDepth1(vs30: number): number {
  const reference = 571 ** 4;
  return Math.exp((-7.15 / 4) * Math.log((vs30 ** 4 + reference) / (1360 ** 4 + reference)));
}

/** z2pt5, km, from vs30, m/s: Campbell & Bozorgnia (2014), Earthquake Spectra 30(3), California. */
function basinDepth2(vs30: number): number {
  return Math.exp(7.089 - 1.144 * Math.log(vs30));
}

function checkRequired(
  numeric: Readonly<Record<string, Float64Array>>,
  text: Readonly<Record<string, readonly string[]>>,
  required: ReadonlySet<string>,
  raw: RawSites,
  parameters: Parameters,
  report: InputReport,
): void {
  for (const name of [...required].sort()) {
    const column = numeric[name];
    if (text[name]) continue;
    const reference = REFERENCES[name];
    const sources = raw.model ? 'site model' : 'job (it has no site model)';
    const allowed =
      reference === undefined
        ? `a column ${name} in the site model`
        : `${reference}, or a column ${name} in the site model`;
    if (reference !== undefined && parameters.isBroken(reference)) continue;
    if (!column)
      report.fault({
        file: parameters.file,
        key: name,
        message: `the models need this site parameter and the ${sources} does not give it`,
        allowed,
      });
    else if (column.some(Number.isNaN))
      report.fault({
        file: parameters.file,
        key: name,
        message: 'the models need this site parameter and it is not a number at some sites',
        allowed,
      });
    else if (!MAY_BE_ZERO.has(name) && column.every((value) => value === 0))
      report.fault({
        file: parameters.file,
        key: name,
        message: 'the models need this site parameter and it is 0 at all sites',
        allowed,
      });
  }
}
