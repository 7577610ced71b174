/**
 * npm run bench -- surfaces: for each kind of surface, how many can be made per second and how many distances to sites they give per
 * second; then a multi-fault model of [SECTIONS [RUPTURES [SITES]]], by default 1,000, 10,000 and 50.
 */
import { ContextBatch, type DistanceKind } from '../hazard/contexts/context-batch.js';
import type { RuptureParameter } from '../hazard/contexts/rupture-parameters.js';
import { distanceFilter } from '../hazard/contexts/distance-filter.js';
import { prepareSource } from '../hazard/sources/registry.js';
import { surfaceOfGeometry } from '../hazard/sources/surface-of-geometry.js';
import type { Discretization, KiteGeometry, MultiFaultSource, SurfaceGeometry } from '../hazard/sources/source.js';
import { sitePoints, type SitePoints } from '../hazard/site/site-points.js';
import type { SurfaceDistance } from '../hazard/contexts/context-batch.js';

const DISCRETIZATION: Discretization = {
  ruptureMeshSpacing: 2,
  complexFaultMeshSpacing: 4,
  floatingXStep: 0,
  floatingYStep: 0,
  investigationTime: 1,
  inferOccurRates: true,
  shiftHypo: false,
  splitSources: true,
};
const KINDS: readonly SurfaceDistance[] = ['rrup', 'rjb', 'rx', 'ry0'];
const RUPTURE: readonly RuptureParameter[] = ['mag', 'rake', 'dip', 'ztor', 'width', 'hypoDepth'];
const DISTANCES: readonly DistanceKind[] = ['rrup', 'rjb', 'rx', 'ry0'];
/** Seconds of CPU to measure for. */
const AT_LEAST = 0.3;

const TRACE = Float64Array.of(10, 45, 0, 10.3, 45.15, 0, 10.6, 45.2, 0);
const PLANES: readonly SurfaceGeometry[] = [
  [10, 45, 2, 10.24614, 45.20641, 2, 10.07509, 44.95539, 11.19253, 10.3215, 45.1618, 11.19253],
  [10.24614, 45.20641, 0, 10.51763, 45.2573, 0, 10.25474, 45.18378, 14.77212, 10.52624, 45.23467, 14.77212],
].map((corners) => ({ kind: 'planar', corners: Float64Array.from(corners) }));
const KITE: KiteGeometry = {
  kind: 'kite',
  profiles: [Float64Array.of(10, 45, 0, 10.05, 44.95, 14), Float64Array.of(10.6, 45.2, 0, 10.65, 45.1, 14)],
};
const GRID = Array.from({ length: 300 }, (_, i) => [
  10 + 0.03 * (i % 20),
  45 + 0.02 * Math.floor(i / 20),
  5 + 1.5 * Math.floor(i / 20),
]);
const SURFACES: Readonly<Record<string, readonly SurfaceGeometry[]>> = {
  planar: [PLANES[0]],
  'simple fault': [{ kind: 'simpleFault', trace: TRACE, dip: 50, upperSeismogenicDepth: 0, lowerSeismogenicDepth: 15 }],
  'complex fault': [
    {
      kind: 'complexFault',
      edges: [
        Float64Array.of(10, 45, 5, 10.4, 45.5, 5, 10.5, 46, 6),
        Float64Array.of(10.6, 45, 30, 11, 45.4, 32, 11.2, 46, 30),
      ],
    },
  ],
  kite: [KITE],
  gridded: [{ kind: 'gridded', points: Float64Array.from(GRID.flat()) }],
  'two planes': PLANES,
};

/** Pseudo-random numbers in [0, 1), the same at every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function sitesAround(n: number, west: number, south: number, extent: number): SitePoints {
  const next = sequence(11);
  const lon = Float64Array.from({ length: n }, () => west + extent * next());
  const lat = Float64Array.from({ length: n }, () => south + extent * next());
  return sitePoints(lon, lat, new Float64Array(n));
}

/** How often per second of CPU something can be done. */
function rate(action: () => void): number {
  const started = process.cpuUsage();
  let times = 0;
  let seconds = 0;
  while (seconds < AT_LEAST) {
    for (let i = 0; i < 3; i++) action();
    times += 3;
    seconds = process.cpuUsage(started).user / 1e6;
  }
  return times / seconds;
}

function benchSurfaces(): void {
  const sites = sitesAround(200, 9, 44, 3);
  const indices = Int32Array.from({ length: sites.size }, (_, i) => i);
  const out = new Float64Array(sites.size);
  console.log('surface        made/s  ' + KINDS.map((kind) => `${kind}/s`.padStart(10)).join(' '));
  for (const [name, geometry] of Object.entries(SURFACES)) {
    const made = rate(() => surfaceOfGeometry(geometry, DISCRETIZATION));
    const surface = surfaceOfGeometry(geometry, DISCRETIZATION);
    const figures = KINDS.map((kind) => {
      surface.distances(kind, sites, indices, 1, out, 0);
      if (Number.isNaN(out[0])) return '-'.padStart(10);
      const perSecond = rate(() => surface.distances(kind, sites, indices, sites.size, out, 0)) * sites.size;
      return perSecond.toExponential(2).padStart(10);
    });
    console.log(name.padEnd(13), made.toExponential(2), figures.join(' '));
  }
}

/** A fault system: sections of 15 km along parallel strands, ruptures of 2 to 40 neighbouring sections of a strand. */
function faultSystem(sections: number, ruptures: number): MultiFaultSource {
  const next = sequence(3);
  const strand = 100;
  const surfaces = Array.from({ length: sections }, (_, i): [KiteGeometry] => {
    const [row, place] = [Math.floor(i / strand), i % strand];
    const [lon, lat] = [10 + 0.18 * place, 40 + 0.15 * row];
    const profile = (x: number): Float64Array => {
      const top = lat + 0.03 * Math.sin(x);
      return Float64Array.of(x, top, 0, x + 0.01, top - 0.06, 12);
    };
    return [{ kind: 'kite', profiles: [profile(lon), profile(lon + 0.17)] }];
  });
  const start = new Int32Array(ruptures + 1);
  const indices: number[] = [];
  for (let r = 0; r < ruptures; r++) {
    const first = Math.floor(next() * sections);
    const last = Math.min(first + 2 + Math.floor(next() * 38), sections, (Math.floor(first / strand) + 1) * strand);
    for (let section = first; section < last; section++) indices.push(section);
    start[r + 1] = indices.length;
  }
  return {
    type: 'multiFault',
    id: 'system',
    name: '',
    tectonicRegionType: 'Active Shallow Crust',
    sections: { ids: surfaces.map((_, i) => `s${i}`), surfaces },
    magnitudes: Float64Array.from({ length: ruptures }, (_, r) => 6 + 0.05 * (start[r + 1] - start[r])),
    rakes: new Float64Array(ruptures),
    sectionStart: start,
    sectionIndices: Int32Array.from(indices),
    probabilities: Float64Array.from({ length: 2 * ruptures }, (_, i) => (i % 2 === 0 ? 0.9999 : 0.0001)),
    terms: 2,
  };
}

function benchMultiFault(sections: number, ruptures: number, size: number): void {
  const source = faultSystem(sections, ruptures);
  const began = process.cpuUsage();
  const prepared = prepareSource(source, DISCRETIZATION);
  const built = process.cpuUsage(began).user / 1e6;
  const sites = sitesAround(size, 12, 40, 5);
  const batch = new ContextBatch(Math.max(20000, size), new Set(RUPTURE), new Set(DISTANCES));
  batch.reset();
  let contexts = 0;
  const flush = (): void => {
    contexts += batch.size;
    batch.reset();
  };
  const request = {
    sites,
    filter: distanceFilter(300),
    pointSourceDistance: Infinity,
    fewSites: false,
    batch,
    flush,
  };
  const started = process.cpuUsage();
  const portion = Math.ceil(prepared.units / 64);
  for (let unit = 0; unit < prepared.units; unit += portion) {
    prepared.contexts(request, unit, Math.min(prepared.units, unit + portion));
  }
  flush();
  const seconds = process.cpuUsage(started).user / 1e6;
  console.log(
    `multi-fault: ${sections} sections (${(sections / built).toExponential(2)}/s), ${ruptures} ruptures`,
    `(${(ruptures / seconds).toExponential(2)}/s), ${contexts} contexts (${(contexts / seconds).toExponential(2)}/s),`,
    `${seconds.toFixed(2)} s, ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
  );
}

/** Times distances to each kind of surface, and multi-fault sources. */
export function run(args: readonly string[]): Promise<void> {
  const [sections = 1000, ruptures = 10000, sites = 50] = args.map(Number);
  benchSurfaces();
  benchMultiFault(sections, ruptures, sites);
  return Promise.resolve();
}
