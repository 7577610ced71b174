/** Measures shared by surfaces made of nodes. */
import { midpoint } from '../geo/destination.js';
import { greatCircleDistance } from '../geo/distance.js';
import type { NodeMesh } from './node-mesh.js';

/** Great-circle distance and depth difference of two nodes combined, km. */
export function nodeDistance(mesh: NodeMesh, a: number, b: number): number {
  const horizontal = greatCircleDistance(mesh.lon[a], mesh.lat[a], mesh.lon[b], mesh.lat[b]);
  const vertical = mesh.depth[a] - mesh.depth[b];
  return Math.sqrt(horizontal * horizontal + vertical * vertical);
}

/** Area of a triangle from its sides (Heron), km2. */
export function triangleArea(a: number, b: number, c: number): number {
  const s = (a + b + c) / 2;
  return Math.sqrt(Math.max(0, s * (s - a) * (s - b) * (s - c)));
}

/**
 * Middle point of a block of nodes: the middle node; with an even number of rows or columns the midpoint of the two or four
 * nodes in the middle.
 */
export function blockMiddle(
  mesh: NodeMesh,
  firstRow: number,
  firstColumn: number,
  rows: number,
  columns: number,
): [number, number, number] {
  const top = firstRow + ((rows - 1) >> 1);
  const bottom = firstRow + (rows >> 1);
  const left = firstColumn + ((columns - 1) >> 1);
  const right = firstColumn + (columns >> 1);
  const upper = rowMiddle(mesh, top, left, right);
  if (top === bottom) return upper;
  return between(upper, rowMiddle(mesh, bottom, left, right));
}

function rowMiddle(mesh: NodeMesh, row: number, left: number, right: number): [number, number, number] {
  const a = row * mesh.columns + left;
  const b = row * mesh.columns + right;
  const start: [number, number, number] = [mesh.lon[a], mesh.lat[a], mesh.depth[a]];
  return a === b ? start : between(start, [mesh.lon[b], mesh.lat[b], mesh.depth[b]]);
}

function between(a: readonly [number, number, number], b: readonly [number, number, number]): [number, number, number] {
  const [lon, lat] = midpoint(a[0], a[1], b[0], b[1]);
  return [lon, lat, (a[2] + b[2]) / 2];
}
