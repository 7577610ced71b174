import { DEGREES_TO_RADIANS, EARTH_RADIUS } from '../geo/constants.js';

/**
 * Nodes of a surface, row by row from the top, columns along strike: all arrays [rows x columns], views of one buffer.
 * Undefined nodes (kite surfaces) are NaN in every array.
 */
export interface NodeMesh {
  readonly rows: number;
  readonly columns: number;
  /** degrees */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** km */
  readonly depth: Float64Array;
  /** Cartesian position at the node's depth, km */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** unit vector from the centre of the Earth */
  readonly ux: Float64Array;
  readonly uy: Float64Array;
  readonly uz: Float64Array;
}

/** A rectangle of nodes of a mesh. */
export interface NodeBlock {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly rows: number;
  readonly columns: number;
}

const ARRAYS = 9;
/** Bytes: shared memory is slow to obtain, which matters for thousands of small sections. */
const WORTH_SHARING = 1 << 16;

/** Mesh from coordinates [rows x columns] in degrees and km, copied into one buffer that threads may share. */
export function nodeMesh(
  rows: number,
  columns: number,
  lon: ArrayLike<number>,
  lat: ArrayLike<number>,
  depth: ArrayLike<number>,
): NodeMesh {
  const n = rows * columns;
  const bytes = ARRAYS * n * 8;
  const buffer = bytes < WORTH_SHARING ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
  const view = (k: number): Float64Array => new Float64Array(buffer, k * n * 8, n);
  const mesh = {
    rows,
    columns,
    lon: view(0),
    lat: view(1),
    depth: view(2),
    x: view(3),
    y: view(4),
    z: view(5),
    ux: view(6),
    uy: view(7),
    uz: view(8),
  };
  for (let i = 0; i < n; i++) {
    const lonRad = lon[i] * DEGREES_TO_RADIANS;
    const latRad = lat[i] * DEGREES_TO_RADIANS;
    const radius = EARTH_RADIUS - depth[i];
    mesh.lon[i] = lon[i];
    mesh.lat[i] = lat[i];
    mesh.depth[i] = depth[i];
    mesh.ux[i] = Math.cos(latRad) * Math.cos(lonRad);
    mesh.uy[i] = Math.cos(latRad) * Math.sin(lonRad);
    mesh.uz[i] = Math.sin(latRad);
    mesh.x[i] = radius * mesh.ux[i];
    mesh.y[i] = radius * mesh.uy[i];
    mesh.z[i] = radius * mesh.uz[i];
  }
  return mesh;
}

/** The nodes of a block as a mesh of their own. */
export function blockMesh(mesh: NodeMesh, block: NodeBlock): NodeMesh {
  const { firstRow, firstColumn, rows, columns } = block;
  const lon = new Float64Array(rows * columns);
  const lat = new Float64Array(rows * columns);
  const depth = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const from = (firstRow + r) * mesh.columns + firstColumn;
    lon.set(mesh.lon.subarray(from, from + columns), r * columns);
    lat.set(mesh.lat.subarray(from, from + columns), r * columns);
    depth.set(mesh.depth.subarray(from, from + columns), r * columns);
  }
  return nodeMesh(rows, columns, lon, lat, depth);
}

/** Straight distance between two nodes, km. */
export function chord(mesh: NodeMesh, a: number, b: number): number {
  const dx = mesh.x[a] - mesh.x[b];
  const dy = mesh.y[a] - mesh.y[b];
  const dz = mesh.z[a] - mesh.z[b];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
