/** Sizes and positions of ruptures that float on a kite surface. */
import { roundHalfEven } from '../../geo/rounding.js';
import type { NodeBlock, NodeMesh } from '../../surfaces/node-mesh.js';

/** Size of a rupture in nodes. */
export interface KiteRuptureSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Nodes along strike and down dip of a rupture of a given area (km2) and aspect ratio (length over width) on a mesh with the
 * given spacings (km); undefined where the mesh is too coarse: the rupture would be a single cell, or its area off by
 * more than a quarter.
 */
export function kiteRuptureSize(
  area: number,
  aspectRatio: number,
  edgeSpacing: number,
  profileSpacing: number,
): KiteRuptureSize | undefined {
  // Kept from the reference: a whole-numbered aspect ratio is moved off the tie between two roundings.
  const ratio = aspectRatio % 1 < 0.01 ? aspectRatio + 0.05 : aspectRatio;
  const exact = Math.sqrt(area * ratio) / edgeSpacing;
  const lengths = [edgeSpacing * Math.ceil(exact), edgeSpacing * Math.floor(exact)];
  const widths = lengths.flatMap((length) => [
    profileSpacing * Math.ceil(length / ratio / profileSpacing),
    profileSpacing * Math.floor(length / ratio / profileSpacing),
  ]);
  let best = Infinity;
  let length = NaN;
  let width = NaN;
  // Every length meets every width except by position: lengths alternate, widths run through their list twice.
  for (let i = 0; i < 8; i++) {
    const l = lengths[i % 2];
    const w = widths[i % 4];
    const misfit = Math.sqrt(Math.abs(l * w - area)) + edgeSpacing * Math.abs(l / w - ratio);
    if (misfit < best) {
      best = misfit;
      length = l;
      width = w;
    }
  }
  const error = Math.abs(length * width - area) / area;
  if (!(width > profileSpacing) || (!(length > edgeSpacing) && error > 0.3)) return undefined;
  if (error > 0.25) return undefined;
  return { rows: roundHalfEven(width / profileSpacing) + 1, columns: roundHalfEven(length / edgeSpacing) + 1 };
}

/**
 * Positions of a rupture on the mesh, strike outer, dip inner: only where all its nodes are defined. A step of 0 (for the axis
 * along strike) moves by one node on both axes; otherwise steps are fractions of the rupture's size, shortened until the last
 * position meets the far border.
 */
export function floatOnKite(
  mesh: NodeMesh,
  size: KiteRuptureSize,
  floatingXStep: number,
  floatingYStep: number,
): NodeBlock[] {
  const { rows, columns } = size;
  const alongStep = floatingXStep === 0 ? 1 : fittedStep(mesh.columns, columns, floatingXStep);
  const downStep = floatingXStep === 0 ? 1 : fittedStep(mesh.rows, rows, floatingYStep);
  const blocks: NodeBlock[] = [];
  for (let firstColumn = 0; firstColumn + columns <= mesh.columns; firstColumn += alongStep) {
    for (let firstRow = 0; firstRow + rows <= mesh.rows; firstRow += downStep) {
      const block = { firstRow, firstColumn, rows, columns };
      if (rows * columns >= 4 && isDefined(mesh, block)) blocks.push(block);
    }
  }
  return blocks;
}

function fittedStep(available: number, size: number, fraction: number): number {
  const room = available - size;
  let step = Math.max(1, Math.floor(size * fraction));
  while (step > 1 && room % step !== 0) step--;
  return step;
}

function isDefined(mesh: NodeMesh, block: NodeBlock): boolean {
  for (let r = block.firstRow; r < block.firstRow + block.rows; r++) {
    for (let c = block.firstColumn; c < block.firstColumn + block.columns; c++) {
      if (Number.isNaN(mesh.lon[r * mesh.columns + c])) return false;
    }
  }
  return true;
}
