import assert from 'node:assert/strict';
import fc from 'fast-check';
import { azimuth, wrapDegrees } from '../../../hazard/geo/azimuth.js';
import { boundingBox, dilatedBox, insideBox, unrolledBox } from '../../../hazard/geo/bounding-box.js';
import { EARTH_RADIUS } from '../../../hazard/geo/constants.js';
import { destination, midpoint, pointsAtStep } from '../../../hazard/geo/destination.js';
import { chordDistance, distance3d, greatCircleDistance } from '../../../hazard/geo/distance.js';
import { distanceToGreatCircle, distanceToSegment, distanceToSemiArc } from '../../../hazard/geo/great-circle.js';
import { Orthographic } from '../../../hazard/geo/projection.js';
import { roundAsText, roundHalfAway, roundHalfEven, roundToDecimals } from '../../../hazard/geo/rounding.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

const QUARTER = (Math.PI / 2) * EARTH_RADIUS;

const longitude = fc.double({ min: -180, max: 179.999, noNaN: true });
const latitude = fc.double({ min: -85, max: 85, noNaN: true });
const course = fc.double({ min: 0, max: 359.999, noNaN: true });
const distance = fc.double({ min: 0.1, max: 3000, noNaN: true });

describe('geodesy', () => {
  it('measures a quarter of the globe from the equator to the pole', () => {
    assertClose(greatCircleDistance(17, 0, 17, 90), QUARTER, { atol: 1e-9 });
    assertClose(greatCircleDistance(0, 0, 90, 0), QUARTER, { atol: 1e-9 });
  });

  it('measures across the date line', () => {
    assertClose(greatCircleDistance(179.9, 0, -179.9, 0), (0.2 * Math.PI * EARTH_RADIUS) / 180, { atol: 1e-9 });
    assertClose(azimuth(179.9, 0, -179.9, 0), 90, { atol: 1e-12 });
  });

  it('combines horizontal and vertical distance, and knows the straight line', () => {
    assertClose(distance3d(10, 45, 0, 10, 45, 12), 12, { atol: 1e-12 });
    assertClose(chordDistance(0, 0, 0, 180, 0, 0), 2 * EARTH_RADIUS, { atol: 1e-9 });
    assertClose(chordDistance(10, 45, 3, 10, 45, 12), 9, { atol: 1e-9 });
    // the legs of a right angle at the centre of the Earth
    const legs = Math.hypot(EARTH_RADIUS - 10, EARTH_RADIUS - 700);
    assertClose(chordDistance(0, 0, 10, 90, 0, 700), legs, { atol: 1e-9 });
    assertClose(chordDistance(25, 0, 700, 0, 90, 10), legs, { atol: 1e-9 });
  });

  it('finds the way back: destination, distance and azimuth agree', () => {
    fc.assert(
      fc.property(longitude, latitude, course, distance, (lon, lat, angle, km) => {
        const [lon2, lat2] = destination(lon, lat, angle, km);
        assertClose(greatCircleDistance(lon, lat, lon2, lat2), km, { atol: 1e-6 });
        assertClose(wrapDegrees(azimuth(lon, lat, lon2, lat2) - angle), 0, { atol: 1e-4 });
        assert.ok(lon2 >= -180 && lon2 < 180);
      }),
    );
  });

  it('puts the midpoint at equal distances from both ends', () => {
    fc.assert(
      fc.property(longitude, latitude, course, distance, (lon, lat, angle, km) => {
        const end = destination(lon, lat, angle, km);
        const middle = midpoint(lon, lat, ...end);
        assertClose(greatCircleDistance(lon, lat, ...middle), km / 2, { atol: 1e-6 });
        assertClose(greatCircleDistance(...end, ...middle), km / 2, { atol: 1e-6 });
      }),
    );
  });

  it('tells the sides of a great circle apart: positive is right of the direction', () => {
    assertClose(distanceToGreatCircle(10, 0, 0, 11, 0), (Math.PI * EARTH_RADIUS) / 180, { atol: 1e-9 });
    assertClose(distanceToGreatCircle(10, 0, 0, 9, 0), (-Math.PI * EARTH_RADIUS) / 180, { atol: 1e-9 });
  });

  it('measures to the origin behind a semi-arc, and to the nearest end beside a segment', () => {
    const degree = (Math.PI * EARTH_RADIUS) / 180;
    assertClose(Math.abs(distanceToSemiArc(10, 0, 0, 10, -1)), degree, { atol: 1e-9 });
    assertClose(distanceToSegment(10, 0, 10, 1, 10, 2), 2 * EARTH_RADIUS * Math.sin(Math.PI / 360), { atol: 1e-9 });
  });

  it('steps exactly and need not hit the end', () => {
    const points = pointsAtStep([10, 45, 0], [10, 45, 10], 3);
    assert.equal(points.length / 3, 4);
    assertClose(points[11], 9, { atol: 1e-12 });
    // 11 km are nearer to four steps than to three: the last point lies beyond the end
    const beyond = pointsAtStep([10, 45, 0], [10, 45, 11], 3);
    assert.equal(beyond.length / 3, 5);
    assertClose(beyond[14], 12, { atol: 1e-12 });
    assert.deepEqual([...pointsAtStep([10, 45, 2], [10, 45, 3], 3)], [10, 45, 2]);
  });

  it('projects and inverts', () => {
    fc.assert(
      fc.property(longitude, latitude, course, fc.double({ min: 0, max: 800, noNaN: true }), (lon, lat, angle, km) => {
        const projection = new Orthographic(lon, lat);
        const place = destination(lon, lat, angle, km);
        const [x, y] = projection.project(...place);
        assertClose(Math.hypot(x, y), EARTH_RADIUS * Math.sin(km / EARTH_RADIUS), { atol: 1e-6 });
        assertClose(greatCircleDistance(...place, ...projection.inverse(x, y)), 0, { atol: 1e-6 });
      }),
    );
  });
});

describe('places of an orthographic projection', () => {
  it('have longitudes from -180 to below 180 on both sides of the date line', () => {
    for (const [lon, east, expected] of [
      [179.9, 50, -180 + 50 / 111.19492664455873 - 0.1],
      [-179.9, -50, 180 - 50 / 111.19492664455873 + 0.1],
      [10, 50, 10 + 50 / 111.19492664455873],
    ]) {
      const [got, lat] = new Orthographic(lon, 0).inverse(east, 0);
      assertClose(got, expected, { atol: 1e-4 });
      assertClose(lat, 0, { atol: 1e-12 });
    }
  });
});

describe('rounding', () => {
  it('takes halves away from zero, or to even', () => {
    assert.deepEqual([0.5, 1.5, 2.5, -0.5].map(roundHalfAway), [1, 2, 3, -1]);
    assert.deepEqual([0.5, 1.5, 2.5, 3.5].map(roundHalfEven), [0, 2, 2, 4]);
    assert.equal(roundHalfAway(-0.2), -1);
    // as Python's '%.2f' writes them
    assert.deepEqual(
      [6.075, 6.225, 6.375, 6.525, 6.675, 6.125, -6.125, 7].map(roundAsText),
      [6.08, 6.22, 6.38, 6.53, 6.67, 6.12, -6.12, 7],
    );
    assert.equal(roundToDecimals(1.005000001, 2), 1.01);
  });
});

describe('bounding boxes', () => {
  it('cross the date line as west > east, or unrolled', () => {
    const box = boundingBox([179.5, -179.5, 179.9], [1, 2, 3]);
    assert.deepEqual(box, [179.5, 1, -179.5, 3]);
    assert.deepEqual(unrolledBox(box), [179.5, 1, 180.5, 3]);
  });

  it('refuse more than half of the globe', () => {
    assert.throws(() => boundingBox([-100, 0.5, 100], [0, 0, 0]), Refusal);
    assert.throws(() => dilatedBox([0, 80, 10, 85], 2000), Refusal);
  });

  it('hold sites strictly inside, also those beyond the date line', () => {
    const box = dilatedBox(unrolledBox([179.5, 1, -179.5, 3]), 50);
    assert.ok(insideBox(box, -179.6, 2));
    assert.ok(insideBox(box, 179.2, 2));
    assert.ok(!insideBox(box, 0, 2));
    assert.ok(!insideBox([10, 40, 11, 41], 10, 40.5));
  });
});
