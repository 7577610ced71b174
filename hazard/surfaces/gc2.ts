/** How the lines of a rupture are strung together for generalised coordinates (SPEC of GC2: Spudich and Chiou 2015). */
import { azimuth } from '../geo/azimuth.js';
import { greatCircleDistance } from '../geo/distance.js';
import { unitVector } from '../geo/cartesian.js';
import { DEGREES_TO_RADIANS, RADIANS_TO_DEGREES } from '../geo/constants.js';
import { Orthographic } from '../geo/projection.js';
import { lineCoordinates, type TraceLines } from './trace-lines.js';

/** Lines of a rupture in the order in which it runs through them. */
export interface TraceArrangement {
  /** [members] line numbers */
  readonly members: Int32Array;
  /** [members] positions in `members` in the order along the rupture */
  readonly order: Int32Array;
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
  const n = members.length;
  const lon = new Float64Array(2 * n);
  const lat = new Float64Array(2 * n);
  for (let m = 0; m < n; m++) {
    const first = traces.start[members[m]];
    const last = traces.start[members[m] + 1] - 1;
    lon[2 * m] = traces.lon[backwards[m] ? last : first];
    lat[2 * m] = traces.lat[backwards[m] ? last : first];
    lon[2 * m + 1] = traces.lon[backwards[m] ? first : last];
    lat[2 * m + 1] = traces.lat[backwards[m] ? first : last];
  }
  const projection = Orthographic.ofCoordinates(lon, lat);
  const east = (direction > 0 && direction <= 180) || Math.abs(direction) < 0.1;
  const x = new Float64Array(2 * n);
  let origin = 0;
  for (let e = 0; e < 2 * n; e++) {
    x[e] = projection.project(lon[e], lat[e])[0];
    if (east ? x[e] < x[origin] - SAME_PLACE : x[e] > x[origin] + SAME_PLACE) origin = e;
  }
  const west = Float64Array.from(members, (_, m) => Math.min(x[2 * m], x[2 * m + 1]));
  const order = Int32Array.from(members, (_, m) => m).sort((a, b) => (east ? west[a] - west[b] : west[b] - west[a]));
  const shift = new Float64Array(n);
  for (let m = 0; m < n; m++) {
    const distance = greatCircleDistance(lon[origin], lat[origin], lon[2 * m], lat[2 * m]);
    const angle = direction - azimuth(lon[origin], lat[origin], lon[2 * m], lat[2 * m]);
    shift[m] = Math.cos(angle * DEGREES_TO_RADIANS) * distance;
  }
  return { members, order, backwards, shift };
}

/** T and U of a point, a unit vector, relative to a rupture, km, written to out[at], out[at + 1]. */
export function ruptureCoordinates(
  traces: TraceLines,
  arrangement: TraceArrangement,
  ux: number,
  uy: number,
  uz: number,
  out: Float64Array,
  at: number,
): void {
  const { members, backwards, shift } = arrangement;
  const line = new Float64Array(3);
  let weights = 0;
  let sumT = 0;
  let sumU = 0;
  for (let m = 0; m < members.length; m++) {
    lineCoordinates(traces, members[m], backwards[m] === 1, ux, uy, uz, line, 0);
    weights += line[2];
    sumT += line[0] * line[2];
    sumU += (line[1] + shift[m]) * line[2];
  }
  out[at] = sumT / weights;
  out[at + 1] = sumU / weights;
}

/** Largest |U| over the ends of the lines of a rupture, km. */
export function largestU(traces: TraceLines, arrangement: TraceArrangement): number {
  const out = new Float64Array(2);
  let largest = 0;
  for (const line of arrangement.members) {
    for (const vertex of [traces.start[line], traces.start[line + 1] - 1]) {
      const [ux, uy, uz] = unitVector(traces.lon[vertex], traces.lat[vertex]);
      ruptureCoordinates(traces, arrangement, ux, uy, uz, out, 0);
      largest = Math.max(largest, Math.abs(out[1]));
    }
  }
  return largest;
}

/** ry0 of SPEC: km beyond the ends of the rupture along U, 0 beside it. */
export function distanceBeyondEnds(u: number, largest: number): number {
  if (u < 0) return -u;
  return u > largest ? u - largest : 0;
}
