/** Annual exceedance rates while a task adds them up. */
import { coreId } from '../../hazard/sources/source-id.js';
import type { RegionTile } from '../tasks/task-worker.js';

/** Annual exceedance rates [tile sites x levels] of one source group and one model of its region. */
export interface RateSum {
  readonly group: number;
  readonly model: number;
  readonly rates: Float64Array;
}
/** Mean annual exceedance rates [tile sites x levels] of one source, over all branches. */
export interface SourceSum {
  readonly id: string;
  readonly rates: Float64Array;
}

/** Sums by (group, model), made when first used; with weights for the mean, also by source. */
export class RateSums {
  private readonly byKey = new Map<number, RateSum>();
  private readonly bySource = new Map<string, SourceSum>();

  constructor(
    private readonly region: RegionTile,
    private readonly meanWeights: readonly (readonly number[])[] | undefined,
    partial?: { readonly sums: readonly RateSum[]; readonly bySource?: readonly SourceSum[] },
  ) {
    for (const sum of partial?.sums ?? []) this.byKey.set(this.key(sum.group, sum.model), sum);
    for (const sum of partial?.bySource ?? []) this.bySource.set(sum.id, sum);
  }

  get(group: number, model: number): Float64Array {
    const key = this.key(group, model);
    let sum = this.byKey.get(key);
    if (!sum) {
      sum = { group, model, rates: this.region.newRates() };
      this.byKey.set(key, sum);
    }
    return sum.rates;
  }

  /** True when sources have to be kept apart. */
  get separate(): boolean {
    return this.meanWeights !== undefined;
  }

  /** A table for one source alone, to be given to addSource; empty, or with the sums it has so far. */
  ofOneSource(sums: readonly RateSum[] = []): RateSums {
    return new RateSums(this.region, undefined, { sums });
  }

  /** Adds the sums of one source to the whole and, weighted, to its own row. */
  addSource(id: string, alone: RateSums): void {
    const core = coreId(id);
    let own = this.bySource.get(core);
    if (!own) this.bySource.set(core, (own = { id: core, rates: this.region.newRates() }));
    for (const { group, model, rates } of alone.list()) {
      const whole = this.get(group, model);
      const weight = this.meanWeights?.[group][model] ?? 0;
      for (let k = 0; k < rates.length; k++) {
        whole[k] += rates[k];
        own.rates[k] += weight * rates[k];
      }
    }
  }

  list(): RateSum[] {
    return [...this.byKey.values()];
  }
  listBySource(): SourceSum[] {
    return [...this.bySource.values()];
  }
  private key(group: number, model: number): number {
    return group * this.region.models.count + model;
  }
}
