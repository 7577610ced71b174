/** A line of a chart. */
export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly colour: string;
  readonly dash?: number[];
  readonly width?: number;
  /** a marker at every value */
  readonly points?: boolean;
  /** one of many that the legend does not name */
  readonly quiet?: boolean;
}

/** Lines over common abscissas, with what stands along the axes. */
export interface ChartData {
  /** names the picture for screen readers and files */
  readonly title: string;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xLogarithmic?: boolean;
  readonly yLogarithmic?: boolean;
  /** vertical and horizontal marks */
  readonly marks?: { readonly x?: number; readonly y?: number };
  /** where the numbers come from, for files and pictures */
  readonly source: string;
}
