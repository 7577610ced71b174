/** Where ruptures of a given size float on a complex fault, whose cells differ in size. */
import type { FaultCells } from '../../surfaces/fault-cells.js';
import type { NodeBlock } from '../../surfaces/node-mesh.js';

/**
 * Blocks of cells whose length and area come closest to those wanted (km, km2), in the order of their first row and column.
 * A wanted area of at least the whole fault gives one block, the whole fault.
 */
export function floatOnCells(cells: FaultCells, length: number, area: number): NodeBlock[] {
  const total = cells.area.reduce((a, b) => a + b, 0);
  if (area >= total) return [nodesOf(0, 0, cells.rows, cells.columns)];
  return collectBlocks(cells, length, area);
}

/** The nodes around a block of cells. */
function nodesOf(firstRow: number, firstColumn: number, rows: number, columns: number): NodeBlock {
  return { firstRow, firstColumn, rows: rows + 1, columns: columns + 1 };
}

/**
 * The walk over first cells, row by row. Column counts follow from lengths of the first row, row counts from the areas of
 * those columns. Ruptures that would leave the fault at the far end or the bottom are stretched downwards or left out, so that
 * no magnitude is left without ruptures.
 */
function collectBlocks(cells: FaultCells, length: number, area: number): NodeBlock[] {
  const blocks: NodeBlock[] = [];
  const deadEnd = new Uint8Array(cells.columns);
  for (let row = 0; row < cells.rows; row++) {
    for (let column = 0; column < cells.columns; column++) {
      if (deadEnd[column] === 1) continue;
      const along = closestSum(cells.columns - column, length, (i) => cells.length[row * cells.columns + column + i]);
      const short = along.count === cells.columns - column && along.sum < length;
      if (short && column !== 0) break;
      let columns = along.count;
      const down = closestSum(cells.rows - row, area, (i) => rowArea(cells, row + i, column, columns));
      if (down.count === cells.rows - row && down.sum < area) {
        if (row === 0) {
          if (along.count === cells.columns - column) return blocks;
          const wide = closestSum(cells.columns - column, area, (i) => columnArea(cells, column + i));
          if (wide.count === cells.columns - column && wide.sum < area) return blocks;
          columns = wide.count;
        } else deadEnd[column] = 1;
      }
      blocks.push(nodesOf(row, column, down.count, columns));
    }
  }
  return blocks;
}

/** How many leading terms have the sum closest to a target (the fewest when tied), and that sum; terms are not negative. */
function closestSum(terms: number, target: number, term: (i: number) => number): { count: number; sum: number } {
  let sum = 0;
  let bestCount = 0;
  let bestSum = 0;
  let bestGap = Infinity;
  for (let i = 0; i < terms; i++) {
    sum += term(i);
    const gap = Math.abs(sum - target);
    if (gap < bestGap) {
      bestGap = gap;
      bestCount = i + 1;
      bestSum = sum;
    }
  }
  return { count: bestCount, sum: bestSum };
}

function rowArea(cells: FaultCells, row: number, firstColumn: number, columns: number): number {
  let sum = 0;
  for (let c = firstColumn; c < firstColumn + columns; c++) sum += cells.area[row * cells.columns + c];
  return sum;
}

function columnArea(cells: FaultCells, column: number): number {
  let sum = 0;
  for (let r = 0; r < cells.rows; r++) sum += cells.area[r * cells.columns + column];
  return sum;
}
