import { sizeText } from '../../datastore/disk-space.js';
import { MOST_STORED_PATHS } from '../../datastore/logic-tree-layout.js';
import type { Statistic } from '../../hazard/statistics/statistic.js';
import { curveLevels, type Job, type JobParameters } from '../../job/job.js';
import { refusal } from '../../hazard/refusal.js';

/** The statistics a job asks for, in the order of outputs. */
export function wantedStatistics(parameters: JobParameters): Statistic[] {
  const wanted: Statistic[] = [];
  if (parameters.mean) wanted.push({ name: 'mean', kind: 'mean' });
  if (parameters.std) wanted.push({ name: 'std', kind: 'std' });
  for (const q of parameters.quantiles) wanted.push({ name: `quantile-${q}`, kind: 'quantile', q });
  if (parameters.max) wanted.push({ name: 'max', kind: 'max' });
  return wanted;
}

/** Single realizations are stored when asked for, or when not forbidden and there is one site (and not too many), or only one. */
export function keepsRealizations(parameters: JobParameters, sites: number, realizations: number): boolean {
  if (realizations === 1) return true;
  return parameters.individualRlzs ?? (sites === 1 && realizations <= MOST_STORED_PATHS);
}

/**
 * Refuses single realizations that the disk has no room for, before anything is computed. `free`: bytes.
 * Errors: Refusal with the size and what to do.
 */
export function checkRoomForRealizations(job: Job, free: number): void {
  const { parameters, logicTree, sites, imts } = job;
  const count = logicTree.realizations.length;
  if (!keepsRealizations(parameters, sites.points.size, count)) return;
  const levels = curveLevels(job).reduce((sum, row) => sum + row.length, 0);
  const bytes = 4 * sites.points.size * count * (levels + imts.length * parameters.poes.length);
  if (bytes < free) return;
  const exact = count < 2 ** 53 ? count.toLocaleString('en') : count.toPrecision(4);
  throw refusal(
    'TOO_LARGE',
    `single realizations would take ${sizeText(bytes)} (${exact} realizations, ${sites.points.size} sites, ${levels} levels), ` +
      `but ${sizeText(free)} are free: set individual_rlzs = false (statistics do not need them), or sample the logic tree`,
  );
}
