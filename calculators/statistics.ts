import { MOST_STORED_PATHS } from '../datastore/logic-tree-layout.js';
import type { Statistic } from '../hazard/stats/statistic.js';
import type { JobParameters } from '../inputs/job.js';

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
