import assert from 'node:assert/strict';
import {
  cutPairs,
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

  it('stay whole when the minimum magnitude lies below the pairs or at the first one', () => {
    const pairs = [
      [5, 20],
      [7, 200],
    ] as const;
    for (const minimum of [0, 4.9, 5]) {
      const filter = distanceFilter(pairs, minimum, 3);
      assert.deepEqual([...filter.magnitudes, ...filter.distances], [5, 7, 20, 200]);
      assert.deepEqual([filter.minimumMagnitude, filter.minimumDistance], [minimum, 3]);
    }
    // a pair at the minimum itself does not stand twice
    const three = distanceFilter([...pairs, [8, 300]], 7);
    assert.deepEqual([...three.magnitudes, ...three.distances], [7, 8, 200, 300]);
    assert.equal(distanceFilter(50).minimumMagnitude, 0);
  });

  it('interpolate between the pairs around a magnitude, and count nothing beyond the ends', () => {
    const filter = distanceFilter([
      [5, 20],
      [6, 50],
      [7, 200],
      [8, 300],
    ]);
    const reaches = [4.99, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.01, NaN].map((magnitude) => maximumDistance(filter, magnitude));
    assert.deepEqual(reaches, [0, 20, 35, 50, 125, 200, 250, 300, 0, 0]);
    assert.deepEqual(
      [4.99, 5, 8, 8.01].map((magnitude) => magnitudeCounts(filter, magnitude)),
      [false, true, true, false],
    );
    const one = distanceFilter([[6, 70]]);
    assert.deepEqual([maximumDistance(one, 6), maximumDistance(one, 6.1), largestDistance(one)], [70, 0, 70]);
    assert.deepEqual(
      [maximumDistance(distanceFilter('magdist'), 3), maximumDistance(distanceFilter('magdist'), 6)],
      [0, 150],
    );
  });

  it('keep the last pair where the minimum magnitude is its own, and none beyond it', () => {
    const pairs = [
      [5, 20],
      [7, 200],
    ] as const;
    assert.deepEqual(cutPairs(pairs, 7), [[7, 200]]);
    assert.deepEqual(cutPairs(pairs, 7.01), []);
    assert.deepEqual(cutPairs([], 5), []);
    assert.deepEqual(cutPairs(pairs, 6), [
      [6, 110],
      [7, 200],
    ]);
  });

  it('take magnitudes from 2.5 to 10.2, and name the one outside', () => {
    const filter = distanceFilter([
      [10.2, 500],
      [2.5, 10],
    ]);
    assert.deepEqual([...filter.magnitudes], [2.5, 10.2]);
    for (const [magnitude, text] of [
      [2.49, /magnitude 2.49 of maximum_distance must be between 2.5 and 10.2/],
      [10.21, /magnitude 10.21 of maximum_distance must be between 2.5 and 10.2/],
    ] as const)
      assert.throws(
        () =>
          distanceFilter([
            [5, 100],
            [magnitude, 200],
          ]),
        text,
      );
    for (const pairs of [[], [[1, 5]] as const])
      assert.throws(
        () => distanceFilter(pairs),
        (error) => error instanceof Refusal && error.code === 'INVALID_VALUE',
      );
    assert.throws(() => distanceFilter([]), /no \(magnitude, distance\) pairs/);
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
    assert.equal(indices[0], 0);
    assert.equal(sitesInDilatedBox([12, 45, 12, 45], 200, sites, indices), 2);
    assert.deepEqual([...indices.subarray(0, 2)], [0, 1]);
    assert.equal(sitesInDilatedBox([10, 89, 10, 89], 2000, sites, indices), 3);
  });
});
