import type { Scope } from '../../nrml/scope.js';
import type { Element } from '../../nrml/xml.js';

/** Reports a line (or ring) of [lon, lat, ...] that crosses or touches itself. Neighbouring segments may share their ends. */
export function checkCrossings(
  points: Float64Array,
  closed: boolean,
  element: Element,
  scope: Scope,
  subject: string,
): void {
  if (sound.has(points)) return;
  const line = withoutRepetitions(unwrapped(points), closed);
  const vertices = line.length / 2;
  const segments = closed ? vertices : vertices - 1;
  const boxes = blockBoxes(line, segments, vertices);
  for (let a = 0; a * BLOCK < segments; a++)
    for (let b = a; b * BLOCK < segments; b++) {
      if (!overlap(boxes, a, b)) continue;
      const crossing = crossingOfBlocks(line, a, b, segments, closed);
      if (crossing === undefined) continue;
      const [first, second] = crossing;
      scope.fault(element, `${subject} crosses itself between its points ${first + 1} and ${second + 2}`, {
        code: 'INVALID_GEOMETRY',
      });
      return;
    }
  sound.add(points);
}

/** Lines that were found to be sound: arrays are shared by the sources that repeat them. */
const sound = new WeakSet<Float64Array>();

/** Consecutive segments that are compared together by their common box. */
const BLOCK = 8;

/** West, south, east, north of every block. */
function blockBoxes(line: Float64Array, segments: number, vertices: number): Float64Array {
  const boxes = new Float64Array(4 * Math.ceil(segments / BLOCK));
  for (let block = 0; 4 * block < boxes.length; block++) {
    let west = Infinity;
    let south = Infinity;
    let east = -Infinity;
    let north = -Infinity;
    const end = Math.min((block + 1) * BLOCK, segments);
    for (let k = block * BLOCK; k <= end; k++) {
      const vertex = k % vertices;
      const x = line[2 * vertex];
      const y = line[2 * vertex + 1];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    boxes[4 * block] = west;
    boxes[4 * block + 1] = south;
    boxes[4 * block + 2] = east;
    boxes[4 * block + 3] = north;
  }
  return boxes;
}

function overlap(boxes: Float64Array, a: number, b: number): boolean {
  return (
    boxes[4 * a] <= boxes[4 * b + 2] &&
    boxes[4 * b] <= boxes[4 * a + 2] &&
    boxes[4 * a + 1] <= boxes[4 * b + 3] &&
    boxes[4 * b + 1] <= boxes[4 * a + 3]
  );
}

function crossingOfBlocks(
  line: Float64Array,
  a: number,
  b: number,
  segments: number,
  closed: boolean,
): readonly [number, number] | undefined {
  const vertices = line.length / 2;
  const aEnd = Math.min((a + 1) * BLOCK, segments);
  const bEnd = Math.min((b + 1) * BLOCK, segments);
  for (let i = a * BLOCK; i < aEnd; i++)
    for (let j = Math.max(b * BLOCK, i + 1); j < bEnd; j++) {
      const neighbours = j - i === 1 || (closed && j - i === segments - 1);
      if (neighbours ? foldsBack(line, i, j, vertices) : intersect(line, i, j, vertices)) return [i, j];
    }
  return undefined;
}

/** Longitudes made continuous across the date line. */
function unwrapped(points: Float64Array): Float64Array {
  const line = points.slice();
  for (let i = 2; i < line.length; i += 2) {
    while (line[i] - line[i - 2] > 180) line[i] -= 360;
    while (line[i] - line[i - 2] < -180) line[i] += 360;
  }
  return line;
}

/** Drops a point equal to the one before it, and in a ring the last if it repeats the first. */
export function withoutRepetitions(points: Float64Array, closed: boolean): Float64Array {
  const kept = new Float64Array(points.length);
  let n = 0;
  for (let i = 0; i < points.length; i += 2) {
    if (n > 0 && kept[n - 2] === points[i] && kept[n - 1] === points[i + 1]) continue;
    kept[n++] = points[i];
    kept[n++] = points[i + 1];
  }
  if (closed && n > 2 && kept[0] === kept[n - 2] && kept[1] === kept[n - 1]) n -= 2;
  return n === points.length ? kept : kept.slice(0, n);
}

/** Twice the signed area of the triangle of points a, b and c. */
function turn(line: Float64Array, a: number, b: number, c: number): number {
  const x = line[2 * a];
  const y = line[2 * a + 1];
  return (line[2 * b] - x) * (line[2 * c + 1] - y) - (line[2 * b + 1] - y) * (line[2 * c] - x);
}

/** Two segments with a common end: do they run over one another? */
function foldsBack(line: Float64Array, i: number, j: number, vertices: number): boolean {
  const inOrder = (i + 1) % vertices === j;
  const first = inOrder ? i : j;
  const second = inOrder ? j : i;
  const last = (second + 1) % vertices;
  if (turn(line, first, second, last) !== 0 || last === first) return last === first;
  const dx = (line[2 * second] - line[2 * first]) * (line[2 * last] - line[2 * second]);
  const dy = (line[2 * second + 1] - line[2 * first + 1]) * (line[2 * last + 1] - line[2 * second + 1]);
  return dx + dy < 0;
}

function intersect(line: Float64Array, i: number, j: number, vertices: number): boolean {
  const iEnd = i + 1 === vertices ? 0 : i + 1;
  const jEnd = j + 1 === vertices ? 0 : j + 1;
  if (apart(line[2 * i], line[2 * iEnd], line[2 * j], line[2 * jEnd])) return false;
  if (apart(line[2 * i + 1], line[2 * iEnd + 1], line[2 * j + 1], line[2 * jEnd + 1])) return false;
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

/** Whether the interval of a and b has nothing in common with that of c and d. */
function apart(a: number, b: number, c: number, d: number): boolean {
  return (a < c && a < d && b < c && b < d) || (a > c && a > d && b > c && b > d);
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
