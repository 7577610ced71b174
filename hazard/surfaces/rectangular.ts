import { Orthographic } from '../geo/projection.js';
import { unitVector } from '../geo/cartesian.js';
import type { SitePoints } from '../site/site-points.js';
import type { BlockMeasures } from './fault-cells.js';
import { MeshDistances } from './mesh-distances.js';
import { blockMiddle } from './mesh-measures.js';
import { MeshSurface } from './mesh-surface.js';
import type { NodeBlock, NodeMesh } from './node-mesh.js';
import { TopEdge } from './top-edge.js';

/** Surface of a simple or complex fault: a mesh without gaps. */
export class RectangularSurface extends MeshSurface {
  readonly kind = 'mesh';
  readonly strike: number;
  readonly dip: number;
  readonly ztor: number;
  readonly zbot: number;
  readonly width: number;
  readonly area: number;
  private readonly block: NodeBlock;
  private readonly centre: Float64Array;
  private readonly topEdge: TopEdge;

  constructor(
    mesh: NodeMesh,
    { strike, dip, width, area }: BlockMeasures,
    /** km by which the outline is widened for near sites */
    private readonly dilation: number,
  ) {
    super(mesh);
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
    this.topEdge = new TopEdge(lon.subarray(0, columns), lat.subarray(0, columns), strike);
  }

  middle(): [number, number, number] {
    return blockMiddle(this.mesh, 0, 0, this.mesh.rows, this.mesh.columns);
  }

  protected override ownDistances(
    kind: 'rjb' | 'rx' | 'ry0',
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void {
    if (kind !== 'rjb') {
      this.topEdge.distances(kind, sites, indices, count, out, offset);
      return;
    }
    const distances = new MeshDistances(this.mesh, 1);
    for (let k = 0; k < count; k++) {
      distances.loadOne(sites, indices[k]);
      out[offset + k] = distances.joynerBoore(0, this.block, this.centre, 0, this.dilation);
    }
  }
}
