/** Surfaces of several faults are their union; kites whose mesh is too coarse for a magnitude lose it and nothing else. */
import assert from 'node:assert/strict';
import { sitePoints } from '../../../hazard/site/site-points.js';
import { kiteFault, lostMagnitudes } from '../../../hazard/sources/kite-fault.js';
import type { Discretization, KiteFaultSource, SimpleFaultGeometry } from '../../../hazard/sources/source.js';
import { surfaceOfGeometry } from '../../../hazard/sources/surface-of-geometry.js';
import type { SurfaceDistance } from '../../../hazard/contexts/context-batch.js';
import { assertClose } from '../../tolerance.js';

const STEPS: Discretization = {
  ruptureMeshSpacing: 1,
  complexFaultMeshSpacing: 1,
  widthOfMfdBin: 0.1,
  areaSourceDiscretization: 10,
  floatingXStep: 0,
  floatingYStep: 0,
  investigationTime: 50,
  inferOccurRates: false,
  shiftHypo: false,
  splitSources: true,
};

function fault(...trace: readonly number[]): SimpleFaultGeometry {
  return {
    kind: 'simpleFault',
    trace: Float64Array.from(trace),
    dip: 50,
    upperSeismogenicDepth: 0,
    lowerSeismogenicDepth: 12,
  };
}
const FIRST = fault(0.1, 0, 0, 0.1, 0.3, 0);
const SECOND = fault(0.12, 0.35, 0, 0.2, 0.6, 0);
const SITES = sitePoints(Float64Array.of(0, 0.5, 0.15, -0.4), Float64Array.of(0, 0.2, 0.5, 0.9), new Float64Array(4));
const ALL = Int32Array.of(0, 1, 2, 3);

function distances(kind: SurfaceDistance, ...geometries: readonly SimpleFaultGeometry[]): Float64Array {
  const out = new Float64Array(4);
  surfaceOfGeometry(geometries, STEPS).distances(kind, SITES, ALL, 4, out, 0);
  return out;
}

describe('a surface of several simple faults', () => {
  it('is as near as the nearest of them, and as large as all of them', () => {
    for (const kind of ['rrup', 'rjb'] as const) {
      const [first, second] = [distances(kind, FIRST), distances(kind, SECOND)];
      const least = first.map((distance, i) => Math.min(distance, second[i]));
      assert.deepEqual(distances(kind, FIRST, SECOND), least);
      // neither of them alone is the union
      assert.notDeepEqual(least, first);
      assert.notDeepEqual(least, second);
    }
    const parts = [surfaceOfGeometry([FIRST], STEPS), surfaceOfGeometry([SECOND], STEPS)];
    const union = surfaceOfGeometry([FIRST, SECOND], STEPS);
    assert.equal(union.area, parts[0].area + parts[1].area);
    assertClose(union.dip, 50, { atol: 0.1 });
  });

  it('has hanging-wall distances of all its traces, which lie on one side of a site to the west', () => {
    const rx = distances('rx', FIRST, SECOND);
    // both faults strike to the north and dip to the east
    assert.ok(rx[0] < 0 && rx[3] < 0, String(rx));
    assert.ok(rx[1] > 0, String(rx));
  });
});

describe('a kite fault whose mesh is too coarse for its smallest magnitude', () => {
  const source: KiteFaultSource = {
    type: 'kiteFault',
    id: 'k',
    name: 'kite',
    tectonicRegionType: 'Active Shallow Crust',
    mfd: { kind: 'incremental', minMag: 4.5, binWidth: 2, occurRates: Float64Array.of(0.5, 0.01) },
    magnitudeScalingRelation: 'WC1994',
    ruptureAspectRatio: 1,
    rake: 0,
    geometry: {
      kind: 'kite',
      profiles: [Float64Array.of(10, 45, 0, 10.1, 45, 20), Float64Array.of(10, 45.5, 0, 10.1, 45.5, 20)],
    },
  };
  const coarse = { ...STEPS, ruptureMeshSpacing: 4 };

  it('makes the ruptures of the others, and says which are lost', () => {
    assert.deepEqual(lostMagnitudes(source, coarse), [4.5]);
    assert.deepEqual(lostMagnitudes(source, STEPS), []);
    const both = kiteFault.prepare(source, coarse).ruptureCount;
    const large = kiteFault.prepare(
      { ...source, mfd: { kind: 'incremental', minMag: 6.5, binWidth: 2, occurRates: Float64Array.of(0.01) } },
      coarse,
    ).ruptureCount;
    assert.ok(both > 0);
    assert.equal(both, large);
  });
});
