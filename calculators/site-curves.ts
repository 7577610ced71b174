import type { CalculationFile } from '../datastore/calculation-file.js';
import { choiceModel, type RateColumn } from '../hazard/logictree/choice-model.js';
import type { Job } from '../inputs/job.js';
import { CurveWriter } from './curve-writer.js';
import { SiteStatistics } from './postclassical.js';
import { RealizationRates } from './realization-rates.js';
import { keepsRealizations, wantedStatistics } from './statistics.js';

/** Makes and writes all curves of a job, one site after another: statistics, and single realizations in slices. */
export class SiteCurves {
  private readonly statistics: SiteStatistics | undefined;
  private readonly statisticsWriter: CurveWriter | undefined;
  private readonly realizations: RealizationRates | undefined;
  private readonly realizationsWriter: CurveWriter | undefined;
  /** levels of all measures together */
  private readonly size: number;
  /** statistics of one site [statistics x levels] */
  private readonly values: Float32Array;

  constructor(
    { logicTree, imts, parameters, groups, sites }: Job,
    private readonly file: CalculationFile,
    columns: readonly RateColumn[],
  ) {
    const { investigationTime, useRates, poes } = parameters;
    const levels = imts.map((measure) => measure.levels);
    const statistics = wantedStatistics(parameters);
    this.size = levels.reduce((sum, row) => sum + row.length, 0);
    this.values = new Float32Array(statistics.length * this.size);
    const count = logicTree.realizations.length;
    const single = keepsRealizations(parameters, sites.points.size, count);
    file.createCurves({ statistics: statistics.map(({ name }) => name), realizations: single });
    if (statistics.length) {
      this.statisticsWriter = new CurveWriter(file, 'stats', statistics.length, levels, poes);
      this.statistics = new SiteStatistics({
        model: choiceModel(logicTree, groups, columns),
        levels,
        imts: imts.map(({ imt }) => imt.name),
        investigationTime,
        statistics,
        useRates,
        exactLimit: parameters.maxExactRealizations,
        quantileError: parameters.quantileError,
      });
    }
    if (single) {
      this.realizations = new RealizationRates(logicTree, groups, columns, this.size, investigationTime);
      this.realizationsWriter = new CurveWriter(file, 'rlzs', count, levels, poes);
    }
  }

  /** @param rates by column the annual exceedance rates of the next site [levels], undefined where there are none */
  add(rates: readonly (ArrayLike<number> | undefined)[]): void {
    if (this.statistics && this.statisticsWriter) {
      this.statistics.site(rates, this.values);
      this.statisticsWriter.add((first, last, out) =>
        out.set(this.values.subarray(first * this.size, last * this.size)),
      );
    }
    this.realizations?.site(rates);
    this.realizationsWriter?.add((first, last, out) => this.realizations!.probabilities(first, last, out));
  }

  flush(): void {
    this.statisticsWriter?.flush();
    this.realizationsWriter?.flush();
  }

  /** Notes with the statistics how exact they are. */
  finish(): void {
    this.flush();
    if (this.statistics) this.file.noteQuantileBound(this.statistics.quantileBound);
  }
}
