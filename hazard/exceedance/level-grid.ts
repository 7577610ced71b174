/** Levels of all measures, in the form the loops want. */
export interface LevelGrid {
  /** levels of measure m are ln[first[m]] .. ln[first[m + 1] - 1]; for MMI the levels themselves */
  readonly ln: Float64Array;
  readonly first: Int32Array;
  /** all levels */
  readonly size: number;
}

/** Puts the levels of several measures in one row; `logarithmic[m]` is false for measures that are linear (MMI). */
export function levelGrid(levels: readonly Float64Array[], logarithmic: readonly boolean[]): LevelGrid {
  const first = new Int32Array(levels.length + 1);
  levels.forEach((row, m) => (first[m + 1] = first[m] + row.length));
  const ln = new Float64Array(first[levels.length]);
  levels.forEach((row, m) => {
    for (let l = 0; l < row.length; l++) ln[first[m] + l] = logarithmic[m] ? Math.log(row[l]) : row[l];
  });
  return { ln, first, size: ln.length };
}
