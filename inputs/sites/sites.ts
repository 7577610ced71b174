import { sitePoints, type SitePoints } from '../../hazard/site/site-points.js';
import type { InputReport } from '../report.js';
import { geohash } from './geohash.js';
import type { JobFiles } from '../files/job-files.js';
import type { Parameters } from '../parameters/parameters.js';
import { shownPath } from '../files/paths.js';
import { nearestPoints } from './nearest.js';
import { roundCoordinate } from '../nrml/numbers.js';
import { readSiteModel, type NamedFile, type SiteModel } from './site-model.js';
import { refusal } from '../../hazard/refusal.js';

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
/** km between assets and sites, unless asset_hazard_distance says otherwise */
const ASSET_DISTANCE = 15;
const GEOHASH_LENGTH = 6;

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
  if (spacing !== undefined && (region || model)) {
    const where = parameters.where(region ? 'region' : 'region_grid_spacing');
    const grid = await report.collect(where, () => gridPoints(region?.flat() ?? hullOf(model), spacing));
    return grid && associate(grid, model, Math.SQRT2 * spacing, report);
  }
  const exposure = (files.byKind.get('exposure') ?? []).map((path) => ({ path, name: shownPath(files.folder, path) }));
  if (exposure.length > 0) return sitesOfAssets(parameters, files, exposure, model, report);
  if (!model) return undefined;
  return chooseTile(parameters, rowsOfModel(model));
}

/** Corners [lon, lat, ...] of the convex hull of the site model. Errors: Refusal for fewer than three corners. */
async function hullOf(model: SiteModel | undefined): Promise<number[]> {
  if (!model) throw new TypeError('a hull needs points');
  const { convexHull } = await import('../../hazard/geo/planar-polygon.js');
  const { Orthographic } = await import('../../hazard/geo/projection.js');
  const projection = Orthographic.ofCoordinates(model.lon, model.lat);
  const plane = Float64Array.from(
    Array.from(model.lon).flatMap((lon, i): [number, number] => projection.project(lon, model.lat[i])),
  );
  const hull = convexHull(plane);
  if (hull.length < 6) throw refusal('INVALID_GEOMETRY', 'the points of the site model span no region');
  const corners: number[] = [];
  for (let i = 0; i < hull.length; i += 2) corners.push(...projection.inverse(hull[i], hull[i + 1]));
  return corners;
}

/**
 * Sites of a job with assets: the site-model points that are nearest to an asset and not farther than asset_hazard_distance,
 * in the order of the site model; without a site model the places of the assets.
 */
async function sitesOfAssets(
  parameters: Parameters,
  files: JobFiles,
  exposure: readonly NamedFile[],
  model: SiteModel | undefined,
  report: InputReport,
): Promise<RawSites | undefined> {
  const { readAssetPlaces } = await import('./exposure.js');
  const places = await report.collect(parameters.where('exposure_file'), () => readAssetPlaces(exposure, files.root));
  if (!places) return undefined;
  const size = places.length / 2;
  const column = (k: 0 | 1): Float64Array => Float64Array.from({ length: size }, (_, i) => places[2 * i + k]);
  const assets = sitePoints(column(0).map(westOfDateLine), column(1), new Float64Array(size));
  if (!model) return { points: assets, fromModel: false };
  const reach = parameters.number('asset_hazard_distance') ?? ASSET_DISTANCE;
  const { nearest, distances } = nearestPoints(
    assets,
    sitePoints(model.lon, model.lat, new Float64Array(model.lon.length)),
  );
  const near = Array.from(nearest).filter((_, i) => distances[i] <= reach);
  if (near.length < size)
    report.warn({
      file: parameters.file,
      message: `${size - near.length} of ${size} places of assets are farther than ${reach} km from any site`,
    });
  if (near.length === 0) {
    report.fault({
      code: 'NO_SITES',
      ...parameters.where('exposure_file'),
      message: 'no asset is near a point of the site model',
    });
    return undefined;
  }
  return takeRows(rowsOfModel(model), new Set(near));
}

/** The sites of one tile: every n-th one. Sites without a name are given their geohash, so that tiles can be put together. */
function chooseTile(parameters: Parameters, raw: RawSites): RawSites {
  const [number, count] = parameters.numbers('tile_spec');
  if (number === undefined || count === undefined) return raw;
  const wanted = new Set(Array.from({ length: raw.points.size }, (_, i) => i).filter((i) => i % count === number - 1));
  const tile = takeRows(raw, wanted);
  const { lon, lat } = tile.points;
  return { ...tile, customIds: tile.customIds ?? Array.from(lon, (x, i) => geohash(x, lat[i], GEOHASH_LENGTH)) };
}

/** The sites with the given numbers. */
function takeRows(raw: RawSites, wanted: ReadonlySet<number>): RawSites {
  const kept = (_: unknown, i: number): boolean => wanted.has(i);
  const { points, rows, customIds } = raw;
  return {
    ...raw,
    points: sitePoints(points.lon.filter(kept), points.lat.filter(kept), points.depth.filter(kept)),
    ...(rows && { rows: rows.filter(kept) }),
    ...(customIds && { customIds: customIds.filter(kept) }),
  };
}

/** Sites at zero depth. Errors: Refusal for a region that cannot be covered. */
async function gridPoints(ring: readonly number[] | Promise<number[]>, spacing: number): Promise<SitePoints> {
  const { coverRegion } = await import('./region.js');
  const grid = coverRegion(Float64Array.from(await ring), spacing);
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
