/** A rectangle of a grid. */
interface Rectangle {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly rows: number;
  readonly columns: number;
}

/** Rectangles of fewer rows are searched value by value. */
const FEWEST_ROWS = 4;

/**
 * Values on a grid, one grid per slot, and the least value in any rectangle. Minima over 2, 4, 8 ... rows are kept beside the
 * values once they are asked for, so that a search looks at two numbers per column of the rectangle, however many its rows.
 */
export class RowMinima {
  /** [slots x rows x columns], written by the owner, who calls `changed` afterwards */
  readonly values: Float64Array;
  private readonly size: number;
  /** powers of two that fit into the rows, without the first */
  private readonly levels: number;
  /** [slots x levels x rows x columns] minima over 2, 4 ... rows from each row on */
  private minima = new Float64Array(0);
  /** [slots] whether the minima are those of the values */
  private readonly known: Uint8Array;

  constructor(
    private readonly slots: number,
    private readonly rows: number,
    private readonly columns: number,
  ) {
    this.size = rows * columns;
    this.levels = Math.max(0, Math.floor(Math.log2(Math.max(1, rows))));
    this.values = new Float64Array(slots * this.size);
    this.known = new Uint8Array(slots);
  }

  /** The values of a slot are new. */
  changed(slot: number): void {
    this.known[slot] = 0;
  }

  /** Least value of a slot in a rectangle. */
  least(slot: number, rectangle: Rectangle): number {
    const { firstRow, firstColumn, rows, columns } = rectangle;
    if (rows < FEWEST_ROWS || (rows === this.rows && columns === this.columns)) return this.searched(slot, rectangle);
    if (this.known[slot] === 0) this.findMinima(slot);
    const level = 31 - Math.clz32(rows);
    const { minima } = this;
    const grid = (slot * this.levels + level - 1) * this.size + firstColumn;
    const upper = grid + firstRow * this.columns;
    const lower = grid + (firstRow + rows - (1 << level)) * this.columns;
    let least = Infinity;
    for (let c = 0; c < columns; c++) {
      const one = minima[upper + c];
      const other = minima[lower + c];
      if (one < least) least = one;
      if (other < least) least = other;
    }
    return least;
  }

  /** Number of the place on the grid, within a rectangle, that holds a value; -1 when none does. */
  find(slot: number, { firstRow, firstColumn, rows, columns }: Rectangle, value: number): number {
    const at = slot * this.size;
    for (let r = firstRow; r < firstRow + rows; r++) {
      const from = r * this.columns + firstColumn;
      for (let i = from; i < from + columns; i++) if (this.values[at + i] === value) return i;
    }
    return -1;
  }

  private searched(slot: number, { firstRow, firstColumn, rows, columns }: Rectangle): number {
    const { values } = this;
    let from = slot * this.size + firstRow * this.columns + firstColumn;
    let least = Infinity;
    for (let r = 0; r < rows; r++, from += this.columns) {
      for (let i = from; i < from + columns; i++) if (values[i] < least) least = values[i];
    }
    return least;
  }

  private findMinima(slot: number): void {
    if (this.minima.length === 0) this.minima = new Float64Array(this.slots * this.levels * this.size);
    const { minima, size, columns, rows } = this;
    let below: Float64Array = this.values;
    let from = slot * size;
    for (let level = 1; level <= this.levels; level++) {
      const half = (1 << (level - 1)) * columns;
      const to = (slot * this.levels + level - 1) * size;
      const last = (rows - (1 << level) + 1) * columns;
      for (let i = 0; i < last; i++) {
        const one = below[from + i];
        const other = below[from + i + half];
        minima[to + i] = one < other ? one : other;
      }
      below = minima;
      from = to;
    }
    this.known[slot] = 1;
  }
}
