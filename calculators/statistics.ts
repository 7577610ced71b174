import type { JobParameters } from '../inputs/job.js';

/** One statistic over realizations, named as outputs name it: mean, std, quantile-0.15, max. */
export type Statistic =
  | { readonly name: string; readonly kind: 'mean' | 'std' | 'max' }
  | { readonly name: string; readonly kind: 'quantile'; readonly q: number };

/** The statistics a job asks for, in the order of outputs. */
export function wantedStatistics(parameters: JobParameters): Statistic[] {
  const wanted: Statistic[] = [];
  if (parameters.mean) wanted.push({ name: 'mean', kind: 'mean' });
  if (parameters.std) wanted.push({ name: 'std', kind: 'std' });
  for (const q of parameters.quantiles) wanted.push({ name: `quantile-${q}`, kind: 'quantile', q });
  if (parameters.max) wanted.push({ name: 'max', kind: 'max' });
  return wanted;
}

/** Single realizations are stored when asked for, or when not forbidden and there is one site or one realization. */
export function keepsRealizations(parameters: JobParameters, sites: number, realizations: number): boolean {
  if (realizations === 1) return true;
  return parameters.individualRlzs ?? sites === 1;
}
