import { azimuth } from '../geo/azimuth.js';
import { destination } from '../geo/destination.js';
import { greatCircleDistance } from '../geo/distance.js';
import { RADIANS_TO_DEGREES } from '../geo/constants.js';
import { Orthographic } from '../geo/projection.js';
import type { SitePoints } from '../site/site-points.js';
import { NEAR_SURFACE } from './mesh-distances.js';
import { blockMiddle, nodeDistance, triangleArea } from './mesh-measures.js';
import { MeshSurface } from './mesh-surface.js';
import { leastSurfaceDistance } from './node-distances.js';
import { nodeMesh, type NodeMesh } from './node-mesh.js';
import { distanceToOutline, outlineOf, type Outline } from './outline.js';
import { TopEdge } from './top-edge.js';

/** km: half width of the strip that stands for the outline of a vertical surface. */
const VERTICAL_STRIP = 0.1;
/** km: a surface whose columns are horizontally shorter than this counts as vertical. */
const VERTICAL_EXTENT = VERTICAL_STRIP;

/** A kite surface: a mesh some of whose nodes may be undefined. */
export class KiteSurface extends MeshSurface {
  readonly kind = 'kite';
  readonly strike: number;
  readonly dip: number;
  readonly ztor: number;
  readonly zbot: number;
  readonly width: number;
  readonly area: number;
  /** whether a strip around its top row stands for its outline */
  readonly isVertical: boolean;
  /** defined nodes of the top row */
  readonly topNodes: Int32Array;
  private readonly outlineNodes: NodeMesh;
  private readonly outline: Outline;
  private readonly topEdge: TopEdge;

  constructor(mesh: NodeMesh) {
    super(mesh);
    this.topNodes = definedNodes(mesh, 0, 0, mesh.rows === 0 ? 0 : mesh.columns, 1);
    const top = this.topNodes;
    this.strike = meanStrike(mesh, top);
    this.ztor = top.reduce((least, node) => Math.min(least, mesh.depth[node]), Infinity);
    this.zbot = mesh.depth.reduce((most, depth) => (depth > most ? depth : most), -Infinity);
    [this.width, this.dip] = widthAndDip(mesh);
    this.area = areaOfCells(mesh);
    this.isVertical = isVertical(mesh);
    this.outlineNodes = this.isVertical ? stripCorners(mesh, top) : pickNodes(mesh, outlineNodes(mesh));
    const { lon, lat } = this.outlineNodes;
    this.outline = outlineOf(lon, lat, Orthographic.ofCoordinates(lon, lat));
    this.topEdge = new TopEdge(pick(mesh.lon, top), pick(mesh.lat, top), this.strike);
  }

  middle(): [number, number, number] {
    const { mesh } = this;
    const middle = blockMiddle(mesh, 0, 0, mesh.rows, mesh.columns);
    return Number.isNaN(middle[0]) ? this.definedMiddle() : middle;
  }

  protected override ownDistances(
    kind: 'rjb' | 'rx' | 'ry0',
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    if (kind !== 'rjb') this.topEdge.distances(kind, sites, indices, count, out, offset);
    else for (let k = 0; k < count; k++) out[offset + k] = this.joynerBoore(sites, indices[k]);
  }

  private joynerBoore({ unitX, unitY, unitZ }: SitePoints, site: number): number {
    const ux = unitX[site];
    const uy = unitY[site];
    const uz = unitZ[site];
    const toNodes = leastSurfaceDistance(this.outlineNodes, ux, uy, uz);
    return toNodes < NEAR_SURFACE ? distanceToOutline(this.outline, ux, uy, uz) : toNodes;
  }

  /** Where the node in the middle is undefined: the defined node closest to it in the grid. */
  private definedMiddle(): [number, number, number] {
    const { mesh } = this;
    const row = (mesh.rows - 1) / 2;
    const column = (mesh.columns - 1) / 2;
    let best = -1;
    let least = Infinity;
    for (let i = 0; i < mesh.lon.length; i++) {
      if (Number.isNaN(mesh.lon[i])) continue;
      const dr = Math.floor(i / mesh.columns) - row;
      const dc = (i % mesh.columns) - column;
      if (dr * dr + dc * dc < least) {
        least = dr * dr + dc * dc;
        best = i;
      }
    }
    return [mesh.lon[best], mesh.lat[best], mesh.depth[best]];
  }
}

function pick(values: Float64Array, nodes: Int32Array): Float64Array {
  return Float64Array.from(nodes, (node) => values[node]);
}

/** Defined nodes among `count` nodes that start at a row and column and lie `step` nodes apart. */
function definedNodes(mesh: NodeMesh, row: number, column: number, count: number, step: number): Int32Array {
  const nodes: number[] = [];
  for (let k = 0, i = row * mesh.columns + column; k < count; k++, i += step) {
    if (!Number.isNaN(mesh.lon[i])) nodes.push(i);
  }
  return Int32Array.from(nodes);
}

/** Mean of the azimuths along the top row, degrees; each is nudged by 0.001 so that 359.9999 counts as 0, as in the reference. */
function meanStrike(mesh: NodeMesh, top: Int32Array): number {
  let sum = 0;
  for (let k = 1; k < top.length; k++) {
    const a = top[k - 1];
    const b = top[k];
    sum += (azimuth(mesh.lon[a], mesh.lat[a], mesh.lon[b], mesh.lat[b]) + 0.001) % 360;
  }
  return sum / (top.length - 1);
}

/** Mean length of the columns (km), and mean of their mean dips (degrees) weighted by their lengths. */
function widthAndDip(mesh: NodeMesh): [number, number] {
  let columns = 0;
  let lengths = 0;
  let dips = 0;
  for (let c = 0; c < mesh.columns; c++) {
    const nodes = definedNodes(mesh, 0, c, mesh.rows, mesh.columns);
    if (nodes.length < 2) continue;
    let length = 0;
    let dip = 0;
    for (let k = 1; k < nodes.length; k++) {
      const a = nodes[k - 1];
      const b = nodes[k];
      length += nodeDistance(mesh, a, b);
      const horizontal = greatCircleDistance(mesh.lon[a], mesh.lat[a], mesh.lon[b], mesh.lat[b]);
      dip += Math.atan2(mesh.depth[b] - mesh.depth[a], horizontal) * RADIANS_TO_DEGREES;
    }
    columns++;
    lengths += length;
    dips += (length * dip) / (nodes.length - 1);
  }
  return [lengths / columns, dips / lengths];
}

/** Area of the cells with four defined nodes, each cut from its top left to its bottom right, km2. */
function areaOfCells(mesh: NodeMesh): number {
  let area = 0;
  for (let r = 0; r + 1 < mesh.rows; r++) {
    for (let c = 0; c + 1 < mesh.columns; c++) {
      const topLeft = r * mesh.columns + c;
      const bottomLeft = topLeft + mesh.columns;
      const diagonal = nodeDistance(mesh, topLeft, bottomLeft + 1);
      const lower = triangleArea(
        nodeDistance(mesh, topLeft, bottomLeft),
        nodeDistance(mesh, bottomLeft, bottomLeft + 1),
        diagonal,
      );
      const upper = triangleArea(
        nodeDistance(mesh, topLeft, topLeft + 1),
        nodeDistance(mesh, topLeft + 1, bottomLeft + 1),
        diagonal,
      );
      if (!Number.isNaN(lower + upper)) area += lower + upper;
    }
  }
  return area;
}

/** Defined nodes around the surface: highest of each column, last of each row, lowest of each column, first of each row. */
function outlineNodes(mesh: NodeMesh): Int32Array {
  const highest: number[] = [];
  const lowest: number[] = [];
  for (let c = 0; c < mesh.columns; c++) {
    const nodes = definedNodes(mesh, 0, c, mesh.rows, mesh.columns);
    if (nodes.length > 0) highest.push(nodes[0]);
    if (nodes.length > 0) lowest.push(nodes[nodes.length - 1]);
  }
  const last: number[] = [];
  const first: number[] = [];
  for (let r = 0; r < mesh.rows; r++) {
    const nodes = definedNodes(mesh, r, 0, mesh.columns, 1);
    if (nodes.length > 0) last.push(nodes[nodes.length - 1]);
    if (nodes.length > 0) first.push(nodes[0]);
  }
  return Int32Array.from([...highest, ...last, ...lowest.reverse(), ...first.reverse()]);
}

/** Whether every column is horizontally so short that the strip that stands for a vertical surface covers it. */
function isVertical(mesh: NodeMesh): boolean {
  for (let c = 0; c < mesh.columns; c++) {
    const nodes = definedNodes(mesh, 0, c, mesh.rows, mesh.columns);
    for (const node of nodes) {
      const top = nodes[0];
      const extent = greatCircleDistance(mesh.lon[node], mesh.lat[node], mesh.lon[top], mesh.lat[top]);
      if (extent > VERTICAL_EXTENT) return false;
    }
  }
  return true;
}

/**
 * The outline of a vertical surface, a strip around the straight line between the ends of its top row: corners only, so that
 * distances of far sites to a long one come out too large. Kept because the reference does so.
 */
function stripCorners(mesh: NodeMesh, top: Int32Array): NodeMesh {
  const first = top[0];
  const last = top[top.length - 1];
  const course = azimuth(mesh.lon[first], mesh.lat[first], mesh.lon[last], mesh.lat[last]);
  const corners = [
    destination(mesh.lon[first], mesh.lat[first], course - 90, VERTICAL_STRIP),
    destination(mesh.lon[last], mesh.lat[last], course - 90, VERTICAL_STRIP),
    destination(mesh.lon[last], mesh.lat[last], course + 90, VERTICAL_STRIP),
    destination(mesh.lon[first], mesh.lat[first], course + 90, VERTICAL_STRIP),
  ];
  return nodeMesh(
    1,
    4,
    corners.map((corner) => corner[0]),
    corners.map((corner) => corner[1]),
    [0, 0, 0, 0],
  );
}

function pickNodes(mesh: NodeMesh, nodes: Int32Array): NodeMesh {
  return nodeMesh(1, nodes.length, pick(mesh.lon, nodes), pick(mesh.lat, nodes), new Float64Array(nodes.length));
}
