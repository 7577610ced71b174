import { ContextBatch, DISTANCE_KINDS, type DistanceKind } from '../../../hazard/contexts/context-batch.js';
import { RUPTURE_PARAMETERS } from '../../../hazard/contexts/rupture-parameters.js';
import { distanceFilter } from '../../../hazard/contexts/distance-filter.js';
import type { PreparedSource } from '../../../hazard/sources/prepared-source.js';
import type { ContextRequest } from '../../../hazard/contexts/context-request.js';
import type { Discretization, PointSource } from '../../../hazard/sources/source.js';
import { sitePoints, type SitePoints } from '../../../hazard/site/site-points.js';

export const DISCRETIZATION: Discretization = {
  ruptureMeshSpacing: 2,
  complexFaultMeshSpacing: 5,
  widthOfMfdBin: 0.1,
  areaSourceDiscretization: 20,
  floatingXStep: 0,
  floatingYStep: 0,
  investigationTime: 50,
  inferOccurRates: false,
  shiftHypo: false,
  splitSources: true,
};

/** A point source with two planes and two depths. */
export const POINT: PointSource = {
  type: 'point',
  id: 'p',
  name: 'p',
  tectonicRegionType: 'Active Shallow Crust',
  mfd: { kind: 'incremental', minMag: 5.5, binWidth: 0.5, occurRates: Float64Array.of(0.01, 0.003, 0.001, 0.0002) },
  lon: 10,
  lat: 45,
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1.5,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 18,
  nodalPlanes: [
    { probability: 0.7, strike: 30, dip: 60, rake: 90 },
    { probability: 0.3, strike: 120, dip: 90, rake: 0 },
  ],
  hypocentralDepths: [
    { probability: 0.4, depth: 5 },
    { probability: 0.6, depth: 12 },
  ],
};

/** Sites at the surface (or at given depths, km) from pairs of longitude and latitude. */
export function sitesAt(places: readonly (readonly [number, number])[], depth = 0): SitePoints {
  return sitePoints(
    Float64Array.from(places, ([lon]) => lon),
    Float64Array.from(places, ([, lat]) => lat),
    new Float64Array(places.length).fill(depth),
  );
}

/** One row of a batch, spelled out. */
export interface Context {
  readonly rupture: number;
  readonly site: number;
  readonly rate: number;
  readonly mag: number;
  readonly distances: Readonly<Record<DistanceKind, number>>;
}

/** All contexts of a source, gathered over many small batches. */
export function contextsOf(
  prepared: PreparedSource,
  sites: SitePoints,
  options: Partial<Pick<ContextRequest, 'filter' | 'pointSourceDistance' | 'fewSites'>> & {
    readonly units?: readonly [first: number, last: number];
  } = {},
): Context[] {
  const contexts: Context[] = [];
  const batch = new ContextBatch(2 * sites.size, new Set(RUPTURE_PARAMETERS), new Set(DISTANCE_KINDS));
  batch.reset();
  const flush = (): void => {
    for (let r = 0; r < batch.ruptures; r++) {
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const distances = Object.fromEntries(DISTANCE_KINDS.map((kind) => [kind, batch[kind][i]]));
        contexts.push({
          rupture: batch.ruptureIndex[r],
          site: batch.site[i],
          rate: batch.rates[r],
          mag: batch.mag[r],
          distances: distances as Record<DistanceKind, number>,
        });
      }
    }
    batch.reset();
  };
  const request: ContextRequest = {
    sites,
    filter: distanceFilter(1000),
    pointSourceDistance: Infinity,
    fewSites: false,
    ...options,
    batch,
    flush,
  };
  const [first, last] = options.units ?? [0, prepared.units];
  prepared.contexts(request, first, last);
  flush();
  return contexts;
}

/** Yearly rate of all ruptures together. */
export function totalRate(prepared: PreparedSource): number {
  let total = 0;
  for (const { rate } of prepared.ruptures()) total += rate;
  return total;
}
