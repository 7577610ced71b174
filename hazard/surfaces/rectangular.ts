import { boundingBox } from '../geo/bounding-box.js';
import { Orthographic } from '../geo/projection.js';
import { unitVector } from '../geo/cartesian.js';
import type { SitePoints } from '../site/site-points.js';
import type { BlockMeasures } from './fault-cells.js';
import { MeshDistances } from './mesh-distances.js';
import { blockMiddle } from './mesh-measures.js';
import { fillAzimuth, fillClosest, leastDistance } from './node-distances.js';
import type { NodeBlock, NodeMesh } from './node-mesh.js';
import type { Surface, SurfaceDistance } from './surface.js';
import { distanceAcross, distanceBeyond, edgeVectors, putEndPoles, type EdgeVectors } from './top-edge.js';

/** Surface of a simple or complex fault: a mesh without gaps. */
export class RectangularSurface implements Surface {
  readonly kind = 'mesh';
  readonly strike: number;
  readonly dip: number;
  readonly ztor: number;
  readonly zbot: number;
  readonly width: number;
  readonly area: number;
  private readonly block: NodeBlock;
  private readonly centre: Float64Array;
  private readonly topEdge: EdgeVectors;
  private readonly endPoles = new Float64Array(6);

  constructor(
    readonly mesh: NodeMesh,
    { strike, dip, width, area }: BlockMeasures,
    /** km by which the outline is widened for near sites */
    private readonly dilation: number,
  ) {
    const { rows, columns, lon, lat, depth } = mesh;
    this.strike = strike;
    this.dip = dip;
    this.width = width;
    this.area = area;
    this.ztor = depth.subarray(0, columns).reduce((a, b) => Math.min(a, b));
    this.zbot = depth.subarray((rows - 1) * columns).reduce((a, b) => Math.max(a, b));
    this.block = { firstRow: 0, firstColumn: 0, rows, columns };
    const { lon0, lat0 } = Orthographic.ofCoordinates(lon, lat);
    this.centre = Float64Array.from(unitVector(lon0, lat0));
    this.topEdge = edgeVectors(lon.subarray(0, columns), lat.subarray(0, columns));
    putEndPoles(this.endPoles, 0, strike, lon[0], lat[0], lon[columns - 1], lat[columns - 1]);
  }

  middle(): [number, number, number] {
    return blockMiddle(this.mesh, 0, 0, this.mesh.rows, this.mesh.columns);
  }

  points(): { readonly lon: Float64Array; readonly lat: Float64Array } {
    return this.mesh;
  }

  boundingBox(): [number, number, number, number] {
    return boundingBox(this.mesh.lon, this.mesh.lat);
  }

  distances(
    kind: SurfaceDistance,
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    if (kind === 'azimuth') {
      const [lon, lat] = this.middle();
      fillAzimuth(lon, lat, this.strike, sites, indices, count, out, offset);
    } else if (kind === 'azimuthcp' || kind === 'clon' || kind === 'clat') {
      fillClosest(this.mesh, kind, sites, indices, count, out, offset);
    } else if (kind === 'rx' || kind === 'ry0') {
      for (let k = 0; k < count; k++) out[offset + k] = this.alongEdge(kind, sites, indices[k]);
    } else if (kind === 'rrup') {
      for (let k = 0; k < count; k++) out[offset + k] = leastDistance(this.mesh, sites, indices[k]);
    } else {
      const distances = new MeshDistances(this.mesh, 1);
      for (let k = 0; k < count; k++) {
        distances.loadOne(sites, indices[k]);
        out[offset + k] = distances.joynerBoore(0, this.block, this.centre, 0, this.dilation);
      }
    }
  }

  private alongEdge(kind: 'rx' | 'ry0', sites: SitePoints, site: number): number {
    const ux = sites.unitX[site];
    const uy = sites.unitY[site];
    const uz = sites.unitZ[site];
    if (kind === 'ry0') return distanceBeyond(this.endPoles, 0, ux, uy, uz);
    return distanceAcross(this.topEdge, 0, this.mesh.columns - 1, ux, uy, uz);
  }
}
