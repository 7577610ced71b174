import assert from 'node:assert/strict';
import { keptRealizations } from '../../../calculators/disaggregation/kept-realizations.js';
import { cellAt, CellSums } from '../../../hazard/disaggregation/cell-sums.js';
import { distanceFromMean } from '../../../hazard/disaggregation/closest-realizations.js';
import { exclusiveSources, shares, tableProbabilities } from './composition.js';
import { addDisaggregation } from '../../../hazard/disaggregation/contributions.js';
import { truncatedExceedance } from '../../../hazard/exceedance/truncated-normal.js';
import { EpsilonSplit } from '../../../hazard/disaggregation/epsilon-split.js';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import { assertClose } from '../../tolerance.js';

// All figures: OpenQuake engine 3.24-dev reference figures.

/** curves of realizations, weights, order of closeness to the mean, distances from it */
const CLOSENESS: readonly (readonly [readonly (readonly number[])[], readonly number[], readonly number[], readonly number[]])[] = [
  [[[0.8037, 0.6373, 0.4957, 0.4597, 0.0], [0.8067, 0.3967, 0.1865, 0.113, 0.0], [0.6086, 0.5842, 0.4111, 0.2506, 0.0], [0.5318, 0.503, 0.3736, 0.2333, 0.0]], [0.1471, 0.5213, 0.2562, 0.0754], [3, 2, 1, 0], [0.9725337646, 0.8145413355, 0.4401389101, 0.4015526403]],
  [[[0.7023, 0.4902, 0.3492, 0.2757, 0.1998], [0.8784, 0.8427, 0.8126, 0.7612, 0.6051], [0.5881, 0.5021, 0.3402, 0.3254, 0.083], [0.422, 0.3659, 0.2626, 0.2423, 0.2025]], [0.1611, 0.5187, 0.2324, 0.0878], [1, 0, 3, 2], [1.104272843, 0.728014696, 1.733882001, 1.52998467]],
  [[[0.4626, 0.4092, 0.2502, 0.1849, 0.0], [0.6721, 0.6369, 0.4352, 0.326, 0.0], [0.622, 0.6203, 0.6013, 0.3362, 0.0], [0.5155, 0.4006, 0.2932, 0.2184, 0.0]], [0.5886, 0.0433, 0.1944, 0.1737], [3, 0, 1, 2], [0.383771735, 0.6210063459, 0.7950014642, 0.1910561924]],
  [[[0.6515, 0.537, 0.4276, 0.0653, 0.0603], [0.4979, 0.1791, 0.1367, 0.1164, 0.0901], [0.8569, 0.6365, 0.6135, 0.4869, 0.169], [0.8341, 0.7553, 0.6537, 0.4322, 0.2375]], [0.2737, 0.2025, 0.1601, 0.3637], [2, 3, 0, 1], [1.708089301, 2.003114905, 0.6659829261, 0.7922692519]],
]; // prettier-ignore

/** Ruptures of two faults and a point with PGA by Boore and Atkinson (2008): magnitude, rrup (km), rate (1/yr), mean of ln PGA. */
const RUPTURES: readonly (readonly [number, number, number, number])[] = [
  [5.400000095, 18.3984642029, 0.00601892825216055, -2.8088400363922],
  [5.800000191, 17.1389980316, 0.00239617843180895, -2.3946988582611],
  [6.099999905, 33.3868713379, 0.000333333329763263, -2.7581579685211],
  [6.099999905, 30.101524353, 0.000333333329763263, -2.6718075275421],
  [6.099999905, 24.1855354309, 0.000333333329763263, -2.5012230873108],
  [6.099999905, 27.0096416473, 0.000333333329763263, -2.5854485034943],
  [6.099999905, 31.4726409912, 0.000333333329763263, -2.6875381469727],
  [6.099999905, 31.9474182129, 0.000333333329763263, -2.7147421836853],
  [6.099999905, 35.059928894, 0.000333333329763263, -2.7950031757355],
  [6.099999905, 29.0860233307, 0.000333333329763263, -2.6202046871185],
  [6.099999905, 37.0891265869, 0.000333333329763263, -2.834032535553],
  [6.099999905, 34.1623001099, 0.000333333329763263, -2.7595462799072],
  [6.099999905, 26.4485111237, 0.000333333329763263, -2.5606942176819],
  [6.099999905, 29.0530414581, 0.000333333329763263, -2.6358873844147],
  [6.199999809, 15.3336315155, 0.000953935843426734, -1.9740067720413],
  [6.300000191, 24.1855354309, 0.000333333329763263, -2.3449704647064],
  [6.300000191, 27.0096416473, 0.000333333329763263, -2.4265546798706],
  [6.300000191, 29.0530414581, 0.000333333329763263, -2.475465297699],
  [6.300000191, 26.4485111237, 0.000333333329763263, -2.4025650024414],
  [6.300000191, 30.101524353, 0.000333333329763263, -2.5103211402893],
  [6.300000191, 31.9474182129, 0.000333333329763263, -2.5520095825195],
]; // prettier-ignore
/** The same for two exclusive sources; last the number of the source. */
const EXCLUSIVE: readonly (readonly [number, number, number, number, number])[] = [
  [5.400000095, 18.3984642029, 0.00953935831785202, -2.8088400363922, 0],
  [5.400000095, 19.3370342255, 0.00953935831785202, -2.889847278595, 1],
  [5.800000191, 17.1389980316, 0.00379768712446094, -2.3946988582611, 0],
  [5.800000191, 18.5598220825, 0.00379768712446094, -2.5214700698853, 1],
  [6.199999809, 15.3336315155, 0.00151188648305833, -1.9740067720413, 0],
  [6.199999809, 17.3950881958, 0.00151188648305833, -2.1767425537109, 1],
  [6.599999905, 15.7353115082, 0.000601892825216055, -1.850977897644, 1],
  [7.0, 14.5451278687, 0.000239617846091278, -1.6364028453827, 1],
]; // prettier-ignore
const SIGMA = 0.564;
const TRUNCATION = 3;
const TIME = 50;

interface TableRequest {
  readonly ruptures: readonly (readonly number[])[];
  readonly level: number;
  readonly magnitude: Float64Array;
  readonly distance: Float64Array;
  readonly epsilon: Float64Array;
  readonly star?: boolean;
}

/** Expected numbers [magnitudes x distances x epsilons] of ruptures at one site and level. */
function disaggregate({ ruptures, level, magnitude, distance, epsilon, star }: TableRequest): Float64Array {
  const batch = new ContextBatch(ruptures.length, new Set(['mag']), new Set(['rrup', 'clon', 'clat']));
  const mean = new Float64Array(ruptures.length);
  for (const [mag, rrup, rate, median] of ruptures) {
    const k = batch.ruptures;
    batch.mag[k] = mag;
    batch.rrup[k] = rrup;
    batch.rates[k] = rate;
    mean[k] = median;
    batch.commitRupture(1);
  }
  const total = new Float64Array(ruptures.length).fill(SIGMA);
  const motion = { mean: [mean], total: [total], inter: [total], intra: [total] };
  const split = new EpsilonSplit(epsilon, TRUNCATION, star);
  const edges = { magnitude, distance, places: [{ lon: Float64Array.of(-1, 1), lat: Float64Array.of(-1, 1) }] };
  const sums = new CellSums(edges, split.bins);
  const offsets = new Int32Array(ruptures.length);
  sums.locate(batch, offsets);
  addDisaggregation(
    batch,
    [{ weight: 1, motion }],
    [{ measure: 0, levels: Float64Array.of(Math.log(level)) }],
    { offsets, split, scratch: new Float64Array(split.bins) },
    {
      contribution: { kind: 'independent', investigationTime: TIME },
      probability: 1,
      shares: [{ rates: batch.rates, factor: 1 }],
      variantsOfSite: [[0]],
    },
    sums.numbers,
  );
  const table = new Float64Array((magnitude.length - 1) * (distance.length - 1) * split.bins);
  sums.cells().forEach((number, row) => {
    const cell = cellAt(edges, number);
    const numbers = sums.numbers.subarray(row * split.bins, (row + 1) * split.bins);
    table.set(numbers, (cell.magnitude * (distance.length - 1) + cell.distance) * split.bins);
  });
  return table;
}

describe('disaggregated ruptures', () => {
  const ordinary = {
    ruptures: RUPTURES,
    level: 0.29264595218067,
    magnitude: Float64Array.of(5, 5.5, 6, 6.5),
    distance: Float64Array.of(0, 25, 50, 75, 100, 125, 150),
    epsilon: Float64Array.of(-3, -1.5, 0, 1.5, 3),
  };
  const cases: readonly (readonly [string, TableRequest, readonly (readonly [number, number, number, number])[]])[] = [
    ['spread over the bins of epsilon that exceed the level', ordinary, [[0, 0, 3, 0.00036004243], [1, 0, 3, 0.0021609292], [2, 0, 2, 0.0012614701], [2, 0, 3, 0.003679247], [2, 1, 3, 0.001749021]]],
    ['stand in the bin of the level itself with epsilon star', { ...ordinary, star: true }, [[0, 0, 3, 0.00036004243], [1, 0, 3, 0.0021609292], [2, 0, 2, 0.0043831873], [2, 0, 3, 0.00055532256], [2, 1, 3, 0.001749021]]],
    ['keep to explicit edges', { ...ordinary, magnitude: Float64Array.of(5.2, 6, 6.4), distance: Float64Array.of(0, 20, 40), epsilon: Float64Array.of(-1, 0, 1, 2) }, [[1, 0, 2, 0.0043831873], [1, 1, 2, 0.00037687728]]],
  ]; // prettier-ignore
  for (const [name, request, expected] of cases) {
    it(name, () => {
      const shape = [request.magnitude.length - 1, request.distance.length - 1, request.epsilon.length - 1];
      const table = tableProbabilities(disaggregate(request), shape, [0, 1, 2]);
      const wanted = new Float64Array(table.length);
      for (const [m, d, e, p] of expected) wanted[(m * shape[1] + d) * shape[2] + e] = p;
      // the ruptures are known to 32-bit floats
      table.forEach((p, k) => {
        assertClose(p, wanted[k], { rtol: 1e-6, atol: 1e-12 }, `cell ${k}`);
      });
    });
  }

  it('compose to the same total in every table', () => {
    const numbers = disaggregate(ordinary);
    const total = 1 - Math.exp(-numbers.reduce((sum, number) => sum + number, 0));
    for (const axes of [[0], [1], [2], [0, 1], [2, 0], [0, 1, 2]]) {
      const table = tableProbabilities(numbers, [3, 6, 4], axes);
      assertClose(
        1 - table.reduce((product, p) => product * (1 - p), 1),
        total,
        { rtol: 1e-12 },
        `axes ${axes.join()}`,
      );
      assertClose(
        shares(table, total).reduce((sum, share) => sum + share, 0),
        1,
        { rtol: 1e-12 },
        `shares of ${axes.join()}`,
      );
    }
    const [byMagnitude, transposed] = [
      tableProbabilities(numbers, [3, 6, 4], [0, 2]),
      tableProbabilities(numbers, [3, 6, 4], [2, 0]),
    ];
    byMagnitude.forEach((p, k) => {
      assert.equal(p, transposed[(k % 4) * 3 + Math.floor(k / 4)]);
    });
  });

  it('of exclusive sources compose by the weights of the sources', () => {
    const groupProbability = 0.4;
    const request = {
      ...ordinary,
      level: 0.15727493893196,
      magnitude: Float64Array.of(5, 5.5, 6, 6.5, 7, 7.5),
      distance: Float64Array.of(0, 150),
    };
    // the surface points closest to the site lie in one bin of longitude for each of the two sources
    const bySource = [0, 1].map((source) => {
      const ruptures = EXCLUSIVE.filter((rupture) => rupture[4] === source).map(
        ([mag, rrup, rate, mean]) => [mag, rrup, groupProbability * rate, mean] as const,
      );
      const table = new Float64Array(2 * 5 * 4);
      table.set(disaggregate({ ...request, ruptures }), source * 5 * 4);
      return table;
    });
    const table = tableProbabilities(exclusiveSources(bySource, [0.7, 0.3]), [2, 5, 4], [1, 2]);
    const expected = [
      0, 0, 0, 0.0075338779, 0, 0, 0.0064542789, 0.0049675877, 0, 0, 0.0092334201, 0.0019818448, 0, 0.00021240687,
      0.002182045, 0.00033120984, 0, 0, 0, 0,
    ];
    table.forEach((p, k) => {
      assertClose(p, expected[k], { rtol: 1e-6, atol: 1e-12 }, `cell ${k}`);
    });
  });
});

describe('ruptures that exclude one another', () => {
  it('add their probability of exceedance times their weight', () => {
    const batch = new ContextBatch(1, new Set(), new Set());
    batch.rates[0] = 0.02;
    batch.weights[0] = 0.3;
    batch.commitRupture(1);
    const row = (value: number) => [Float64Array.of(value)];
    const motion = { mean: row(0), total: row(0.5), inter: row(0), intra: row(0) };
    const split = new EpsilonSplit(Float64Array.of(-3, 3), 3);
    const numbers = new Float64Array(1);
    addDisaggregation(
      batch,
      [{ weight: 1, motion }],
      [{ measure: 0, levels: Float64Array.of(0) }],
      { offsets: Int32Array.of(0), split, scratch: new Float64Array(1) },
      {
        contribution: { kind: 'exclusiveRuptures', investigationTime: 50 },
        probability: 1,
        shares: [{ rates: batch.rates, factor: 1 }],
        variantsOfSite: [[0]],
      },
      numbers,
    );
    // one rupture is expected in 50 years, and half of them exceed
    assertClose(numbers[0], 0.3 * (1 - Math.exp(-0.5)), { rtol: 1e-9 });
  });
});

describe('a level on an edge of epsilon', () => {
  it('belongs to the bin below it, at the first edge to the first bin', () => {
    const split = new EpsilonSplit(Float64Array.of(0, 1, 2), 3, true);
    const at = (epsilon: number): number[] => {
      const out = new Float64Array(2);
      split.add(epsilon, 0.5, out);
      return [...out];
    };
    // half of the distribution lies above its median
    assert.deepEqual(at(0), [0.25, 0]);
    const above = 0.5 * truncatedExceedance(1, 3);
    assert.deepEqual(
      [at(1), at(2), at(-0.1)],
      [
        [above, 0],
        [0, 0],
        [0, 0],
      ],
    );
  });
});

describe('realizations for a disaggregation', () => {
  it('are taken by the distance of their curves from the mean', () => {
    for (const [curves, weights, order, distances] of CLOSENESS) {
      const mean = curves[0].map((_, l) => curves.reduce((sum, curve, r) => sum + weights[r] * curve[l], 0));
      const all = { realizations: undefined, nearest: 0 };
      const single = (first: number, last: number, out: Float32Array): void =>
        out.set(curves.slice(first, last).flat());
      assert.deepEqual(keptRealizations(all, curves.length, Float32Array.from(mean), mean.length, single), order);
      curves.forEach((curve, r) => {
        assertClose(distanceFromMean(curve, mean), distances[r], { rtol: 1e-6 }, `realization ${r}`);
      });
    }
  });

  it('count probabilities below 1e-12 as that', () => {
    const rtol = 1e-12;
    assertClose(distanceFromMean([1e-11], [1e-10]), Math.LN10, { rtol });
    assertClose(distanceFromMean([0], [1e-11]), Math.LN10, { rtol });
    assert.equal(distanceFromMean([0, 1e-13], [1e-12, 0]), 0);
    assertClose(distanceFromMean([1e-3, 1e-2], [1e-2, 1e-3]), Math.SQRT2 * Math.LN10, { rtol });
  });
});

describe('cells of a disaggregation', () => {
  const edges = {
    magnitude: Float64Array.of(5, 6, 7),
    distance: Float64Array.of(0, 50, 100),
    places: [
      { lon: Float64Array.of(178.5, 179.5, 180.5), lat: Float64Array.of(-1, 0, 1) },
      { lon: Float64Array.of(-181, -180, -179), lat: Float64Array.of(-1, 0, 1) },
    ],
  };

  /** A batch of ruptures [magnitude, contexts [site, rrup, clon, clat]]. */
  function batchOf(ruptures: readonly (readonly [number, readonly (readonly number[])[]])[]): ContextBatch {
    const batch = new ContextBatch(20, new Set(['mag']), new Set(['rrup', 'clon', 'clat']));
    for (const [magnitude, contexts] of ruptures) {
      batch.mag[batch.ruptures] = magnitude;
      contexts.forEach(([site, rrup, clon, clat], k) => {
        const i = batch.size + k;
        batch.site[i] = site;
        batch.rrup[i] = rrup;
        batch.clon[i] = clon;
        batch.clat[i] = clat;
      });
      batch.commitRupture(contexts.length);
    }
    return batch;
  }

  it('are the same for ruptures of the same bins on either side of the date line', () => {
    const sums = new CellSums(edges, 3);
    const offsets = new Int32Array(20);
    sums.locate(
      batchOf([
        [
          5.5,
          [
            [0, 10, 179.9, 0.5],
            [1, 10, 179.9, 0.5],
          ],
        ],
        [
          5.6,
          [
            [0, 20, -179.9, 0.2],
            [0, 60, -179.9, 0.2],
            [1, 10, -179.9, -0.2],
          ],
        ],
        [7.5, [[0, 10, 179.9, 0.5]]],
      ]),
      offsets,
    );
    const positions = [...sums.cells()].map((cell) => cellAt(edges, cell));
    assert.deepEqual(positions, [
      { site: 0, magnitude: 0, distance: 0, lon: 1, lat: 1 },
      { site: 1, magnitude: 0, distance: 0, lon: 0, lat: 1 },
      { site: 0, magnitude: 0, distance: 1, lon: 1, lat: 1 },
      { site: 1, magnitude: 0, distance: 0, lon: 1, lat: 0 },
    ]);
    assert.deepEqual([...offsets.subarray(0, 6)], [0, 3, 0, 6, 9, -1]);
  });

  it('keep their sums when more of them are made than there was room for', () => {
    const many = { ...edges, magnitude: Float64Array.from({ length: 1001 }, (_, k) => k) };
    const sums = new CellSums(many, 2);
    for (let cell = 0; cell < 1000; cell++) {
      const offset = sums.offset(cell);
      sums.numbers[offset] = cell;
    }
    assert.equal(sums.offset(7), 14);
    assert.ok(Array.from({ length: 1000 }, (_, cell) => sums.numbers[2 * cell] === cell).every(Boolean));
  });
});
