import { convexHull } from '../geo/planar-polygon.js';
import { Orthographic } from '../geo/projection.js';
import type { SitePoints } from '../site/site-points.js';
import { NEAR_SURFACE } from './mesh-distances.js';
import { MeshSurface } from './mesh-surface.js';
import { leastSurfaceDistance } from './node-distances.js';
import { nodeMesh } from './node-mesh.js';
import { distanceToOutline, type Outline } from './outline.js';
import { planeStrikeDip } from './plane-fit.js';

/**
 * A surface given by a cloud of points without order, as slab models use. Strike and dip are those of the plane that fits the
 * points best; width, area, rx and ry0 are not defined (NaN).
 */
export class GriddedSurface extends MeshSurface {
  readonly kind = 'gridded';
  readonly strike: number;
  readonly dip: number;
  readonly ztor: number;
  readonly zbot: number;
  readonly width = NaN;
  readonly area = NaN;
  private readonly outline: Outline;

  /** Points [lon, lat, depth, ...] in degrees and km; they become one row of nodes. */
  constructor(points: Float64Array) {
    const n = points.length / 3;
    const column = (k: number): Float64Array => Float64Array.from({ length: n }, (_, i) => points[3 * i + k]);
    super(nodeMesh(1, n, column(0), column(1), column(2)));
    const { lon, lat, depth } = this.mesh;
    const projection = Orthographic.ofCoordinates(lon, lat);
    const plane = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) [plane[2 * i], plane[2 * i + 1]] = projection.project(lon[i], lat[i]);
    [this.strike, this.dip] = planeStrikeDip(
      Float64Array.from({ length: n }, (_, i) => plane[2 * i]),
      Float64Array.from({ length: n }, (_, i) => plane[2 * i + 1]),
      depth.map((d) => -d),
    );
    this.ztor = depth.reduce((a, b) => Math.min(a, b));
    this.zbot = depth.reduce((a, b) => Math.max(a, b));
    this.outline = { projection, ring: convexHull(plane) };
  }

  /** The point closest, in plain degrees, to the mean of all longitudes and latitudes. */
  middle(): [number, number, number] {
    const { lon, lat, depth } = this.mesh;
    const n = lon.length;
    const meanLon = lon.reduce((a, b) => a + b) / n;
    const meanLat = lat.reduce((a, b) => a + b) / n;
    let best = 0;
    let least = Infinity;
    for (let i = 0; i < n; i++) {
      const square = (lon[i] - meanLon) * (lon[i] - meanLon) + (lat[i] - meanLat) * (lat[i] - meanLat);
      if (square < least) {
        least = square;
        best = i;
      }
    }
    return [lon[best], lat[best], depth[best]];
  }

  protected override ownDistances(
    kind: 'rjb' | 'rx' | 'ry0',
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    if (kind !== 'rjb') out.fill(NaN, offset, offset + count);
    else for (let k = 0; k < count; k++) out[offset + k] = this.joynerBoore(sites, indices[k]);
  }

  /**
   * Beyond 40 km the distance to the points at the surface; nearer, that to their convex hull, 0 inside. The reference takes an
   * alpha shape there, whose parameter it optimises; for the clouds in use both differ only in bays of the outline.
   */
  private joynerBoore(sites: SitePoints, site: number): number {
    const ux = sites.unitX[site];
    const uy = sites.unitY[site];
    const uz = sites.unitZ[site];
    const toPoints = leastSurfaceDistance(this.mesh, ux, uy, uz);
    return toPoints < NEAR_SURFACE ? distanceToOutline(this.outline, ux, uy, uz) : toPoints;
  }
}
