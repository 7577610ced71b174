/**
 * Meshes of kite surfaces: a fault described by profiles that run down dip from the top, each a poly-line of its own length.
 * Nodes that the profiles do not reach are undefined (NaN in all coordinates).
 */
import { azimuth } from '../geo/azimuth.js';
import { greatCircleDistance } from '../geo/distance.js';
import { DEGREES_TO_RADIANS, RADIANS_TO_DEGREES } from '../geo/constants.js';
import { polylineLength, resample, resampledByStep } from '../geo/polyline.js';
import { Orthographic } from '../geo/projection.js';
import { nodeMesh, type NodeMesh } from './node-mesh.js';
import { planeStrikeDip } from './plane-fit.js';
import { refusal } from '../refusal.js';

/** A grid of points under construction: [rank][column] -> lon, lat, depth, or undefined. */
type Node = readonly [number, number, number] | undefined;
type Grid = Node[][];

/** Profiles whose lengths differ by less than this share of the sampling distance count as equally long. */
const LENGTH_TOLERANCE = 0.1;

/**
 * Mesh of a kite surface.
 * @param profiles each [lon, lat, depth, ...] from top to bottom, degrees and km, at least two
 * @param profileSpacing km between nodes along the profiles
 * @param edgeSpacing km between nodes along the rows
 * Errors: Refusal when fewer than two profiles are given or no node is left.
 */
export function kiteMesh(profiles: readonly Float64Array[], profileSpacing: number, edgeSpacing: number): NodeMesh {
  if (profiles.length < 2) throw refusal('INVALID_GEOMETRY', 'a kite surface needs at least two profiles');
  const resampled = profiles.map((profile) => resampledByStep(profile, profileSpacing));
  const reference = referenceProfile(resampled, profileSpacing);
  const ranks = Math.max(...resampled.map((profile) => profile.length / 3));
  const columns = resampled.map((profile) => nodesOf(profile, ranks));
  const projection = projectionOf(resampled.flatMap((profile) => nodesOf(profile, profile.length / 3)));
  const forward = sweep(columns.slice(reference), edgeSpacing, projection);
  const backward = sweep(columns.slice(0, reference + 1).reverse(), edgeSpacing, projection);
  const grid = forward.map((row, r) => [...row.toReversed(), ...backward[r].slice(1)]);
  dropLonelyNodes(grid);
  sortRows(grid);
  return orient(grid);
}

/** The profile the others are tied to: the longest, or the first when all are about equally long. */
function referenceProfile(profiles: readonly Float64Array[], spacing: number): number {
  const lengths = profiles.map((profile) => polylineLength(profile));
  const longest = Math.max(...lengths);
  return longest - Math.min(...lengths) > LENGTH_TOLERANCE * spacing ? lengths.indexOf(longest) : 0;
}

function nodesOf(line: Float64Array, ranks: number): Node[] {
  return Array.from({ length: ranks }, (_, r) =>
    3 * r < line.length ? ([line[3 * r], line[3 * r + 1], line[3 * r + 2]] as const) : undefined,
  );
}

interface Run {
  readonly rank: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Rows of nodes from the reference profile (the first) to the last one: [rank][column], all rows equally long. A node of the
 * reference profile belongs to the row that starts there; a rank that its neighbour does not reach has none.
 */
function sweep(profiles: readonly Node[][], spacing: number, projection: Orthographic): Grid {
  const ranks = profiles[0].length;
  const grid: Grid = Array.from({ length: ranks }, () => []);
  if (profiles.length === 1) for (let r = 0; r < ranks; r++) grid[r][0] = profiles[0][r];
  for (const run of findRuns(profiles)) {
    const vertices: (readonly [number, number, number])[] = [];
    for (let p = run.first; p <= run.last; p++) {
      const node = profiles[p][run.rank];
      if (node !== undefined) vertices.push(node);
    }
    if (run.first === 0) {
      const row = resampleRow(vertices, spacing);
      for (let c = 0; c < row.length; c++) grid[run.rank][c] = row[c];
    } else crossColumns(grid, run.rank, vertices, projection);
  }
  const width = Math.max(...grid.map((row) => row.length));
  return grid.map((row) => Array.from({ length: width }, (_, c) => row[c]));
}

/** Runs of at least two consecutively defined nodes of equal rank, in the order in which they are meshed. */
function findRuns(profiles: readonly Node[][]): Run[] {
  const runs: Run[] = [];
  for (let rank = 0; rank < profiles[0].length; rank++) {
    let first = 0;
    for (let p = 0; p <= profiles.length; p++) {
      if (p < profiles.length && profiles[p][rank] !== undefined) continue;
      if (p - first >= 2) runs.push({ rank, first, last: p - 1 });
      first = p + 1;
    }
  }
  return runs.sort((a, b) => a.first - b.first || b.last - a.last || a.rank - b.rank);
}

/** A row that starts at the reference profile, at equal steps; only a row shorter than one step keeps its end. */
function resampleRow(vertices: readonly (readonly [number, number, number])[], spacing: number): Node[] {
  const { samples, extrapolated } = resample(Float64Array.from(vertices.flat()), spacing);
  const row = nodesOf(samples, samples.length / 3 - (extrapolated ? 1 : 0));
  return row.length > 1 ? row : [row[0], vertices[vertices.length - 1]];
}

/** A row that starts beyond the reference profile: its nodes lie where it crosses the columns already built. */
function crossColumns(
  grid: Grid,
  rank: number,
  vertices: readonly (readonly [number, number, number])[],
  projection: Orthographic,
): void {
  const width = Math.max(...grid.map((row) => row.length));
  const projected = vertices.map((v) => projection.project(v[0], v[1]));
  const x = projected.map((p) => p[0]);
  const y = projected.map((p) => p[1]);
  for (let c = 0; c < width; c++) {
    const line = columnLine(grid, c, projection);
    if (line === undefined || grid[rank][c] !== undefined) continue;
    const [cx, cy, ux, uy] = line;
    for (let i = 0; i + 1 < vertices.length; i++) {
      const before = (x[i] - cx) * uy - (y[i] - cy) * ux;
      const after = (x[i + 1] - cx) * uy - (y[i + 1] - cy) * ux;
      if (before * after > 0 || before === after) continue;
      const f = before / (before - after);
      const [lon, lat] = projection.inverse(x[i] + f * (x[i + 1] - x[i]), y[i] + f * (y[i + 1] - y[i]));
      grid[rank][c] = [lon, lat, vertices[i][2] + f * (vertices[i + 1][2] - vertices[i][2])];
      break;
    }
  }
}

/** Straight line of least squares through the nodes of a column in the projected plane: a point and a direction. */
function columnLine(
  grid: Grid,
  column: number,
  projection: Orthographic,
): [number, number, number, number] | undefined {
  const x: number[] = [];
  const y: number[] = [];
  for (const row of grid) {
    const node = row[column];
    if (node === undefined) continue;
    const [px, py] = projection.project(node[0], node[1]);
    x.push(px);
    y.push(py);
  }
  if (x.length < 2) return undefined;
  const mx = x.reduce((a, b) => a + b) / x.length;
  const my = y.reduce((a, b) => a + b) / y.length;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - mx) * (x[i] - mx);
    xy += (x[i] - mx) * (y[i] - my);
    yy += (y[i] - my) * (y[i] - my);
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  return [mx, my, Math.cos(angle), Math.sin(angle)];
}

/** In one pass row by row, removes nodes that have no defined neighbour in their row, or none in their column. */
function dropLonelyNodes(grid: Grid): void {
  for (let r = 0; r < grid.length; r++) {
    for (let c = 0; c < grid[r].length; c++) {
      const inRow = grid[r][c - 1] ?? grid[r][c + 1];
      const inColumn = grid[r - 1]?.[c] ?? grid[r + 1]?.[c];
      if (inRow === undefined || inColumn === undefined) grid[r][c] = undefined;
    }
  }
}

/** Orders rows from shallow to deep: by mean depth, then pair by pair where they share a column. */
function sortRows(grid: Grid): void {
  const depths = new Map(grid.map((row) => [row, meanDepth(row)]));
  const key = (row: Node[]): number => depths.get(row) ?? Infinity;
  grid.sort((a, b) => (key(a) === key(b) ? 0 : key(a) - key(b)));
  for (let i = 0; i < grid.length; i++) {
    for (let j = i + 1; j < grid.length; j++) {
      const crossed = grid[i].some((upper, c) => {
        const lower = grid[j][c];
        return upper !== undefined && lower !== undefined && lower[2] < upper[2];
      });
      if (crossed) [grid[i], grid[j]] = [grid[j], grid[i]];
    }
  }
}

/** Mean depth of the defined nodes; Infinity for an empty row, which goes to the bottom. */
function meanDepth(row: Node[]): number {
  let sum = 0;
  let n = 0;
  for (const node of row) {
    if (node === undefined) continue;
    sum += node[2];
    n++;
  }
  return n === 0 ? Infinity : sum / n;
}

/** Turns the columns so that the surface dips to the right of the top row, and leaves out empty rows and columns. */
function orient(grid: Grid): NodeMesh {
  const nodes = grid.flat();
  const projection = projectionOf(nodes);
  const defined = nodes.filter((node) => node !== undefined);
  const projected = defined.map((node) => projection.project(node[0], node[1]));
  const [strike] = planeStrikeDip(
    Float64Array.from(projected, (p) => p[0]),
    Float64Array.from(projected, (p) => p[1]),
    Float64Array.from(defined, (node) => -node[2]),
  );
  const disagreement = ((strike - meanAzimuth(grid[0]) + 900) % 360) - 180;
  if (Math.abs(disagreement) > 60) for (const row of grid) row.reverse();
  const rows = grid.filter((row) => row.some((node) => node !== undefined));
  const kept =
    rows.length === 0 ? [] : rows[0].map((_, c) => c).filter((c) => rows.some((row) => row[c] !== undefined));
  if (kept.length === 0)
    throw refusal('MESH_TOO_COARSE', 'the profiles of the kite surface give no mesh at this spacing');
  const trimmed = rows.map((row) => kept.map((c) => row[c]));
  if (dipsToTheLeft(trimmed)) for (const row of trimmed) row.reverse();
  const count = trimmed.length * kept.length;
  const lon = new Float64Array(count).fill(NaN);
  const lat = new Float64Array(count).fill(NaN);
  const depth = new Float64Array(count).fill(NaN);
  trimmed.flat().forEach((node, i) => {
    if (node !== undefined) [lon[i], lat[i], depth[i]] = node;
  });
  return nodeMesh(trimmed.length, kept.length, lon, lat, depth);
}

function projectionOf(nodes: readonly Node[]): Orthographic {
  const defined = nodes.filter((node) => node !== undefined);
  return Orthographic.ofCoordinates(
    defined.map((node) => node[0]),
    defined.map((node) => node[1]),
  );
}

/** Circular mean of the azimuths along a row, weighted by length; degrees. */
function meanAzimuth(row: readonly Node[]): number {
  const defined = row.filter((node) => node !== undefined);
  let sumSin = 0;
  let sumCos = 0;
  for (let i = 1; i < defined.length; i++) {
    const [a, b] = [defined[i - 1], defined[i]];
    const angle = azimuth(a[0], a[1], b[0], b[1]) * DEGREES_TO_RADIANS;
    const length = greatCircleDistance(a[0], a[1], b[0], b[1]);
    sumSin += length * Math.sin(angle);
    sumCos += length * Math.cos(angle);
  }
  return Math.atan2(sumSin, sumCos) * RADIANS_TO_DEGREES;
}

/** Whether the first cell with four defined nodes runs down to the left of its row (within 40 degrees). */
function dipsToTheLeft(grid: Grid): boolean {
  for (let r = 0; r + 1 < grid.length; r++) {
    for (let c = 0; c + 1 < grid[r].length; c++) {
      const corner = grid[r][c];
      const along = grid[r][c + 1];
      const down = grid[r + 1][c];
      if (corner === undefined || along === undefined || down === undefined || grid[r + 1][c + 1] === undefined)
        continue;
      const left = (azimuth(corner[0], corner[1], along[0], along[1]) + 270) % 360;
      return Math.abs(left - azimuth(corner[0], corner[1], down[0], down[1])) < 40;
    }
  }
  return false;
}
