import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wrapDegrees } from '../../../hazard/geo/azimuth.js';
import { destination } from '../../../hazard/geo/destination.js';
import { distance3d, greatCircleDistance } from '../../../hazard/geo/distance.js';
import { convexHull, insideRing, meetsItself, squaredDistanceToRing } from '../../../hazard/geo/planar-polygon.js';
import { gridInside } from '../../../hazard/geo/polygon.js';
import {
  meanAzimuth,
  pointOf,
  polylineLength,
  resampledByStep,
  resampledToCount,
  withoutRepeatedPoints,
} from '../../../hazard/geo/polyline.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

/** A straight line of a length in km from (10, 45) along an azimuth. */
function straightLine(length: number, azimuth = 40): Float64Array {
  return Float64Array.of(10, 45, 0, ...destination(10, 45, azimuth, length), 0);
}

describe('polylines', () => {
  it('resample with one step too many where the length is a whole number of steps', () => {
    // counts as the OpenQuake engine 3.24-dev has them
    assert.equal(resampledByStep(straightLine(20), 2).length / 3, 12);
    assert.equal(resampledByStep(straightLine(20.0003), 2).length / 3, 11);
  });

  it('keep the step between samples of a straight line', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 100, noNaN: true }),
        fc.double({ min: 1, max: 4, noNaN: true }),
        (length, step) => {
          const line = resampledByStep(straightLine(length), step);
          for (let i = 1; i < line.length / 3; i++) {
            const d = distance3d(...pointOf(line, i - 1), ...pointOf(line, i));
            assertClose(d, step, { atol: 1e-3 }, `step`);
          }
        },
      ),
    );
  });

  it('resample to a number of points that keep both ends', () => {
    const bent = Float64Array.of(10, 45, 0, 10.2, 45.1, 2, 10.5, 45.05, 5);
    const line = resampledToCount(bent, 7);
    assert.equal(line.length, 21);
    assert.deepEqual(pointOf(line, 0), [10, 45, 0]);
    assert.ok(distance3d(...pointOf(line, 6), 10.5, 45.05, 5) < 1e-6);
    assert.ok(polylineLength(line) <= polylineLength(bent) + 1e-6);
  });

  it('merge points closer than a metre', () => {
    assert.equal(withoutRepeatedPoints(Float64Array.of(10, 45, 0, 10, 45.000001, 0, 10.1, 45, 0)).length, 6);
  });

  it('know their mean direction', () => {
    const north = Float64Array.of(0, 0, 0, 0, 1, 0, 0, 2, 0);
    assertClose(wrapDegrees(meanAzimuth(north)), 0, { atol: 1e-9 });
    assertClose(meanAzimuth(Float64Array.of(0, 0, 0, 1, 0, 0)), 90, { atol: 1e-9 });
    // three parts to the east and one to the north, near the equator: atan2(3, 1)
    assertClose(meanAzimuth(Float64Array.of(0, 0, 0, 0.3, 0, 0, 0.3, 0.1, 0)), 71.565, { atol: 1e-3 });
    // across north the mean is no half turn off
    assertClose(wrapDegrees(meanAzimuth(Float64Array.of(0, 0, 0, 0.01, 0.1, 0, 0, 0.2, 0))), 0, { atol: 1e-3 });
  });
});

describe('polygons', () => {
  const ring = Float64Array.of(10, 44, 11, 44, 11, 45, 10, 45);

  it('are filled by rows from north to south at the spacing', () => {
    const grid = gridInside(ring, 20);
    assert.ok(grid.length / 2 >= 15);
    for (let i = 2; i < grid.length; i += 2) {
      const sameRow = grid[i + 1] === grid[i - 1];
      assert.ok(sameRow ? grid[i] > grid[i - 2] : grid[i + 1] < grid[i - 1]);
      if (sameRow) assertClose(greatCircleDistance(grid[i - 2], grid[i - 1], grid[i], grid[i + 1]), 20, { atol: 0.01 });
    }
  });

  it('do not depend on the direction or on a repeated first vertex', () => {
    const closed = Float64Array.of(...ring, 10, 44);
    const clockwise = Float64Array.of(10, 45, 11, 45, 11, 44, 10, 44);
    assert.deepEqual(gridInside(closed, 20), gridInside(ring, 20));
    assert.deepEqual(gridInside(clockwise, 20), gridInside(ring, 20));
  });

  it('hold the same points wherever the date line runs', () => {
    const shifted = ring.map((value, i) => (i % 2 === 0 ? value + 169.4 : value));
    const wrapped = shifted.map((value, i) => (i % 2 === 0 && value >= 180 ? value - 360 : value));
    const grid = gridInside(ring, 15);
    const far = gridInside(wrapped, 15);
    assert.equal(far.length, grid.length);
    for (let i = 0; i < grid.length; i += 2) {
      assert.ok(greatCircleDistance(grid[i] + 169.4, grid[i + 1], far[i], far[i + 1]) < 1e-6);
    }
  });

  it('that cross themselves are refused', () => {
    assert.throws(() => gridInside(Float64Array.of(10, 44, 11, 45, 11, 44, 10, 45), 20), Refusal);
  });

  it('in the plane: hulls hold all their points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 4 }),
        (points) => {
          const flat = Float64Array.from(points.flat());
          const hull = convexHull(flat);
          fc.pre(hull.length >= 6);
          assert.ok(!meetsItself(hull, true));
          for (const [x, y] of points) assert.ok(insideRing(hull, x, y) || squaredDistanceToRing(hull, x, y) < 1e-18);
        },
      ),
    );
  });
});
