/**
 * From rates to statistics, one site at a time. Means, standard deviations and maxima come from the circuit of choices, which
 * never looks at a path; quantiles from all paths while these are few, else from convolved distributions with a known error.
 */
import { choiceModel, type RateColumn } from '../../hazard/logictree/choice-model.js';
import type { ChoiceCircuit } from '../../hazard/statistics/circuit/circuit.js';
import { compileChoices } from '../../hazard/statistics/circuit/compile-choices.js';
import { CircuitStatistics } from '../../hazard/statistics/circuit/circuit-statistics.js';
import type { Statistic } from '../../hazard/statistics/statistic.js';
import type { Job } from '../../job/job.js';
import { wantedStatistics } from './wanted-curves.js';

/** Everything that statistics need, as plain data that threads can clone. */
export interface CurveStatisticsRequest {
  readonly circuit: ChoiceCircuit;
  /** weights of the choices [measures][choices][branches] */
  readonly weightsByMeasure: readonly (readonly Float64Array[])[];
  /** levels of each measure */
  readonly levels: readonly Float64Array[];
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

/**
 * What statistics of a job need, by default those it asks for; undefined when these are none at all.
 * Errors: Refusal when the branch sets of the tree depend on one another in more ways than can be held.
 */
export function statisticsRequest(
  job: Job,
  columns: readonly RateColumn[],
  statistics: readonly Statistic[] = wantedStatistics(job.parameters),
): CurveStatisticsRequest | undefined {
  const { logicTree, groups, imts, parameters } = job;
  if (statistics.length === 0) return undefined;
  const model = choiceModel(logicTree, groups, columns);
  const plain = model.choices.map(({ weights }) => weights);
  return {
    circuit: compileChoices(model.choices, model.rows),
    weightsByMeasure: imts.map(({ imt }) => model.weightsByMeasure.get(imt.name) ?? plain),
    levels: imts.map(({ levels }) => levels),
    investigationTime: parameters.investigationTime,
    statistics,
    useRates: parameters.useRates,
    exactLimit: parameters.maxExactRealizations,
    quantileError: parameters.quantileError,
  };
}

/** Points of distributions, over all sites and levels, from which on statistics are worth tasks of their own. */
const POINTS_WORTH_TASKS = 2e7;
const POINTS_PER_TASK = 1e7;

/** Sites of one task of statistics; undefined when they are made at once, in the thread that writes them. */
export function sitesPerTask(job: Job): number | undefined {
  if (!job.parameters.quantiles.length) return undefined;
  const levels = job.imts.reduce((sum, measure) => sum + measure.levels.length, 0);
  // beyond some hundred thousand paths distributions are compressed
  const perSite = Math.min(job.logicTree.realizations.length, 200_000) * levels;
  if (perSite * job.sites.points.size < POINTS_WORTH_TASKS) return undefined;
  return Math.max(1, Math.floor(POINTS_PER_TASK / perSite));
}

/** Statistics of one site after another; buffers are made once. */
export class CurveStatistics {
  private readonly size: number;
  private readonly statistics: CircuitStatistics;

  constructor(private readonly request: CurveStatisticsRequest) {
    this.size = request.levels.reduce((sum, row) => sum + row.length, 0);
    this.statistics = new CircuitStatistics(request.circuit, request);
  }

  /** Numbers of one site: statistics x levels. */
  get outputSize(): number {
    return this.request.statistics.length * this.size;
  }

  /** Largest error in probability of the quantiles so far; 0 when all of them are exact. */
  get quantileBound(): number {
    return this.statistics.quantileBound;
  }

  /**
   * Probabilities of exceedance in the investigation time, out [statistics x levels], at one site.
   * @param rates by row of the model the annual exceedance rates [levels], undefined where there are none
   */
  site(rates: readonly (ArrayLike<number> | undefined)[], out: Float32Array | Float64Array): void {
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
  private straighten(first: number, end: number, out: Float32Array | Float64Array): void {
    this.request.statistics.forEach(({ kind }, row) => {
      if (kind !== 'quantile') return;
      const at = row * this.size;
      for (let level = first + 1; level < end; level++)
        out[at + level] = Math.min(out[at + level], out[at + level - 1]);
    });
  }
}
