import { azimuth, modulo } from './azimuth.js';
import type { Vector } from './cartesian.js';
import { DEGREES_TO_RADIANS, RADIANS_TO_DEGREES } from './constants.js';
import { destination } from './destination.js';
import { distance3d, greatCircleDistance } from './distance.js';
import { Orthographic } from './projection.js';

/** Polylines are flat arrays [lon, lat, depth, ...]. */

/** Consecutive points closer than this are merged, km. */
const MERGING_DISTANCE = 1e-3;

/** Point i of a polyline. */
export function pointOf(line: Float64Array, i: number): Vector {
  return [line[3 * i], line[3 * i + 1], line[3 * i + 2]];
}

/** The polyline without points closer than 1 m to the one kept before. */
export function withoutRepeatedPoints(line: Float64Array): Float64Array {
  const kept: number[] = [line[0], line[1], line[2]];
  for (let i = 1; i < line.length / 3; i++) {
    const [lon, lat, depth] = pointOf(line, i);
    const k = kept.length - 3;
    if (distance3d(kept[k], kept[k + 1], kept[k + 2], lon, lat, depth) >= MERGING_DISTANCE) kept.push(lon, lat, depth);
  }
  return Float64Array.from(kept);
}

/** Sum of the 3-D lengths of the segments, km. */
export function polylineLength(line: Float64Array): number {
  let length = 0;
  for (let i = 1; i < line.length / 3; i++) length += distance3d(...pointOf(line, i - 1), ...pointOf(line, i));
  return length;
}

/** Circular mean of the azimuths of the segments weighted with their horizontal lengths, degrees in [0, 360). */
export function meanAzimuth(line: Float64Array): number {
  let sine = 0;
  let cosine = 0;
  for (let i = 1; i < line.length / 3; i++) {
    const [lon1, lat1] = pointOf(line, i - 1);
    const [lon2, lat2] = pointOf(line, i);
    const weight = greatCircleDistance(lon1, lat1, lon2, lat2);
    const angle = azimuth(lon1, lat1, lon2, lat2) * DEGREES_TO_RADIANS;
    sine += weight * Math.sin(angle);
    cosine += weight * Math.cos(angle);
  }
  return modulo(Math.atan2(sine, cosine) * RADIANS_TO_DEGREES, 360);
}

function straightDistance(a: Vector, b: Vector): number {
  // not Math.hypot, which is ten times slower
  const x = a[0] - b[0];
  const y = a[1] - b[1];
  const z = a[2] - b[2];
  return Math.sqrt(x * x + y * y + z * z);
}

/** The point at a straight distance from a towards b. */
function stepTowards(a: Vector, b: Vector, step: number): Vector {
  const fraction = step / straightDistance(a, b);
  return [a[0] + fraction * (b[0] - a[0]), a[1] + fraction * (b[1] - a[1]), a[2] + fraction * (b[2] - a[2])];
}

/** The point of segment a-b at a distance from a centre: of the two on the line, the one nearer to a if it is in the segment. */
function sphereSegmentIntersection(a: Vector, b: Vector, centre: Vector, radius: number): Vector {
  const d: Vector = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const q: Vector = [b[0] - centre[0], b[1] - centre[1], b[2] - centre[2]];
  const squared = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
  const half = d[0] * q[0] + d[1] * q[1] + d[2] * q[2];
  const rest = q[0] * q[0] + q[1] * q[1] + q[2] * q[2] - radius * radius;
  const root = Math.sqrt(Math.max(0, half * half - squared * rest));
  const at = (u: number): Vector => [b[0] + u * d[0], b[1] + u * d[1], b[2] + u * d[2]];
  const near = at((root - half) / squared);
  const inSegment = near.every((c, k) => c >= Math.min(a[k], b[k]) && c <= Math.max(a[k], b[k]));
  return inSegment ? near : at((-root - half) / squared);
}

/**
 * Samples of a polyline at a straight step in km. Whether a last sample beyond the end is added depends on the remaining
 * distance and on the direction of the last step: when the length is a whole number of steps within 1e-4 of a step, one
 * step too many is appended, because the last sample overshoots the end by a hair; the reference does the same, and
 * numbers of ruptures depend on it.
 */
export function resampledByStep(line: Float64Array, step: number): Float64Array {
  return resample(line, step).samples;
}

/** `resampledByStep`, closed by the end vertex itself where the step rule would extrapolate beyond the last segment. */
export function resample(line: Float64Array, step: number): { samples: Float64Array; extrapolated: boolean } {
  const vertices = withoutRepeatedPoints(line);
  const n = vertices.length / 3;
  const projection = Orthographic.ofPoints(vertices, 3);
  const plane: Vector[] = [];
  for (let i = 0; i < n; i++) {
    const [lon, lat, depth] = pointOf(vertices, i);
    plane.push([...projection.project(lon, lat), depth]);
  }
  const samples: Vector[] = [plane[0]];
  let last = plane[0];
  let pointer = 0;
  for (;;) {
    let nearest = pointer;
    let farthest = -1;
    for (let k = pointer; k < n; k++) {
      const d = straightDistance(plane[k], last);
      if (d <= step && d > farthest) {
        farthest = d;
        nearest = k;
      }
    }
    if (nearest === n - 1) break;
    last = sphereSegmentIntersection(plane[nearest], plane[nearest + 1], last, step);
    samples.push(last);
    while (straightDistance(last, plane[nearest + 1]) > 0.9999 * step) {
      last = stepTowards(last, plane[nearest + 1], step);
      samples.push(last);
    }
    pointer = nearest + 1;
  }
  const back = (p: Vector): Vector => [...projection.inverse(p[0], p[1]), p[2]];
  const rest = straightDistance(last, plane[n - 1]);
  const straight = continuesStraight(samples.slice(-2).map(back), pointOf(vertices, n - 1));
  const extrapolated = n > 1 && ((rest > step / 2 && straight) || (rest < step / 2 && !straight));
  if (extrapolated) {
    const [a, b] = [plane[n - 2], plane[n - 1]];
    samples.push(stepTowards(last, [last[0] + b[0] - a[0], last[1] + b[1] - a[1], last[2] + b[2] - a[2]], step));
  }
  return { samples: Float64Array.from(samples.flatMap(back)), extrapolated };
}

/**
 * Whether the end vertex lies ahead of the last two samples: azimuths less than 30 degrees apart, without wrapping at 360
 * as in the reference; for steep lines, whose azimuths mean nothing, whether the end is not shallower than the last sample.
 */
function continuesStraight(lastTwo: readonly Vector[], end: Vector): boolean {
  if (lastTwo.length < 2) return true;
  const [[lon1, lat1], [lon2, lat2, depth2]] = lastTwo;
  if (Math.abs(lon1 - lon2) < 0.01 && Math.abs(lat1 - lat2) < 0.01) return !(end[2] < depth2);
  return Math.abs(azimuth(lon1, lat1, lon2, lat2) - azimuth(lon2, lat2, end[0], end[1])) < 30;
}

/** The polyline resampled to n points of equal arc length. */
export function resampledToCount(line: Float64Array, n: number): Float64Array {
  const vertices = withoutRepeatedPoints(line);
  const segments = vertices.length / 3 - 1;
  const lengths = new Float64Array(segments);
  let total = 0;
  for (let i = 0; i < segments; i++) {
    lengths[i] = distance3d(...pointOf(vertices, i), ...pointOf(vertices, i + 1));
    total += lengths[i];
  }
  const out = new Float64Array(3 * n);
  out.set(pointOf(vertices, 0));
  const step = total / (n - 1);
  let segment = -1;
  let reached = 0;
  for (let i = 1; i < n; i++) {
    const target = i * step;
    while (target > reached && segment < segments - 1) reached += lengths[++segment];
    const offset = target - (reached - lengths[segment]);
    const start = pointOf(vertices, segment);
    if (offset < 1e-5) {
      out.set(start, 3 * i);
      continue;
    }
    const end = pointOf(vertices, segment + 1);
    const fraction = offset / lengths[segment];
    const horizontal = greatCircleDistance(start[0], start[1], end[0], end[1]) * fraction;
    const [lon, lat] = destination(start[0], start[1], azimuth(start[0], start[1], end[0], end[1]), horizontal);
    out.set([lon, lat, start[2] + fraction * (end[2] - start[2])], 3 * i);
  }
  return out;
}
