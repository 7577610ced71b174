/** Cells of rectangular fault meshes: sizes, and the strike and dip of any block of cells. */
import { RADIANS_TO_DEGREES } from '../geo/constants.js';
import { chord, type NodeBlock, type NodeMesh } from './node-mesh.js';
import { triangleArea } from './mesh-measures.js';

/**
 * Measures of the cells of a mesh, arrays [rows x columns] of cells. Every cell is cut from its bottom left to its top right
 * node into a triangle at the top left and one at the bottom right.
 */
export interface FaultCells {
  readonly rows: number;
  readonly columns: number;
  /** km along strike and down dip: sides weighted with the areas of their triangles */
  readonly length: Float64Array;
  readonly width: Float64Array;
  /** km2 */
  readonly area: Float64Array;
  /** sums over both triangles of area times sine and cosine of strike and dip, km2 */
  readonly strikeSin: Float64Array;
  readonly strikeCos: Float64Array;
  readonly dipSin: Float64Array;
  readonly dipCos: Float64Array;
}

/** Cells between the nodes of a mesh: lengths, widths and areas. */
export function faultCells(mesh: NodeMesh): FaultCells {
  const rows = mesh.rows - 1;
  const columns = mesh.columns - 1;
  const table = (): Float64Array => new Float64Array(rows * columns);
  const cells = {
    rows,
    columns,
    length: table(),
    width: table(),
    area: table(),
    strikeSin: table(),
    strikeCos: table(),
    dipSin: table(),
    dipCos: table(),
  };
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) measureCell(mesh, cells, r, c);
  return cells;
}

function measureCell(mesh: NodeMesh, cells: FaultCells, row: number, column: number): void {
  const cell = row * cells.columns + column;
  const topLeft = row * mesh.columns + column;
  const topRight = topLeft + 1;
  const bottomLeft = topLeft + mesh.columns;
  const bottomRight = bottomLeft + 1;
  const top = chord(mesh, topLeft, topRight);
  const left = chord(mesh, topLeft, bottomLeft);
  const bottom = chord(mesh, bottomLeft, bottomRight);
  const right = chord(mesh, topRight, bottomRight);
  const diagonal = chord(mesh, bottomLeft, topRight);
  const upper = triangleArea(top, left, diagonal);
  const lower = triangleArea(bottom, right, diagonal);
  cells.area[cell] = upper + lower;
  cells.length[cell] = (top * upper + bottom * lower) / (upper + lower);
  cells.width[cell] = (left * upper + right * lower) / (upper + lower);
  addTriangle(mesh, cells, cell, upper, {
    corner: topLeft,
    from: topLeft,
    to: topRight,
    upper: topLeft,
    lower: bottomLeft,
  });
  addTriangle(mesh, cells, cell, lower, {
    corner: bottomRight,
    from: bottomLeft,
    to: bottomRight,
    upper: topRight,
    lower: bottomRight,
  });
}

/** Half of a cell, by numbers of nodes: its corner, its edge along the row and its edge down the dip. */
interface Triangle {
  readonly corner: number;
  readonly from: number;
  readonly to: number;
  readonly upper: number;
  readonly lower: number;
}

/**
 * Adds strike and dip of one triangle. The strike is the azimuth of its edge along the row, seen at its corner; the edge is a
 * chord, so half its length over the Earth's radius remains in the angle. The dip is the angle between normal and vertical.
 */
function addTriangle(
  mesh: NodeMesh,
  cells: FaultCells,
  cell: number,
  area: number,
  { corner, from, to, upper, lower }: Triangle,
): void {
  const ux = mesh.ux[corner];
  const uy = mesh.uy[corner];
  const uz = mesh.uz[corner];
  let ex = mesh.x[to] - mesh.x[from];
  let ey = mesh.y[to] - mesh.y[from];
  let ez = mesh.z[to] - mesh.z[from];
  const dx = mesh.x[lower] - mesh.x[upper];
  const dy = mesh.y[lower] - mesh.y[upper];
  const dz = mesh.z[lower] - mesh.z[upper];
  const nx = dy * ez - dz * ey;
  const ny = dz * ex - dx * ez;
  const nz = dx * ey - dy * ex;
  const dip = Math.acos(clamp((nx * ux + ny * uy + nz * uz) / Math.sqrt(nx * nx + ny * ny + nz * nz)));
  const edge = Math.sqrt(ex * ex + ey * ey + ez * ez);
  ex /= edge;
  ey /= edge;
  ez /= edge;
  const cosLat = Math.sqrt(ux * ux + uy * uy);
  const north = (-uz * (ux * ex + uy * ey)) / cosLat + cosLat * ez;
  const east = (ux * ey - uy * ex) / cosLat;
  const angle = Math.acos(clamp(north));
  const strike = east >= 0 ? angle : -angle;
  cells.strikeSin[cell] += area * Math.sin(strike);
  cells.strikeCos[cell] += area * Math.cos(strike);
  cells.dipSin[cell] += area * Math.sin(dip);
  cells.dipCos[cell] += area * Math.cos(dip);
}

function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}

/** Strike and dip (degrees), width (km) and area (km2) of a block. */
export interface BlockMeasures {
  readonly strike: number;
  readonly dip: number;
  readonly width: number;
  readonly area: number;
}

/**
 * Measures of a block of nodes. Strike and dip are circular means weighted by area over the first `strikeRows` rows of its
 * cells: all rows of complex faults, the first row of simple ones, whose rows are alike.
 */
export function measureBlock(cells: FaultCells, block: NodeBlock, strikeRows: number): BlockMeasures {
  let area = 0;
  let strikeSin = 0;
  let strikeCos = 0;
  let dipSin = 0;
  let dipCos = 0;
  let lengths = 0;
  let widths = 0;
  for (let c = block.firstColumn; c < block.firstColumn + block.columns - 1; c++) {
    let columnArea = 0;
    let columnWidth = 0;
    let columnLength = 0;
    for (let r = 0; r < block.rows - 1; r++) {
      const cell = (block.firstRow + r) * cells.columns + c;
      columnArea += cells.area[cell];
      columnWidth += cells.width[cell];
      columnLength += cells.length[cell] * cells.area[cell];
      if (r >= strikeRows) continue;
      strikeSin += cells.strikeSin[cell];
      strikeCos += cells.strikeCos[cell];
      dipSin += cells.dipSin[cell];
      dipCos += cells.dipCos[cell];
    }
    area += columnArea;
    lengths += columnLength / columnArea;
    widths += (columnWidth * columnLength) / columnArea;
  }
  let strike = Math.atan2(strikeSin, strikeCos) * RADIANS_TO_DEGREES;
  let dip = Math.atan2(dipSin, dipCos) * RADIANS_TO_DEGREES;
  if (dip > 90) {
    dip = 180 - dip;
    strike += 180;
  }
  return { strike: (strike + 720) % 360, dip, width: widths / lengths, area };
}
