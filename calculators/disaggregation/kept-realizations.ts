/** Which realizations a disaggregation shows, site by site (docs/hazard.md, Disaggregation). */
import { distanceFromMean } from '../../hazard/disaggregation/closest-realizations.js';
import type { Disaggregation } from '../../job/job.js';
import { refusal } from '../../hazard/refusal.js';

/** Beyond this number of realizations they are not looked at one by one. */
const MOST_COMPARED = 5_000_000;
/** Realizations whose curves are made at a time. */
const SLICE = 1024;

/** Curves of single realizations of one site, [realizations x levels]. */
type Curves = (first: number, last: number, out: Float32Array) => void;

/**
 * Numbers of the realizations of a site in the order of the results. mean: the mean curve [levels of all measures], of which the
 * first `compared` levels count. Errors: Refusal for more realizations than can be compared.
 */
export function keptRealizations(
  { realizations, nearest }: Pick<Disaggregation, 'realizations' | 'nearest'>,
  count: number,
  mean: Float32Array,
  compared: number,
  curves: Curves,
): readonly number[] {
  if (realizations) return realizations;
  const wanted = nearest === 0 ? count : Math.min(nearest, count);
  if (count > MOST_COMPARED)
    throw refusal(
      'TOO_LARGE',
      `${count} realizations are too many to look for those nearest to the mean: sample the logic tree ` +
        `(number_of_logic_tree_samples), or set num_rlzs_disagg = 0 for the mean alone`,
    );
  const distances = new Float64Array(count);
  const size = mean.length;
  const slice = new Float32Array(SLICE * size);
  const part = mean.subarray(0, compared);
  for (let first = 0; first < count; first += SLICE) {
    const last = Math.min(count, first + SLICE);
    curves(first, last, slice);
    for (let r = first; r < last; r++)
      distances[r] = distanceFromMean(slice.subarray((r - first) * size, (r - first) * size + compared), part);
  }
  const order = Uint32Array.from({ length: count }, (_, number) => number);
  order.sort((a, b) => distances[a] - distances[b] || a - b);
  return Array.from(order.subarray(0, wanted));
}
