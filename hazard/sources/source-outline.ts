/** What a map shows of a source, before any mesh is made. */
import { destination } from '../geo/destination.js';
import { meanAzimuth } from '../geo/polyline.js';
import type { SurfaceGeometry } from './source.js';

/** Shapes of a source seen from above, each [lon, lat, ...] in degrees. */
export interface SourceOutline {
  /** places of point-like ruptures */
  readonly points: Float64Array;
  /** traces and upper edges */
  readonly lines: readonly Float64Array[];
  /** polygons, and surfaces projected to the ground; the last point does not repeat the first */
  readonly rings: readonly Float64Array[];
}

/** Point-like ruptures at places [lon, lat, ...]. */
export function outlineOfPoints(points: Float64Array): SourceOutline {
  return { points, lines: [], rings: [] };
}

/** A polygon [lon, lat, ...]. */
export function outlineOfPolygon(ring: Float64Array): SourceOutline {
  return { points: new Float64Array(0), lines: [], rings: [ring] };
}

/** Surfaces: upper edges as lines, all of each as a ring; clouds of points as points. */
export function outlineOfSurfaces(surfaces: readonly SurfaceGeometry[]): SourceOutline {
  const points: number[] = [];
  const lines: Float64Array[] = [];
  const rings: Float64Array[] = [];
  for (const surface of surfaces) {
    if (surface.kind === 'gridded') {
      points.push(...withoutDepths(surface.points));
      continue;
    }
    const [top, bottom] = edgesOf(surface);
    lines.push(top);
    rings.push(Float64Array.of(...top, ...reversed(bottom)));
  }
  return { points: Float64Array.from(points), lines, rings };
}

/** Upper and lower edge, [lon, lat, ...] in the same sense. */
function edgesOf(
  surface: Exclude<SurfaceGeometry, { readonly kind: 'gridded' }>,
): readonly [top: Float64Array, bottom: Float64Array] {
  switch (surface.kind) {
    case 'simpleFault': {
      // the trace moved down the dip, as a plane of one strike: near enough for a picture
      const trace = withoutDepths(surface.trace);
      const cotangent = 1 / Math.tan((surface.dip * Math.PI) / 180);
      const across = (meanAzimuth(surface.trace) + 90) % 360;
      const moved = (depth: number): Float64Array => shifted(trace, across, depth * cotangent);
      return [moved(surface.upperSeismogenicDepth), moved(surface.lowerSeismogenicDepth)];
    }
    case 'complexFault':
      return [withoutDepths(surface.edges[0]), withoutDepths(surface.edges[surface.edges.length - 1])];
    case 'kite': {
      const ends = surface.profiles.map(withoutDepths);
      return [
        Float64Array.from(ends.flatMap((profile) => [profile[0], profile[1]])),
        Float64Array.from(ends.flatMap((profile) => [...profile.subarray(profile.length - 2)])),
      ];
    }
    case 'planar': {
      const corners = withoutDepths(surface.corners);
      return [corners.slice(0, 4), corners.slice(4, 8)];
    }
  }
}

function withoutDepths(points: Float64Array): Float64Array {
  return points.filter((_, k) => k % 3 < 2);
}

function shifted(line: Float64Array, azimuth: number, distance: number): Float64Array {
  const moved = line.slice();
  for (let i = 0; i < line.length; i += 2) moved.set(destination(line[i], line[i + 1], azimuth, distance), i);
  return moved;
}

function reversed(line: Float64Array): Float64Array {
  const turned = new Float64Array(line.length);
  for (let i = 0; i < line.length; i += 2) turned.set(line.subarray(line.length - 2 - i, line.length - i), i);
  return turned;
}
