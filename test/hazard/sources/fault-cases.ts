/** Small fault sources for tests, a job's discretization, and contexts gathered from prepared sources. */
import { ContextBatch, type DistanceKind } from '../../../hazard/contexts/context-batch.js';
import type { RuptureParameter } from '../../../hazard/contexts/rupture-parameters.js';
import { distanceFilter } from '../../../hazard/contexts/distance-filter.js';
import type { PreparedSource } from '../../../hazard/sources/prepared-source.js';
import type {
  ComplexFaultSource,
  Discretization,
  KiteFaultSource,
  KiteGeometry,
  MultiFaultSource,
} from '../../../hazard/sources/source.js';
import { sitePoints, type SitePoints } from '../../../hazard/site/site-points.js';
import { DISCRETIZATION as USUAL } from './contexts.js';

export const DISCRETIZATION: Discretization = { ...USUAL, complexFaultMeshSpacing: 8, widthOfMfdBin: 0.2 };

export const COMPLEX: ComplexFaultSource = {
  type: 'complexFault',
  id: 'c1',
  name: 'c1',
  tectonicRegionType: 'Subduction Interface',
  mfd: { kind: 'truncatedGutenbergRichter', aValue: 4, bValue: 1, minMag: 6.5, maxMag: 7.9 },
  magnitudeScalingRelation: 'StrasserInterface',
  ruptureAspectRatio: 1.5,
  rake: 90,
  geometry: {
    kind: 'complexFault',
    edges: [
      Float64Array.of(22, 36, 8, 22.4, 36.35, 8.5, 23, 36.5, 9),
      Float64Array.of(22.35, 35.72, 25, 22.8, 36.1, 27, 23.15, 36.2, 24),
    ],
  },
};

export const KITE: KiteFaultSource = {
  type: 'kiteFault',
  id: 'k2',
  name: 'k2',
  tectonicRegionType: 'Active Shallow Crust',
  mfd: { kind: 'truncatedGutenbergRichter', aValue: 3, bValue: 1, minMag: 6, maxMag: 6.9 },
  magnitudeScalingRelation: 'Leonard2014_Interplate',
  ruptureAspectRatio: 1,
  rake: 90,
  geometry: {
    kind: 'kite',
    profiles: [
      Float64Array.of(5, 50, 1, 4.98, 50.03, 6, 4.9, 50.1, 11),
      Float64Array.of(5.3, 49.95, 1, 5.31, 50, 6, 5.3, 50.1, 13),
      Float64Array.of(5.7, 50.05, 1, 5.73, 50.1, 6.5, 5.75, 50.2, 12),
    ],
  },
};

const kite = (...profiles: Float64Array[]): KiteGeometry => ({ kind: 'kite', profiles });

export const MULTI: MultiFaultSource = {
  type: 'multiFault',
  id: 'f5',
  name: 'f5',
  tectonicRegionType: 'Active Shallow Crust',
  sections: {
    ids: ['a', 'b'],
    surfaces: [
      [
        kite(
          Float64Array.of(20, 40, 0, 20, 39.95, 10),
          Float64Array.of(19.8, 40.05, 0, 19.79, 40, 10),
          Float64Array.of(19.6, 40, 0, 19.59, 39.95, 10),
        ),
      ],
      [kite(Float64Array.of(20.05, 40, 0, 20.05, 40.08, 10), Float64Array.of(20.6, 40.05, 0, 20.6, 40.13, 10))],
    ],
  },
  magnitudes: Float64Array.of(7.1, 6.6, 6.9),
  rakes: Float64Array.of(90, 90, 90),
  sectionStart: Int32Array.of(0, 2, 3, 5),
  sectionIndices: Int32Array.of(0, 1, 0, 1, 0),
  probabilities: Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.9, 0.1),
  terms: 2,
};

/** Sites at the surface: lon, lat, lon, lat ... */
export function sitesAt(...places: number[]): SitePoints {
  const lon = Float64Array.from({ length: places.length / 2 }, (_, i) => places[2 * i]);
  const lat = Float64Array.from({ length: places.length / 2 }, (_, i) => places[2 * i + 1]);
  return sitePoints(lon, lat, new Float64Array(lon.length));
}

const RUPTURE: readonly RuptureParameter[] = ['mag', 'strike', 'dip', 'width', 'ztor', 'hypoDepth'];
const DISTANCES: readonly DistanceKind[] = ['rrup', 'rjb', 'rx', 'ry0', 'rhypo', 'repi', 'azimuth'];

/** One line per context: rupture, site, rate, then its parameters and distances. */
export function contextsOf(
  prepared: PreparedSource,
  sites: SitePoints,
  options: { distance?: number; step?: number; capacity?: number; fewSites?: boolean } = {},
): number[][] {
  const { distance = 20000, step = prepared.units, capacity = 100000, fewSites = false } = options;
  const batch = new ContextBatch(capacity, new Set(RUPTURE), new Set(DISTANCES));
  batch.reset();
  const lines: number[][] = [];
  const flush = (): void => {
    for (let r = 0; r < batch.ruptures; r++) {
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const head = [batch.ruptureIndex[r], batch.site[i], batch.rates[r]];
        lines.push([...head, ...RUPTURE.map((name) => batch[name][r]), ...DISTANCES.map((kind) => batch[kind][i])]);
      }
    }
    batch.reset();
  };
  const request = { sites, filter: distanceFilter(distance), pointSourceDistance: Infinity, fewSites, batch, flush };
  for (let unit = 0; unit < prepared.units; unit += step) {
    prepared.contexts(request, unit, Math.min(prepared.units, unit + step));
  }
  flush();
  return lines.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
