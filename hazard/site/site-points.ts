import { DEGREES_TO_RADIANS, EARTH_RADIUS } from '../geo/constants.js';

/** Positions of sites, with everything that distances need computed once. All arrays [size], may be shared between threads. */
export interface SitePoints {
  readonly size: number;
  /** degrees */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** km, positive downwards: negative for sites above sea level */
  readonly depth: Float64Array;
  readonly lonRad: Float64Array;
  readonly latRad: Float64Array;
  readonly sinLat: Float64Array;
  readonly cosLat: Float64Array;
  /** Cartesian position at the site's depth, km */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** unit vector from the Earth's centre */
  readonly unitX: Float64Array;
  readonly unitY: Float64Array;
  readonly unitZ: Float64Array;
}

/** Prepares positions for distance calculations: lon, lat degrees, depth km, each [n]. */
export function sitePoints(lon: Float64Array, lat: Float64Array, depth: Float64Array): SitePoints {
  const size = lon.length;
  const points = {
    size,
    lon,
    lat,
    depth,
    lonRad: new Float64Array(size),
    latRad: new Float64Array(size),
    sinLat: new Float64Array(size),
    cosLat: new Float64Array(size),
    x: new Float64Array(size),
    y: new Float64Array(size),
    z: new Float64Array(size),
    unitX: new Float64Array(size),
    unitY: new Float64Array(size),
    unitZ: new Float64Array(size),
  };
  for (let i = 0; i < size; i++) {
    const lonRad = lon[i] * DEGREES_TO_RADIANS;
    const latRad = lat[i] * DEGREES_TO_RADIANS;
    const sinLat = Math.sin(latRad);
    const cosLat = Math.cos(latRad);
    const radius = EARTH_RADIUS - depth[i];
    points.lonRad[i] = lonRad;
    points.latRad[i] = latRad;
    points.sinLat[i] = sinLat;
    points.cosLat[i] = cosLat;
    points.unitX[i] = cosLat * Math.cos(lonRad);
    points.unitY[i] = cosLat * Math.sin(lonRad);
    points.unitZ[i] = sinLat;
    points.x[i] = radius * points.unitX[i];
    points.y[i] = radius * points.unitY[i];
    points.z[i] = radius * points.unitZ[i];
  }
  return points;
}
