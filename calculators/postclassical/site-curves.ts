import type { CalculationFile } from '../../datastore/calculation-file.js';
import type { RateColumn } from '../../hazard/logictree/choice-model.js';
import type { FullLogicTree } from '../../hazard/logictree/logic-tree.js';
import { curveLevels, type Job } from '../../job/job.js';
import { CurveWriter } from './curve-writer.js';
import type { Distributor } from '../tasks/distributor.js';
import { sitesPerTask, SiteStatistics, type StatisticsRequest } from './site-statistics.js';
import { RealizationRates } from './realization-rates.js';
import { SoilCurves } from './soil-curves.js';
import type { StatisticsResult } from './statistics-task.js';
import { keepsRealizations, wantedStatistics } from './wanted-statistics.js';

type SiteRates = readonly (Float64Array | undefined)[];

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

  /** tasks of statistics under way, in the order of their sites */
  private readonly waiting: { readonly sites: SiteRates[]; readonly result: Promise<StatisticsResult> }[] = [];
  /** sites of the next task */
  private batch: SiteRates[] = [];
  private largestError = 0;

  /** @param request statistics wanted; made in tasks where sitesPerTask says so */
  constructor(
    private readonly job: Job,
    private readonly file: CalculationFile,
    private readonly distributor: Distributor,
    columns: readonly RateColumn[],
    request: StatisticsRequest | undefined,
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
    if (statistics.length) this.statisticsWriter = new CurveWriter(file, 'stats', statistics.length, levels, poes);
    if (request && !amplifies && sitesPerTask(job) === undefined) this.statistics = new SiteStatistics(request);
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
    if (single) this.realizationsWriter = new CurveWriter(file, 'rlzs', count, levels, poes);
  }

  /** @param rates by column the annual exceedance rates of the next site [levels], undefined where there are none */
  async add(rates: SiteRates): Promise<void> {
    const { soil, statistics, statisticsWriter } = this;
    this.realizations?.site(rates);
    soil?.site(this.site++);
    if (statisticsWriter && (soil || statistics)) {
      if (soil) soil.statistics(this.values);
      else statistics!.site(rates, this.values);
      this.write(this.values);
    } else if (statisticsWriter) {
      // a view would take all of its buffer along to another thread
      this.batch.push(rates.map((row) => row?.slice()));
      if (this.batch.length >= sitesPerTask(this.job)!) this.send();
      while (this.waiting.length >= 2 * this.distributor.workers) await this.receive();
    }
    this.realizationsWriter?.add((first, last, out) => (soil ?? this.realizations!).probabilities(first, last, out));
  }

  private write(values: Float32Array): void {
    this.statisticsWriter!.add((first, last, out) => out.set(values.subarray(first * this.size, last * this.size)));
  }

  private send(): void {
    if (this.batch.length === 0) return;
    const sites = this.batch;
    this.batch = [];
    const result = this.distributor.run('statistics', { rates: sites });
    // a failure is met by whoever waits for the result
    result.catch(() => undefined);
    this.waiting.push({ sites, result });
  }

  /** Writes the oldest result. */
  private async receive(): Promise<void> {
    const { sites, result } = this.waiting.shift()!;
    const { values, quantileBound } = await result;
    const perSite = values.length / sites.length;
    sites.forEach((_, k) => this.write(values.subarray(k * perSite, (k + 1) * perSite)));
    this.largestError = Math.max(this.largestError, quantileBound);
  }

  /** Waits for the statistics of all sites so far and writes them. */
  async flush(): Promise<void> {
    this.send();
    while (this.waiting.length) await this.receive();
    this.statisticsWriter?.flush();
    this.realizationsWriter?.flush();
  }

  /** Notes with the statistics how exact they are. */
  finish(): void {
    const bound = Math.max(this.largestError, this.statistics?.quantileBound ?? 0);
    if (this.statisticsWriter) this.file.noteQuantileBound(bound);
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
