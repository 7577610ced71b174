/** Reads the disaggregation of a finished calculation, one table of one site at a time. */
import { binCentres } from '../hazard/disaggregation/edges.js';
import type { Calculation } from './calculation.js';

/** Tables of single realizations, or those of the mean. */
export type DisaggregationKind = 'rlzs' | 'stats';

/** Edges of numeric axes at one site, and the regions. */
export interface StoredEdges {
  readonly Mag: Float64Array;
  readonly Dist: Float64Array;
  readonly Lon: Float64Array;
  readonly Lat: Float64Array;
  readonly Eps: Float64Array;
  readonly TRT: readonly string[];
}

/** The tables of a disaggregation, read back. */
export class StoredDisaggregation {
  private knownPoes: Float64Array | undefined;

  constructor(private readonly calculation: Calculation) {}

  has(kind: DisaggregationKind): boolean {
    return this.calculation.has(`disagg-${kind}`);
  }

  /** Names of the tables. */
  tables(kind: DisaggregationKind): string[] {
    return this.calculation.hdf5.members(`disagg-${kind}`);
  }

  /** Probabilities of a site, as many as there are levels of each measure; of levels given by the job, where its curve is. */
  poes(site: number): Float64Array {
    const all = (this.knownPoes ??= this.calculation.hdf5.attributes('hmap3').poes as Float64Array);
    const count = this.calculation.hdf5.shape('hmap3')[2];
    return all.subarray(site * count, (site + 1) * count);
  }

  edges(site: number): StoredEdges {
    const { hdf5 } = this.calculation;
    const row = [[site, site + 1]] as const;
    return {
      Mag: hdf5.readFloats('disagg-bins/Mag'),
      Dist: hdf5.readFloats('disagg-bins/Dist'),
      Lon: hdf5.readFloats('disagg-bins/Lon', row),
      Lat: hdf5.readFloats('disagg-bins/Lat', row),
      Eps: hdf5.readFloats('disagg-bins/Eps'),
      TRT: hdf5.readTexts('disagg-bins/TRT'),
    };
  }

  /** Levels of a site [measures x probabilities]; 0 where there is none. */
  levels(site: number): Float64Array {
    return this.calculation.hdf5.readFloats('hmap3', [[site, site + 1]]);
  }

  /** Realizations shown at a site, with their weights divided by their sum. */
  realizations(site: number): { numbers: number[]; weights: number[] } {
    const numbers = [...this.calculation.hdf5.readFloats('best_rlzs', [[site, site + 1]])];
    const all = this.calculation.realizations();
    const weights = numbers.map((number) => all.at(number).weight);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { numbers, weights: weights.map((weight) => (sum > 0 ? weight / sum : weight)) };
  }

  /** Names of the columns of a table: mean, or rlz and its number. */
  columns(kind: DisaggregationKind, site: number): string[] {
    return kind === 'stats' ? ['mean'] : this.realizations(site).numbers.map((number) => `rlz${number}`);
  }

  /** Probabilities [axes x measures x probabilities x columns] of a site. Errors: DatastoreError for an unknown table. */
  table(kind: DisaggregationKind, name: string, site: number): Float64Array {
    return this.calculation.hdf5.readFloats(`disagg-${kind}/${name}`, [[site, site + 1]]);
  }

  /** Share of each bin in the whole of its level and column: ln(1 - P) / ln(1 - total). */
  shares(name: string, kind: DisaggregationKind, site: number): Float64Array {
    const values = this.table(kind, name, site);
    const columns = this.calculation.hdf5.shape(`disagg-${kind}/${name}`).at(-1)!;
    const group = this.calculation.imts.length * this.poes(site).length * columns;
    const totals = new Float64Array(group);
    for (let k = 0; k < values.length; k++) totals[k % group] += Math.log1p(-values[k]);
    return values.map((value, k) => (value === 0 ? 0 : Math.log1p(-value) / totals[k % group]));
  }
}

/** What stands in a table for the bins of an axis: centres, or names of regions. */
export function axisValues(edges: StoredEdges, axis: string): readonly string[] | Float64Array {
  return axis === 'TRT' ? edges.TRT : binCentres(edges[axis as 'Mag']);
}
