import type { SitePoints } from '../site/site-points.js';
import { epicentralDistances, hypocentralDistances, hypocentreAt } from './hypocentral-distances.js';
import type { WrittenParameters } from './rupture-parameters.js';

/**
 * Fills a distance from a rupture to the sites indices[0..count), written to out[at..at + count). Units are those that the
 * models which ask for it read, km for lengths.
 */
type Fill = (
  rupture: WrittenParameters,
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
  at: number,
) => void;

const zeros: Fill = (_rupture, _sites, _indices, count, out, at) => void out.fill(0, at, at + count);

/** Distances that follow from the parameters of a rupture, whatever its source: one entry each. */
export const DERIVED_DISTANCES = {
  /** km, from the hypocentre in three dimensions */
  rhypo: (rupture, sites, indices, count, out, at) =>
    hypocentralDistances(hypocentreOf(rupture), sites, indices, count, out, at),
  /** km, from the epicentre along the great circle */
  repi: (rupture, sites, indices, count, out, at) =>
    epicentralDistances(hypocentreOf(rupture), sites, indices, count, out, at),
  /** km under volcanoes: not computed, as in the reference, where models see 0 too */
  rvolc: zeros,
  /** directivity: see GIVEN_ONLY */
  rcdpp: zeros,
} satisfies Readonly<Record<string, Fill>>;
/** The name of a distance that follows from the parameters of a rupture. */
export type DerivedDistance = keyof typeof DERIVED_DISTANCES;

/** What no source computes: contexts out of tables may have it, jobs with models that need it are refused. */
export const GIVEN_ONLY: readonly DerivedDistance[] = ['rcdpp'];

function hypocentreOf({ hypoLon, hypoLat, hypoDepth }: WrittenParameters): ReturnType<typeof hypocentreAt> {
  return hypocentreAt([hypoLon, hypoLat, hypoDepth]);
}
