import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prepareSource } from '../../../hazard/sources/registry.js';
import type { KnownSource } from '../../../docs/generate/known-source.js';
import { COMPLEX, contextsOf, DISCRETIZATION, KITE, MULTI, sitesAt } from './fault-cases.js';
import { assertClose } from '../../tolerance.js';

const SOURCES: readonly KnownSource[] = [COMPLEX, KITE, MULTI];

/** The same source, moved along its parallels by some degrees of longitude. */
function moved(source: KnownSource, degrees: number): KnownSource {
  const move = (points: Float64Array): Float64Array =>
    points.map((value, i) => {
      if (i % 3 !== 0) return value;
      const lon = value + degrees;
      return lon >= 180 ? lon - 360 : lon;
    });
  if (source.type === 'complexFault') {
    return { ...source, geometry: { ...source.geometry, edges: source.geometry.edges.map(move) } };
  }
  if (source.type === 'kiteFault' && source.geometry.kind === 'kite') {
    return { ...source, geometry: { ...source.geometry, profiles: source.geometry.profiles.map(move) } };
  }
  if (source.type !== 'multiFault') throw new Error(`${source.type} is not moved`);
  const surfaces = source.sections.surfaces.map((parts) =>
    parts.map((part) => (part.kind === 'kite' ? { ...part, profiles: part.profiles.map(move) } : part)),
  );
  return { ...source, sections: { ...source.sections, surfaces } };
}

/** A place within a degree and a half of the middle of the source. */
const OFFSETS = fc.array(
  fc.tuple(fc.double({ min: -1.5, max: 1.5, noNaN: true }), fc.double({ min: -1.5, max: 1.5, noNaN: true })),
  {
    minLength: 1,
    maxLength: 5,
  },
);
const CENTRES: Readonly<Record<string, readonly [number, number]>> = {
  c1: [22.5, 36.2],
  k2: [5.35, 50.05],
  f5: [20.1, 40],
};

function places(source: KnownSource, offsets: readonly (readonly [number, number])[]): number[] {
  const [lon, lat] = CENTRES[source.id];
  return offsets.flatMap(([dLon, dLat]) => [lon + dLon, lat + dLat]);
}

describe('faults, whatever the site', () => {
  for (const source of SOURCES) {
    it(`${source.type}: distances do not change across the date line`, () => {
      fc.assert(
        fc.property(OFFSETS, (offsets) => {
          const here = places(source, offsets);
          const shift = 180 - CENTRES[source.id][0];
          const there = here.map((value, i) => (i % 2 === 0 ? ((value + shift + 540) % 360) - 180 : value));
          const expected = contextsOf(prepareSource(source, DISCRETIZATION), sitesAt(...here));
          const actual = contextsOf(prepareSource(moved(source, shift), DISCRETIZATION), sitesAt(...there));
          assert.equal(actual.length, expected.length);
          // single precision of sections is coarser at longitude 180 than at 20
          const atol = source.type === 'multiFault' ? 3e-2 : 1e-5;
          expected.forEach((line, i) => {
            for (let k = 9; k < 14; k++) {
              assertClose(line[k], actual[i][k], { atol }, `column ${k}`);
            }
          });
        }),
        { numRuns: 8 },
      );
    });

    it(`${source.type}: the Joyner-Boore distance is at most the rupture distance`, () => {
      const prepared = prepareSource(source, DISCRETIZATION);
      fc.assert(
        fc.property(OFFSETS, (offsets) => {
          // beyond 40 km both are straight distances, of which the deeper one may be shorter by the curvature
          for (const line of contextsOf(prepared, sitesAt(...places(source, offsets)), { distance: 40 })) {
            assert.ok(line[10] <= line[9] + 1e-3, `rjb ${line[10]}, rrup ${line[9]}`);
          }
        }),
        { numRuns: 20 },
      );
    });

    it(`${source.type}: portions of any size give the contexts of the whole`, () => {
      const prepared = prepareSource(source, DISCRETIZATION);
      fc.assert(
        fc.property(
          OFFSETS,
          fc.integer({ min: 1, max: 60 }),
          fc.integer({ min: 6, max: 100 }),
          (offsets, step, capacity) => {
            const sites = sitesAt(...places(source, offsets));
            const whole = contextsOf(prepareSource(source, DISCRETIZATION), sites, { distance: 120 });
            assert.deepEqual(contextsOf(prepared, sites, { distance: 120, step, capacity }), whole);
          },
        ),
        { numRuns: 15 },
      );
    });
  }

  it('floating keeps the total rate of a complex fault, whatever its aspect ratio and mesh', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.7, max: 4, noNaN: true }), fc.integer({ min: 4, max: 15 }), (ratio, spacing) => {
        const source = { ...COMPLEX, ruptureAspectRatio: ratio };
        const prepared = prepareSource(source, { ...DISCRETIZATION, complexFaultMeshSpacing: spacing });
        const byBin = new Map<number, number>();
        for (const { magnitudeIndex, share } of prepared.ruptures()) {
          byBin.set(magnitudeIndex, (byBin.get(magnitudeIndex) ?? 0) + share);
        }
        assert.equal(byBin.size, 7);
        for (const share of byBin.values()) assertClose(share, 1, { atol: 1e-12 });
      }),
      { numRuns: 30 },
    );
  });
});
