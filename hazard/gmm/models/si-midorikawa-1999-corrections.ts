import { DEGREES_TO_RADIANS, EARTH_RADIUS } from '../../geo/constants.js';
import type { ContextBatch } from '../../contexts/context-batch.js';
import type { SiteParameters } from '../../site/site-parameters.js';

/*
 * Corrections of Si & Midorikawa (1999) for the anomalous intensity of deep earthquakes in Japan: Technical Reports on
 * National Seismic Hazard Maps for Japan (NIED, 2009), pages 148-151.
 */

/** Which of the two corrections is meant: that for north-east or that for south-west Japan. */
export type Corner = 'northEast' | 'southWest';
type Line = readonly (readonly [lon: number, lat: number])[];

/** Trench along which the Pacific plate sinks, from south to north. */
const TRENCH: Line = [
  [143.5, 24],
  [143, 29],
  [141.9, 33.8],
  [142.4, 35.8],
  [143.25, 36.55],
  [143.8, 37.7],
  [144.2, 39.2],
  [144.3, 40.1],
  [144.65, 41],
  [146.8, 42],
  [153, 45.5],
];
/** Volcanic front of south-west Japan, from west to east. */
const VOLCANIC_FRONT: Line = [
  [122, 24.5],
  [124, 24.5],
  [128.3, 27.9],
  [129.7, 29.5],
  [130.8, 31.5],
  [131.6, 33.4],
  [132, 34.9],
  [133.7, 35.3],
  [134.9, 35.3],
  [136.9, 36.2],
];

/** Adds the correction to the mean of every context. */
export function correction(
  corner: Corner,
  kind: 'PGA' | 'PGV',
  sites: SiteParameters,
): (batch: ContextBatch, mean: Float64Array) => void {
  const { lon, lat } = sites.numeric;
  return corner === 'northEast' ? northEast(kind, lon, lat) : southWest(kind, lon, lat);
}

function northEast(kind: 'PGA' | 'PGV', lon: Float64Array, lat: Float64Array) {
  const isPgv = kind === 'PGV';
  const [slope, constant] = isPgv ? [-4.021e-5, 0.009905] : [-8.1e-5, 0.02];
  const perDepth = lon.map((x, s) => Math.LN10 * (slope * Math.abs(signedDistance(TRENCH, x, lat[s])) + constant));
  // growth with distance, at least 1: 10^constant (Rrup / 300)^power
  const lnFactor = Math.LN10 * (isPgv ? -0.012 : 0.13);
  const power = isPgv ? 2.064 : 3.2;
  return ({ start, site, rrup, hypoDepth, ruptures }: ContextBatch, mean: Float64Array): void => {
    for (let r = 0; r < ruptures; r++) {
      const depth = Math.max(hypoDepth[r] - 30, 0);
      for (let i = start[r]; i < start[r + 1]; i++)
        mean[i] += Math.max(0, lnFactor + power * Math.log(rrup[i] / 300)) + perDepth[site[i]] * depth;
    }
  };
}

function southWest(kind: 'PGA' | 'PGV', lon: Float64Array, lat: Float64Array) {
  const [slope, far] = kind === 'PGV' ? [4.28e-5, 0.00321] : [7.06e-5, 0.0053];
  const perDepth = lon.map((x, s) => {
    const distance = signedDistance(VOLCANIC_FRONT, x, lat[s]);
    return Math.LN10 * (distance <= 75 ? slope * distance : far);
  });
  return ({ start, site, hypoDepth, ruptures }: ContextBatch, mean: Float64Array): void => {
    for (let r = 0; r < ruptures; r++) {
      const depth = hypoDepth[r] - 30;
      for (let i = start[r]; i < start[r + 1]; i++) mean[i] += perDepth[site[i]] * depth;
    }
  };
}

/** Azimuth in radians from one point to another, degrees. */
function azimuth(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const dLon = (lon2 - lon1) * DEGREES_TO_RADIANS;
  const phi1 = lat1 * DEGREES_TO_RADIANS;
  const phi2 = lat2 * DEGREES_TO_RADIANS;
  return Math.atan2(
    Math.sin(dLon) * Math.cos(phi2),
    Math.cos(phi1) * Math.sin(phi2) - Math.sin(phi1) * Math.cos(phi2) * Math.cos(dLon),
  );
}

/** Great-circle distance, km. */
function distanceBetween(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const sinLat = Math.sin(((lat2 - lat1) * DEGREES_TO_RADIANS) / 2);
  const sinLon = Math.sin(((lon2 - lon1) * DEGREES_TO_RADIANS) / 2);
  const cosines = Math.cos(lat1 * DEGREES_TO_RADIANS) * Math.cos(lat2 * DEGREES_TO_RADIANS);
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(sinLat * sinLat + cosines * sinLon * sinLon));
}

/**
 * Distance in km of a point (degrees) from a line, positive on its right: that to the segment which is closest. As in the
 * reference engine the first and the last segment reach beyond their ends.
 */
function signedDistance(line: Line, lon: number, lat: number): number {
  const last = line.length - 2;
  let closest = Infinity;
  for (let k = 0; k <= last; k++) {
    let distance: number;
    if (k === last) distance = openSegment(line[k], line[k + 1], lon, lat);
    else if (k === 0) distance = -openSegment(line[1], line[0], lon, lat);
    else distance = closedSegment(line[k], line[k + 1], lon, lat);
    if (Math.abs(distance) < Math.abs(closest)) closest = distance;
  }
  return closest;
}

type Point = readonly [lon: number, lat: number];

/** Segment that is prolonged beyond q. */
function openSegment(p: Point, q: Point, lon: number, lat: number): number {
  const t = azimuth(...p, lon, lat) - azimuth(...p, ...q);
  const d = distanceBetween(...p, lon, lat);
  if (Math.cos(t) > 0) return EARTH_RADIUS * Math.asin(Math.sin(t) * Math.sin(d / EARTH_RADIUS));
  return Math.sin(t) >= 0 ? d : -d;
}

/** Segment between two others: beyond its ends the straight distance to the end counts. */
function closedSegment(p: Point, q: Point, lon: number, lat: number): number {
  const along = azimuth(...p, ...q);
  const t = azimuth(...p, lon, lat) - along;
  const fromEnd = azimuth(...q, lon, lat) - along;
  const d = distanceBetween(...p, lon, lat);
  let distance: number;
  if (Math.cos(t) >= 0 && Math.cos(fromEnd) <= 0)
    distance = Math.abs(EARTH_RADIUS * Math.asin(Math.sin(t) * Math.sin(d / EARTH_RADIUS)));
  else distance = 2 * EARTH_RADIUS * Math.sin(Math.min(d, distanceBetween(...q, lon, lat)) / (2 * EARTH_RADIUS));
  return Math.sin(t) < 0 ? -distance : distance;
}
