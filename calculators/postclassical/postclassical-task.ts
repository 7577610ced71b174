import type { TaskWorker } from '../tasks/task-worker.js';

/** Statistics of some sites, in a worker: quantiles over large logic trees take longer than the rates they come from. */
export interface PostclassicalTask {
  /** [sites][columns] annual exceedance rates [levels], undefined where there are none */
  readonly rates: readonly (readonly (Float64Array | undefined)[])[];
}
/** Statistics of some sites. */
export interface PostclassicalResult {
  /** probabilities of exceedance [sites x statistics x levels] */
  readonly values: Float32Array;
  /** largest error in probability of the quantiles */
  readonly quantileBound: number;
}

/** Runs the task in a worker: statistics of some sites from their rates. */
export function runPostclassical(worker: TaskWorker, { rates }: PostclassicalTask): PostclassicalResult {
  const { statistics } = worker;
  const { outputSize } = statistics;
  const values = new Float32Array(rates.length * outputSize);
  rates.forEach((ofSite, site) => {
    worker.beat();
    statistics.site(ofSite, values.subarray(site * outputSize, (site + 1) * outputSize));
  });
  return { values, quantileBound: statistics.quantileBound };
}
