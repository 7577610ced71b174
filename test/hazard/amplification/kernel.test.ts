import assert from 'node:assert/strict';
import type { AmplificationClass, SiteAmplification } from '../../../hazard/amplification/functions.js';
import { AmplificationKernel } from '../../../hazard/amplification/kernel.js';
import { type Contribution } from '../../../hazard/exceedance/accumulate.js';
import { levelGrid } from '../../../hazard/exceedance/level-grid.js';
import { exceedanceTable } from '../../../hazard/exceedance/truncated-normal.js';
import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import type { GroundMotion } from '../../../hazard/gmm/model.js';
import { assertClose } from '../../tolerance.js';

/** Ruptures at one site: annual rate, ln of the median in g, standard deviation. */
interface Ruptures {
  readonly rate: readonly number[];
  readonly mean: readonly number[];
  readonly sigma: number;
}

/** OpenQuake engine 3.24-dev reference figures: a job of two regions with the motion on rock that its models give. */
const STABLE: Ruptures = {
  rate: [0.00742816785350442, 0.00324251293204725, 0.00141540821641684],
  mean: [-3.9992344380846, -3.5407254751139, -3.1143312385329],
  sigma: 0.64851429326413,
};
const ACTIVE: Ruptures = {
  rate: [
    0.00601892825216055,
    0.00239617843180895,
    ...new Array<number>(12).fill(0.000333333329763263),
    0.000953935843426734,
    ...new Array<number>(6).fill(0.000333333329763263),
  ],
  mean: [
    -2.8088400363922, -2.3946988582611, -2.7581579685211, -2.6718075275421, -2.5012230873108, -2.5854485034943,
    -2.6875381469727, -2.7147421836853, -2.7950031757355, -2.6202046871185, -2.834032535553, -2.7595462799072,
    -2.5606942176819, -2.6358873844147, -1.9740067720413, -2.3449704647064, -2.4265546798706, -2.475465297699,
    -2.4025650024414, -2.5103211402893, -2.5520095825195,
  ],
  sigma: 0.564,
};
/** probabilities on the soil in 50 years */
const POES = [
  0.746417105, 0.744570553, 0.735555351, 0.70808202, 0.647430062, 0.53243202, 0.332524329, 0.116950847, 0.0186931342,
  0.0006576741, 2.80200425e-6, 1.02411191e-10,
];
const TIME = 50;
const LEVELS = Float64Array.from({ length: 12 }, (_, k) => 0.005 * Math.exp((k * Math.log(2 / 0.005)) / 11));
const CURVE = {
  levels: Float64Array.of(0.01, 0.1, 0.5),
  medians: Float64Array.of(2, 1.6, 1.1),
  sigmas: Float64Array.of(0.3, 0.25, 0.2),
};
const INDEPENDENT: Contribution = { kind: 'independent', investigationTime: TIME };

function kernelOf(classes: readonly AmplificationClass[]): AmplificationKernel {
  const amplification: SiteAmplification = {
    method: 'kernel',
    functions: [
      {
        code: 'X',
        classes: [{ fromMagnitude: 0, fromDistance: 0, curves: [{ ...CURVE, sigmas: new Float64Array(3) }] }],
      },
      { code: 'A', classes },
    ],
    siteFunctions: Int32Array.of(0, 1),
    largestSigma: 0.3,
    soilLevels: LEVELS,
  };
  return new AmplificationKernel(amplification, [LEVELS], levelGrid([LEVELS], [true]));
}

/** Contexts of one site, number 1 of the calculation and 0 of its tile. */
function batchOf(
  { rate, mean, sigma }: Ruptures,
  mag: number,
  rrup: number,
): { batch: ContextBatch; motion: GroundMotion } {
  const size = rate.length;
  const batch = new ContextBatch(size, new Set(['mag']), new Set(['rrup']));
  batch.mag.fill(mag);
  batch.rrup.fill(rrup);
  batch.rates.set(rate);
  for (let r = 0; r < size; r++) batch.commitRupture(1);
  const total = [new Float64Array(size).fill(sigma)];
  return { batch, motion: { mean: [Float64Array.from(mean)], total, inter: total, intra: total } };
}

/** Annual rates on the soil. */
function rates(kernel: AmplificationKernel, parts: readonly Ruptures[], mag = 6, rrup = 30): Float64Array {
  const total = new Float64Array(LEVELS.length);
  for (const part of parts) {
    const { batch, motion } = batchOf(part, mag, rrup);
    kernel.add(
      batch,
      [{ weight: 1, motion }],
      exceedanceTable(3),
      { contribution: INDEPENDENT, factor: 1 / TIME },
      [total],
      1,
    );
  }
  return total;
}

describe('amplification of the motion of each rupture', () => {
  const lowest: AmplificationClass = { fromMagnitude: 4, fromDistance: 0, curves: [CURVE] };

  it('gives the curves of a reference job', () => {
    const [rtol, atol] = [1e-5, 1e-8]; // of single precision, and of the table of exceedance probabilities
    const soil = rates(kernelOf([lowest]), [STABLE, ACTIVE]);
    POES.forEach((poe, l) => {
      const own = -Math.expm1(-soil[l] * TIME);
      assertClose(own, poe, { rtol, atol }, `level ${l}`);
    });
  });

  it('takes the class of the magnitude and the distance of the rupture', () => {
    const half = { ...CURVE, medians: CURVE.medians.map((median) => median / 2) };
    const far: AmplificationClass = { fromMagnitude: 6, fromDistance: 50, curves: [half] };
    const kernel = kernelOf([lowest, { ...lowest, fromMagnitude: 6 }, far]);
    const near = rates(kernel, [ACTIVE], 6, 49);
    assert.deepEqual(near, rates(kernelOf([lowest]), [ACTIVE]));
    assert.deepEqual(rates(kernel, [ACTIVE], 5, 51), near);
    assert.deepEqual(rates(kernel, [ACTIVE], 6, 50), rates(kernelOf([{ ...far, fromDistance: 0 }]), [ACTIVE]));
  });

  it('weighs the components of a mixture, and adds to the rate row of the rupture', () => {
    const rtol = 1e-12;
    const kernel = kernelOf([lowest]);
    const { batch, motion } = batchOf(STABLE, 6, 30);
    const shifted = { ...motion, mean: [motion.mean[0].map((mean) => mean + 1)] };
    const totals = [new Float64Array(LEVELS.length), new Float64Array(LEVELS.length)];
    const mixture = [
      { weight: 0.25, motion },
      { weight: 0.75, motion: shifted },
    ];
    kernel.add(batch, mixture, exceedanceTable(3), { contribution: INDEPENDENT, factor: 1 / TIME }, totals, 1);
    batch.row.fill(1);
    kernel.add(batch, mixture, exceedanceTable(3), { contribution: INDEPENDENT, factor: 3 / TIME }, totals, 1);
    batch.row.fill(0);
    const [one, other] = [motion, shifted].map((alone) => {
      const total = new Float64Array(LEVELS.length);
      kernel.add(
        batch,
        [{ weight: 1, motion: alone }],
        exceedanceTable(3),
        { contribution: INDEPENDENT, factor: 1 / TIME },
        [total],
        1,
      );
      return total;
    });
    for (let l = 0; l < LEVELS.length; l++) {
      const expected = 0.25 * one[l] + 0.75 * other[l];
      assertClose(totals[0][l], expected, { rtol });
      assertClose(totals[1][l], 3 * expected, { rtol });
    }
  });
});
