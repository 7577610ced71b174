import { readFileSync } from 'node:fs';
import { azimuth, signedAzimuth } from '../../hazard/geo/azimuth.js';
import { toCartesian, type Vector } from '../../hazard/geo/cartesian.js';
import { destination, midpoint, pointsAtStep, pointsBetween, pointsTowards } from '../../hazard/geo/destination.js';
import { chordDistance, distance3d, greatCircleDistance } from '../../hazard/geo/distance.js';
import { distanceToGreatCircle, distanceToSegment, distanceToSemiArc } from '../../hazard/geo/great-circle.js';
import { gridInside } from '../../hazard/geo/polygon.js';
import {
  meanAzimuth,
  polylineLength,
  resampledByStep,
  resampledToCount,
  withoutRepeatedPoints,
} from '../../hazard/geo/polyline.js';
import { Orthographic } from '../../hazard/geo/projection.js';
import { TOLERANCES, type Comparison, type Tolerance } from './comparison.js';

type Cell = number | null | string | readonly Cell[];
type Row = readonly Cell[];
interface Tables {
  readonly tables: readonly { readonly name: string; readonly rows: readonly Row[] }[];
}

/** Numbers got for the numbers of a row, and the last entries of the row that they stand against. */
interface Check {
  readonly inputs: number;
  readonly tolerance: Tolerance;
  compute(row: readonly number[], whole: Row): ArrayLike<number>;
}

const { coordinate } = TOLERANCES;
const ANGLE: Tolerance = { rtol: 0, atol: 1e-6, period: 360 };
const KM: Tolerance = { rtol: 1e-9, atol: 1e-5 };
const PLANE: Tolerance = { rtol: 1e-9, atol: 1e-6 };

/** Coordinates of a flat polyline, all longitudes first, then latitudes and depths. */
function byCoordinate(line: Float64Array): number[] {
  return [0, 1, 2].flatMap((k) => Array.from(line).filter((_, i) => i % 3 === k));
}

const CHECKS: Readonly<Record<string, Check>> = {
  geodetic_distance: { inputs: 4, tolerance: KM, compute: (r) => [greatCircleDistance(r[0], r[1], r[2], r[3])] },
  azimuth: { inputs: 4, tolerance: ANGLE, compute: (r) => [azimuth(r[0], r[1], r[2], r[3])] },
  fast_azimuth: { inputs: 4, tolerance: ANGLE, compute: (r) => [signedAzimuth(r[0], r[1], r[2], r[3])] },
  distance_3d: { inputs: 6, tolerance: KM, compute: (r) => [distance3d(r[0], r[1], r[2], r[3], r[4], r[5])] },
  spherical_to_cartesian: { inputs: 3, tolerance: PLANE, compute: (r) => toCartesian(r[0], r[1], r[2]) },
  chord_distance: { inputs: 6, tolerance: KM, compute: (r) => [chordDistance(r[0], r[1], r[2], r[3], r[4], r[5])] },
  point_at: { inputs: 4, tolerance: coordinate, compute: (r) => destination(r[0], r[1], r[2], r[3]) },
  npoints_towards: {
    inputs: 7,
    tolerance: coordinate,
    compute: (r) => byCoordinate(pointsTowards([r[0], r[1], r[2]], r[3], r[4], r[5], r[6])),
  },
  intervals_between: {
    inputs: 7,
    tolerance: coordinate,
    compute: (r) => {
      const points = pointsAtStep([r[0], r[1], r[2]], [r[3], r[4], r[5]], r[6]);
      return [points.length / 3, ...points.slice(-3)];
    },
  },
  npoints_between: {
    inputs: 7,
    tolerance: coordinate,
    compute: (r) => byCoordinate(pointsBetween([r[0], r[1], r[2]], [r[3], r[4], r[5]], r[6])),
  },
  distance_to_arc: {
    inputs: 5,
    tolerance: PLANE,
    compute: (r) => [distanceToGreatCircle(r[0], r[1], r[2], r[3], r[4])],
  },
  distance_to_semi_arc: {
    inputs: 5,
    tolerance: PLANE,
    compute: (r) => [distanceToSemiArc(r[0], r[1], r[2], r[3], r[4])],
  },
  distance_to_segment: {
    inputs: 6,
    tolerance: PLANE,
    compute: (r) => [distanceToSegment(r[0], r[1], r[2], r[3], r[4], r[5])],
  },
  middle_point: { inputs: 4, tolerance: coordinate, compute: (r) => midpoint(r[0], r[1], r[2], r[3]) },
  orthographic: {
    inputs: 4,
    tolerance: PLANE,
    compute: (r) => {
      const projection = Orthographic.ofBox([r[0], r[3], r[1], r[2]]);
      const [x, y] = projection.project(r[6], r[7]);
      return [projection.lon0, projection.lat0, r[6], r[7], x, y, ...projection.inverse(x, y)];
    },
  },
};

/** geodesy.json: tables of elementary geometry. */
export function compareGeodesy(path: string, comparison: Comparison): Comparison {
  const { tables } = JSON.parse(readFileSync(path, 'utf8')) as Tables;
  for (const { name, rows } of tables) {
    rows.forEach((row, i) => {
      const where = `${name} row ${i}`;
      if (name === 'line') compareLine(comparison, row, where);
      else if (name === 'polygon_discretize') comparePolygon(comparison, row, where);
      else if (CHECKS[name]) {
        const { inputs, tolerance, compute } = CHECKS[name];
        const got = compute(row as readonly number[], row);
        comparison.numbers(name, got, flatten(row.slice(inputs)), tolerance, where);
      }
    });
  }
  return comparison;
}

function flatten(cell: Cell): number[] {
  return Array.isArray(cell) ? (cell as readonly Cell[]).flatMap(flatten) : [cell as number];
}

function compareLine(comparison: Comparison, row: Row, where: string): void {
  const line = Float64Array.from(flatten(row[0]));
  const kept = withoutRepeatedPoints(line);
  comparison.number('line length', polylineLength(kept), row[1] as number, KM, where);
  comparison.number('line azimuth', meanAzimuth(kept), row[2] as number, ANGLE, where);
  comparison.numbers('line by step', resampledByStep(line, row[3] as number), flatten(row[4]), coordinate, where);
  comparison.numbers('line to count', resampledToCount(line, row[5] as number), flatten(row[6]), coordinate, where);
}

function comparePolygon(comparison: Comparison, row: Row, where: string): void {
  const ring = Float64Array.from(flatten(row[0]) as Vector);
  if (typeof row[2] === 'string') {
    let refused = false;
    try {
      refused = gridInside(ring, row[1] as number).length === 0;
    } catch {
      refused = true;
    }
    comparison.same('polygon refused', refused, true, where);
    return;
  }
  const points = gridInside(ring, row[1] as number);
  comparison.numbers(
    'polygon',
    points.filter((_, i) => i % 2 === 0),
    flatten(row[2]),
    coordinate,
    where,
  );
  comparison.numbers(
    'polygon',
    points.filter((_, i) => i % 2 === 1),
    flatten(row[3]),
    coordinate,
    where,
  );
}
