/** How the lines of a rupture are strung together for generalised coordinates (GC2: Spudich & Chiou 2015, USGS Open-File Report 2015-1028). */
import { direction as tangent, type Vector } from '../geo/cartesian.js';
import { DEGREES_TO_RADIANS, EARTH_RADIUS, RADIANS_TO_DEGREES } from '../geo/constants.js';
import { Orthographic } from '../geo/projection.js';
import { lineCoordinates, segmentWeight, type TraceLines, type UnitVectors } from './trace-lines.js';

/** How a rupture runs through its lines. Their order along it does not matter to T and U. */
export interface TraceArrangement {
  /** [members] line numbers */
  readonly members: Int32Array;
  /** [members] 1 where the rupture runs through the line backwards */
  readonly backwards: Uint8Array;
  /** [members] km along the rupture at which the line begins */
  readonly shift: Float64Array;
}

/** km: ends nearer than this to one meridian are equally far west, and the first of them begins the rupture. */
const SAME_PLACE = 1e-6;

/** Strings the lines together: which are reversed, in which order, and where along the rupture each begins. */
export function arrangeTraces(traces: TraceLines, members: Int32Array): TraceArrangement {
  const n = members.length;
  const backwards = new Uint8Array(n);
  const mean = meanAzimuth(traces, members, backwards);
  let agreeing = 0;
  let all = 0;
  for (let m = 0; m < n; m++) {
    const deviation = traces.azimuth[members[m]] - mean;
    const weight = traces.length[members[m]] * Math.abs(Math.cos(deviation * DEGREES_TO_RADIANS));
    all += weight;
    if ((((deviation + 90) % 360) + 360) % 360 < 180) agreeing += weight;
    else backwards[m] = 1;
  }
  if (!(agreeing / all > 0.5)) for (let m = 0; m < n; m++) backwards[m] = 1 - backwards[m];
  const direction = meanAzimuth(traces, members, backwards);
  return placeTraces(traces, members, backwards, direction);
}

/** Circular mean of the azimuths of the lines, weighted by length; degrees in [0, 360). */
function meanAzimuth(traces: TraceLines, members: Int32Array, backwards: Uint8Array): number {
  let sumSin = 0;
  let sumCos = 0;
  for (let m = 0; m < members.length; m++) {
    const line = members[m];
    const angle = (traces.azimuth[line] + (backwards[m] ? 180 : 0)) * DEGREES_TO_RADIANS;
    sumSin += traces.length[line] * Math.sin(angle);
    sumCos += traces.length[line] * Math.cos(angle);
  }
  return (Math.atan2(sumSin, sumCos) * RADIANS_TO_DEGREES + 360) % 360;
}

function placeTraces(
  traces: TraceLines,
  members: Int32Array,
  backwards: Uint8Array,
  direction: number,
): TraceArrangement {
  const { origin, east, north } = frameAtOrigin(traces, members, direction);
  const ahead = Math.cos(direction * DEGREES_TO_RADIANS);
  const aside = Math.sin(direction * DEGREES_TO_RADIANS);
  const { vectors, start } = traces;
  const shift = new Float64Array(members.length);
  for (let m = 0; m < members.length; m++) {
    const line = members[m];
    const at = 3 * (backwards[m] ? start[line + 1] - 1 : start[line]);
    const dx = vectors[at] - vectors[origin];
    const dy = vectors[at + 1] - vectors[origin + 1];
    const dz = vectors[at + 2] - vectors[origin + 2];
    const distance = 2 * EARTH_RADIUS * Math.asin(Math.min(1, 0.5 * Math.sqrt(dx * dx + dy * dy + dz * dz)));
    const e = dx * east[0] + dy * east[1] + dz * east[2];
    const n = dx * north[0] + dy * north[1] + dz * north[2];
    // distance times the cosine of the angle between the direction of the rupture and that of the line's beginning
    if (distance > 0) shift[m] = (distance * (n * ahead + e * aside)) / Math.sqrt(e * e + n * n);
  }
  return { members, backwards, shift };
}

/** The end of a line at which the rupture begins (position in `vectors`), and the directions of east and north there. */
function frameAtOrigin(
  traces: TraceLines,
  members: Int32Array,
  direction: number,
): { origin: number; east: Vector; north: Vector } {
  const count = 2 * members.length;
  const ends = new Int32Array(count);
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  for (let m = 0; m < members.length; m++) {
    ends[2 * m] = traces.start[members[m]];
    ends[2 * m + 1] = traces.start[members[m] + 1] - 1;
  }
  for (let e = 0; e < count; e++) {
    lon[e] = traces.lon[ends[e]];
    lat[e] = traces.lat[ends[e]];
  }
  const projection = Orthographic.ofCoordinates(lon, lat);
  const eastwards = (direction > 0 && direction <= 180) || Math.abs(direction) < 0.1;
  const { vectors } = traces;
  let origin = 0;
  let farthest = eastwards ? Infinity : -Infinity;
  for (let e = 0; e < count; e++) {
    const at = 3 * ends[e];
    const x = projection.xOf(vectors[at], vectors[at + 1], vectors[at + 2]);
    if (eastwards ? x < farthest - SAME_PLACE : x > farthest + SAME_PLACE) {
      farthest = x;
      origin = e;
    }
  }
  return {
    origin: 3 * ends[origin],
    east: tangent(lon[origin], lat[origin], 90),
    north: tangent(lon[origin], lat[origin], 0),
  };
}

/** T and U of a point relative to a rupture, km, written to out[0], out[1]. */
export function ruptureCoordinates(
  traces: TraceLines,
  arrangement: TraceArrangement,
  points: UnitVectors,
  point: number,
  out: Float64Array,
): void {
  const { members, backwards, shift } = arrangement;
  const line = new Float64Array(3);
  let weights = 0;
  let sumT = 0;
  let sumU = 0;
  for (let m = 0; m < members.length; m++) {
    lineCoordinates(traces, 2 * members[m] + backwards[m], points, point, line, 0);
    weights += line[2];
    sumT += line[0] * line[2];
    sumU += (line[1] + shift[m]) * line[2];
  }
  out[0] = sumT / weights;
  out[1] = sumU / weights;
}

/** Largest |U| over the ends of the lines of a rupture, km. */
export function largestU(traces: TraceLines, arrangement: TraceArrangement): number {
  let largest = 0;
  for (const line of arrangement.members) {
    largest = Math.max(largest, Math.abs(uOfVertex(traces, arrangement, traces.start[line])));
    largest = Math.max(largest, Math.abs(uOfVertex(traces, arrangement, traces.start[line + 1] - 1)));
  }
  return largest;
}

/** U of a vertex relative to a rupture, km. The straight lines of large fault models are treated in place, for speed. */
function uOfVertex(traces: TraceLines, { members, backwards, shift }: TraceArrangement, vertex: number): number {
  const { start, vectors, axes, x, y, directionX, directionY, segmentLength } = traces;
  const ux = vectors[3 * vertex];
  const uy = vectors[3 * vertex + 1];
  const uz = vectors[3 * vertex + 2];
  let weights = 0;
  let sum = 0;
  for (let m = 0; m < members.length; m++) {
    const line = members[m];
    const first = start[line];
    if (start[line + 1] - first > 2) {
      const out = new Float64Array(3);
      const here = { unitX: Float64Array.of(ux), unitY: Float64Array.of(uy), unitZ: Float64Array.of(uz) };
      lineCoordinates(traces, 2 * line + backwards[m], here, 0, out, 0);
      weights += out[2];
      sum += (out[1] + shift[m]) * out[2];
      continue;
    }
    const dx = axes[6 * line] * ux + axes[6 * line + 1] * uy + axes[6 * line + 2] * uz - x[first];
    const dy = axes[6 * line + 3] * ux + axes[6 * line + 4] * uy + axes[6 * line + 5] * uz - y[first];
    const length = segmentLength[first];
    const u = dx * directionX[first] + dy * directionY[first];
    const w = segmentWeight(u, dx * directionY[first] - dy * directionX[first], length);
    weights += w;
    sum += ((backwards[m] === 1 ? length - u : u) + shift[m]) * w;
  }
  return sum / weights;
}

/** ry0 (docs/sources.md, Distances): km beyond the ends of the rupture along U, 0 beside it. */
export function distanceBeyondEnds(u: number, largest: number): number {
  if (u < 0) return -u;
  return u > largest ? u - largest : 0;
}
