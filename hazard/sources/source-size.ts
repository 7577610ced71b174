/** How large a source becomes, from closed forms: nothing is built. All counts are upper bounds, or close to the exact number. */
import { distance3d } from '../geo/distance.js';
import type { MultiMfd, SingleMfd } from '../mfd/mfd.js';
import type { Discretization, DistributedSeismicity, SurfaceGeometry } from './source.js';

/** Counts of one source. */
export interface SourceSize {
  /** nodes of its largest mesh; 0 where it has none */
  readonly meshNodes: number;
  /** km between those nodes */
  readonly meshSpacing: number;
  /** points of an area; 0 for other sources */
  readonly areaPoints: number;
  /** magnitudes of its distribution, of the largest where it has several */
  readonly magnitudeBins: number;
  readonly ruptures: number;
}

const DEGREE = 6371 * (Math.PI / 180);

/** The size of point-like ruptures at a number of places; areaPoints: those of an area. */
export function sizeOfPoints(
  source: DistributedSeismicity & { readonly mfd: SingleMfd | MultiMfd },
  places: number,
  { widthOfMfdBin }: Discretization,
  areaPoints = 0,
): SourceSize {
  const magnitudeBins = binsOf(source.mfd, widthOfMfdBin);
  const each = source.nodalPlanes.length * source.hypocentralDepths.length;
  return { meshNodes: 0, meshSpacing: 0, areaPoints, magnitudeBins, ruptures: places * magnitudeBins * each };
}

/** The size of ruptures that float over a mesh; aspect: length to width of its cells, variants: ruptures at each place. */
export function sizeOfFloating(
  { geometry, mfd }: { readonly geometry: SurfaceGeometry; readonly mfd: SingleMfd },
  discretization: Discretization,
  { aspect = 1, variants = 1 }: { readonly aspect?: number; readonly variants?: number } = {},
): SourceSize {
  const magnitudeBins = binsOf(mfd, discretization.widthOfMfdBin);
  const mesh = meshOf(geometry, discretization, aspect);
  return sizeOfMesh(mesh, magnitudeBins, mesh.meshNodes * magnitudeBins * variants);
}

/** The size of a source that is a mesh. */
export function sizeOfMesh({ meshNodes, meshSpacing }: MeshSize, magnitudeBins: number, ruptures: number): SourceSize {
  return { meshNodes, meshSpacing, areaPoints: 0, magnitudeBins, ruptures };
}

/** Nodes of a mesh, and km between them. */
type MeshSize = Pick<SourceSize, 'meshNodes' | 'meshSpacing'>;

/** The largest mesh of several surfaces. */
export function largestMesh(surfaces: readonly SurfaceGeometry[], discretization: Discretization): MeshSize {
  let largest = { meshNodes: 0, meshSpacing: 0 };
  for (const surface of surfaces) {
    const mesh = meshOf(surface, discretization, 1);
    if (mesh.meshNodes > largest.meshNodes) largest = mesh;
  }
  return largest;
}

/** Magnitudes of a distribution. */
export function binsOf(mfd: SingleMfd | MultiMfd, width: number | undefined): number {
  const span = (from: number, to: number, step: number | undefined): number =>
    step !== undefined && step > 0 && to >= from ? (to - from) / step + 1 : 1;
  switch (mfd.kind) {
    case 'incremental':
    case 'arbitrary':
      return mfd.occurRates.length;
    case 'truncatedGutenbergRichter':
      return span(mfd.minMag, mfd.maxMag, mfd.binWidth ?? width);
    case 'slipRateGutenbergRichter':
    case 'taperedGutenbergRichter':
      return span(mfd.minMag, mfd.maxMag, width);
    case 'youngsCoppersmith':
      return span(mfd.minMag, mfd.characteristicMag + 0.25, mfd.binWidth ?? width);
    case 'multi': {
      const { fields } = mfd;
      const step = smallest(fields.bin_width) ?? width;
      const least = smallest(fields.min_mag);
      const most = largest(fields.max_mag) ?? (largest(fields.char_mag) ?? NaN) + 0.25;
      if (fields.lengths) return largest(fields.lengths) ?? 1;
      return least === undefined || Number.isNaN(most) ? 1 : span(least, most, step);
    }
  }
}

function smallest(values: Float64Array | undefined): number | undefined {
  return values?.reduce((a, b) => Math.min(a, b), Infinity);
}
function largest(values: Float64Array | undefined): number | undefined {
  return values?.reduce((a, b) => Math.max(a, b), -Infinity);
}

/** Points of the grid over the box of a polygon [lon, lat, ...]: those outside of the polygon are made and left out. */
export function gridPoints(polygon: Float64Array, step: number): number {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  let lon = polygon[0];
  for (let i = 0; i < polygon.length; i += 2) {
    lon += ((((polygon[i] - lon) % 360) + 540) % 360) - 180;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, polygon[i + 1]);
    north = Math.max(north, polygon[i + 1]);
  }
  const widest = south <= 0 && north >= 0 ? 1 : Math.cos((Math.min(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  return ((north - south) * DEGREE * (east - west) * DEGREE * widest) / (step * step);
}

/** Nodes of a mesh over a rectangle; km. */
function nodes(length: number, width: number, spacing: number, down: number): MeshSize {
  return { meshNodes: spacing > 0 ? (length / spacing + 1) * (width / down + 1) : 0, meshSpacing: spacing };
}

function meshOf(
  surface: SurfaceGeometry,
  { ruptureMeshSpacing, complexFaultMeshSpacing }: Discretization,
  aspect: number,
): MeshSize {
  switch (surface.kind) {
    case 'simpleFault': {
      const spacing = surface.spacing ?? ruptureMeshSpacing;
      const thickness = surface.lowerSeismogenicDepth - surface.upperSeismogenicDepth;
      const width = thickness / Math.sin((surface.dip * Math.PI) / 180);
      return nodes(lengthOf(surface.trace), width, spacing, spacing / aspect);
    }
    case 'complexFault': {
      const spacing = surface.spacing ?? complexFaultMeshSpacing;
      const { edges } = surface;
      const length = edges.reduce((sum, edge) => sum + lengthOf(edge), 0) / edges.length;
      const width = (lengthAcross(edges, () => 0) + lengthAcross(edges, (edge) => edge.length - 3)) / 2;
      return nodes(length, width, spacing, spacing);
    }
    case 'kite': {
      const spacing = surface.spacing ?? ruptureMeshSpacing;
      const { profiles } = surface;
      const width = profiles.reduce((most, profile) => Math.max(most, lengthOf(profile)), 0);
      const length = lengthAcross(profiles, () => 0);
      return nodes(length, width, spacing, spacing / aspect);
    }
    case 'gridded':
      return { meshNodes: surface.points.length / 3, meshSpacing: 0 };
    case 'planar':
      return { meshNodes: 0, meshSpacing: 0 };
  }
}

/** Length (km) from line to line, over the point of each that begins at this number. */
function lengthAcross(lines: readonly Float64Array[], at: (line: Float64Array) => number): number {
  let length = 0;
  for (let k = 1; k < lines.length; k++) {
    const [a, b] = [lines[k - 1], lines[k]];
    const [i, j] = [at(a), at(b)];
    length += distance3d(a[i], a[i + 1], a[i + 2], b[j], b[j + 1], b[j + 2]);
  }
  return length;
}

/** Length (km) of a line [lon, lat, depth, ...]. */
function lengthOf(line: Float64Array): number {
  let length = 0;
  for (let i = 3; i + 2 < line.length; i += 3)
    length += distance3d(line[i - 3], line[i - 2], line[i - 1], line[i], line[i + 1], line[i + 2]);
  return length;
}
