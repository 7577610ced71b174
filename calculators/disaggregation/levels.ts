/** The levels that are disaggregated: given, or those of the mean curve at the probabilities of the job. */
import type { DisaggregatedLevel } from '../../hazard/disaggregation/contributions.js';
import type { RateColumn } from '../../hazard/logictree/choice-model.js';
import { levelAtProbability } from '../../hazard/statistics/hazard-map.js';
import type { Disaggregation, Job } from '../../job/job.js';
import type { Run } from '../calculation-run.js';
import { CurveStatistics, statisticsRequest } from '../postclassical/curve-statistics.js';
import { refusal } from '../../hazard/refusal.js';

/** How far the level may move, relative to the sum of both, when the probability is reduced by a hundredth. */
const UNCERTAIN_LEVEL = 0.05;

/** The mean curves that levels are read off, with the rates they are made of. */
export interface MeanCurves {
  /** by site the mean curve [levels of all measures] */
  readonly mean: readonly Float32Array[];
  /** by column the annual rates of exceedance of a site */
  readonly rates: (site: number) => readonly Float64Array[];
}

/** The levels at which ruptures are disaggregated. */
export interface FoundLevels extends MeanCurves {
  /** [measures x probabilities]; NaN at sites without a level */
  readonly levels: readonly DisaggregatedLevel[];
  /** [sites x measures x probabilities], in the units of the measures; 0 without a level */
  readonly values: Float64Array;
  /** probabilities as the tables show them [sites x probabilities] */
  readonly poes: Float64Array;
}

/**
 * Errors: Refusal when no site has a level (every curve lies below the probabilities), or a curve is so flat that the
 * probability does not say which level is meant.
 */
export function disaggregatedLevels(request: Disaggregation, { job, columns, file, monitor }: Run): FoundLevels {
  const { imts, sites } = job;
  const { size } = sites.points;
  const rates = (site: number): Float64Array[] => file.readSiteRates(site, columns.length);
  const mean = meanCurves(job, columns, rates);
  const perMeasure = request.poes.length || 1;
  const count = imts.length * perMeasure;
  const values = new Float64Array(size * count);
  const missing: string[] = [];
  for (let site = 0; site < size; site++) {
    let first = 0;
    imts.forEach(({ imt, levels }, m) => {
      for (let p = 0; p < perMeasure; p++) {
        const at = site * count + m * perMeasure + p;
        if (request.poes.length === 0) values[at] = request.levels[m];
        else {
          const poe = request.poes[p];
          values[at] = levelAtProbability(levels, mean[site], first, poe);
          checkLevel(
            values[at],
            levelAtProbability(levels, mean[site], first, 0.99 * poe),
            `${imt.name} at poe ${poe}, site ${site}`,
          );
          if (values[at] === 0) missing.push(`${imt.name} at poe ${poe}, site ${site}`);
        }
      }
      first += levels.length;
    });
  }
  if (values.every((value) => value === 0))
    throw refusal('NO_LEVEL', 'nothing to disaggregate: all mean hazard curves lie below the probabilities of the job');
  if (missing.length > 0)
    monitor.log(
      'WARNING',
      `not disaggregated, as the mean hazard curve lies below the probability: ${missing.join('; ')}`,
    );
  const levels = Array.from({ length: count }, (_, l): DisaggregatedLevel => {
    const measure = Math.floor(l / perMeasure);
    const linear = imts[measure].imt.kind === 'MMI';
    const ofSites = Float64Array.from({ length: size }, (__, site) => {
      const value = values[site * count + l];
      if (value === 0) return NaN;
      return linear ? value : Math.log(value);
    });
    return { measure, levels: ofSites };
  });
  // for levels given by the job the tables show where the mean curve of a site is for the first measure, as the reference does
  const poes = Float64Array.from(mean.flatMap((curve) => (request.poes.length > 0 ? request.poes : [curve[0]])));
  return { mean, rates, levels, values, poes };
}

function checkLevel(level: number, higher: number, where: string): void {
  if (level > 0 && Math.abs(higher - level) / (higher + level) > UNCERTAIN_LEVEL)
    throw refusal(
      'NO_LEVEL',
      `the mean hazard curve is too flat to disaggregate ${where}: the level jumps from ${level} to ${higher} when the ` +
        `probability falls by a hundredth; take other levels or probabilities`,
    );
}

function meanCurves(
  job: Job,
  columns: readonly RateColumn[],
  rates: (site: number) => readonly Float64Array[],
): Float32Array[] {
  const statistics = new CurveStatistics(statisticsRequest(job, columns, [{ name: 'mean', kind: 'mean' }])!);
  return Array.from({ length: job.sites.points.size }, (_, site) => {
    const curve = new Float32Array(statistics.outputSize);
    statistics.site(rates(site), curve);
    return curve;
  });
}
