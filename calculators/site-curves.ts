import type { CalculationFile } from '../datastore/calculation-file.js';
import { choiceModel, type RateColumn } from '../hazard/logictree/choice-model.js';
import type { FullLogicTree } from '../hazard/logictree/logic-tree.js';
import { curveLevels, type Job } from '../inputs/job.js';
import { CurveWriter } from './curve-writer.js';
import { SiteStatistics } from './postclassical.js';
import { RealizationRates } from './realization-rates.js';
import { SoilCurves } from './soil-curves.js';
import { keepsRealizations, wantedStatistics } from './statistics.js';

/** Makes and writes all curves of a job, one site after another: statistics, and single realizations in slices. */
export class SiteCurves {
  private readonly statistics: SiteStatistics | undefined;
  private readonly statisticsWriter: CurveWriter | undefined;
  private readonly realizations: RealizationRates | undefined;
  private readonly realizationsWriter: CurveWriter | undefined;
  /** where curves are amplified: they then come from here */
  private readonly soil: SoilCurves | undefined;
  private site = 0;
  /** levels of all measures of a curve together */
  private readonly size: number;
  /** statistics of one site [statistics x levels] */
  private readonly values: Float32Array;

  constructor(
    job: Job,
    private readonly file: CalculationFile,
    columns: readonly RateColumn[],
  ) {
    const { logicTree, imts, parameters, groups, sites, amplification } = job;
    const { investigationTime, useRates, poes } = parameters;
    const rockLevels = imts.map((measure) => measure.levels);
    const levels = curveLevels(job);
    const statistics = wantedStatistics(parameters);
    const amplifies = amplification?.method === 'convolution';
    this.size = levels.reduce((sum, row) => sum + row.length, 0);
    this.values = new Float32Array(statistics.length * this.size);
    const count = logicTree.realizations.length;
    const single = keepsRealizations(parameters, sites.points.size, count);
    file.createCurves({ statistics: statistics.map(({ name }) => name), realizations: single });
    if (statistics.length) {
      this.statisticsWriter = new CurveWriter(file, 'stats', statistics.length, levels, poes);
      if (!amplifies)
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
    if (single || amplifies) {
      const size = rockLevels.reduce((sum, row) => sum + row.length, 0);
      this.realizations = new RealizationRates(logicTree, groups, columns, size, investigationTime);
    }
    if (amplifies)
      this.soil = new SoilCurves({
        amplification,
        levels: rockLevels,
        weights: realizationWeights(
          logicTree,
          imts.map(({ imt }) => imt.name),
        ),
        statistics,
        useRates,
        rock: (first, last, out) => this.realizations!.probabilities(first, last, out),
      });
    if (single) {
      this.realizationsWriter = new CurveWriter(file, 'rlzs', count, levels, poes);
    }
  }

  /** @param rates by column the annual exceedance rates of the next site [levels], undefined where there are none */
  add(rates: readonly (ArrayLike<number> | undefined)[]): void {
    const { soil } = this;
    this.realizations?.site(rates);
    soil?.site(this.site++);
    if (this.statisticsWriter) {
      if (soil) soil.statistics(this.values);
      else this.statistics!.site(rates, this.values);
      this.statisticsWriter.add((first, last, out) =>
        out.set(this.values.subarray(first * this.size, last * this.size)),
      );
    }
    this.realizationsWriter?.add((first, last, out) => (soil ?? this.realizations!).probabilities(first, last, out));
  }

  flush(): void {
    this.statisticsWriter?.flush();
    this.realizationsWriter?.flush();
  }

  /** Notes with the statistics how exact they are. */
  finish(): void {
    this.flush();
    if (this.statisticsWriter) this.file.noteQuantileBound(this.statistics?.quantileBound ?? 0);
  }
}

/** Weights [realizations] by measure; measures without weights of their own share one array. */
function realizationWeights({ realizations }: FullLogicTree, imts: readonly string[]): Float64Array[] {
  const plain = new Float64Array(realizations.length);
  const own = new Map<string, Float64Array>();
  for (let r = 0; r < realizations.length; r++) {
    const { weight, weightsByImt } = realizations.at(r);
    plain[r] = weight;
    for (const imt of imts) {
      const ofMeasure = weightsByImt?.[imt];
      if (ofMeasure === undefined && !own.has(imt)) continue;
      let weights = own.get(imt);
      if (!weights) own.set(imt, (weights = plain.slice()));
      weights[r] = ofMeasure ?? weight;
    }
  }
  return imts.map((imt) => own.get(imt) ?? plain);
}
