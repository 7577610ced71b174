import assert from 'node:assert/strict';
import { SoilCurves } from '../../../calculators/postclassical/soil-curves.js';
import type { Statistic } from '../../../hazard/statistics/statistic.js';
import type { SiteAmplification } from '../../../hazard/amplification/functions.js';
import { assertClose } from '../../tolerance.js';

/** OpenQuake engine 3.24-dev reference figures of a job: curves on rock and on the soil of two realizations. */
const ROCK = [
  [
    0.744497538, 0.733559787, 0.700216115, 0.632389247, 0.514286637, 0.324346602, 0.126001939, 0.025687905,
    0.00227214233, 5.8584792e-5, 0, 0,
  ],
  [
    0.744497538, 0.733559787, 0.700372696, 0.635618031, 0.535824656, 0.385385722, 0.20116432, 0.0655812025,
    0.0117520876, 0.000847206509, 0, 0,
  ],
];
const SOIL = [
  [0.741852999, 0.720763981, 0.616996467, 0.421274781, 0.143418789, 0.0149283772, 8.70806907e-5, 8.03054012e-10],
  [0.740897477, 0.719951391, 0.623535156, 0.461856693, 0.210490569, 0.0382138193, 0.000463261676, 6.53234e-9],
];
const MEAN = [
  0.741470754, 0.720438957, 0.619611919, 0.43750757, 0.170247495, 0.0242425539, 0.000237553089, 3.09476844e-9,
];
const WEIGHTS = Float64Array.of(0.6, 0.4);
const LEVELS = Float64Array.from({ length: 12 }, (_, k) => 0.005 * Math.exp((k * Math.log(2 / 0.005)) / 11));
const SOIL_LEVELS = Float64Array.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6);
const CURVE = {
  levels: Float64Array.of(0.01, 0.1, 0.5),
  medians: Float64Array.of(2, 1.6, 1.1),
  sigmas: Float64Array.of(0.3, 0.25, 0.2),
};
/** soil that changes nothing much */
const NEUTRAL = { levels: Float64Array.of(1), medians: Float64Array.of(1), sigmas: Float64Array.of(0) };
const AMPLIFICATION: SiteAmplification = {
  method: 'convolution',
  functions: [[NEUTRAL, NEUTRAL] as const, [CURVE, NEUTRAL] as const].map((curves, k) => ({
    code: String(k),
    classes: [{ fromMagnitude: 0, fromDistance: 0, curves }],
  })),
  siteFunctions: Int32Array.of(0, 1),
  largestSigma: 0.3,
  soilLevels: SOIL_LEVELS,
};
const STATISTICS: Statistic[] = [
  { name: 'mean', kind: 'mean' },
  { name: 'std', kind: 'std' },
  { name: 'quantile-0.5', kind: 'quantile', q: 0.5 },
  { name: 'max', kind: 'max' },
];
/** of single precision in both */
const RTOL = 2e-5;

/** Two measures with the same curves on rock. */
function curves(useRates = false, weights = [WEIGHTS, WEIGHTS]): SoilCurves {
  const soil = new SoilCurves({
    amplification: AMPLIFICATION,
    levels: [LEVELS, LEVELS],
    weights,
    statistics: STATISTICS,
    useRates,
    rock: (first, last, out) => out.set(ROCK.slice(first, last).flatMap((row) => [...row, ...row])),
  });
  soil.site(1);
  return soil;
}

describe('curves on the soil', () => {
  it('are those of the realizations, in any slices', () => {
    const soil = curves();
    assert.equal(soil.size, 16);
    const both = new Float32Array(32);
    soil.probabilities(0, 2, both);
    SOIL.forEach((row, r) =>
      row.forEach((poe, l) => assertClose(both[16 * r + l], poe, { rtol: RTOL }, `realization ${r} level ${l}`)),
    );
    const second = new Float32Array(16);
    soil.probabilities(1, 2, second);
    assert.deepEqual(second, both.slice(16));
    const elsewhere = new Float32Array(32);
    soil.site(0);
    soil.probabilities(0, 2, elsewhere);
    assert.deepEqual([...elsewhere.slice(0, 8)], [...both.slice(8, 16)], 'neutral soil under both measures');
  });

  it('have statistics over the amplified realizations', () => {
    const out = new Float32Array(4 * 16);
    curves().statistics(out);
    MEAN.forEach((mean, l) => {
      const [low, high] = [SOIL[0][l], SOIL[1][l]];
      assertClose(out[l], mean, { rtol: RTOL }, `mean of level ${l}`);
      const std = Math.sqrt(0.24) * Math.abs(high - low);
      assertClose(out[16 + l], std, { atol: RTOL * high });
      assertClose(out[48 + l], Math.max(low, high), { rtol: RTOL }, `largest at level ${l}`);
      if (high > low) assertClose(out[32 + l], low, { rtol: RTOL }, `median of level ${l}`);
    });
  });

  it('have statistics of rates where the job says so, and zeros where all weights are zero', () => {
    const out = new Float32Array(4 * 16);
    curves(true, [WEIGHTS, new Float64Array(2)]).statistics(out);
    SOIL[0].forEach((low, l) => {
      const number = -0.6 * Math.log1p(-low) - 0.4 * Math.log1p(-SOIL[1][l]);
      assertClose(out[l], -Math.expm1(-number), { rtol: RTOL }, `mean of level ${l}`);
    });
    for (let s = 0; s < 4; s++) assert.deepEqual([...out.slice(16 * s + 8, 16 * s + 16)], new Array(8).fill(0));
  });
});
