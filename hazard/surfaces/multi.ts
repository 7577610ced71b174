import { midpoint } from '../geo/destination.js';
import { greatCircleDistance } from '../geo/distance.js';
import { DEGREES_TO_RADIANS, RADIANS_TO_DEGREES } from '../geo/constants.js';
import { enclosingBox } from '../geo/bounding-box.js';
import type { SitePoints } from '../site/site-points.js';
import { arrangeTraces, distanceBeyondEnds, largestU, ruptureCoordinates, type TraceArrangement } from './gc2.js';
import { fillAzimuth, fillClosest, leastDistance } from './node-distances.js';
import { nodeMesh, type NodeMesh } from './node-mesh.js';
import { PlanarSurface } from './planar.js';
import type { Surface } from './surface.js';
import type { SurfaceDistance } from '../contexts/context-batch.js';
import { traceLines, type TraceLines } from './trace-lines.js';

/** A part of a surface, with its top edge [lon, lat, ...] in degrees. */
export interface SurfacePart {
  readonly surface: Surface;
  readonly trace: Float64Array;
  /** measures to average instead of the surface's own: those of sections are taken before single precision */
  readonly measures?: PartMeasures;
}

/** Degrees, km and km2, as of a surface. */
export interface PartMeasures {
  readonly strike: number;
  readonly dip: number;
  readonly width: number;
  readonly ztor: number;
  readonly area: number;
}

/**
 * A surface of several parts: planes, kites, simple or complex faults. rrup and rjb are the least over the parts, rx and ry0 follow from the generalised
 * coordinates of all top edges; dip, width and ztor are means over the parts weighted by area, strike the circular one.
 */
export class MultiSurface implements Surface {
  readonly kind = 'multi';
  readonly strike: number;
  readonly dip: number;
  readonly ztor: number;
  readonly width: number;
  readonly area: number;
  readonly surfaces: readonly Surface[];
  readonly traces: TraceLines;
  readonly arrangement: TraceArrangement;
  /** km: largest |U| over the ends of all top edges */
  readonly largestU: number;

  constructor(parts: readonly SurfacePart[]) {
    this.surfaces = parts.map((part) => part.surface);
    const measures = parts.map((part) => part.measures ?? part.surface);
    this.area = measures.reduce((sum, part) => sum + part.area, 0);
    const mean = (value: (part: PartMeasures) => number): number =>
      measures.reduce((sum, part) => sum + value(part) * part.area, 0) / this.area;
    this.dip = mean((part) => part.dip);
    this.ztor = mean((part) => part.ztor);
    this.width = mean((part) => part.width);
    const sin = mean((part) => Math.sin(part.strike * DEGREES_TO_RADIANS));
    const cos = mean((part) => Math.cos(part.strike * DEGREES_TO_RADIANS));
    this.strike = (Math.atan2(sin, cos) * RADIANS_TO_DEGREES + 360) % 360;
    this.traces = traceLines(parts.map((part) => part.trace));
    this.arrangement = arrangeTraces(
      this.traces,
      Int32Array.from(parts, (_, i) => i),
    );
    this.largestU = largestU(this.traces, this.arrangement);
  }

  /** Middle of the part that is closest to the centre of the box around all parts. */
  middle(): [number, number, number] {
    const [west, south, east, north] = this.boundingBox();
    const [lon, lat] = midpoint(west, north, east, south);
    let best: [number, number, number] = [NaN, NaN, NaN];
    let least = Infinity;
    for (const surface of this.surfaces) {
      const middle = surface.middle();
      const distance = greatCircleDistance(lon, lat, middle[0], middle[1]);
      if (distance < least) {
        least = distance;
        best = middle;
      }
    }
    return best;
  }

  /** In single precision, as the reference keeps the boxes of parts. */
  boundingBox(): [number, number, number, number] {
    const [west, south, east, north] = enclosingBox(this.surfaces.map((surface) => surface.boundingBox()));
    return [Math.fround(west), Math.fround(south), Math.fround(east), Math.fround(north)];
  }

  distances(
    kind: SurfaceDistance,
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    switch (kind) {
      case 'rrup':
      case 'rjb':
        this.leastOverParts(kind, sites, indices, count, out, offset);
        break;
      case 'rx':
      case 'ry0':
        this.generalised(kind, sites, indices, count, out, offset);
        break;
      case 'azimuth': {
        const [lon, lat] = this.middle();
        fillAzimuth({ lon, lat, strike: this.strike }, sites, indices, count, out, offset);
        break;
      }
      default:
        fillFromClosestPart(this.surfaces, kind, sites, indices, count, out.subarray(offset));
    }
  }

  /** T and U of sites, km. */
  coordinates(sites: SitePoints, indices: Int32Array, count: number): { t: Float64Array; u: Float64Array } {
    const t = new Float64Array(count);
    const u = new Float64Array(count);
    const out = new Float64Array(2);
    for (let k = 0; k < count; k++) {
      const site = indices[k];
      ruptureCoordinates(this.traces, this.arrangement, sites, site, out);
      t[k] = out[0];
      u[k] = out[1];
    }
    return { t, u };
  }

  private generalised(
    kind: 'rx' | 'ry0',
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    const { t, u } = this.coordinates(sites, indices, count);
    for (let k = 0; k < count; k++) out[offset + k] = kind === 'rx' ? t[k] : distanceBeyondEnds(u[k], this.largestU);
  }

  private leastOverParts(
    kind: 'rrup' | 'rjb',
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    const one = new Float64Array(count);
    out.fill(Infinity, offset, offset + count);
    for (const surface of this.surfaces) {
      surface.distances(kind, sites, indices, count, one, 0);
      for (let k = 0; k < count; k++) if (one[k] < out[offset + k]) out[offset + k] = one[k];
    }
  }
}

/**
 * Closest points of surfaces of several parts, written to out[0..count): the closest node of any part, or
 * corner of a plane. The closest point within a plane does not count, as in the reference.
 */
export function fillFromClosestPart(
  surfaces: readonly Surface[],
  kind: 'azimuthcp' | 'clon' | 'clat',
  sites: SitePoints,
  indices: Int32Array,
  count: number,
  out: Float64Array,
): void {
  const least = new Float64Array(count).fill(Infinity);
  const rrup = new Float64Array(count);
  const value = new Float64Array(count);
  for (const surface of surfaces) {
    if (surface instanceof PlanarSurface) {
      const corners = cornersOf(surface);
      for (let k = 0; k < count; k++) rrup[k] = leastDistance(corners, sites, indices[k]);
      fillClosest(corners, kind, sites, indices, count, value);
    } else {
      surface.distances('rrup', sites, indices, count, rrup, 0);
      surface.distances(kind, sites, indices, count, value, 0);
    }
    for (let k = 0; k < count; k++) {
      if (!(rrup[k] < least[k])) continue;
      least[k] = rrup[k];
      out[k] = value[k];
    }
  }
}

function cornersOf({ corners }: PlanarSurface): NodeMesh {
  const column = (k: number): Float64Array => corners.filter((_, i) => i % 3 === k);
  return nodeMesh(1, 4, column(0), column(1), column(2));
}
