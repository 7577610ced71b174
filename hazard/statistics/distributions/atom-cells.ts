import type { AtomRow, Atoms } from './atoms.js';

const MOST_CELLS = 2 ** 15;
const MOST_STRETCHES = 2 ** 12;
/** Atoms heavier than this part of what may be merged are kept as they are. */
const HEAVY = 1 / 16;
/** Cells heavier than this part are refused. */
const REFUSED = 1;
/** Every so many atoms of a row are looked at to see where the weight lies. */
const SAMPLE = 5;
/** A sample counts for so many stretches on either side of its own. */
const SMOOTH = 3;

/**
 * Atoms of many rows in ascending order, the light ones only by cell: a cell is one atom where it begins. The range of values is
 * cut into stretches by the upper bits of the numbers, which rise as their logarithms do; a stretch has as many cells as a sample
 * of the atoms weighs there. At any value only the atoms of its own cell may be on the wrong side, so the distribution function
 * is moved by `blur` at most, the weight of the heaviest cell.
 */
export class AtomCells {
  /** weights of the last call by ascending value; valid until the next */
  readonly weights: Float64Array = new Float64Array(2 * MOST_CELLS + MOST_STRETCHES);
  blur = 0;

  /** by place in `weights`: the heavy atom, or -1 less the number of the cell */
  private readonly what: Int32Array = new Int32Array(2 * MOST_CELLS + MOST_STRETCHES);

  private readonly massOf: Float64Array = new Float64Array(MOST_CELLS + MOST_STRETCHES);
  private readonly stretchMass: Float64Array = new Float64Array(MOST_STRETCHES);
  /** first cell of each stretch, and number of its cells */
  private readonly firstCell: Int32Array = new Int32Array(MOST_STRETCHES + 1);
  private readonly cellsIn: Int32Array = new Int32Array(MOST_STRETCHES);
  private row: Float64Array = new Float64Array(1024);
  /** the same memory by halves of the numbers */
  private halves: Int32Array = new Int32Array(this.row.buffer);
  private readonly heavyValues: Float64Array = new Float64Array(MOST_CELLS);
  private readonly heavyWeights: Float64Array = new Float64Array(MOST_CELLS);
  private readonly heavyCells: Int32Array = new Int32Array(MOST_CELLS);
  /** heavy atoms by cell, and where those of a cell end */
  private readonly heavyOrder: Int32Array = new Int32Array(MOST_CELLS);
  private readonly heavyEnds: Int32Array = new Int32Array(MOST_CELLS + MOST_STRETCHES + 1);
  private heavy = 0;
  /** lowest upper half, bits below a stretch, stretches */
  private origin = 0;
  private shift = 0;
  private stretches = 0;

  /**
   * Returns the number of `weights`; -1 where cells or too many single atoms weigh too much, measured by `largest`, the
   * weight that may be merged.
   */
  sort(rows: readonly AtomRow[], largest: number): number {
    this.cutStretches(rows);
    const cells = this.allotCells(rows, HEAVY * largest);
    this.massOf.fill(0, 0, cells);
    this.heavy = 0;
    let last: Atoms | undefined;
    let heaviest = 0;
    for (const row of rows) {
      if (row.atoms !== last) heaviest = row.atoms.weights.reduce((most, weight) => Math.max(most, weight), 0);
      last = row.atoms;
      if (heaviest * row.factor <= HEAVY * largest) this.countLight(row);
      else if (!this.count(row, HEAVY * largest)) return -1;
    }
    this.blur = 0;
    for (let cell = 0; cell < cells; cell++) if (this.massOf[cell] > this.blur) this.blur = this.massOf[cell];
    return this.blur > REFUSED * largest ? -1 : this.merge(cells);
  }

  private cutStretches(rows: readonly AtomRow[]): void {
    let least = Infinity;
    let most = 0;
    let longest = 0;
    for (const { atoms, shift } of rows) {
      least = Math.min(least, atoms.values[0] + shift);
      most = Math.max(most, atoms.values[atoms.values.length - 1] + shift);
      longest = Math.max(longest, atoms.values.length);
    }
    if (this.row.length < longest) {
      this.row = new Float64Array(2 * longest);
      this.halves = new Int32Array(this.row.buffer);
    }
    this.origin = this.upperHalf(least);
    const span = this.upperHalf(most) - this.origin;
    this.shift = 0;
    while (span >> this.shift >= MOST_STRETCHES) this.shift++;
    this.stretches = (span >> this.shift) + 1;
  }

  /** Gives every stretch one cell and more by its weight in a sample of light atoms; returns the number of cells. */
  private allotCells(rows: readonly AtomRow[], heaviest: number): number {
    const { stretchMass, firstCell, cellsIn, stretches } = this;
    stretchMass.fill(0, 0, stretches);
    rows.forEach((row, r) => this.sample(row, r % Math.min(SAMPLE, row.atoms.values.length), heaviest));
    let sampled = 0;
    for (let stretch = 0; stretch < stretches; stretch++) sampled += stretchMass[stretch];
    const cellsPerMass = sampled > 0 ? MOST_CELLS / sampled / (2 * SMOOTH + 1) : 0;
    // cells of a stretch times its length must stay below 2^31
    const most = 2 ** Math.min(15, 31 - this.shift) - 1;
    let around = 0;
    for (let stretch = 0; stretch < Math.min(SMOOTH, stretches); stretch++) around += stretchMass[stretch];
    let cells = 0;
    for (let stretch = 0; stretch < stretches; stretch++) {
      if (stretch + SMOOTH < stretches) around += stretchMass[stretch + SMOOTH];
      if (stretch > SMOOTH) around -= stretchMass[stretch - SMOOTH - 1];
      firstCell[stretch] = cells;
      cellsIn[stretch] = Math.min(1 + Math.max(0, Math.floor(around * cellsPerMass)), most);
      cells += cellsIn[stretch];
    }
    firstCell[stretches] = cells;
    return cells;
  }

  private sample({ atoms: { values, weights }, shift: moved, factor }: AtomRow, first: number, heaviest: number): void {
    const { row, halves, stretchMass, origin, shift } = this;
    for (let k = first; k < values.length; k += SAMPLE) {
      const weight = weights[k] * factor;
      if (weight > heaviest) continue;
      row[0] = values[k] + moved;
      stretchMass[(halves[1] - origin) >> shift] += weight;
    }
  }

  private countLight({ atoms: { values, weights }, shift: moved, factor }: AtomRow): void {
    const { row, halves, massOf, firstCell, cellsIn, origin, shift } = this;
    const mask = (1 << shift) - 1;
    const size = values.length;
    for (let k = 0; k < size; k++) row[k] = values[k] + moved;
    for (let k = 0; k < size; k++) {
      const bits = halves[2 * k + 1] - origin;
      const stretch = bits >> shift;
      massOf[firstCell[stretch] + (Math.imul(bits & mask, cellsIn[stretch]) >> shift)] += weights[k] * factor;
    }
  }

  /** Keeps heavy atoms apart; false when there are too many. */
  private count({ atoms: { values, weights }, shift: moved, factor }: AtomRow, heaviest: number): boolean {
    const { row, halves, massOf, firstCell, cellsIn, origin, shift, heavyValues, heavyWeights, heavyCells } = this;
    const mask = (1 << shift) - 1;
    const size = values.length;
    let heavy = this.heavy;
    for (let k = 0; k < size; k++) row[k] = values[k] + moved;
    for (let k = 0; k < size; k++) {
      const weight = weights[k] * factor;
      const bits = halves[2 * k + 1] - origin;
      const stretch = bits >> shift;
      const cell = firstCell[stretch] + (Math.imul(bits & mask, cellsIn[stretch]) >> shift);
      if (weight <= heaviest) {
        massOf[cell] += weight;
        continue;
      }
      if (heavy === heavyValues.length) return false;
      heavyCells[heavy] = cell;
      heavyValues[heavy] = row[k];
      heavyWeights[heavy++] = weight;
    }
    this.heavy = heavy;
    return true;
  }

  /** Cells and heavy atoms together in ascending order, those of a cell after it. */
  private merge(cells: number): number {
    const { heavy, heavyWeights, heavyCells, heavyOrder, heavyEnds, massOf, weights, what } = this;
    heavyEnds.fill(0, 0, cells + 1);
    for (let k = 0; k < heavy; k++) heavyEnds[heavyCells[k] + 1]++;
    for (let cell = 0; cell < cells; cell++) heavyEnds[cell + 1] += heavyEnds[cell];
    for (let k = 0; k < heavy; k++) heavyOrder[heavyEnds[heavyCells[k]]++] = k;
    let count = 0;
    let next = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (massOf[cell] > 0) {
        weights[count] = massOf[cell];
        what[count++] = -1 - cell;
      }
      const end = heavyEnds[cell];
      if (end - next > 1) this.sortHeavy(next, end);
      for (; next < end; next++) {
        weights[count] = heavyWeights[heavyOrder[next]];
        what[count++] = heavyOrder[next];
      }
    }
    return count;
  }

  /** Insertion sort of the heavy atoms of one cell. */
  private sortHeavy(start: number, end: number): void {
    const { heavyOrder, heavyValues } = this;
    for (let k = start + 1; k < end; k++) {
      const atom = heavyOrder[k];
      let at = k;
      for (; at > start && heavyValues[heavyOrder[at - 1]] > heavyValues[atom]; at--)
        heavyOrder[at] = heavyOrder[at - 1];
      heavyOrder[at] = atom;
    }
  }

  /** Value of the atom at a place in `weights`; of a cell the smallest number that falls into it. */
  valueAt(place: number): number {
    if (this.what[place] >= 0) return this.heavyValues[this.what[place]];
    const cell = -1 - this.what[place];
    let low = 0;
    for (let high = this.stretches; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (this.firstCell[middle] <= cell) low = middle;
      else high = middle;
    }
    const within = Math.ceil(((cell - this.firstCell[low]) * (1 << this.shift)) / this.cellsIn[low]);
    this.halves[1] = this.origin + low * (1 << this.shift) + within;
    this.halves[0] = 0;
    return this.row[0];
  }

  private upperHalf(value: number): number {
    this.row[0] = value;
    return this.halves[1];
  }
}
