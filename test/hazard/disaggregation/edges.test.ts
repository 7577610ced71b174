import assert from 'node:assert/strict';
import { coordinateBin, distanceBin, longitudeNear, magnitudeBin } from '../../../hazard/disaggregation/bins.js';
import {
  binCentres,
  binEdges,
  coordinateEdges,
  distanceEdges,
  epsilonEdges,
  magnitudeEdges,
} from '../../../hazard/disaggregation/edges.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

// All figures: OpenQuake engine 3.24-dev reference figures.

/** smallest and largest magnitude, width, first and last edge, number of edges */
const MAGNITUDE_EDGES: readonly (readonly [number, number, number, number, number, number])[] = [
  [5.05, 6.55, 0.5, 5.0, 7.0, 5],
  [5.0, 6.5, 0.5, 5.0, 7.0, 5],
  [5.0, 6.49, 0.5, 5.0, 6.5, 4],
  [6.2, 6.2, 0.5, 6.0, 6.5, 2],
  [6.0, 6.0, 0.5, 6.0, 6.5, 2],
  [5.1, 7.9, 0.1, 5.0, 8.0, 31],
  [5.15, 7.95, 0.1, 5.1, 8.0, 30],
  [4.9, 7.0, 1.0, 4.0, 8.0, 5],
  [5.0, 7.2, 0.3, 4.8, 7.5, 10],
]; // prettier-ignore
/** largest distance, width, last edge, number of edges */
const DISTANCE_EDGES: readonly (readonly [number, number, number, number])[] = [
  [150, 25, 150, 7],
  [150, 40, 160, 5],
  [200, 33.3, 233.1, 8],
  [10, 20, 20, 2],
]; // prettier-ignore
/** lon, lat, largest distance, width, edges of longitude, edges of latitude */
const COORDINATE_EDGES: readonly (readonly [number, number, number, number, readonly number[], readonly number[]])[] = [
  [10.2, 45.1, 150, 0.8, [8.28891580843, 10.2, 12.1110841916], [43.75102, 45.1, 46.44898]],
  [10.2, 45.1, 150, 100.0, [8.28891580843, 12.1110841916], [43.75102, 46.44898]],
  [0, 0, 200, 1.0, [-1.79864, 0.0, 1.79864], [-1.79864, 0.0, 1.79864]],
  [179.5, 10, 200, 0.5, [177.673613079, 178.586806539, 179.5, 180.413193461, 181.326386921], [8.20136, 9.10068, 10.0, 10.89932, 11.79864]],
  [-179.9, -60, 300, 1.0, [-185.29592, -181.69864, -178.10136, -174.50408], [-62.69796, -60.89932, -59.10068, -57.30204]],
  [20, 80, 500, 2.0, [-5.89488735517, 11.3683708816, 28.6316291184, 45.8948873552], [75.5034, 78.5011333333, 81.4988666667, 84.4966]],
  [10, 89.9, 500, 2.0, [190.0, 310.0, 70.0, 190.0], [85.4034, 88.4011333333, 91.3988666667, 94.3966]],
]; // prettier-ignore

describe('edges of disaggregation bins', () => {
  it('are multiples of the width around the magnitudes', () => {
    for (const [smallest, largest, width, first, last, count] of MAGNITUDE_EDGES) {
      const edges = magnitudeEdges(smallest, largest, width);
      assert.equal(edges.length, count, `${smallest} .. ${largest} by ${width}`);
      assertClose(edges[0], first, { atol: 1e-12 }, 'first edge');
      assertClose(edges[count - 1], last, { atol: 1e-12 }, 'last edge');
    }
  });

  it('start at zero distance and reach the largest one', () => {
    for (const [furthest, width, last, count] of DISTANCE_EDGES) {
      const edges = distanceEdges(furthest, width);
      assert.equal(edges.length, count);
      assert.equal(edges[0], 0);
      assertClose(edges[count - 1], last, { atol: 1e-12 }, 'last edge');
    }
    assert.deepEqual([...distanceEdges(300, undefined)], [0, 300]);
  });

  it('surround the site in degrees, unwrapped at the date line and near a pole', () => {
    for (const [lon, lat, distance, width, lonEdges, latEdges] of COORDINATE_EDGES) {
      const edges = coordinateEdges(lon, lat, distance, width);
      assert.equal(edges.lon.length, lonEdges.length);
      edges.lon.forEach((edge, k) => {
        assertClose((((edge - lonEdges[k] + 180) % 360) + 360) % 360, 180, { atol: 1e-9 }, `longitude ${k}`);
        if (k > 0) assert.ok(edge > edges.lon[k - 1]);
      });
      assert.equal(edges.lat.length, latEdges.length);
      edges.lat.forEach((edge, k) => {
        assertClose(edge, latEdges[k], { atol: 1e-9 }, `latitude ${k}`);
      });
    }
    // never beyond a quarter of a meridian to each side, or half a parallel
    const world = coordinateEdges(10, 0, 15_000, 30);
    assert.deepEqual([world.lat[0], world.lat.at(-1)], [-90, 90]);
    const polar = coordinateEdges(10, 89, 1000, 3);
    assert.deepEqual([polar.lon[0], polar.lon.at(-1)], [-170, 190]);
    assert.equal(longitudeNear(179.5, -179), 181);
    assert.equal(longitudeNear(-179.9, 179), -181);
  });

  it('divide the truncated distribution equally, and tables name the centres', () => {
    assert.deepEqual([...epsilonEdges(3, 4)], [-3, -1.5, 0, 1.5, 3]);
    assert.deepEqual([...binCentres(epsilonEdges(3, 4))], [-2.25, -0.75, 0.75, 2.25]);
  });

  it('are refused when they make more than a million bins', () => {
    const settings = { magnitudeWidth: 0.001, distanceWidth: 0.1, coordinateWidth: 1, epsilonBins: 10, explicit: {} };
    assert.throws(() => binEdges(settings, [5, 8], 200, 3), Refusal);
  });
});

describe('bins of ruptures', () => {
  const edges = Float64Array.of(0, 10, 20, 30);
  const values = [0, 5, 10, 19.999, 20, 30, 35, -1];

  it('hold magnitudes above the lower and up to the upper edge; too large ones are left out', () => {
    assert.deepEqual(
      values.map((value) => magnitudeBin(edges, value)),
      [0, 0, 0, 1, 1, 2, -1, 0],
    );
  });

  it('hold distances from the lower to below the upper edge; the last one holds all beyond', () => {
    assert.deepEqual(
      values.map((value) => distanceBin(edges, value)),
      [0, 0, 1, 1, 2, 2, 2, -1],
    );
    assert.equal(coordinateBin(edges, -1), 2);
  });
});
