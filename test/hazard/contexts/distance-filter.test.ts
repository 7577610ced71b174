import assert from 'node:assert/strict';
import {
  distanceFilter,
  largestDistance,
  magnitudeCounts,
  sitesInDilatedBox,
} from '../../../hazard/contexts/distance-filter.js';
import { maximumDistance } from '../../../hazard/contexts/distance-filter.js';
import { sitesAt } from '../sources/contexts.js';
import { Refusal } from '../../../hazard/refusal.js';
import { assertClose } from '../../tolerance.js';

describe('distance filters', () => {
  it('take one number for all magnitudes', () => {
    const filter = distanceFilter(100);
    assert.equal(maximumDistance(filter, 2.5), 100);
    assert.equal(maximumDistance(filter, 10.2), 100);
    assert.equal(maximumDistance(filter, 2.4), 0);
  });

  it('interpolate between pairs, whatever their order, and know the word magdist', () => {
    assert.equal(
      maximumDistance(
        distanceFilter([
          [7, 200],
          [5, 20],
        ]),
        6,
      ),
      110,
    );
    assert.equal(maximumDistance(distanceFilter('magdist'), 8), 375);
    assert.equal(largestDistance(distanceFilter('magdist')), 600);
  });

  it('are cut at the minimum magnitude, which comes first with its interpolated distance', () => {
    const filter = distanceFilter(
      [
        [5, 20],
        [7, 200],
      ],
      5.3,
    );
    assert.deepEqual([...filter.magnitudes], [5.3, 7]);
    assertClose(filter.distances[0], 47, { atol: 1e-9 });
    assert.ok(!magnitudeCounts(filter, 5.2) && magnitudeCounts(filter, 5.3) && magnitudeCounts(filter, 7));
  });

  it('refuse magnitudes out of range and empty lists', () => {
    assert.throws(
      () =>
        distanceFilter([
          [2, 10],
          [7, 100],
        ]),
      Refusal,
    );
    assert.throws(() => distanceFilter([]), Refusal);
  });

  it('find the sites inside a box, and all of them when it is wider than half the globe', () => {
    const sites = sitesAt([
      [10, 45],
      [12, 45],
      [-170, 45],
    ]);
    const indices = new Int32Array(3);
    assert.equal(sitesInDilatedBox([10, 45, 10, 45], 50, sites, indices), 1);
    assert.equal(sitesInDilatedBox([10, 89, 10, 89], 2000, sites, indices), 3);
  });
});
