/**
 * Length of the path through volcanic zones, for models whose waves lose energy there (Zhao et al. 2016): the path from the
 * site to the closest point of the rupture is sampled at equal steps, and the steps inside a zone are counted.
 */
import { DEGREES_TO_RADIANS, EARTH_RADIUS, RADIANS_TO_DEGREES } from '../../geo/constants.js';
import { insideRing } from '../../geo/planar-polygon.js';
import { pointsTowards } from '../../geo/destination.js';
import { azimuth } from '../../geo/azimuth.js';
import { greatCircleDistance } from '../../geo/distance.js';
import type { ContextBatch, Requirements } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';
import type { GroundMotionModel } from '../model.js';
import { refusal } from '../../refusal.js';

/** Samples along a path, both ends included. */
const SAMPLES = 100;
/** km: lengths above 0 are held between these */
const SHORTEST = 12;
const LONGEST = 80;

/** km: pieces into which the edges of zones are cut */
const LONGEST_PIECE = 10;

/** Zones as rings [lon, lat, ...] in degrees; long edges have points of the great circle between their ends. */
export type VolcanicZones = readonly Float64Array[];

interface Feature {
  readonly geometry?: { readonly type?: string; readonly coordinates?: unknown };
}

/** Reads the zones of a GeoJSON feature collection of polygons; only outer rings count. Errors: Refusal naming the file. */
export function readVolcanicZones(text: string, file: string): VolcanicZones {
  let features: readonly Feature[] | undefined;
  try {
    features = (JSON.parse(text) as { features?: readonly Feature[] }).features;
  } catch (cause) {
    throw refusal('MODEL_FILE', `'${file}' is not a GeoJSON file`, {}, { cause });
  }
  if (!Array.isArray(features) || features.length === 0)
    throw refusal('MODEL_FILE', `'${file}' has no features with volcanic zones`);
  return features.map(({ geometry }, k) => {
    const ring = geometry?.type === 'Polygon' ? (geometry.coordinates as unknown[] | undefined)?.[0] : undefined;
    const flat = Array.isArray(ring)
      ? Float64Array.from((ring as number[][]).flatMap(([lon, lat]) => [lon, lat]))
      : undefined;
    if (!flat || flat.length < 6 || flat.some((value) => !Number.isFinite(value)))
      throw refusal(
        'MODEL_FILE',
        `'${file}', feature ${k + 1}: a polygon with at least three points [lon, lat] is needed`,
      );
    return alongGreatCircles(flat);
  });
}

/** The ring with further vertices, so that straight lines between them in longitude and latitude follow the great circles. */
function alongGreatCircles(ring: Float64Array): Float64Array {
  const out: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    const [lon, lat, lon2, lat2] = [ring[i], ring[i + 1], ring[j], ring[j + 1]];
    const length = greatCircleDistance(lon, lat, lon2, lat2);
    const pieces = Math.max(1, Math.ceil(length / LONGEST_PIECE));
    const points = pointsTowards([lon, lat, 0], azimuth(lon, lat, lon2, lat2), length, 0, pieces + 1);
    for (let k = 0; k < pieces; k++) out.push(points[3 * k], points[3 * k + 1]);
  }
  return Float64Array.from(out);
}

/** The model with rvolc replaced by the length of the path through the zones. */
export function throughZones(model: GroundMotionModel, zones: VolcanicZones): GroundMotionModel {
  const requires: Requirements = {
    rupture: model.requires.rupture,
    distances: [...new Set([...model.requires.distances, 'clon', 'clat', 'rvolc'] as const)],
    site: [...new Set([...model.requires.site, 'lon', 'lat'])],
  };
  return {
    id: model.id,
    requires,
    prepare(imts, sites, capacity) {
      const evaluate = model.prepare(imts, sites, capacity);
      const lengths = new Float64Array(capacity);
      return (batch, out) => {
        pathLengths(zones, sites, batch, lengths);
        const given = batch.rvolc;
        batch.rvolc = lengths;
        evaluate(batch, out);
        batch.rvolc = given;
      };
    },
  };
}

/** Writes the length inside zones, km, of every context of the batch. */
export function pathLengths(zones: VolcanicZones, sites: SiteParameters, batch: ContextBatch, out: Float64Array): void {
  const { lon, lat } = sites.numeric;
  for (let i = 0; i < batch.size; i++) {
    const s = batch.site[i];
    const length = lengthInside(zones, lon[s], lat[s], batch.clon[i], batch.clat[i]);
    out[i] = length === 0 ? 0 : Math.min(LONGEST, Math.max(SHORTEST, length));
  }
}

/** Great-circle sampling by interpolation between unit vectors. Angles in degrees, result in km. */
function lengthInside(zones: VolcanicZones, lon1: number, lat1: number, lon2: number, lat2: number): number {
  const a1 = lon1 * DEGREES_TO_RADIANS;
  const b1 = lat1 * DEGREES_TO_RADIANS;
  const a2 = lon2 * DEGREES_TO_RADIANS;
  const b2 = lat2 * DEGREES_TO_RADIANS;
  const x1 = Math.cos(b1) * Math.cos(a1);
  const y1 = Math.cos(b1) * Math.sin(a1);
  const z1 = Math.sin(b1);
  const x2 = Math.cos(b2) * Math.cos(a2);
  const y2 = Math.cos(b2) * Math.sin(a2);
  const z2 = Math.sin(b2);
  const half = Math.sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2 + (z1 - z2) ** 2) / 2;
  const angle = 2 * Math.asin(Math.min(1, half));
  if (angle === 0) return 0;
  const step = (EARTH_RADIUS * angle) / (SAMPLES - 1);
  const sine = Math.sin(angle);
  let inside = 0;
  for (let k = 0; k < SAMPLES; k++) {
    const t = k / (SAMPLES - 1);
    const p = Math.sin((1 - t) * angle) / sine;
    const q = Math.sin(t * angle) / sine;
    const x = p * x1 + q * x2;
    const y = p * y1 + q * y2;
    const lon = Math.atan2(y, x) * RADIANS_TO_DEGREES;
    const lat = Math.atan2(p * z1 + q * z2, Math.sqrt(x * x + y * y)) * RADIANS_TO_DEGREES;
    for (const zone of zones) if (insideRing(zone, lon, lat)) inside++;
  }
  return inside * step;
}
