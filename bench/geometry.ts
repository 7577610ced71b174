/**
 * npm run bench -- geometry: ruptures per second and rupture-site distances per second by type of source.
 * npm run bench -- geometry MODEL.xml SITES.csv [SPACING [COMPLEX_SPACING [DISTANCE]]]: the same for the sources of a model, sites lon,lat,...
 */
import { readFileSync } from 'node:fs';
import { ContextBatch, type DistanceKind } from '../hazard/contexts/context-batch.js';
import type { RuptureParameter } from '../hazard/contexts/rupture-parameters.js';
import { distanceFilter } from '../hazard/contexts/distance-filter.js';
import { prepareSource } from '../hazard/sources/registry.js';
import type {
  AreaSource,
  ComplexFaultSource,
  Discretization,
  KiteFaultSource,
  NonParametricSource,
  SimpleFaultSource,
  Source,
  SurfaceGeometry,
} from '../hazard/sources/source.js';
import { sitePoints, type SitePoints } from '../hazard/site/site-points.js';
import { readSourceModel } from '../inputs/sources/source-model.js';

const CAPACITY = 20000;
const RUPTURE: readonly RuptureParameter[] = ['mag', 'rake', 'dip', 'ztor', 'width', 'hypoDepth'];
const DISTANCES: readonly DistanceKind[] = ['rrup', 'rjb', 'rx', 'ry0'];

const COMMON = { name: '', tectonicRegionType: 'Active Shallow Crust' };
const MFD = { kind: 'truncatedGutenbergRichter', aValue: 4, bValue: 1, minMag: 5.5, maxMag: 7.5 } as const;
const FAULT = { ...COMMON, mfd: MFD, magnitudeScalingRelation: 'WC1994', ruptureAspectRatio: 1.5, rake: 90 };

const AREA: AreaSource = {
  ...COMMON,
  type: 'area',
  id: 'area',
  mfd: MFD,
  magnitudeScalingRelation: 'WC1994',
  ruptureAspectRatio: 1,
  upperSeismogenicDepth: 0,
  lowerSeismogenicDepth: 20,
  nodalPlanes: [{ probability: 1, strike: 30, dip: 60, rake: 90 }],
  hypocentralDepths: [{ probability: 1, depth: 10 }],
  polygon: Float64Array.of(10, 44, 13, 44, 13, 47, 10, 47),
};
const SIMPLE: SimpleFaultSource = {
  ...FAULT,
  type: 'simpleFault',
  id: 'simple fault',
  geometry: {
    kind: 'simpleFault',
    trace: Float64Array.of(10, 45, 0, 11, 45.4, 0, 12, 45.3, 0),
    dip: 45,
    upperSeismogenicDepth: 0,
    lowerSeismogenicDepth: 20,
  },
};
const COMPLEX: ComplexFaultSource = {
  ...FAULT,
  type: 'complexFault',
  id: 'complex fault',
  mfd: { ...MFD, minMag: 6.5, maxMag: 8.5 },
  geometry: {
    kind: 'complexFault',
    edges: [
      Float64Array.of(10, 44, 10, 10.2, 46, 10, 10.1, 48, 12),
      Float64Array.of(11.5, 44, 50, 11.8, 46, 55, 11.7, 48, 60),
    ],
  },
};
const KITE: KiteFaultSource = {
  ...FAULT,
  type: 'kiteFault',
  id: 'kite fault',
  geometry: {
    kind: 'kite',
    profiles: [
      Float64Array.of(10, 45, 0, 10, 45.1, 8, 10, 45.3, 15),
      Float64Array.of(11, 45.2, 0, 11, 45.35, 8, 11, 45.5, 15),
    ],
  },
};

/** 500 ruptures, the surfaces of each shifted by a little. */
function shifted(id: string, surfaces: (shift: number) => readonly SurfaceGeometry[]): NonParametricSource {
  const ruptures = Array.from({ length: 500 }, (_, i): NonParametricSource['ruptures'][number] => ({
    magnitude: 6.5,
    rake: 90,
    hypocentre: [10.5 + i * 1e-3, 45, 8],
    surfaces: surfaces(i * 1e-3),
    probabilities: Float64Array.of(0.99, 0.01),
  }));
  return { ...COMMON, type: 'nonParametric', id, ruptures };
}

function plane(lon: number, lat: number): SurfaceGeometry {
  const corners = [lon, lat, 1, lon + 0.2, lat + 0.1, 1, lon + 0.03, lat - 0.06, 12, lon + 0.23, lat + 0.04, 12];
  return { kind: 'planar', corners: Float64Array.from(corners) };
}

const MULTI_PLANAR = shifted('two planes', (shift) => [plane(10 + shift, 45), plane(10.25 + shift, 45.12)]);
const GRIDDED = shifted('gridded', (shift) => {
  const points = Array.from({ length: 200 }, (_, i) => [
    10 + shift + 0.02 * (i % 20),
    45 - 0.02 * Math.floor(i / 20),
    1 + i / 20,
  ]);
  return [{ kind: 'gridded', points: Float64Array.from(points.flat()) }];
});

/** A pseudo-random sequence in [0, 1) that is the same at every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function seededSites(n: number): SitePoints {
  const next = sequence(7);
  const lon = Float64Array.from({ length: n }, () => 10 + 3 * next());
  const lat = Float64Array.from({ length: n }, () => 44 + 3 * next());
  return sitePoints(lon, lat, new Float64Array(n));
}

function sitesOfFile(path: string): SitePoints {
  const [header, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
  const names = header.split(',');
  const [lon, lat] = ['lon', 'lat'].map((name) => Math.max(names.indexOf(name), name === 'lat' ? 1 : 0));
  const values = (/^[a-z]/i.test(header) ? rows : [header, ...rows]).map((row) => row.split(','));
  return sitePoints(
    Float64Array.from(values, (row) => Number(row[lon])),
    Float64Array.from(values, (row) => Number(row[lat])),
    new Float64Array(values.length),
  );
}

interface Figures {
  sources: number;
  ruptures: number;
  contexts: number;
  prepare: number;
  compute: number;
}

function measure(
  source: Source,
  sites: SitePoints,
  discretization: Discretization,
  distance: number,
  to: Figures,
): void {
  const started = process.cpuUsage();
  const prepared = prepareSource(source, discretization);
  const built = process.cpuUsage(started).user / 1e6;
  const batch = new ContextBatch(Math.max(CAPACITY, sites.size), new Set(RUPTURE), new Set(DISTANCES));
  batch.reset();
  const flush = (): void => {
    to.contexts += batch.size;
    batch.reset();
  };
  const request = {
    sites,
    filter: distanceFilter(distance),
    pointSourceDistance: Infinity,
    fewSites: false,
    batch,
    flush,
  };
  const before = process.cpuUsage();
  prepared.contexts(request, 0, prepared.units);
  flush();
  to.compute += process.cpuUsage(before).user / 1e6;
  to.prepare += built;
  to.ruptures += prepared.ruptureCount;
  to.sources++;
}

/** Times ruptures and distances of the sources of a file. */
export async function run(args: readonly string[]): Promise<void> {
  const [model, sitesFile, spacing = '2', complexSpacing = '5', distance = '300'] = args;
  const discretization: Discretization = {
    ruptureMeshSpacing: Number(spacing),
    complexFaultMeshSpacing: Number(complexSpacing),
    widthOfMfdBin: 0.1,
    areaSourceDiscretization: 10,
    floatingXStep: 0,
    floatingYStep: 0,
    investigationTime: 50,
    inferOccurRates: false,
    shiftHypo: false,
    splitSources: true,
  };
  const sites = sitesFile ? sitesOfFile(sitesFile) : seededSites(100);
  const sources: readonly Source[] = model
    ? (await readSourceModel(model, { widthOfMfdBin: 0.1 })).groups.flatMap((group) => [...group.sources])
    : [AREA, SIMPLE, COMPLEX, KITE, MULTI_PLANAR, GRIDDED];
  const byType = new Map<string, Figures>();
  for (const source of sources) {
    const label = model ? source.type : source.id;
    const figures = byType.get(label) ?? { sources: 0, ruptures: 0, contexts: 0, prepare: 0, compute: 0 };
    byType.set(label, figures);
    measure(source, sites, discretization, Number(distance), figures);
  }
  console.log('source         sources  ruptures  contexts  prepare s  contexts s  ruptures/s  contexts/s');
  for (const [type, { sources: n, ruptures, contexts, prepare, compute }] of byType) {
    const row = [n, ruptures, contexts, prepare.toFixed(2), compute.toFixed(2)];
    const rates = [ruptures / compute, contexts / compute].map((rate) => rate.toExponential(2));
    console.log(type.padEnd(13), ...[...row, ...rates].map((cell) => String(cell).padStart(10)));
  }
}
