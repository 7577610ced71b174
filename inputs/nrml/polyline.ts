import type { Scope } from './scope.js';
import type { Element } from './xml.js';

/** Reports a line (or ring) of [lon, lat, ...] that crosses or touches itself. Neighbouring segments may share their ends. */
export function checkCrossings(
  points: Float64Array,
  closed: boolean,
  element: Element,
  scope: Scope,
  subject: string,
): void {
  const line = withoutRepetitions(unwrapped(points), closed);
  const vertices = line.length / 2;
  const segments = closed ? vertices : vertices - 1;
  const order = Array.from({ length: segments }, (_, i) => i);
  const west = order.map((i) => Math.min(line[2 * i], line[2 * ((i + 1) % vertices)]));
  const east = order.map((i) => Math.max(line[2 * i], line[2 * ((i + 1) % vertices)]));
  order.sort((a, b) => west[a] - west[b]);
  for (let p = 0; p < segments; p++) {
    const i = order[p];
    for (let q = p + 1; q < segments && west[order[q]] <= east[i]; q++) {
      const j = order[q];
      const gap = Math.abs(i - j);
      const neighbours = gap === 1 || (closed && gap === segments - 1);
      if (neighbours ? !foldsBack(line, i, j, vertices) : !intersect(line, i, j, vertices)) continue;
      scope.fault(
        element,
        `${subject} crosses itself between its points ${Math.min(i, j) + 1} and ${Math.max(i, j) + 2}`,
      );
      return;
    }
  }
}

/** Longitudes made continuous across the date line. */
function unwrapped(points: Float64Array): Float64Array {
  const line = Float64Array.from(points);
  for (let i = 2; i < line.length; i += 2) {
    while (line[i] - line[i - 2] > 180) line[i] -= 360;
    while (line[i] - line[i - 2] < -180) line[i] += 360;
  }
  return line;
}

/** Drops a point equal to the one before it, and in a ring the last if it repeats the first. */
export function withoutRepetitions(points: Float64Array, closed: boolean): Float64Array {
  const kept: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const n = kept.length;
    if (n > 0 && kept[n - 2] === points[i] && kept[n - 1] === points[i + 1]) continue;
    kept.push(points[i], points[i + 1]);
  }
  if (closed && kept.length > 2 && kept[0] === kept[kept.length - 2] && kept[1] === kept[kept.length - 1])
    kept.length -= 2;
  return Float64Array.from(kept);
}

/** Twice the signed area of the triangle of points a, b and c. */
function turn(line: Float64Array, a: number, b: number, c: number): number {
  const x = line[2 * a];
  const y = line[2 * a + 1];
  return (line[2 * b] - x) * (line[2 * c + 1] - y) - (line[2 * b + 1] - y) * (line[2 * c] - x);
}

/** Two segments with a common end: do they run over one another? */
function foldsBack(line: Float64Array, i: number, j: number, vertices: number): boolean {
  const [first, second] = (i + 1) % vertices === j ? [i, j] : [j, i];
  const last = (second + 1) % vertices;
  if (turn(line, first, second, last) !== 0 || last === first) return last === first;
  const dx = (line[2 * second] - line[2 * first]) * (line[2 * last] - line[2 * second]);
  const dy = (line[2 * second + 1] - line[2 * first + 1]) * (line[2 * last + 1] - line[2 * second + 1]);
  return dx + dy < 0;
}

function intersect(line: Float64Array, i: number, j: number, vertices: number): boolean {
  const iEnd = (i + 1) % vertices;
  const jEnd = (j + 1) % vertices;
  const a = Math.sign(turn(line, i, iEnd, j));
  const b = Math.sign(turn(line, i, iEnd, jEnd));
  const c = Math.sign(turn(line, j, jEnd, i));
  const d = Math.sign(turn(line, j, jEnd, iEnd));
  if (a !== b && c !== d && a * b * c * d !== 0) return true;
  if (a * b > 0 || c * d > 0) return false;
  return (
    (a === 0 && inBox(line, i, iEnd, j)) ||
    (b === 0 && inBox(line, i, iEnd, jEnd)) ||
    (c === 0 && inBox(line, j, jEnd, i)) ||
    (d === 0 && inBox(line, j, jEnd, iEnd))
  );
}

function inBox(line: Float64Array, from: number, to: number, point: number): boolean {
  const x = line[2 * point];
  const y = line[2 * point + 1];
  return (
    x >= Math.min(line[2 * from], line[2 * to]) &&
    x <= Math.max(line[2 * from], line[2 * to]) &&
    y >= Math.min(line[2 * from + 1], line[2 * to + 1]) &&
    y <= Math.max(line[2 * from + 1], line[2 * to + 1])
  );
}
