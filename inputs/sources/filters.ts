import { filterOfPairs, type DistanceFilter } from '../../hazard/contexts/distance-filter.js';
import type { InputReport } from '../report.js';
import { cutDistances, minimumMagnitudes, pointSourceDistances } from '../parameters/oqparam.js';
import type { Parameters } from '../parameters/parameters.js';

/** What filters the ruptures of each tectonic region type. */
export interface RegionFilters {
  readonly filters: ReadonlyMap<string, DistanceFilter>;
  /** km */
  readonly pointSourceDistances: ReadonlyMap<string, number>;
}

/** the value that switches the approximation off */
const NEVER = 1000;

/**
 * Filters for the regions of the sources. Distances given by region must name regions of the ground-motion tree
 * (`modelRegions`; undefined when one model serves all) and, without a default, all of them.
 */
export function readFilters(
  parameters: Parameters,
  regions: readonly string[],
  modelRegions: readonly string[] | undefined,
  report: InputReport,
): RegionFilters {
  const magnitudes = new Map(minimumMagnitudes(parameters));
  const distances = new Map(cutDistances(parameters));
  const pointSources = new Map(pointSourceDistances(parameters));
  checkRegions(parameters, modelRegions, report);

  const filters = new Map<string, DistanceFilter>();
  for (const region of regions) {
    const pairs = distances.get(region) ?? distances.get('default') ?? [];
    const minimumMagnitude = magnitudes.get(region) ?? magnitudes.get('default') ?? 0;
    filters.set(region, filterOfPairs(pairs, minimumMagnitude, Number(parameters.number('minimum_distance'))));
    if (pairs.length === 0 && distances.size > 0 && !parameters.isBroken('maximum_distance'))
      report.fault({
        code: 'INVALID_VALUE',
        ...parameters.where('maximum_distance'),
        message: `no distance is left for '${region}'`,
      });
  }
  const pointSource = (region: string): number => {
    const distance = pointSources.get(region) ?? Number(pointSources.get('default'));
    return distance >= NEVER ? Infinity : distance;
  };
  return { filters, pointSourceDistances: new Map(regions.map((region) => [region, pointSource(region)])) };
}

function checkRegions(parameters: Parameters, modelRegions: readonly string[] | undefined, report: InputReport): void {
  if (!modelRegions || parameters.isBroken('maximum_distance')) return;
  const named = parameters.entries('maximum_distance').map(([region]) => region);
  const withMagnitude = parameters.entries('minimum_magnitude').map(([region]) => region);
  const where = { ...parameters.where('maximum_distance'), allowed: ['default', ...modelRegions].join(', ') };
  for (const region of named)
    if (region !== 'default' && !modelRegions.includes(region) && !withMagnitude.includes(region))
      report.fault({
        code: 'TREE_REFERENCE',
        ...where,
        message: `'${region}' is not a tectonic region type of the ground-motion tree`,
      });
  if (named.length === 0 || named.includes('default')) return;
  for (const region of modelRegions)
    if (!named.includes(region))
      report.fault({
        code: 'INVALID_VALUE',
        ...where,
        message: `'${region}' has no distance, and there is no default`,
      });
}
