import type { SurfaceDistance } from '../contexts/context-batch.js';
import type { SitePoints } from '../site/site-points.js';

/** A rupture surface: its parameters and its distances to sites. */
export interface Surface {
  readonly kind: 'planar' | 'mesh' | 'kite' | 'gridded' | 'multi';
  /** degrees; NaN where the surface does not define it */
  readonly strike: number;
  readonly dip: number;
  /** km: least depth of the top row */
  readonly ztor: number;
  /** km */
  readonly width: number;
  /** km2 */
  readonly area: number;
  /** km: greatest depth of the surface, where it is defined */
  readonly zbot?: number;
  /** lon, lat, depth of the middle point, by which hypocentres and azimuths are defined */
  middle(): [number, number, number];
  /** the points by which the surface is defined, degrees: corners, nodes */
  points?(): { readonly lon: Float64Array; readonly lat: Float64Array };
  /** west, south, east, north in degrees, not dilated */
  boundingBox(): [number, number, number, number];
  /**
   * Distances of one kind from the sites numbered indices[0..count) to this surface, written to out[offset..offset + count).
   * Units km, or degrees for azimuths. Values are NaN where the surface does not define the distance.
   */
  distances(
    kind: SurfaceDistance,
    sites: SitePoints,
    indices: Int32Array,
    count: number,
    out: Float64Array,
    offset: number,
  ): void;
}
