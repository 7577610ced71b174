import assert from 'node:assert/strict';
import { ContextBatch, SURFACE_DISTANCES, type DistanceKind } from '../../../hazard/contexts/context-batch.js';
import {
  RUPTURE_PARAMETERS,
  type RuptureParameter,
  type WrittenParameters,
} from '../../../hazard/contexts/rupture-parameters.js';
import { ContextWriter } from '../../../hazard/contexts/context-writer.js';
import { distanceFilter } from '../../../hazard/contexts/distance-filter.js';
import { RateRows } from '../../../hazard/contexts/rate-rows.js';
import { assertClose } from '../../tolerance.js';
import { sitesAt } from '../sources/contexts.js';

const SITES = sitesAt([
  [10, 45],
  [11, 45],
  [12, 45],
  [13, 45],
]);

interface Options {
  readonly capacity?: number;
  readonly rupture?: readonly RuptureParameter[];
  readonly distances?: readonly DistanceKind[];
  readonly minimumDistance?: number;
  readonly rateRows?: RateRows;
}

function writerOf({ capacity = 8, rupture = [], distances = ['rrup'], minimumDistance = 0, rateRows }: Options = {}) {
  const batch = new ContextBatch(capacity, new Set(rupture), new Set(distances), rateRows);
  const flushed: number[] = [];
  const flush = (): void => {
    flushed.push(batch.size);
    batch.clear();
  };
  const filter = distanceFilter(100, 0, minimumDistance);
  const request = { sites: SITES, filter, pointSourceDistance: Infinity, fewSites: false, batch, flush };
  return { batch, flushed, writer: new ContextWriter(request) };
}

const PARAMETERS: WrittenParameters = {
  mag: 6.12349,
  rake: 90,
  dip: 45,
  strike: 30,
  ztor: 2,
  zbot: 15,
  width: 12,
  hypoLon: 10.5,
  hypoLat: 45.5,
  hypoDepth: 8,
};

/** Offers sites 3, 1, 2 at the distances given. */
function select(writer: ContextWriter, distances: readonly number[], limit: number, inclusive = false): number {
  writer.rrup.set(distances);
  return writer.select(Int32Array.of(3, 1, 2), distances.length, limit, inclusive);
}

describe('contexts of ruptures', () => {
  it('keep the sites below the limit in their order, those at the limit only when it counts', () => {
    const { writer, batch } = writerOf();
    assert.equal(select(writer, [50, 20, 70], 50), 1);
    assert.deepEqual([writer.kept[0], writer.rrup[0], batch.site[0], batch.rrup[0]], [1, 20, 1, 20]);
    assert.equal(select(writer, [50, 20, 70], 50, true), 2);
    assert.deepEqual([...batch.site.subarray(0, 2)], [3, 1]);
    assert.deepEqual([...batch.rrup.subarray(0, 2)], [50, 20]);
    assert.equal(select(writer, [NaN, 80, 70], 50, true), 0);
  });

  it('follow one another in the batch, each rupture with its start, rate, number and weight', () => {
    const { writer, batch } = writerOf();
    select(writer, [10, 20, 70], 50);
    writer.rate(0.25);
    writer.commit(2, 7);
    const probabilities = Float64Array.of(0.9, 0.1);
    select(writer, [80, 90, 30], 50);
    writer.rate(0.5);
    writer.commit(1, 9, 0.4, probabilities);
    assert.deepEqual([batch.size, batch.ruptures], [3, 2]);
    assert.deepEqual([...batch.start.subarray(0, 3)], [0, 2, 3]);
    assert.deepEqual([...batch.site.subarray(0, 3)], [3, 1, 2]);
    assert.deepEqual([...batch.rrup.subarray(0, 3)], [10, 20, 30]);
    assert.deepEqual([...batch.rates.subarray(0, 2)], [0.25, 0.5]);
    assert.deepEqual([...batch.ruptureIndex.subarray(0, 2)], [7, 9]);
    assert.deepEqual([...batch.weights.subarray(0, 2)], [1, 0.4]);
    assert.deepEqual(batch.probabilities, [undefined, probabilities]);
  });

  it('empty a batch only when the next rupture would not fit', () => {
    const { writer, flushed, batch } = writerOf({ capacity: 4 });
    for (let rupture = 0; rupture < 2; rupture++) {
      select(writer, [10, 20, 70], 50);
      writer.commit(2, rupture);
    }
    assert.deepEqual(flushed, []);
    assert.equal(select(writer, [90, 90, 70], 50), 0);
    assert.deepEqual(flushed, []);
    select(writer, [10, 90, 70], 50);
    assert.deepEqual([flushed, batch.size, batch.generation], [[4], 0, 1]);
    assert.equal(batch.site[0], 3);
  });

  it('empty a batch whose table of rate rows is full', () => {
    const rateRows = new RateRows(2, 1);
    const { writer, flushed } = writerOf({ rateRows });
    const bins = { magnitudes: Float64Array.of(5, 6), rates: Float64Array.of(0.1, 0.2, 0.3, 0.4), columns: 2 };
    select(writer, [10], 50);
    writer.rates(bins, 0, 1);
    writer.commit(1, 0);
    select(writer, [10], 50);
    assert.deepEqual([flushed, rateRows.count], [[1], 0]);
  });

  it('carry the share of a rate: of one column itself, of several as a factor of the row', () => {
    const single = writerOf();
    single.writer.rates({ magnitudes: Float64Array.of(5, 6), rates: Float64Array.of(0.1, 0.4), columns: 1 }, 1, 0.5);
    assert.equal(single.batch.rates[0], 0.2);
    const rateRows = new RateRows(2, 4);
    const { writer, batch } = writerOf({ rateRows });
    const bins = { magnitudes: Float64Array.of(5, 6), rates: Float64Array.of(0.1, 0.2, 0.3, 0.4), columns: 2 };
    writer.rates(bins, 0, 1);
    writer.rates(bins, 1, 0.25);
    assert.deepEqual([batch.row[0], batch.rates[0]], [1, 0.1]);
    assert.deepEqual([...rateRows.rates.subarray(2, 4)], [0.3 / 0.4, 1]);
    const alone = writerOf();
    alone.writer.rates({ ...bins, rates: Float64Array.of(0.1, 0.2, 0.3, 0.4) }, 1, 1);
    assert.equal(alone.batch.rates[0], 0.3);
  });

  it('have the parameters that models want, and no others', () => {
    const values = PARAMETERS;
    for (const name of Object.keys(values) as (keyof WrittenParameters)[]) {
      const { writer, batch } = writerOf({ rupture: [name] });
      writer.rupture(values);
      // magnitudes are rounded to three decimals
      assert.equal(batch[name][0], name === 'mag' ? 6.123 : values[name]);
      for (const other of RUPTURE_PARAMETERS) if (other !== name) assert.equal(batch[other].length, 0, other);
    }
  });

  it('raise distances of the new rupture to the minimum, and nothing else', () => {
    const distances: readonly DistanceKind[] = SURFACE_DISTANCES;
    const { writer, batch } = writerOf({ distances, minimumDistance: 5 });
    assert.deepEqual(
      writer.wanted,
      distances.filter((kind) => kind !== 'rrup'),
    );
    const write = (): void => {
      select(writer, [3, 5.5, 70], 50);
      for (const kind of writer.wanted) batch[kind].set([2, 6], batch.size);
    };
    write();
    batch.rjb[2] = 1;
    writer.commit(2, 0);
    assert.deepEqual([...batch.rrup.subarray(0, 2)], [5, 5.5]);
    for (const kind of ['rjb', 'rx', 'ry0'] as const) assert.deepEqual([...batch[kind].subarray(0, 2)], [5, 6], kind);
    assert.equal(batch.rjb[2], 1);
    for (const kind of ['azimuth', 'azimuthcp', 'clon', 'clat'] as const)
      assert.deepEqual([...batch[kind].subarray(0, 2)], [2, 6], kind);
    write();
    batch.rjb[0] = 1;
    writer.commit(2, 1);
    assert.deepEqual([...batch.rjb.subarray(0, 4)], [1, 6, 5, 6]);
    const without = writerOf({ distances: ['rrup', 'rx'] });
    select(without.writer, [3], 50);
    without.batch.rx[0] = -4;
    without.writer.commit(1, 0);
    assert.deepEqual([without.batch.rrup[0], without.batch.rx[0]], [3, -4]);
  });

  it('get the distances that follow from the parameters of the rupture, raised to the minimum', () => {
    const { writer, batch } = writerOf({ distances: ['rhypo', 'repi', 'rvolc', 'rcdpp'], minimumDistance: 5 });
    assert.deepEqual(writer.wanted, []);
    select(writer, [30, 50, 70], 60);
    // a degree of latitude south of site 3, straight below site 1
    const [three, one] = [3, 1].map((s) => [SITES.lon[s], SITES.lat[s]] as const);
    const degree = (6371 * Math.PI) / 180;
    writer.rupture({ ...PARAMETERS, hypoLon: three[0], hypoLat: three[1] - 1, hypoDepth: 10 });
    writer.commit(2, 0);
    assertClose(batch.repi[0], degree, { rtol: 1e-9 });
    assertClose(batch.rhypo[0], Math.hypot(degree, 10), { rtol: 1e-9 });
    select(writer, [80, 20, 70], 60);
    assert.throws(() => writer.commit(1, 1), RangeError);
    writer.rupture({ ...PARAMETERS, hypoLon: one[0], hypoLat: one[1], hypoDepth: 3 });
    writer.commit(1, 1);
    assert.deepEqual([batch.repi[2], batch.rhypo[2], batch.rvolc[2], batch.rcdpp[2]], [5, 5, 5, 0]);
  });
});

describe('a batch of contexts', () => {
  it('has the columns that are wanted, and room for its capacity', () => {
    const batch = new ContextBatch(3, new Set(['mag'] as const), new Set(['rjb'] as const));
    assert.deepEqual([batch.mag.length, batch.rjb.length, batch.dip.length, batch.rrup.length], [3, 3, 0, 0]);
    assert.equal(batch.start.length, 4);
    assert.deepEqual([...batch.weights], [1, 1, 1]);
    assert.deepEqual(batch.probabilities, []);
  });

  it('is taken out without its rate rows, or with them', () => {
    const rateRows = new RateRows(1, 2);
    rateRows.find({ magnitudes: Float64Array.of(5), rates: Float64Array.of(0.1), columns: 1 }, 0);
    const batch = new ContextBatch(3, new Set(), new Set(), rateRows);
    batch.probabilities[0] = Float64Array.of(1);
    batch.commitRupture(2);
    assert.deepEqual([batch.size, batch.ruptures, batch.start[1]], [2, 1, 2]);
    batch.reset();
    assert.deepEqual([batch.size, batch.ruptures, batch.generation, batch.start[0]], [0, 0, 1, 0]);
    assert.deepEqual([batch.probabilities.length, rateRows.count], [0, 1]);
    batch.clear();
    assert.deepEqual([batch.generation, rateRows.count], [2, 0]);
    new ContextBatch(1, new Set(), new Set()).clear();
  });

  it('goes on in another batch as if nothing had happened, from a copy of what it holds', () => {
    const batch = (): ContextBatch => new ContextBatch(6, new Set(['mag', 'dip'] as const), new Set(['rjb'] as const));
    /** Two ruptures, at one and two sites. */
    const fill = (target: ContextBatch): void => {
      for (const [rupture, count] of [
        [0, 1],
        [1, 2],
      ]) {
        const { size } = target;
        target.mag[rupture] = 5 + rupture;
        target.dip[rupture] = 40 + rupture;
        target.rates[rupture] = 0.1 + rupture;
        target.row[rupture] = rupture + 2;
        target.weights[rupture] = 0.5 / (rupture + 1);
        target.ruptureIndex[rupture] = rupture + 7;
        target.probabilities[rupture] = rupture === 0 ? undefined : Float64Array.of(0.9, 0.1);
        for (let k = 0; k < count; k++) {
          target.site[size + k] = 3 * k + 1;
          target.rjb[size + k] = 10 * (size + k + 1);
        }
        target.commitRupture(count);
      }
    };
    const first = batch();
    fill(first);
    const state = first.state();
    const wanted = {
      size: 3,
      start: Int32Array.of(0, 1, 3),
      site: Int32Array.of(1, 1, 4),
      rates: Float64Array.of(0.1, 1.1),
      row: Int32Array.of(2, 3),
      weights: Float64Array.of(0.5, 0.25),
      ruptureIndex: Int32Array.of(7, 8),
      probabilities: [undefined, Float64Array.of(0.9, 0.1)],
      columns: [
        ['mag', Float64Array.of(5, 6)],
        ['dip', Float64Array.of(40, 41)],
        ['rjb', Float64Array.of(10, 20, 30)],
      ],
    };
    assert.deepEqual(state, wanted);
    first.mag[0] = first.rjb[0] = first.rates[0] = 99;
    first.reset();
    assert.deepEqual(state, wanted);
    const second = batch();
    second.rjb.fill(-1);
    second.commitRupture(2);
    second.restore(state);
    assert.deepEqual([second.size, second.ruptures, second.generation], [3, 2, 1]);
    assert.deepEqual(second.state(), wanted);
    second.commitRupture(1);
    assert.deepEqual([...second.start.subarray(0, 4)], [0, 1, 3, 4]);
  });
});
