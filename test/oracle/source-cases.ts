import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RADIANS_TO_DEGREES } from '../../hazard/geo/constants.js';
import { greatCircleDistance } from '../../hazard/geo/distance.js';
import { ContextBatch, DISTANCE_KINDS, type DistanceKind } from '../../hazard/contexts/context-batch.js';
import { RUPTURE_PARAMETERS } from '../../hazard/contexts/rupture-parameters.js';
import { distanceFilter } from '../../hazard/contexts/distance-filter.js';
import type { PreparedSource, Rupture } from '../../hazard/sources/prepared-source.js';
import { PointRuptures } from '../../hazard/sources/distributed/point-ruptures.js';
import { prepareSource } from '../../hazard/sources/registry.js';
import type { Discretization, Source } from '../../hazard/sources/source.js';
import { sitePoints, type SitePoints } from '../../hazard/site/site-points.js';
import type { PlanarSurface } from '../../hazard/surfaces/planar.js';
import type { Surface } from '../../hazard/surfaces/surface.js';
import { readSourceModel } from '../../inputs/sources/source-model.js';
import { Comparison, TOLERANCES, type Tolerance } from './comparison.js';
import type { CaseFile, ExpectedRecord, RuptureRecord, SiteRecord, SourceRecord, TotalsRecord } from './records.js';
import { alongMeridian, compareSurface } from './surface-comparison.js';
import { Refusal } from '../../hazard/refusal.js';

/** km: so far that no site of a case is filtered away. */
const EVERYWHERE = 30000;
/** km: nearer than this to a mesh, Joyner-Boore distances are those to its outline. */
const NEAR = 40;

const SURFACE_DISTANCES = ['rrup', 'rjb', 'rx', 'ry0', 'azimuth', 'azimuthcp'] as const;

/** Sites of a case in the order given. */
export function sitesOf(records: readonly SiteRecord[]): SitePoints {
  return sitePoints(
    Float64Array.from(records, ({ lon }) => lon),
    Float64Array.from(records, ({ lat }) => lat),
    Float64Array.from(records, ({ depth }) => depth),
  );
}

/** One case: the folder's sources against the records of expected.ndjson. */
export async function runSourceCase(folder: string, name: string): Promise<Comparison> {
  const comparison = new Comparison(name);
  const { parameters, sites } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as CaseFile;
  const records = readFileSync(join(folder, 'expected.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as ExpectedRecord);
  const discretization: Discretization = {
    ruptureMeshSpacing: parameters.rupture_mesh_spacing,
    complexFaultMeshSpacing: parameters.complex_fault_mesh_spacing ?? parameters.rupture_mesh_spacing,
    widthOfMfdBin: parameters.width_of_mfd_bin ?? undefined,
    areaSourceDiscretization: parameters.area_source_discretization ?? undefined,
    floatingXStep: parameters.floating_x_step,
    floatingYStep: parameters.floating_y_step,
    investigationTime: parameters.investigation_time,
    inferOccurRates: parameters.infer_occur_rates,
    shiftHypo: false,
    splitSources: true,
  };
  const sources = await readCase(folder, discretization);
  const points = sitesOf(sites);
  let present: CaseSource | undefined;
  for (const record of records) {
    if (record.record === 'source') {
      present = prepare(comparison, sources, record, discretization);
      if (present) compareSource(comparison, present, record);
    } else if (present && record.record === 'rupture') {
      compareRupture(comparison, present, record, points);
    } else if (present && record.record === 'totals') {
      compareTotals(comparison, present, record);
    }
  }
  return comparison;
}

async function readCase(folder: string, discretization: Discretization): Promise<Source[]> {
  const sections = readdirSync(folder).filter((file) => /^sections.*\.xml$/.test(file));
  const model = await readSourceModel(join(folder, 'source_model.xml'), {
    widthOfMfdBin: discretization.widthOfMfdBin,
    investigationTime: discretization.investigationTime,
    geometryModels: sections.map((file) => join(folder, file)),
  });
  return model.groups.flatMap((group) => [...group.sources]);
}

/** Whether a folder holds a case of this kind. */
export function isSourceCase(folder: string): boolean {
  return existsSync(join(folder, 'case.json')) && existsSync(join(folder, 'expected.ndjson'));
}

interface CaseSource {
  readonly source: Source;
  readonly prepared: PreparedSource;
  readonly discretization: Discretization;
  readonly ruptures: readonly Rupture[];
  /** batch of all contexts, and the row of each rupture in it */
  batch?: ContextBatch;
  rows: Map<number, number>;
}

function prepare(
  comparison: Comparison,
  sources: readonly Source[],
  record: SourceRecord,
  discretization: Discretization,
): CaseSource | undefined {
  const source = sources.find(({ id }) => id === record.id);
  if (!source) {
    comparison.failure('source', record.id, 'not read');
    return undefined;
  }
  try {
    const prepared = prepareSource(source, discretization);
    return { source, prepared, discretization, ruptures: [...prepared.ruptures()], rows: new Map() };
  } catch (error) {
    comparison.failure('source', record.id, (error as Error).message);
    return undefined;
  }
}

function compareSource(
  comparison: Comparison,
  { source, prepared, discretization }: CaseSource,
  record: SourceRecord,
): void {
  const where = record.id;
  const [least, largest] = record.min_max_mag;
  const positive = record.used_rates?.map(([magnitude]) => magnitude) ?? [least, largest];
  comparison.number('count', prepared.ruptureCount, record.count_ruptures, TOLERANCES.exact, where);
  comparison.number('magnitude', prepared.minimumMagnitude, Math.min(...positive), TOLERANCES.formula, where);
  comparison.number('magnitude', prepared.maximumMagnitude, Math.max(...positive), TOLERANCES.formula, where);
  for (const [distance, expected] of [
    [50, record.bbox_50],
    [200, record.bbox_200],
  ] as const) {
    let got: number[] | undefined;
    try {
      got = prepared.boundingBox(distance);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    if ('error' in expected) comparison.same('box', got, undefined, where);
    else comparison.numbers('box', got ?? [], expected, boxTolerance(source), where);
  }
  if (record.whole_surface && 'wholeSurface' in prepared) {
    const whole = prepared.wholeSurface as Rupture['surface'];
    compareSurface(comparison, whole, record.whole_surface, `${where} whole`, false);
  }
  if (!(prepared instanceof PointRuptures)) return;
  const { seismicity, places } = prepared;
  if (record.nodal_planes) {
    const planes = seismicity.planes.map(({ probability, strike, dip, rake }) => [probability, strike, dip, rake]);
    comparison.numbers('planes', planes.flat(), record.nodal_planes.flat(), TOLERANCES.formula, where);
  }
  if (record.hypo_depths) {
    const depths = seismicity.depths.map(({ probability, depth }) => [probability, depth]);
    comparison.numbers('depths', depths.flat(), record.hypo_depths.flat(), TOLERANCES.formula, where);
  }
  if (record.radius_by_mag) {
    const radius = record.radius_by_mag.map((_, bin) => places.shapes(0).radius(bin));
    comparison.numbers('radius', radius, record.radius_by_mag, TOLERANCES.formula, where);
  }
  if (record.points) {
    const points = record.points.flat();
    const got = points.map((_, i) => (i % 2 === 0 ? places.lon : places.lat)[i >> 1]);
    comparison.number('points', places.lon.length, record.points.length, TOLERANCES.exact, where);
    comparison.numbers('points', got, points, TOLERANCES.coordinate, where);
  }
  if (record.shifted_hypocentres) {
    const shifted = prepareSource(source, { ...discretization, shiftHypo: true });
    const hypocentres = Array.from(shifted.ruptures(), ({ hypocentre }) => [...hypocentre]);
    const expected = record.shifted_hypocentres.flat();
    comparison.numbers(
      'shifted hypocentre',
      hypocentres.flat().slice(0, expected.length),
      expected,
      TOLERANCES.coordinate,
      where,
    );
  }
  if (record.averaged) {
    const got = [...prepared.meanRuptures(0)].map(({ magnitude, rake, rate, hypocentre, surface }) => [
      magnitude,
      surface.strike,
      surface.dip,
      rake,
      ...hypocentre,
      rate,
    ]);
    const expected = record.averaged.map(({ mag, strike, dip, rake, hypo, rate }) => [
      mag,
      strike,
      dip,
      rake,
      ...hypo,
      rate,
    ]);
    comparison.numbers('averaged', got.flat(), expected.flat(), TOLERANCES.measure, where);
    const corners = [...prepared.meanRuptures(0)].map(({ surface }) => surface as PlanarSurface);
    record.averaged.forEach((mean, i) => {
      const got = [0, 1, 2, 3].flatMap((k) => corners[i].corner(k));
      comparison.numbers('averaged corners', got, mean.corners.flat(), TOLERANCES.coordinate, `${where} ${mean.mag}`);
    });
  }
}

/** Boxes of gridded and multi-fault geometry come from single precision. */
function boxTolerance(source: Source): Tolerance {
  const exact = ['point', 'area', 'simpleFault', 'complexFault', 'characteristicFault'];
  return exact.includes(source.type) ? TOLERANCES.coordinate : { rtol: 0, atol: 5e-5 };
}

function compareRupture(comparison: Comparison, present: CaseSource, record: RuptureRecord, sites: SitePoints): void {
  const rupture = present.ruptures[record.i];
  const where = `${present.source.id} rupture ${record.i}`;
  if (!rupture) return comparison.failure('count', where, 'no such rupture');
  const single = isSingle(present.source);
  comparison.number('magnitude', rupture.magnitude, record.mag, TOLERANCES.formula, where);
  comparison.number('rake', rupture.rake, record.rake, single ? TOLERANCES.single : TOLERANCES.formula, where);
  if (record.rate !== undefined) comparison.number('rate', rupture.rate, record.rate, TOLERANCES.formula, where);
  if (record.probs_occur) {
    comparison.numbers('probabilities', rupture.probabilities ?? [], record.probs_occur, TOLERANCES.probability, where);
  }
  const place = single ? TOLERANCES.single : TOLERANCES.coordinate;
  comparison.numbers('hypocentre', rupture.hypocentre, record.hypo, place, where);
  compareSurface(comparison, rupture.surface, record.surface, where, single);
  const all = Int32Array.from({ length: sites.size }, (_, i) => i);
  for (const kind of SURFACE_DISTANCES) {
    const expected = record.distances[kind];
    if (expected === undefined) continue;
    const got = new Float64Array(sites.size);
    rupture.surface.distances(kind, sites, all, sites.size, got, 0);
    compareDistances(comparison, kind, got, expected, { label: kind, where, record, single, sites, rupture });
  }
  compareContexts(comparison, present, record, sites, single);
}

/** The distances as calculations see them must agree too: those of `contexts`. */
function compareContexts(
  comparison: Comparison,
  present: CaseSource,
  record: RuptureRecord,
  sites: SitePoints,
  single: boolean,
): void {
  if (!present.batch) fillBatch(present, sites);
  const batch = present.batch!;
  const where = `${present.source.id} context of rupture ${record.i}`;
  const row = present.rows.get(record.i);
  if (row === undefined) return comparison.failure('contexts', where, 'missing');
  const rupture = present.ruptures[record.i];
  const order = new Map<number, number>();
  for (let k = batch.start[row]; k < batch.start[row + 1]; k++) order.set(batch.site[k], k);
  const wanted: DistanceKind[] = ['rrup', 'rjb', 'rx', 'rhypo', 'repi', 'azimuthcp'];
  const multiFault = present.source.type === 'multiFault';
  for (const kind of wanted.concat('ry0')) {
    const expected = record.distances[kind === 'ry0' && multiFault ? 'ry0_in_calculations' : kind];
    if (expected === undefined) continue;
    const got = Array.from({ length: sites.size }, (_, s) => batch[kind][order.get(s) ?? -1]);
    const label = `contexts ${kind}`;
    compareDistances(comparison, kind, got, expected, { label, where, record, single, sites, rupture });
  }
  comparison.number('contexts mag', batch.mag[row], Math.round(record.mag * 1000) / 1000, TOLERANCES.formula, where);
}

function fillBatch(present: CaseSource, sites: SitePoints): void {
  const capacity = Math.max(1, present.prepared.ruptureCount * sites.size);
  const batch = new ContextBatch(capacity, new Set(RUPTURE_PARAMETERS), new Set(DISTANCE_KINDS));
  batch.reset();
  const request = {
    sites,
    filter: distanceFilter(EVERYWHERE),
    pointSourceDistance: Infinity,
    fewSites: false,
    batch,
    flush: (): void => {
      throw new Error('the batch is too small');
    },
  };
  present.prepared.contexts(request, 0, present.prepared.units);
  present.batch = batch;
  for (let r = 0; r < batch.ruptures; r++) present.rows.set(batch.ruptureIndex[r], r);
}

/** What is compared, and the names that failures are told under. */
interface ComparedRupture {
  readonly label: string;
  readonly where: string;
  readonly record: RuptureRecord;
  readonly single: boolean;
  readonly sites: SitePoints;
  readonly rupture: Rupture;
}

function compareDistances(
  comparison: Comparison,
  kind: DistanceKind,
  got: ArrayLike<number>,
  expected: readonly (number | null)[] | null,
  { label, where, record, single, sites, rupture }: ComparedRupture,
): void {
  const mesh = record.surface.type !== 'PlanarSurface';
  for (let s = 0; s < got.length; s++) {
    const value = expected === null ? null : expected[s];
    // gridded surfaces: the reference gives no figure close to the surface
    if (value === null && kind === 'rjb') continue;
    const tolerance =
      kind === 'azimuth' || kind === 'azimuthcp'
        ? azimuthTolerance(kind, s, sites, rupture, record, single)
        : kind === 'ry0' && alongMeridian(record.surface)
          ? TOLERANCES.meridianDistance
          : distanceTolerance(kind, value ?? 0, mesh, single);
    comparison.number(label, got[s], value, tolerance, `${where} site ${s}`);
  }
}

function distanceTolerance(kind: DistanceKind, value: number, mesh: boolean, single: boolean): Tolerance {
  if (single && kind !== 'rhypo' && kind !== 'repi') return TOLERANCES.single;
  if (kind === 'rjb' && mesh && value < NEAR) return TOLERANCES.outline;
  if (kind === 'rx' && mesh) return { rtol: 2e-6, atol: 1e-5 };
  return value < 1 ? TOLERANCES.distanceNearZero : TOLERANCES.distance;
}

/** Azimuths mean the less, the nearer the point is from which or to which they are taken. */
function azimuthTolerance(
  kind: 'azimuth' | 'azimuthcp',
  s: number,
  sites: SitePoints,
  { surface }: Rupture,
  record: RuptureRecord,
  single: boolean,
): Tolerance {
  const [lon, lat] = kind === 'azimuth' ? surface.middle() : closestPoint(surface, sites, s);
  const distance = greatCircleDistance(sites.lon[s], sites.lat[s], lon, lat);
  const place = single ? 1e-2 : 1e-4;
  const vertical = kind === 'azimuth' && !(Math.abs((record.surface.dip ?? 0) - 90) > 1e-6);
  const mesh = record.surface.type !== 'PlanarSurface';
  return {
    rtol: 0,
    atol: (single || alongMeridian(record.surface) ? 5e-2 : 1e-5) + (place / distance) * RADIANS_TO_DEGREES,
    period: vertical && mesh ? 180 : 360,
  };
}

/** Longitude and latitude of the point of a surface that is closest to a site. */
function closestPoint(surface: Surface, sites: SitePoints, site: number): [number, number] {
  const place = new Float64Array(2);
  const index = Int32Array.of(site);
  surface.distances('clon', sites, index, 1, place, 0);
  surface.distances('clat', sites, index, 1, place, 1);
  return [place[0], place[1]];
}

/** Sources whose geometry passes through single precision. */
function isSingle({ type }: Source): boolean {
  return type === 'multiFault' || type === 'nonParametric' || type === 'characteristicFault';
}

function compareTotals(comparison: Comparison, { ruptures, source }: CaseSource, record: TotalsRecord): void {
  comparison.number('total count', ruptures.length, record.num_ruptures, TOLERANCES.exact, source.id);
  const byMagnitude = new Map<number, { num: number; rate: number }>();
  for (const { magnitude, rate } of ruptures) {
    const key = Math.round(magnitude * 1e6);
    const entry = byMagnitude.get(key) ?? { num: 0, rate: 0 };
    entry.num++;
    entry.rate += Number.isNaN(rate) ? 0 : rate;
    byMagnitude.set(key, entry);
  }
  for (const { mag, num, total_rate } of record.by_magnitude) {
    const entry = byMagnitude.get(Math.round(mag * 1e6));
    comparison.number('count by magnitude', entry?.num, num, TOLERANCES.exact, `${source.id} magnitude ${mag}`);
    comparison.number(
      'rate by magnitude',
      entry?.rate,
      total_rate,
      TOLERANCES.formula,
      `${source.id} magnitude ${mag}`,
    );
  }
}
