/** Ground motion that is not a number ends the run: it must never become a rate, and never a hazard of 0. */
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import type { Imt } from '../../hazard/gmm/imt.js';
import type { GroundMotion } from '../../hazard/gmm/model.js';
import { refusal, Refusal } from '../../hazard/refusal.js';
import type { SiteCollection } from '../../hazard/site/site-collection.js';

const CODE = 'MODEL_NOT_A_NUMBER';

/** Whether an error is the refusal of a motion that is not a number. */
export function isNotANumber(error: unknown): error is Refusal {
  return error instanceof Refusal && error.code === CODE;
}

/**
 * Looks for means and standard deviations of a batch that are not numbers: by their sum, so that it costs one addition each.
 * Errors: Refusal MODEL_NOT_A_NUMBER naming model, measure, site and what the model was given.
 */
export function checkMotion(
  model: string,
  imts: readonly Imt[],
  batch: ContextBatch,
  { mean, total }: GroundMotion,
  sites: SiteCollection,
): void {
  for (let m = 0; m < imts.length; m++) {
    if (!Number.isNaN(sumOf(mean[m], total[m], batch.size))) continue;
    const i = firstNotANumber(mean[m], total[m], batch.size);
    // infinite values of both signs add up to no number, too
    if (i >= 0) throw notANumber(model, imts[m].name, batch, i, sites);
  }
}

function sumOf(mean: Float64Array, total: Float64Array, size: number): number {
  let means = 0;
  let sigmas = 0;
  for (let i = 0; i < size; i++) {
    means += mean[i];
    sigmas += total[i];
  }
  return means + sigmas;
}

function firstNotANumber(mean: Float64Array, total: Float64Array, size: number): number {
  for (let i = 0; i < size; i++) if (Number.isNaN(mean[i]) || Number.isNaN(total[i])) return i;
  return -1;
}

function notANumber(model: string, measure: string, batch: ContextBatch, i: number, sites: SiteCollection): Refusal {
  let r = 0;
  while (batch.start[r + 1] <= i) r++;
  const s = batch.site[i];
  const { lon, lat } = sites.points;
  const given = [
    ...Object.entries(sites.parameters.numeric)
      .filter(([name]) => name !== 'lon' && name !== 'lat')
      .map(([name, column]) => `${name} = ${column[s]}`),
    ...Object.entries(sites.parameters.text).map(([name, column]) => `${name} = ${column[s]}`),
    ...[...batch.rupture].map((name) => `${name} = ${shown(batch[name][r])}`),
    ...[...batch.distances].map((name) => `${name} = ${shown(batch[name][i])}`),
  ];
  return refusal(
    CODE,
    `${model} gives no number for ${measure} at site ${shown(lon[s])} ${shown(lat[s])} (${given.join(', ')})`,
  );
}

const shown = (value: number): string => String(Number(value.toPrecision(6)));
