import assert from 'node:assert/strict';
import { siteTile } from '../../../hazard/site/site-collection.js';
import { EARTH_RADIUS } from '../../../hazard/geo/constants.js';
import { sitePoints } from '../../../hazard/site/site-points.js';
import { assertClose } from '../../tolerance.js';

const SITES = {
  points: sitePoints(Float64Array.of(10, 11, 12), Float64Array.of(45, 46, 47), Float64Array.of(0, -1, -2)),
  parameters: {
    size: 3,
    numeric: { vs30: Float64Array.of(300, 400, 500) },
    text: { siteclass: ['A', 'B', 'C'] },
  },
  customIds: ['a', 'b', 'c'],
};

describe('a tile of sites', () => {
  it('has the sites of its range, with every column of theirs', () => {
    const { points, parameters, customIds } = siteTile(SITES, 1, 3);
    assert.deepEqual([...points.lon, ...points.lat, ...points.depth], [11, 12, 46, 47, -1, -2]);
    assert.deepEqual([points.size, parameters.size], [2, 2]);
    assert.deepEqual([...parameters.numeric.vs30], [400, 500]);
    assert.deepEqual(parameters.text.siteclass, ['B', 'C']);
    assert.deepEqual(customIds, ['b', 'c']);
  });

  it('has sites above the sea further from the centre of the Earth', () => {
    const { points } = siteTile(SITES, 2, 3);
    const radius = Math.hypot(points.x[0], points.y[0], points.z[0]);
    assertClose(radius, EARTH_RADIUS + 2, { rtol: 1e-14 });
  });
});
