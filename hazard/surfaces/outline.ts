/** Distances at the Earth's surface to the outline of a surface, in the orthographic projection around its own box. */
import { insideRing, squaredDistanceToRing } from '../geo/planar-polygon.js';
import type { Orthographic } from '../geo/projection.js';

/** A closed outline in a projection. */
export interface Outline {
  readonly projection: Orthographic;
  /** [x, y, ...] km */
  readonly ring: Float64Array;
}

/** Outline through points in degrees. */
export function outlineOf(lon: Float64Array, lat: Float64Array, projection: Orthographic): Outline {
  const ring = new Float64Array(2 * lon.length);
  for (let i = 0; i < lon.length; i++) [ring[2 * i], ring[2 * i + 1]] = projection.project(lon[i], lat[i]);
  return { projection, ring };
}

/** Distance of a site, given by its unit vector, to the area inside the outline, km; 0 inside. Without area it is a line. */
export function distanceToOutline(outline: Outline, ux: number, uy: number, uz: number): number {
  const x = outline.projection.xOf(ux, uy, uz);
  const y = outline.projection.yOf(ux, uy, uz);
  if (insideRing(outline.ring, x, y)) return 0;
  return Math.sqrt(squaredDistanceToRing(outline.ring, x, y));
}
