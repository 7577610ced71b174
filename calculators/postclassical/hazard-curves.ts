import type { FullLogicTree } from '../../hazard/logictree/logic-tree.js';
import { curveLevels } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import { OrderedTasks } from '../tasks/ordered-tasks.js';
import { CurveWriter } from './curve-writer.js';
import { CurveStatistics, sitesPerTask } from './curve-statistics.js';
import { RealizationCurves } from './realization-curves.js';
import { SoilCurves } from './soil-curves.js';
import { keepsRealizations, wantedStatistics } from './wanted-curves.js';

type SiteRates = readonly (Float64Array | undefined)[];

/** Makes and writes all curves of a job, one site after another: statistics, and single realizations in slices. */
export class HazardCurves {
  private readonly statistics: CurveStatistics | undefined;
  private readonly statisticsWriter: CurveWriter | undefined;
  private readonly realizations: RealizationCurves | undefined;
  private readonly realizationsWriter: CurveWriter | undefined;
  /** where curves are amplified: they then come from here */
  private readonly soil: SoilCurves | undefined;
  private site = 0;
  /** levels of all measures of a curve together */
  private readonly size: number;
  /** statistics of one site [statistics x levels] */
  private readonly values: Float32Array;

  /** statistics that are made in tasks, some sites each, and the sites of the next one */
  private readonly tasks: OrderedTasks<'postclassical'>;
  private batch: SiteRates[] = [];
  private largestError = 0;

  constructor(private readonly run: Run) {
    const { job, file, columns, statistics: request } = run;
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
    if (request && !amplifies && sitesPerTask(job) === undefined) this.statistics = new CurveStatistics(request);
    if (single || amplifies) {
      const size = rockLevels.reduce((sum, row) => sum + row.length, 0);
      this.realizations = new RealizationCurves(logicTree, groups, columns, size, investigationTime);
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
    this.tasks = new OrderedTasks(run, 'postclassical', {
      take: ({ values, quantileBound }) => {
        const perSite = this.values.length;
        for (let first = 0; first < values.length; first += perSite)
          this.write(values.subarray(first, first + perSite));
        this.largestError = Math.max(this.largestError, quantileBound);
      },
    });
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
      if (this.batch.length >= sitesPerTask(this.run.job)!) await this.send();
    }
    this.realizationsWriter?.add((first, last, out) => (soil ?? this.realizations!).probabilities(first, last, out));
  }

  private write(values: Float32Array): void {
    this.statisticsWriter!.add((first, last, out) => out.set(values.subarray(first * this.size, last * this.size)));
  }

  private async send(): Promise<void> {
    if (this.batch.length === 0) return;
    const rates = this.batch;
    this.batch = [];
    await this.tasks.add({ rates });
  }

  /** Waits for the statistics of all sites so far and writes them. */
  async flush(): Promise<void> {
    await this.send();
    await this.tasks.finish();
    this.statisticsWriter?.flush();
    this.realizationsWriter?.flush();
  }

  /** Notes with the statistics how exact they are. */
  finish(): void {
    const bound = Math.max(this.largestError, this.statistics?.quantileBound ?? 0);
    if (this.statisticsWriter) this.run.file.noteQuantileBound(bound);
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
