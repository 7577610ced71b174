/**
 * From rates to statistics, one site at a time. Means, standard deviations and maxima come from the circuit of choices, which
 * never looks at a path; quantiles from all paths while these are few, else from convolved distributions with a known error.
 */
import type { ChoiceModel } from '../hazard/logictree/choice-model.js';
import { compileChoices } from '../hazard/logictree/compile-choices.js';
import { CircuitStatistics } from '../hazard/logictree/circuit-statistics.js';
import type { Statistic } from '../hazard/stats/statistic.js';

export interface StatisticsRequest {
  readonly model: ChoiceModel;
  /** levels of each measure, and their names for weights by measure */
  readonly levels: readonly Float64Array[];
  readonly imts: readonly string[];
  /** years */
  readonly investigationTime: number;
  readonly statistics: readonly Statistic[];
  /** statistics of the numbers of occurrences instead of probabilities */
  readonly useRates: boolean;
  /** quantiles go through all paths up to this number of them */
  readonly exactLimit: number;
  /** beyond it, the largest error in probability that is aimed at */
  readonly quantileError: number;
}

/** Statistics of one site after another; buffers are made once. */
export class SiteStatistics {
  private readonly size: number;
  private readonly statistics: CircuitStatistics;

  constructor(private readonly request: StatisticsRequest) {
    const { model, levels, imts, ...rest } = request;
    this.size = levels.reduce((sum, row) => sum + row.length, 0);
    const plain = model.choices.map(({ weights }) => weights);
    this.statistics = new CircuitStatistics(compileChoices(model.choices, model.rows), {
      ...rest,
      weightsByMeasure: imts.map((imt) => model.weightsByMeasure.get(imt) ?? plain),
    });
  }

  /** Largest error in probability of the quantiles so far; 0 when all of them are exact. */
  get quantileBound(): number {
    return this.statistics.quantileBound;
  }

  /**
   * Probabilities of exceedance in the investigation time, out [statistics x levels], at one site.
   * @param rates by row of the model the annual exceedance rates [levels], undefined where there are none
   */
  site(rates: readonly (ArrayLike<number> | undefined)[], out: Float32Array): void {
    let first = 0;
    this.request.levels.forEach((levels, measure) => {
      this.statistics.evaluate(measure, rates, first, first + levels.length, out, this.size);
      if (this.quantileBound > 0) this.straighten(first, first + levels.length, out);
      first += levels.length;
    });
  }

  /**
   * Convolved quantiles of neighbouring levels may jump between the two ends of a gap in the distribution. Each path, and so each
   * true quantile, falls with the level: the smallest value so far is as close to it, in probability, as the value itself.
   */
  private straighten(first: number, end: number, out: Float32Array): void {
    this.request.statistics.forEach(({ kind }, row) => {
      if (kind !== 'quantile') return;
      const at = row * this.size;
      for (let level = first + 1; level < end; level++)
        out[at + level] = Math.min(out[at + level], out[at + level - 1]);
    });
  }
}
