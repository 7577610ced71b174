import { countText, inputLimits, LIMITS_VARIABLE } from '../sizes/limits.js';
import { wrapDegrees } from '../../hazard/geo/azimuth.js';
import { boundingBoxOfPoints } from '../../hazard/geo/bounding-box.js';
import { DEGREES_PER_KM } from '../../hazard/geo/constants.js';
import { destination } from '../../hazard/geo/destination.js';
import { insideRing, meetsItself, squaredDistanceToRing } from '../../hazard/geo/planar-polygon.js';
import { densifiedRing } from '../../hazard/geo/polygon.js';
import { Orthographic } from '../../hazard/geo/projection.js';
import { refusal } from '../../hazard/refusal.js';

/** of a quarter of a circle around the corners of the widened region */
const ARC_STEPS = 16;
const ARC_STEP = Math.PI / 2 / ARC_STEPS;

/**
 * Sites that cover a region [lon, lat, ...]: the region is widened by the spacing (km) on all sides, with polygonal arcs around
 * its corners, and the points of a grid that lie inside are taken: the grid starts in the north-west corner of the box of the
 * widened region and steps to the south and to the east by the spacing. Answers [lon, lat, ...], not rounded.
 * Errors: Refusal for a region that meets itself, has no point inside, or has too many.
 */
export function coverRegion(region: Float64Array, spacing: number): Float64Array {
  const ring = densifiedRing(region);
  const projection = Orthographic.ofPoints(ring, 2);
  const plane = counterClockwise(projected(ring, projection));
  if (meetsItself(plane, true)) throw refusal('INVALID_GEOMETRY', 'the edges of the region meet each other');
  const pieces = widening(plane, spacing);
  const outline = Float64Array.from(
    pieces.flatMap((piece) => {
      const points: number[] = [];
      for (let k = 2; k < piece.length; k += 2) points.push(...projection.inverse(piece[k], piece[k + 1]));
      return points;
    }),
  );
  const [west, south, east, north] = boundingBoxOfPoints(outline, 2);
  const width = ((east - west + 360) % 360) * Math.cos(((north + south) * Math.PI) / 360);
  const count = (width * (north - south)) / (spacing * DEGREES_PER_KM) ** 2;
  const { sites } = inputLimits();
  if (count > sites)
    throw refusal('TOO_LARGE', `the grid would have ${countText(count)} sites at region_grid_spacing = ${spacing} km`, {
      allowed: `up to ${countText(sites)}; ${LIMITS_VARIABLE}="sites=..." raises the limit`,
    });

  const points: number[] = [];
  for (let lat = north; lat > south; [, lat] = destination(west, lat, 180, spacing))
    for (let lon = west; wrapDegrees(east - lon) > 0; [lon] = destination(lon, lat, 90, spacing)) {
      const [x, y] = projection.project(lon, lat);
      if (insideWidened(plane, pieces, spacing, x, y)) points.push(lon, lat);
    }
  if (points.length === 0)
    throw refusal('INVALID_GEOMETRY', 'no point of the grid lies inside the region: the spacing is too large');
  return Float64Array.from(points);
}

function projected(ring: Float64Array, projection: Orthographic): Float64Array {
  const plane = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) [plane[i], plane[i + 1]] = projection.project(ring[i], ring[i + 1]);
  return plane;
}

function counterClockwise(ring: Float64Array): Float64Array {
  let doubleArea = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    doubleArea += ring[i] * ring[j + 1] - ring[j] * ring[i + 1];
  }
  if (doubleArea > 0) return ring;
  const reversed = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) reversed.set(ring.subarray(i, i + 2), ring.length - 2 - i);
  return reversed;
}

/**
 * What widening adds to a ring, as rings that each begin with a corner of it: a fan around every convex corner, whose ends are
 * those of the shifted edges.
 */
function widening(ring: Float64Array, distance: number): Float64Array[] {
  const fans: Float64Array[] = [];
  const n = ring.length / 2;
  for (let i = 0; i < n; i++) {
    const [px, py] = corner(ring, i - 1);
    const [x, y] = corner(ring, i);
    const [nx, ny] = corner(ring, i + 1);
    const before = Math.atan2(y - py, x - px) - Math.PI / 2;
    const after = Math.atan2(ny - y, nx - x) - Math.PI / 2;
    const turn = Math.atan2(Math.sin(after - before), Math.cos(after - before));
    if (turn < 0) continue;
    const steps = Math.max(1, Math.floor(turn / ARC_STEP + 0.5));
    const fan = [x, y];
    for (let k = 0; k <= steps; k++) {
      const angle = before + (turn * k) / steps;
      fan.push(x + distance * Math.cos(angle), y + distance * Math.sin(angle));
    }
    fans.push(Float64Array.from(fan));
  }
  return fans;
}

function corner(ring: Float64Array, i: number): [number, number] {
  const n = ring.length / 2;
  const k = ((i + n) % n) * 2;
  return [ring[k], ring[k + 1]];
}

/** km: points closer to the outline count as outside, as those on it do */
const TOLERANCE = 1e-9;

function insideWidened(
  ring: Float64Array,
  fans: readonly Float64Array[],
  distance: number,
  x: number,
  y: number,
): boolean {
  if (insideRing(ring, x, y)) return true;
  const gap = Math.sqrt(squaredDistanceToRing(ring, x, y));
  if (gap >= distance - TOLERANCE) return false;
  // the chords of the arcs cut off a sliver: only there the fans must be asked
  if (gap < distance * Math.cos(ARC_STEP / 2)) return true;
  const n = ring.length / 2;
  for (let i = 0; i < n; i++) {
    const [ax, ay] = corner(ring, i);
    const [bx, by] = corner(ring, i + 1);
    const length = Math.hypot(bx - ax, by - ay);
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
    const outwards = ((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length;
    if (along >= 0 && along <= length && outwards >= 0 && outwards < distance - TOLERANCE) return true;
  }
  return fans.some((fan) => insideRing(fan, x, y));
}
