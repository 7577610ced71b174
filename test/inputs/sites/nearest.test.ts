import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EARTH_RADIUS } from '../../../hazard/geo/constants.js';
import { sitePoints } from '../../../hazard/site/site-points.js';
import { nearestPoints } from '../../../inputs/sites/nearest.js';
import { assertClose } from '../../tolerance.js';

const place = fc.record({
  lon: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 0, 179.9999)),
  lat: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 0)),
});
type Place = { readonly lon: number; readonly lat: number };

function points(places: readonly Place[]) {
  return sitePoints(
    Float64Array.from(places, ({ lon }) => lon),
    Float64Array.from(places, ({ lat }) => lat),
    new Float64Array(places.length),
  );
}

describe('nearest point', () => {
  it('is what a search through all points finds, across the date line and at the poles', () => {
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 40 }),
        fc.array(place, { minLength: 1 }),
        (from, among) => {
          const a = points(from);
          const b = points(among);
          const { distances } = nearestPoints(a, b);
          for (let i = 0; i < a.size; i++) {
            let best = Infinity;
            for (let k = 0; k < b.size; k++)
              best = Math.min(best, Math.hypot(a.x[i] - b.x[k], a.y[i] - b.y[k], a.z[i] - b.z[k]));
            assertClose(distances[i], best, { atol: 1e-8 * (1 + best) });
          }
        },
      ),
      { seed: 5 },
    );
  });

  it('may be farther in latitude than one that is farther in all', () => {
    const { nearest, distances } = nearestPoints(
      points([{ lon: 0, lat: 0 }]),
      points([
        { lon: 5, lat: 0.1 },
        { lon: 0, lat: 1 },
      ]),
    );
    assert.equal(nearest[0], 1);
    assertClose(distances[0], 2 * EARTH_RADIUS * Math.sin(Math.PI / 360), { rtol: 1e-12 });
  });

  it('is the first of points at the same distance', () => {
    const { nearest } = nearestPoints(
      points([{ lon: 0, lat: 0 }]),
      points([
        { lon: 1, lat: 5 },
        { lon: 1, lat: 0 },
        { lon: -1, lat: 0 },
      ]),
    );
    assert.deepEqual([...nearest], [1]);
  });
});
