/** The tables of one site while they are summed: expected numbers, then probabilities. */
import type { Cell } from '../../hazard/disaggregation/cell-sums.js';

/** Axes of a disaggregation in the order in which cells name them. */
type AxisName = 'TRT' | 'Mag' | 'Dist' | 'Lon' | 'Lat' | 'Eps';

/** Lengths of the axes at a site. */
export type AxisLengths = Readonly<Record<AxisName, number>>;

/** A table by its name and axes. */
export interface TableRequest {
  readonly name: string;
  readonly axes: readonly string[];
}

/** One table [axes x levels x columns], row-major; the columns are realizations, and the mean where there is one. */
interface Table {
  readonly request: TableRequest;
  readonly numbers: Float64Array;
  readonly steps: AxisLengths;
  readonly cells: number;
}

/** The tables of one site while cells are added to them. */
export class SiteTables {
  private readonly tables: readonly Table[];
  /** [levels x columns] over all bins */
  readonly totals: Float64Array;

  constructor(
    requests: readonly TableRequest[],
    private readonly lengths: AxisLengths,
    private readonly levels: number,
    private readonly columns: number,
  ) {
    this.totals = new Float64Array(levels * columns);
    this.tables = requests.map((request) => {
      const { steps, cells } = stepsOf(request.axes, lengths);
      return { request, steps, cells, numbers: new Float64Array(cells * levels * columns) };
    });
  }

  /** Adds one column of a cell: values [levels x epsilons] from `first` on. */
  add(region: number, cell: Cell, column: number, values: Float64Array, first: number): void {
    const { levels, columns, totals } = this;
    const bins = this.lengths.Eps;
    for (let l = 0; l < levels; l++) {
      let sum = 0;
      for (let bin = 0; bin < bins; bin++) sum += values[first + l * bins + bin];
      if (sum === 0) continue;
      totals[l * columns + column] += sum;
      for (const { steps, numbers } of this.tables) {
        const at =
          region * steps.TRT +
          cell.magnitude * steps.Mag +
          cell.distance * steps.Dist +
          cell.lon * steps.Lon +
          cell.lat * steps.Lat;
        if (steps.Eps === 0) numbers[(at * levels + l) * columns + column] += sum;
        else
          for (let bin = 0; bin < bins; bin++)
            numbers[((at + bin * steps.Eps) * levels + l) * columns + column] += values[first + l * bins + bin];
      }
    }
  }

  /** Probabilities of each table for columns first .. last - 1. */
  *probabilities(first: number, last: number): Generator<{ name: string; values: Float64Array }> {
    for (const { request, numbers, cells } of this.tables)
      yield { name: request.name, values: this.columnsOf(numbers, cells * this.levels, first, last) };
  }

  /** Probabilities over all bins [levels x columns] for columns first .. last - 1. */
  totalProbabilities(first: number, last: number): Float64Array {
    return this.columnsOf(this.totals, this.levels, first, last);
  }

  private columnsOf(numbers: Float64Array, rows: number, first: number, last: number): Float64Array {
    const width = last - first;
    const values = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < width; k++) {
        const number = numbers[row * this.columns + first + k];
        if (number !== 0) values[row * width + k] = -Math.expm1(-number);
      }
    return values;
  }
}

/** Step of every axis in a table over `axes`, 0 for those summed over, and the number of its cells. */
function stepsOf(axes: readonly string[], lengths: AxisLengths): { steps: AxisLengths; cells: number } {
  const steps: Record<AxisName, number> = { TRT: 0, Mag: 0, Dist: 0, Lon: 0, Lat: 0, Eps: 0 };
  let cells = 1;
  for (const axis of [...axes].reverse() as AxisName[]) {
    steps[axis] = cells;
    cells *= lengths[axis];
  }
  return { steps, cells };
}

/** Numbers that the tables of a site take for each column. */
export function numbersOfTables(requests: readonly TableRequest[], lengths: AxisLengths, levels: number): number {
  return requests.reduce((sum, { axes }) => sum + stepsOf(axes, lengths).cells * levels, 0);
}
