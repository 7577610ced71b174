import type { ContextBatch } from '../../contexts/context-batch.js';
import { readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';

/** Standard deviation of the median of Kuehn et al. (2020) by magnitude and distance, for one measure. */
export class UncertaintyTable {
  constructor(
    private readonly magnitudes: readonly number[],
    private readonly distances: readonly number[],
    /** [magnitudes][distances] */
    private readonly values: readonly Float64Array[],
  ) {}

  /** Shifts the mean by epsilon standard deviations, interpolated linearly and held constant outside the table. */
  add(epsilon: number, batch: ContextBatch, mean: Float64Array): void {
    const { magnitudes, distances, values } = this;
    const { start, mag, rrup } = batch;
    for (let r = 0; r < batch.ruptures; r++) {
      const m = interval(magnitudes, mag[r]);
      const fm = fraction(magnitudes, m, mag[r]);
      const low = values[m];
      const high = values[m + 1];
      for (let i = start[r]; i < start[r + 1]; i++) {
        const d = interval(distances, rrup[i]);
        const fd = fraction(distances, d, rrup[i]);
        const below = low[d] + fd * (low[d + 1] - low[d]);
        const above = high[d] + fd * (high[d + 1] - high[d]);
        mean[i] += epsilon * (below + fm * (above - below));
      }
    }
  }
}

/** Index of the lower end of the interval that holds x, the first or last one outside. */
function interval(grid: readonly number[], x: number): number {
  let k = 0;
  while (k < grid.length - 2 && x > grid[k + 1]) k++;
  return k;
}

/** Place of x between grid[k] and grid[k + 1], 0 to 1. */
function fraction(grid: readonly number[], k: number, x: number): number {
  return Math.min(Math.max((x - grid[k]) / (grid[k + 1] - grid[k]), 0), 1);
}

interface UncertaintyFile {
  readonly magnitudes: readonly number[];
  readonly distances: readonly number[];
  /** 'interface/GLO' -> measure -> [magnitudes][distances] */
  readonly values: Readonly<Record<string, Readonly<Record<string, readonly (readonly number[])[]>>>>;
}
let loaded: UncertaintyFile | undefined;

/** The table of a measure, linear in ln T between the tabulated periods and constant beyond. */
export function medianUncertainty(slab: boolean, region: string, imt: Imt): UncertaintyTable {
  // read when first asked for: half a megabyte that most calculations do without
  loaded ??= readTables(import.meta.url, 'kuehn-2020-uncertainty').constants as unknown as UncertaintyFile;
  const { magnitudes, distances } = loaded;
  const measures = loaded.values[`${slab ? 'slab' : 'interface'}/${region === 'SEA' ? 'CAS' : region}`];
  if (imt.kind !== 'SA') return table(magnitudes, distances, measures[imt.kind], measures[imt.kind], 0);
  const names = Object.keys(measures).filter((name) => name.startsWith('SA('));
  const periods = names.map((name) => Number(name.slice(3, -1)));
  const k = interval(periods, imt.period);
  const f = fraction(periods.map(Math.log), k, Math.log(imt.period));
  return table(magnitudes, distances, measures[names[k]], measures[names[k + 1]], f);
}

function table(
  magnitudes: readonly number[],
  distances: readonly number[],
  low: readonly (readonly number[])[],
  high: readonly (readonly number[])[],
  f: number,
): UncertaintyTable {
  const rows = low.map((row, m) => Float64Array.from(row, (value, d) => value + f * (high[m][d] - value)));
  return new UncertaintyTable(magnitudes, distances, rows);
}
