/**
 * Top edges of surfaces as poly-lines prepared for the generalised coordinates T and U (Spudich and Chiou 2015, USGS Open-File
 * Report 2015-1028). What one line contributes at one point depends neither on the other lines nor on the rupture, only on
 * whether the rupture runs through the line backwards: it is computed once per line and point and combined by `gc2.ts`.
 */
import type { SitePoints } from '../site/site-points.js';
import { azimuth } from '../geo/azimuth.js';
import { boundingBox } from '../geo/bounding-box.js';
import { unitVector } from '../geo/cartesian.js';
import { greatCircleDistance } from '../geo/distance.js';
import { DEGREES_TO_RADIANS } from '../geo/constants.js';
import { Orthographic } from '../geo/projection.js';

/** Lines in one buffer, each projected orthographically around the centre of its own box. */
export interface TraceLines {
  readonly count: number;
  /** [count + 1]: vertices of line l are start[l] .. start[l + 1] - 1, at least two */
  readonly start: Int32Array;
  /** [vertices] degrees */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** [vertices x 3] unit vectors */
  readonly vectors: Float64Array;
  /** [vertices] km in the projection of the line */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** [vertices], at the first vertex of each segment: length km and direction */
  readonly segmentLength: Float64Array;
  readonly directionX: Float64Array;
  readonly directionY: Float64Array;
  /** [count x 6] km: x and y in the projection of the line are the products of these vectors with a unit vector */
  readonly axes: Float64Array;
  /** [count] km */
  readonly length: Float64Array;
  /** [count] mean azimuth weighted by length, degrees */
  readonly azimuth: Float64Array;
}

/** Closer to a segment than this (km) a point counts as lying on it. */
const ON_TRACE = 0.1;

/** Prepares lines given as [lon, lat, lon, lat, ...] degrees. */
export function traceLines(lines: readonly Float64Array[]): TraceLines {
  const count = lines.length;
  const start = new Int32Array(count + 1);
  for (let l = 0; l < count; l++) start[l + 1] = start[l] + lines[l].length / 2;
  const vertices = start[count];
  const traces = {
    count,
    start,
    lon: new Float64Array(vertices),
    lat: new Float64Array(vertices),
    vectors: new Float64Array(3 * vertices),
    x: new Float64Array(vertices),
    y: new Float64Array(vertices),
    segmentLength: new Float64Array(vertices),
    directionX: new Float64Array(vertices),
    directionY: new Float64Array(vertices),
    axes: new Float64Array(6 * count),
    length: new Float64Array(count),
    azimuth: new Float64Array(count),
  };
  for (let l = 0; l < count; l++) addLine(traces, l, lines[l]);
  return traces;
}

function addLine(traces: TraceLines, line: number, points: Float64Array): void {
  const first = traces.start[line];
  const n = points.length / 2;
  const { lon, lat, x, y } = traces;
  for (let i = 0; i < n; i++) {
    lon[first + i] = points[2 * i];
    lat[first + i] = points[2 * i + 1];
    traces.vectors.set(unitVector(points[2 * i], points[2 * i + 1]), 3 * (first + i));
  }
  const projection = Orthographic.ofBox(boundingBox(lon, lat, first, first + n));
  for (let k = 0; k < 3; k++) {
    traces.axes[6 * line + k] = projection.xOf(Number(k === 0), Number(k === 1), Number(k === 2));
    traces.axes[6 * line + 3 + k] = projection.yOf(Number(k === 0), Number(k === 1), Number(k === 2));
  }
  let sumSin = 0;
  let sumCos = 0;
  let total = 0;
  for (let i = first; i < first + n; i++) {
    [x[i], y[i]] = projection.project(lon[i], lat[i]);
    if (i === first) continue;
    const dx = x[i] - x[i - 1];
    const dy = y[i] - y[i - 1];
    const length = Math.sqrt(dx * dx + dy * dy);
    traces.segmentLength[i - 1] = length;
    traces.directionX[i - 1] = dx / length;
    traces.directionY[i - 1] = dy / length;
    const arc = greatCircleDistance(lon[i - 1], lat[i - 1], lon[i], lat[i]);
    const angle = azimuth(lon[i - 1], lat[i - 1], lon[i], lat[i]) * DEGREES_TO_RADIANS;
    sumSin += arc * Math.sin(angle);
    sumCos += arc * Math.cos(angle);
    total += arc;
  }
  traces.length[line] = total;
  traces.azimuth[line] = (Math.atan2(sumSin, sumCos) / DEGREES_TO_RADIANS + 360) % 360;
}

/** Unit vectors of points. */
export type UnitVectors = Pick<SitePoints, 'unitX' | 'unitY' | 'unitZ'>;

/**
 * Coordinates of a point relative to one line (number 2 x line, and 1 more to run through it backwards), written to out[at .. at + 2]: T (km, positive to the right), U (km, from the
 * start along the line) and the weight of the line among others.
 *
 * A line run through backwards keeps its segment lengths and directions (with their sign changed) in the original order beside
 * the reversed vertices. For a bent line this mixes up segments; the reference does so, and its numbers are what users compare.
 */
export function lineCoordinates(
  traces: TraceLines,
  directedLine: number,
  { unitX, unitY, unitZ }: UnitVectors,
  point: number,
  out: Float64Array,
  at: number,
): void {
  const { axes } = traces;
  const line = directedLine >> 1;
  const backwards = (directedLine & 1) === 1;
  const ux = unitX[point];
  const uy = unitY[point];
  const uz = unitZ[point];
  const px = axes[6 * line] * ux + axes[6 * line + 1] * uy + axes[6 * line + 2] * uz;
  const py = axes[6 * line + 3] * ux + axes[6 * line + 4] * uy + axes[6 * line + 5] * uz;
  const first = traces.start[line];
  const last = traces.start[line + 1] - 1;
  const sign = backwards ? -1 : 1;
  let weights = 0;
  let sumT = 0;
  let sumU = 0;
  let along = 0;
  let onTrace = false;
  for (let i = first; i < last; i++) {
    const origin = backwards ? last - (i - first) : i;
    const dx = px - traces.x[origin];
    const dy = py - traces.y[origin];
    const directionX = sign * traces.directionX[i];
    const directionY = sign * traces.directionY[i];
    const length = traces.segmentLength[i];
    const u = dx * directionX + dy * directionY;
    const t = dx * directionY - dy * directionX;
    const w = segmentWeight(u, t, length);
    if (isOnSegment(u, t, length)) onTrace = true;
    weights += w;
    sumT += t * w;
    sumU += (u + along) * w;
    along += length;
  }
  out[at] = onTrace ? 0 : sumT / weights;
  out[at + 1] = sumU / weights;
  out[at + 2] = weights;
}

/**
 * Weight of a segment of some length for a point at u along it from its start and t beside it, km: the angle under which the
 * point sees the segment over t, with its limit in the prolongation of the segment, and a large weight on the segment itself.
 */
export function segmentWeight(u: number, t: number, length: number): number {
  if (t >= ON_TRACE || t <= -ON_TRACE) return Math.atan2(t * length, t * t + u * (u - length)) / t;
  if (u < -ON_TRACE || u > length + ON_TRACE) return 1 / (u - length) - 1 / u;
  return 1 / (-0.01 - length) + 100;
}

function isOnSegment(u: number, t: number, length: number): boolean {
  return t < ON_TRACE && t > -ON_TRACE && u >= -ON_TRACE && u <= length + ON_TRACE;
}

/** Vertices of a line at which its azimuth changes by more than `angle` degrees, and its ends: [lon, lat, ...]. */
export function keepCorners(points: Float64Array, angle: number): Float64Array {
  const n = points.length / 2;
  const kept: number[] = [points[0], points[1]];
  let before = azimuth(points[0], points[1], points[2], points[3]);
  for (let i = 1; i < n - 1; i++) {
    const after = azimuth(points[2 * i], points[2 * i + 1], points[2 * i + 2], points[2 * i + 3]);
    const turn = Math.abs(((after - before + 540) % 360) - 180);
    if (turn > angle) kept.push(points[2 * i], points[2 * i + 1]);
    before = after;
  }
  kept.push(points[2 * n - 2], points[2 * n - 1]);
  return Float64Array.from(kept);
}
