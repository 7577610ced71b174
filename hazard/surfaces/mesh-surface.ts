import { boundingBox, type BoundingBox } from '../geo/bounding-box.js';
import type { SitePoints } from '../site/site-points.js';
import { fillAzimuth, fillClosest, leastDistance } from './node-distances.js';
import type { NodeMesh } from './node-mesh.js';
import type { Surface } from './surface.js';
import type { SurfaceDistance } from '../contexts/context-batch.js';

/** A surface made of nodes: closest points and rrup are those of its nodes, whatever lies between them. */
export abstract class MeshSurface implements Surface {
  abstract readonly kind: Surface['kind'];
  abstract readonly strike: number;
  abstract readonly dip: number;
  abstract readonly ztor: number;
  abstract readonly zbot: number;
  abstract readonly width: number;
  abstract readonly area: number;

  constructor(readonly mesh: NodeMesh) {}

  abstract middle(): [number, number, number];

  points(): { readonly lon: Float64Array; readonly lat: Float64Array } {
    return this.mesh;
  }

  boundingBox(): BoundingBox {
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
    switch (kind) {
      case 'rrup':
        for (let k = 0; k < count; k++) out[offset + k] = leastDistance(this.mesh, sites, indices[k]);
        break;
      case 'azimuth': {
        const [lon, lat] = this.middle();
        fillAzimuth({ lon, lat, strike: this.strike }, sites, indices, count, out, offset);
        break;
      }
      case 'azimuthcp':
      case 'clon':
      case 'clat':
        fillClosest(this.mesh, kind, sites, indices, count, out.subarray(offset));
        break;
      default:
        this.ownDistances(kind, sites, indices, count, out, offset);
    }
  }

  /** As `distances`, for the kinds that each surface defines in its own way. */
  protected abstract ownDistances(
    kind: 'rjb' | 'rx' | 'ry0',
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void;
}
