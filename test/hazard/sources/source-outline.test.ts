import assert from 'node:assert/strict';
import { greatCircleDistance } from '../../../hazard/geo/distance.js';
import { outlineOfSurfaces } from '../../../hazard/sources/source-outline.js';
import { sourceKind, sourceKinds } from '../../../hazard/sources/registry.js';
import { PICTURED_SOURCES } from '../../../docs/generate/pictured-sources.js';

describe('the outline of a source', () => {
  it('is known for every kind that is written in files', () => {
    for (const { source } of PICTURED_SOURCES) {
      const { points, lines, rings } = sourceKind(source.type).outline(source);
      assert.ok(points.length + lines.length + rings.length > 0, source.type);
    }
    assert.ok(sourceKinds().every((kind) => typeof kind.outline === 'function'));
  });

  it('moves the trace of a simple fault down its dip to the right of its strike', () => {
    const { lines, rings } = outlineOfSurfaces([
      {
        kind: 'simpleFault',
        trace: Float64Array.of(0, 0, 0, 0, 0.5, 0),
        dip: 45,
        upperSeismogenicDepth: 0,
        lowerSeismogenicDepth: 10,
      },
    ]);
    assert.deepEqual(
      [...lines[0]].map((value) => Number(value.toFixed(6)) + 0),
      [0, 0, 0, 0.5],
    );
    const [ring] = rings;
    // at 45 degrees the lower edge lies as far to the east as it is deep
    assert.ok(ring[6] > 0);
    assert.ok(Math.abs(greatCircleDistance(0, 0, ring[6], ring[7]) - 10) < 1e-6);
  });

  it('goes around complex faults, kites and planes, and keeps clouds of points', () => {
    const corners = Float64Array.of(0, 0, 1, 1, 0, 1, 0, 1, 5, 1, 1, 5);
    const { points, rings } = outlineOfSurfaces([
      { kind: 'planar', corners },
      { kind: 'complexFault', edges: [Float64Array.of(0, 0, 1, 1, 0, 1), Float64Array.of(0, 1, 5, 1, 1, 5)] },
      { kind: 'kite', profiles: [Float64Array.of(0, 0, 1, 0, 1, 5), Float64Array.of(1, 0, 1, 1, 1, 5)] },
      { kind: 'gridded', points: Float64Array.of(7, 8, 9) },
    ]);
    assert.deepEqual([...points], [7, 8]);
    for (const ring of rings) assert.deepEqual([...ring], [0, 0, 1, 0, 1, 1, 0, 1]);
  });
});
