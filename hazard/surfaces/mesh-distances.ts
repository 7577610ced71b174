/**
 * Distances from a group of sites to every node of a mesh, computed once and shared by all ruptures that are blocks of the
 * mesh. A rupture then only searches its block for the least values.
 */
import { EARTH_RADIUS } from '../geo/constants.js';
import type { SitePoints } from '../site/site-points.js';
import type { NodeBlock, NodeMesh } from './node-mesh.js';
import { RowMinima } from './row-minima.js';

/** km: sites closer than this to the nodes of a rupture at the surface see its cells, others its nodes only. */
export const NEAR_SURFACE = 40;

/**
 * km by which sites near a complex fault are closer to an outline than its cells say. The reference merges strips that it widens by
 * 5 m and then simplifies with a tolerance of 5 m: ragged outlines keep most of the 5 m.
 */
export const COMPLEX_DILATION = 0.005;
/** The same for simple faults: straight outlines keep anything between 0 and 5 m, of which what is typical is taken. */
export const SIMPLE_DILATION = 0.00325;

/** Distances from a set of sites to parts of one mesh, block by block of nodes. */
export class MeshDistances {
  /** number of sites loaded */
  count = 0;
  /** [sites] numbers of the sites */
  readonly site: Int32Array;
  private readonly nodes: number;
  private readonly cellColumns: number;
  private readonly cells: number;
  /** [sites x nodes] squared straight distance, km2 */
  private readonly squares: RowMinima;
  /** [sites x nodes] squared distance at the surface, of unit vectors */
  private readonly surfaceSquares: RowMinima;
  /** [sites x 3] unit vectors of the sites */
  private readonly unit: Float64Array;
  /** [sites x cells] squared distance to the cell at the surface, of unit vectors, in the tangent plane of the site */
  private gaps: RowMinima | undefined;
  /** [sites x cells x 2] east and north of the point of the cell closest to the site, of unit vectors */
  private gapVectors = new Float64Array(0);
  /** [sites] whether the gaps are known */
  private readonly hasGaps: Uint8Array;
  private readonly corner = new Float64Array(8);
  private readonly closest = new Float64Array(2);

  /** Room for `capacity` sites. */
  constructor(
    readonly mesh: NodeMesh,
    readonly capacity: number,
  ) {
    this.nodes = mesh.rows * mesh.columns;
    this.cellColumns = mesh.columns - 1;
    this.cells = (mesh.rows - 1) * this.cellColumns;
    this.site = new Int32Array(capacity);
    this.squares = new RowMinima(capacity, mesh.rows, mesh.columns);
    this.surfaceSquares = new RowMinima(capacity, mesh.rows, mesh.columns);
    this.unit = new Float64Array(3 * capacity);
    this.hasGaps = new Uint8Array(capacity);
  }

  /**
   * Takes those of the sites candidates[first..last) that lie within a straight distance (km) of the mesh, as many as there
   * is room for; returns the position of the first candidate not looked at.
   */
  load(sites: SitePoints, candidates: Int32Array, first: number, last: number, distance: number): number {
    this.count = 0;
    this.hasGaps.fill(0);
    let next = first;
    for (; next < last && this.count < this.capacity; next++) {
      if (this.loadSite(sites, candidates[next], this.count, distance)) this.site[this.count++] = candidates[next];
    }
    return next;
  }

  /** Takes a single site, however far it is. */
  loadOne(sites: SitePoints, site: number): void {
    this.hasGaps[0] = 0;
    this.loadSite(sites, site, 0, Infinity);
    this.site[0] = site;
    this.count = 1;
  }

  private loadSite(sites: SitePoints, site: number, slot: number, distance: number): boolean {
    const { x, y, z, ux, uy, uz } = this.mesh;
    const { nodes } = this;
    const squares = this.squares.values;
    const surfaceSquares = this.surfaceSquares.values;
    const px = sites.x[site];
    const py = sites.y[site];
    const pz = sites.z[site];
    const at = slot * nodes;
    let least = Infinity;
    for (let i = 0; i < nodes; i++) {
      const dx = x[i] - px;
      const dy = y[i] - py;
      const dz = z[i] - pz;
      const square = dx * dx + dy * dy + dz * dz;
      squares[at + i] = square;
      if (square < least) least = square;
    }
    if (!(least <= distance * distance)) return false;
    this.squares.changed(slot);
    this.surfaceSquares.changed(slot);
    const vx = sites.unitX[site];
    const vy = sites.unitY[site];
    const vz = sites.unitZ[site];
    for (let i = 0; i < nodes; i++) {
      const dx = ux[i] - vx;
      const dy = uy[i] - vy;
      const dz = uz[i] - vz;
      surfaceSquares[at + i] = dx * dx + dy * dy + dz * dz;
    }
    this.unit[3 * slot] = vx;
    this.unit[3 * slot + 1] = vy;
    this.unit[3 * slot + 2] = vz;
    return true;
  }

  /** Least straight distance of a loaded site to the nodes of a block, km. */
  ruptureDistance(slot: number, block: NodeBlock): number {
    return Math.sqrt(this.squares.least(slot, block));
  }

  /** Number of the node of a block closest to a loaded site. */
  closestNode(slot: number, block: NodeBlock): number {
    return this.squares.find(slot, block, this.squares.least(slot, block));
  }

  /**
   * Joyner-Boore distance of a loaded site to a block, km: to its nodes when they are farther than 40 km, otherwise to the
   * cells between them in the orthographic projection around `centre` (a unit vector), 0 above a cell.
   *
   * The closest point is sought in the tangent plane of the site, where it is the same for all blocks; only the distance to it
   * is measured in the projection of the block. Both projections stretch by less than 2e-5 over 40 km. Cells are widened by
   * `dilation` km.
   */
  joynerBoore(slot: number, block: NodeBlock, centre: Float64Array, at: number, dilation: number): number {
    const toNodes = EARTH_RADIUS * Math.sqrt(this.surfaceSquares.least(slot, block));
    if (toNodes >= NEAR_SURFACE) return toNodes;
    const gaps = this.gapsOf(slot);
    const { firstRow, firstColumn } = block;
    const cells = { firstRow, firstColumn, rows: block.rows - 1, columns: block.columns - 1 };
    const least = gaps.least(slot, cells);
    if (least === 0) return 0;
    const best = slot * this.cells + gaps.find(slot, cells, least);
    return Math.max(0, this.projectedLength(slot, best, centre, at) - dilation);
  }

  /** Length of a gap vector (east and north of a site) as seen in the projection around a centre, km. */
  private projectedLength(slot: number, gap: number, centre: Float64Array, at: number): number {
    const vx = this.unit[3 * slot];
    const vy = this.unit[3 * slot + 1];
    const vz = this.unit[3 * slot + 2];
    const horizontal = Math.sqrt(vx * vx + vy * vy);
    const east = this.gapVectors[2 * gap];
    const north = this.gapVectors[2 * gap + 1];
    // the point on the sphere that lies above (east, north) in the tangent plane of the site
    const square = east * east + north * north;
    const sink = square / (1 + Math.sqrt(1 - square));
    const gx = (-vy / horizontal) * east - ((vz * vx) / horizontal) * north - sink * vx;
    const gy = (vx / horizontal) * east - ((vz * vy) / horizontal) * north - sink * vy;
    const gz = horizontal * north - sink * vz;
    const inwards = gx * centre[at] + gy * centre[at + 1] + gz * centre[at + 2];
    return EARTH_RADIUS * Math.sqrt(Math.max(0, gx * gx + gy * gy + gz * gz - inwards * inwards));
  }

  /** Squared distances of the cells, found when a site is near for the first time. */
  private gapsOf(slot: number): RowMinima {
    this.gaps ??= new RowMinima(this.capacity, this.mesh.rows - 1, this.cellColumns);
    if (this.gapVectors.length === 0) this.gapVectors = new Float64Array(2 * this.capacity * this.cells);
    if (this.hasGaps[slot] === 0) this.findGaps(slot, this.gaps);
    return this.gaps;
  }

  /** Closest points of all cells to a site, in its tangent plane. */
  private findGaps(slot: number, minima: RowMinima): void {
    const gaps = minima.values;
    const surfaceSquares = this.surfaceSquares.values;
    minima.changed(slot);
    this.hasGaps[slot] = 1;
    const { columns, rows } = this.mesh;
    const at = slot * this.nodes;
    // beyond this the tangent plane no longer tells near from far, and no cell can hold the closest point
    const limit = 0.1;
    for (let r = 0; r < rows - 1; r++) {
      for (let c = 0; c < columns - 1; c++) {
        const node = r * columns + c;
        const cell = slot * this.cells + r * this.cellColumns + c;
        if (surfaceSquares[at + node] > limit) {
          gaps[cell] = surfaceSquares[at + node];
          continue;
        }
        this.putCorner(0, slot, node);
        this.putCorner(1, slot, node + 1);
        this.putCorner(2, slot, node + columns + 1);
        this.putCorner(3, slot, node + columns);
        gaps[cell] = closestInQuadrilateral(this.corner, this.closest);
        this.gapVectors[2 * cell] = this.closest[0];
        this.gapVectors[2 * cell + 1] = this.closest[1];
      }
    }
  }

  /** East and north of a node seen from a site, of unit vectors. */
  private putCorner(k: number, slot: number, node: number): void {
    const vx = this.unit[3 * slot];
    const vy = this.unit[3 * slot + 1];
    const vz = this.unit[3 * slot + 2];
    const horizontal = Math.sqrt(vx * vx + vy * vy);
    const nx = this.mesh.ux[node];
    const ny = this.mesh.uy[node];
    const nz = this.mesh.uz[node];
    this.corner[2 * k] = (vx * ny - vy * nx) / horizontal;
    this.corner[2 * k + 1] = horizontal * nz - (vz * (vx * nx + vy * ny)) / horizontal;
  }
}

/**
 * Squared distance from the origin to a quadrilateral (corners x, y in turn), 0 inside; its closest point goes to `closest`.
 */
function closestInQuadrilateral(corner: Float64Array, closest: Float64Array): number {
  let inside = false;
  let least = Infinity;
  let ax = corner[6];
  let ay = corner[7];
  for (let k = 0; k < 8; k += 2) {
    const bx = corner[k];
    const by = corner[k + 1];
    const ex = bx - ax;
    const ey = by - ay;
    if (ay > 0 !== by > 0 && (ax * ey - ay * ex) / ey > 0) inside = !inside;
    const square = ex * ex + ey * ey;
    let f = square > 0 ? -(ax * ex + ay * ey) / square : 0;
    f = f < 0 ? 0 : f > 1 ? 1 : f;
    const x = ax + f * ex;
    const y = ay + f * ey;
    const distance = x * x + y * y;
    if (distance < least) {
      least = distance;
      closest[0] = x;
      closest[1] = y;
    }
    ax = bx;
    ay = by;
  }
  return inside ? 0 : least;
}
