import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toCartesian, unitVector } from '../../../hazard/geo/cartesian.js';
import { EARTH_RADIUS } from '../../../hazard/geo/constants.js';
import { distanceToGreatCircle, distanceToSegment, distanceToSemiArc } from '../../../hazard/geo/great-circle.js';
import { azimuth } from '../../../hazard/geo/azimuth.js';
import { sitePoints } from '../../../hazard/site/site-points.js';
import { complexFaultMesh } from '../../../hazard/surfaces/complex-fault.js';
import { arrangeTraces, distanceBeyondEnds, largestU, ruptureCoordinates } from '../../../hazard/surfaces/gc2.js';
import { prepareSection } from '../../../hazard/surfaces/fault-sections.js';
import { GriddedSurface } from '../../../hazard/surfaces/gridded.js';
import { kiteMesh } from '../../../hazard/surfaces/kite-mesh.js';
import { KiteSurface } from '../../../hazard/surfaces/kite.js';
import { MeshDistances } from '../../../hazard/surfaces/mesh-distances.js';
import { nodeMesh } from '../../../hazard/surfaces/node-mesh.js';
import { planarSurfaceOfCorners } from '../../../hazard/surfaces/planar.js';
import { planeStrikeDip } from '../../../hazard/surfaces/plane-fit.js';
import type { Surface } from '../../../hazard/surfaces/surface.js';
import type { SurfaceDistance } from '../../../hazard/contexts/context-batch.js';
import { distanceAcross, edgeVectors } from '../../../hazard/surfaces/top-edge.js';
import { keepCorners, traceLines } from '../../../hazard/surfaces/trace-lines.js';
import { assertClose } from '../../tolerance.js';

function distance(surface: Surface, kind: SurfaceDistance, lon: number, lat: number): number {
  const out = new Float64Array(1);
  const sites = sitePoints(Float64Array.of(lon), Float64Array.of(lat), new Float64Array(1));
  surface.distances(kind, sites, Int32Array.of(0), 1, out, 0);
  return out[0];
}

describe('plane of least squares', () => {
  it('finds strike and dip of points on a plane, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359.9, noNaN: true }),
        fc.double({ min: 1, max: 89, noNaN: true }),
        (strike, dip) => {
          const radians = Math.PI / 180;
          const along = [Math.sin(strike * radians), Math.cos(strike * radians)];
          const down = [
            Math.cos(strike * radians) * Math.cos(dip * radians),
            -Math.sin(strike * radians) * Math.cos(dip * radians),
          ];
          const places = [0, 7, 3, 12, 5, 9].map((u, i) => [u, (i * i) % 5]);
          const [s, d] = planeStrikeDip(
            Float64Array.from(places, ([u, w]) => u * along[0] + w * down[0]),
            Float64Array.from(places, ([u, w]) => u * along[1] + w * down[1]),
            Float64Array.from(places, ([, w]) => -w * Math.sin(dip * radians)),
          );
          assertClose(Math.abs(((s - strike + 540) % 360) - 180), 0, { atol: 1e-6 }, 'strike');
          assertClose(d, dip, { atol: 1e-6 }, 'dip');
        },
      ),
    );
  });
});

describe('top edge of a mesh', () => {
  const lon = [10, 10.2, 10.35, 10.6, 10.7];
  const lat = [45, 45.1, 45.12, 45.3, 45.5];
  const vectors = edgeVectors(lon, lat);

  it('gives the signed distance of the closest segment, prolonged at the ends', () => {
    fc.assert(
      fc.property(fc.double({ min: 8, max: 13, noNaN: true }), fc.double({ min: 43, max: 47, noNaN: true }), (x, y) => {
        const candidates = [-distanceToSemiArc(lon[1], lat[1], azimuth(lon[1], lat[1], lon[0], lat[0]), x, y)];
        for (const i of [1, 2]) candidates.push(distanceToSegment(lon[i], lat[i], lon[i + 1], lat[i + 1], x, y));
        candidates.push(distanceToSemiArc(lon[3], lat[3], azimuth(lon[3], lat[3], lon[4], lat[4]), x, y));
        const expected = candidates.reduce((best, d) => (Math.abs(d) < Math.abs(best) ? d : best));
        const [ux, uy, uz] = unitVector(x, y);
        assertClose(Math.abs(distanceAcross(vectors, 0, 4, ux, uy, uz)), Math.abs(expected), { atol: 1e-6 });
      }),
    );
  });

  it('has its right-hand side at positive distances, all along and beyond both ends', () => {
    // due north on a meridian: a point at another longitude lies asin(cos(lat) sin(difference)) off its great circle
    const meridian = edgeVectors([20, 20, 20, 20], [0, 1, 2, 3]);
    for (const y of [-1, 0.4, 1.5, 2.7, 4])
      for (const east of [-0.3, 0.3]) {
        const [ux, uy, uz] = unitVector(20 + east, y);
        const sine = Math.cos((y * Math.PI) / 180) * Math.sin((east * Math.PI) / 180);
        // beside a segment between two others the shortest way is to the segment, not to its great circle: the same here
        assertClose(distanceAcross(meridian, 0, 3, ux, uy, uz), EARTH_RADIUS * Math.asin(sine), { atol: 1e-6 }, `${y}`);
      }
  });

  it('is a whole great circle when it has one segment', () => {
    const [ux, uy, uz] = unitVector(11, 44);
    const expected = distanceToGreatCircle(lon[1], lat[1], azimuth(lon[1], lat[1], lon[2], lat[2]), 11, 44);
    assertClose(distanceAcross(vectors, 1, 1, ux, uy, uz), expected, { atol: 1e-8 });
  });
});

describe('distances to blocks of a mesh', () => {
  const mesh = complexFaultMesh(
    [
      Float64Array.of(22, 36, 8, 22.4, 36.35, 8.5, 23, 36.5, 9),
      Float64Array.of(22.35, 35.72, 25, 22.8, 36.1, 27, 23.15, 36.2, 24),
    ],
    8,
  );

  it('are those to the closest node of the block', () => {
    const block = fc.record({
      firstRow: fc.integer({ min: 0, max: mesh.rows - 2 }),
      firstColumn: fc.integer({ min: 0, max: mesh.columns - 2 }),
    });
    fc.assert(
      fc.property(
        block,
        fc.double({ min: 21, max: 24, noNaN: true }),
        fc.double({ min: 35, max: 37, noNaN: true }),
        (first, x, y) => {
          const size = { rows: mesh.rows - first.firstRow, columns: mesh.columns - first.firstColumn };
          const sites = sitePoints(Float64Array.of(x), Float64Array.of(y), Float64Array.of(-1.2));
          const distances = new MeshDistances(mesh, 1);
          distances.loadOne(sites, 0);
          let expected = Infinity;
          for (let r = first.firstRow; r < mesh.rows; r++) {
            for (let c = first.firstColumn; c < mesh.columns; c++) {
              const i = r * mesh.columns + c;
              const node = toCartesian(mesh.lon[i], mesh.lat[i], mesh.depth[i]);
              const site = toCartesian(x, y, -1.2);
              expected = Math.min(expected, Math.hypot(node[0] - site[0], node[1] - site[1], node[2] - site[2]));
            }
          }
          assertClose(distances.ruptureDistance(0, { ...first, ...size }), expected, { atol: 1e-9 });
        },
      ),
    );
  });

  it('are 0 above a cell, by Joyner and Boore, and reach to its edges', () => {
    const whole = { firstRow: 0, firstColumn: 0, rows: mesh.rows, columns: mesh.columns };
    const centre = Float64Array.from(unitVector(22.6, 36.1));
    const at = (lon: number, lat: number): number => {
      const distances = new MeshDistances(mesh, 1);
      distances.loadOne(sitePoints(Float64Array.of(lon), Float64Array.of(lat), new Float64Array(1)), 0);
      return distances.joynerBoore(0, whole, centre, 0, 0);
    };
    assert.equal(at(22.6, 36.15), 0);
    // beyond the top edge: the distance to its closest segment
    const { lon, lat, columns } = mesh;
    for (const [x, y] of [
      [22, 36.1],
      [22.3, 36.45],
      [22.8, 36.6],
    ]) {
      let expected = Infinity;
      for (let c = 0; c + 1 < columns; c++) {
        expected = Math.min(expected, Math.abs(distanceToSegment(lon[c], lat[c], lon[c + 1], lat[c + 1], x, y)));
      }
      assertClose(at(x, y), expected, { atol: 1e-3 }, 'beyond the top edge');
    }
  });
});

describe('a plane between corners', () => {
  it('has edges of one length, but for four thousandths of its area', () => {
    const degree = (Math.PI * EARTH_RADIUS) / 180;
    /** 10 km along the equator, 10 km deep, the bottom longer by so many km. */
    const plane = (longer: number) =>
      planarSurfaceOfCorners(
        Float64Array.of(20, 0, 0, 20 + 10 / degree, 0, 0, 20, 0, 10, 20 + (10 + longer) / degree, 0, 10),
      );
    assertClose(plane(0.35).length, 10, { atol: 0.2 });
    assert.throws(() => plane(0.45), /must have the same length/);
  });
});

describe('distance along a rupture of several traces', () => {
  it('is counted from whichever end is nearer, and 0 beside the rupture', () =>
    assert.deepEqual(
      [-3, 0, 5, 10, 12].map((u) => distanceBeyondEnds(u, 10)),
      [3, 0, 0, 0, 2],
    ));
});

describe('outline of a kite surface', () => {
  it('holds every place above the surface, and ends where it ends', () => {
    // on the equator, 20 km long to the north, 20 km down to the east at 45 degrees
    const degree = (Math.PI * EARTH_RADIUS) / 180;
    const step = 5 / degree;
    const profiles = [0, 1, 2, 3, 4].map((k) => Float64Array.of(10, k * step, 0, 10 + 4 * step, k * step, 20));
    const surface = new KiteSurface(kiteMesh(profiles, 5, 5));
    assertClose(surface.dip, 45, { atol: 0.1 });
    for (const along of [0.3, 1.5, 2.5, 3.7])
      for (const across of [0.3, 1.5, 2.5])
        assert.equal(distance(surface, 'rjb', 10 + across * step, along * step), 0, `${along} ${across}`);
    assertClose(distance(surface, 'rjb', 10 - 2 * step, 2 * step), 10, { atol: 1e-3 });
    assertClose(distance(surface, 'rjb', 10 + step, -2 * step), 10, { atol: 1e-3 });
    assertClose(distance(surface, 'rjb', 10 + step, 6 * step), 10, { atol: 1e-3 });
  });

  it('goes round a notch where nodes are undefined', () => {
    // 5 km apart along strike and down dip at 45 degrees; the column in the middle is 10 km long, the others 20 km
    const degree = (Math.PI * EARTH_RADIUS) / 180;
    const [rows, columns] = [5, 5];
    const down = 5 * Math.SQRT1_2;
    const nodes = Array.from({ length: rows * columns }, (_, k) => [Math.floor(k / columns), k % columns]);
    const defined = nodes.map(([row, column]) => column !== 2 || row < 3);
    const place = (value: (row: number, column: number) => number): Float64Array =>
      Float64Array.from(nodes, ([row, column], k) => (defined[k] ? value(row, column) : NaN));
    const surface = new KiteSurface(
      nodeMesh(
        rows,
        columns,
        place((row) => 10 + (row * down) / degree),
        place((_, column) => (5 * column) / degree),
        place((row) => row * down),
      ),
    );
    // 5 km into the notch, as far from both of its sides, which run 5 km along and two rows across
    const expected = (5 * 5) / Math.hypot(5, 2 * down);
    assertClose(distance(surface, 'rjb', 10 + (2 * down + 5) / degree, 10 / degree), expected, { rtol: 2e-3 });
    assert.equal(distance(surface, 'rjb', 10 + (2 * down - 0.5) / degree, 10 / degree), 0);
  });
});

describe('kite mesh', () => {
  it('leaves nodes undefined where profiles end early, and dips to the right', () => {
    const mesh = kiteMesh(
      [
        Float64Array.of(5, 50, 1, 4.98, 50.03, 6, 4.9, 50.1, 11),
        Float64Array.of(5.3, 49.95, 1, 5.31, 50, 6, 5.3, 50.1, 13),
        Float64Array.of(5.7, 50.05, 1, 5.73, 50.1, 6.5, 5.75, 50.2, 12),
      ],
      2,
      2,
    );
    // OpenQuake engine 3.24-dev reference figures
    assert.deepEqual([mesh.rows, mesh.columns], [11, 31]);
    const surface = new KiteSurface(mesh);
    assertClose(surface.strike, 263.4603989, { atol: 1e-6 }, 'strike');
    assertClose(surface.dip, 35.37865591, { atol: 1e-6 }, 'dip');
    assertClose(surface.width, 17.49972737, { atol: 1e-7 }, 'width');
    assertClose(surface.area, 986.0336334, { atol: 1e-5 }, 'area');
    assert.ok(Number.isNaN(mesh.lon[30]));
  });

  it('has no node of the longest profile in a row that goes to one side of it only', () => {
    const profiles = [
      [0.1, 0, 0, 0.15, 0, 8],
      [0.1, 0.2, 0, 0.15, 0.2, 10],
      [0.1, 0.4, 0, 0.15, 0.4, 6],
    ].map((profile) => Float64Array.from(profile));
    const mesh = kiteMesh(profiles, 2, 2);
    // nodes per row of OpenQuake engine 3.26.2; the lowest row reaches the southern profile only
    const nodes = Array.from(
      { length: mesh.rows },
      (_, r) => mesh.lon.slice(r * mesh.columns, (r + 1) * mesh.columns).filter((lon) => !Number.isNaN(lon)).length,
    );
    assert.deepEqual(nodes, [23, 23, 23, 23, 23, 11]);
  });

  it('counts a sample more where a profile runs due north, whatever the longitude', () => {
    for (const lon of [0, 20.05, 33.3333, -179.99, 179.95]) {
      const mesh = kiteMesh(
        [Float64Array.of(lon, 40, 0, lon, 40.08, 10), Float64Array.of(lon - 0.5, 40.05, 0, lon - 0.5, 40.13, 10)],
        2,
        2,
      );
      assert.equal(mesh.rows, 8, `at longitude ${lon}`);
    }
  });

  it('stands for a vertical surface by a strip of 100 m either side', () => {
    const mesh = kiteMesh([Float64Array.of(10, 45, 0, 10, 45, 10), Float64Array.of(10.3, 45, 0, 10.3, 45, 10)], 2, 2);
    const surface = new KiteSurface(mesh);
    assertClose(distance(surface, 'rjb', 10.15, 45.1), 0.1 * ((Math.PI * EARTH_RADIUS) / 180) - 0.1 - 0.008, {
      atol: 5e-3,
    });
    assert.equal(distance(surface, 'rjb', 10.15, 45.0005), 0);
  });
});

describe('generalised coordinates', () => {
  const lines = [
    Float64Array.of(19.62018967, 40.00506592, 19.79883003, 40.04970932, 19.82138634, 40.04467392, 20, 40),
    Float64Array.of(20.58645439, 40.04880142, 20.04999924, 40),
  ];
  const traces = traceLines(lines);

  it('run through lines in a common direction from the end that comes first', () => {
    // OpenQuake engine 3.24-dev reference figures
    const arrangement = arrangeTraces(traces, Int32Array.of(0, 1));
    assert.deepEqual([...arrangement.backwards], [1, 0]);
    assertClose(arrangement.shift[0], 50.17796707, { atol: 1e-4 });
    assertClose(arrangement.shift[1], 0, { atol: 1e-9 });
    assertClose(largestU(traces, arrangement), 81.17017365, { atol: 1e-4 });
    const out = new Float64Array(2);
    const [x, y, z] = unitVector(19.31563, 39.99787);
    const point = { unitX: Float64Array.of(x), unitY: Float64Array.of(y), unitZ: Float64Array.of(z) };
    ruptureCoordinates(traces, arrangement, point, 0, out);
    assertClose(out[0], -3.738709688, { atol: 1e-4 }, 'T');
    assertClose(out[1], 106.2208252, { atol: 1e-3 }, 'U');
  });

  it('keep only corners of top edges', () => {
    const line = Float64Array.of(10, 0, 10.1, 0, 10.2, 0, 10.3, 0.1, 10.4, 0.2);
    assert.deepEqual([...keepCorners(line, 1)], [10, 0, 10.2, 0, 10.4, 0.2]);
  });
});

describe('sections of a fault model', () => {
  it('have the depths, the dip and the strike of the surface between their profiles', () => {
    // two profiles along the meridian, from 2 km down to 12 km, dipping 45 degrees to the east
    const east = 10 / (111.19492664455873 * Math.cos(Math.PI / 180));
    const profile = (lat: number) => Float64Array.of(20, lat, 2, 20 + east, lat, 12);
    const { measures, zbot, strikeSin, strikeCos } = prepareSection([profile(1), profile(1.2)], 2);
    assertClose(measures.ztor, 2, { atol: 0.01 });
    // whole cells of 2 km along the dip
    assertClose(zbot, 2 + 14 / Math.SQRT2, { atol: 0.2 });
    assertClose(measures.dip, 45, { atol: 0.2 });
    assertClose(Math.abs(strikeSin), 0, { atol: 0.01 });
    assertClose(Math.abs(strikeCos), 1, { atol: 0.01 });
  });
});

describe('gridded surface', () => {
  const points = Array.from({ length: 54 }, (_, i) => {
    const [row, column] = [Math.floor(i / 9), i % 9];
    return [142 + 0.08 * row + 0.01 * column, 38 + 0.1 * column, 12 + 3 * row + 0.2 * column];
  });
  const surface = new GriddedSurface(Float64Array.from(points.flat()));

  it('has strike and dip of the plane that fits best, and no width or area', () => {
    // OpenQuake engine 3.24-dev reference figures
    assertClose(surface.strike, 2.09524699, { atol: 1e-6 });
    assertClose(surface.dip, 23.29750588, { atol: 1e-6 });
    assert.equal(surface.ztor, 12);
    assert.equal(surface.zbot, 12 + 3 * 5 + 0.2 * 8);
    assert.ok(Number.isNaN(surface.width) && Number.isNaN(surface.area));
    assert.ok(Number.isNaN(distance(surface, 'rx', 142, 38)));
    assertClose(distance(surface, 'rrup', 142.2, 38.4), 17.26615605, { atol: 1e-6 });
    assert.equal(distance(surface, 'rjb', 142.2, 38.4), 0);
  });
});
