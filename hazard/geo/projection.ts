import { wrapDegrees } from './azimuth.js';
import { boundingBox, boundingBoxOfPoints, type BoundingBox } from './bounding-box.js';
import { direction, type Vector } from './cartesian.js';
import { DEGREES_TO_RADIANS, EARTH_RADIUS, RADIANS_TO_DEGREES } from './constants.js';
import { midpoint } from './destination.js';

/** Orthographic projection about a centre: x east, y north, km. Linear in the unit vectors of the points. */
export class Orthographic {
  private readonly east: Vector;
  private readonly north: Vector;
  private readonly sinLat0: number;
  private readonly cosLat0: number;

  constructor(
    readonly lon0: number,
    readonly lat0: number,
  ) {
    this.east = direction(lon0, lat0, 90).map((c) => c * EARTH_RADIUS) as Vector;
    this.north = direction(lon0, lat0, 0).map((c) => c * EARTH_RADIUS) as Vector;
    this.sinLat0 = Math.sin(lat0 * DEGREES_TO_RADIANS);
    this.cosLat0 = Math.cos(lat0 * DEGREES_TO_RADIANS);
  }

  /** The projection about the great-circle midpoint of a box's corners (west, north) and (east, south). */
  static ofBox([west, south, east, north]: BoundingBox): Orthographic {
    return new Orthographic(...midpoint(west, north, east, south));
  }

  /** The projection of the box of points with a stride of 2 or 3. Errors: Refusal beyond 180 degrees of longitude. */
  static ofPoints(points: Float64Array, stride: 2 | 3): Orthographic {
    return Orthographic.ofBox(boundingBoxOfPoints(points, stride));
  }

  /** As `ofPoints`, of coordinates in separate arrays. */
  static ofCoordinates(lons: ArrayLike<number>, lats: ArrayLike<number>): Orthographic {
    return Orthographic.ofBox(boundingBox(lons, lats));
  }

  /** x, y in km of a point in degrees. */
  project(lon: number, lat: number): [number, number] {
    // Not through unit vectors: a point on the central meridian must get x = 0 exactly, because resampling asks whether a line
    // that runs due north keeps its azimuth.
    const phi = lat * DEGREES_TO_RADIANS;
    const dLon = (lon - this.lon0) * DEGREES_TO_RADIANS;
    const cosLat = Math.cos(phi);
    return [
      EARTH_RADIUS * cosLat * Math.sin(dLon),
      EARTH_RADIUS * (this.cosLat0 * Math.sin(phi) - this.sinLat0 * cosLat * Math.cos(dLon)),
    ];
  }

  /** x in km of a unit vector. */
  xOf(ux: number, uy: number, uz: number): number {
    return this.east[0] * ux + this.east[1] * uy + this.east[2] * uz;
  }

  /** y in km of a unit vector. */
  yOf(ux: number, uy: number, uz: number): number {
    return this.north[0] * ux + this.north[1] * uy + this.north[2] * uz;
  }

  /** Longitude and latitude in degrees of x, y in km. */
  inverse(x: number, y: number): [number, number] {
    const xi = x / EARTH_RADIUS;
    const eta = y / EARTH_RADIUS;
    const up = Math.sqrt(Math.max(0, 1 - xi * xi - eta * eta));
    const lat = Math.asin(Math.max(-1, Math.min(1, up * this.sinLat0 + eta * this.cosLat0)));
    const dLon = Math.atan2(xi, up * this.cosLat0 - eta * this.sinLat0);
    const lon = this.lon0 + dLon * RADIANS_TO_DEGREES;
    return [lon >= -180 && lon < 180 ? lon : wrapDegrees(lon), lat * RADIANS_TO_DEGREES];
  }
}
