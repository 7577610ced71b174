import { azimuth } from '../geo/azimuth.js';
import { boundingBox, type BoundingBox } from '../geo/bounding-box.js';
import { unitVector, type Vector } from '../geo/cartesian.js';
import { DEGREES_TO_RADIANS, RADIANS_TO_DEGREES } from '../geo/constants.js';
import { midpoint } from '../geo/destination.js';
import { distance3d } from '../geo/distance.js';
import { roundToDecimals } from '../geo/rounding.js';
import type { SitePoints } from '../site/site-points.js';
import {
  azimuthsFromPoint,
  azimuthsToPoints,
  planarClosestPoints,
  planarRjb,
  planarRrup,
  planarRx,
  planarRy0,
} from './planar-distances.js';
import { completeFrame, FRAME } from './planar-frame.js';
import type { Surface } from './surface.js';
import type { SurfaceDistance } from '../contexts/context-batch.js';
import { refusal } from '../refusal.js';

/** Part of area by which top and bottom lengths may differ. */
const LENGTH_TOLERANCE = 0.004;

/** A plane between four corners; the strike and dip are nominal. */
export class PlanarSurface implements Surface {
  readonly kind = 'planar';
  readonly ztor: number;
  readonly zbot: number;
  readonly length: number;
  readonly width: number;
  readonly area: number;
  /** the numbers of planar-frame.ts */
  readonly frame: Float64Array;

  /** Corners: top left, top right, bottom left, bottom right, each lon, lat, depth; strike and dip in degrees. */
  constructor(
    readonly corners: Float64Array,
    readonly strike: number,
    readonly dip: number,
  ) {
    this.frame = new Float64Array(FRAME.size);
    for (let k = 0; k < 4; k++) {
      this.frame.set(unitVector(corners[3 * k], corners[3 * k + 1]), FRAME.corners + 3 * k);
    }
    this.ztor = this.frame[FRAME.ztor] = corners[2];
    this.zbot = this.frame[FRAME.zbot] = corners[8];
    completeFrame(this.frame, 0, Math.sin(strike * DEGREES_TO_RADIANS), Math.cos(strike * DEGREES_TO_RADIANS));
    this.length = this.frame[FRAME.length];
    this.width = this.frame[FRAME.width];
    this.area = this.length * this.width;
  }

  corner(k: number): Vector {
    return [this.corners[3 * k], this.corners[3 * k + 1], this.corners[3 * k + 2]];
  }

  middle(): Vector {
    const [lon1, lat1, depth1] = this.corner(0);
    const [lon2, lat2, depth2] = this.corner(3);
    return [...midpoint(lon1, lat1, lon2, lat2), (depth1 + depth2) / 2];
  }

  points(): { lon: Float64Array; lat: Float64Array } {
    return {
      lon: Float64Array.from([0, 3, 6, 9], (k) => this.corners[k]),
      lat: Float64Array.from([1, 4, 7, 10], (k) => this.corners[k]),
    };
  }

  boundingBox(): BoundingBox {
    const { lon, lat } = this.points();
    return boundingBox(lon, lat);
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
        return planarRrup(this.frame, sites, indices, count, out, offset);
      case 'rjb':
        return planarRjb(this.frame, sites, indices, count, out, offset);
      case 'rx':
        return planarRx(this.frame, sites, indices, count, out, offset);
      case 'ry0':
        return planarRy0(this.frame, sites, indices, count, out, offset);
      case 'azimuth': {
        const [lon, lat] = this.middle();
        return azimuthsFromPoint({ lon, lat, strike: this.strike }, sites, indices, count, out, offset);
      }
      case 'azimuthcp':
      case 'clon':
      case 'clat': {
        const lon = new Float64Array(count);
        const lat = new Float64Array(count);
        planarClosestPoints(this.frame, sites, indices, count, lon, lat);
        if (kind === 'azimuthcp') azimuthsToPoints({ lon, lat }, sites, indices, count, out, offset);
        else out.set(kind === 'clon' ? lon : lat, offset);
        return;
      }
      default:
        kind satisfies never;
    }
  }
}

/**
 * The plane between four corners (12 numbers: top left, top right, bottom left, bottom right). Strike and dip are measured
 * on the corners unless they are given. Errors: Refusal when an edge is not horizontal, the top is not above the bottom,
 * or the corners are too far from a parallelogram.
 */
export function planarSurfaceOfCorners(corners: Float64Array, strike?: number, dip?: number): PlanarSurface {
  const [tl, tr, bl] = [0, 3, 6].map((k): Vector => [corners[k], corners[k + 1], corners[k + 2]]);
  if (corners[2] !== corners[5] || corners[8] !== corners[11]) {
    throw refusal('INVALID_GEOMETRY', 'the top and the bottom edge of a plane must be horizontal');
  }
  if (!(bl[2] >= tl[2])) throw refusal('INVALID_GEOMETRY', 'the bottom edge of a plane must lie below its top edge');
  const nominalStrike = strike ?? azimuth(tl[0], tl[1], tr[0], tr[1]);
  const nominalDip = dip ?? Math.asin((bl[2] - tl[2]) / distance3d(...tl, ...bl)) * RADIANS_TO_DEGREES;
  const surface = new PlanarSurface(corners, nominalStrike, nominalDip);
  const br = surface.corner(3);
  const difference = Math.abs(distance3d(...tl, ...tr) - distance3d(...bl, ...br));
  if (roundToDecimals(difference, 6) > LENGTH_TOLERANCE * surface.area) {
    throw refusal('INVALID_GEOMETRY', 'the top and the bottom edge of a plane must have the same length');
  }
  return surface;
}
