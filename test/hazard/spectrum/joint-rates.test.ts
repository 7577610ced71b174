import { ContextBatch } from '../../../hazard/contexts/context-batch.js';
import { JointRates } from '../../../hazard/spectrum/joint-rates.js';
import { normalCdf } from '../../../hazard/exceedance/normal.js';
import { assertClose } from '../../tolerance.js';

/** Joint rates of one rupture, with standard deviations 0.6 and 0.7 about ln medians -1 and -2, in a grid of epsilons. */
function cells(
  epsilons: readonly [readonly number[], readonly number[]],
  correlation: number,
  rate = 1,
  factor = 1,
): Float64Array {
  const batch = new ContextBatch(1, new Set(), new Set());
  batch.rates[0] = rate;
  batch.commitRupture(1);
  const mean = [Float64Array.of(-1), Float64Array.of(-2)];
  const total = [Float64Array.of(0.6), Float64Array.of(0.7)];
  const levels = [
    Float64Array.from(epsilons[0], (epsilon) => -1 + 0.6 * epsilon),
    Float64Array.from(epsilons[1], (epsilon) => -2 + 0.7 * epsilon),
  ] as const;
  const joint = new JointRates({ measures: [0, 1], levels, correlation });
  const sums = new Float64Array((epsilons[0].length - 1) * (epsilons[1].length - 1));
  joint.add(batch, { mean, total, inter: total, intra: total }, batch.rates, factor, sums);
  return sums;
}

/** Probabilities come from a table with an error below 1e-8. */
const ATOL = 2e-8;

describe('joint rates of two measures', () => {
  it('fill the quadrants of a bivariate normal distribution (W. F. Sheppard, 1899): 1/4 + asin(rho) / 2 pi', () => {
    for (const correlation of [-0.9, -0.3, 0, 0.5, 0.9, 0.99, 0.999]) {
      const quadrants = cells([[-9, 0, 9], [-9, 0, 9]], correlation); // prettier-ignore
      const same = 0.25 + Math.asin(correlation) / (2 * Math.PI);
      [same, 0.5 - same, 0.5 - same, same].forEach((expected, k) => {
        assertClose(quadrants[k], expected, { atol: ATOL }, `rho ${correlation}, quadrant ${k}`);
      });
    }
  });

  it('are products where the measures are independent', () => {
    const first = [-2, -0.5, 0.3, 1.7];
    const second = [-1, 0.2, 2.5];
    const got = cells([first, second], 0);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 2; j++) {
        const row = normalCdf(first[i + 1]) - normalCdf(first[i]);
        assertClose(
          got[i * 2 + j],
          row * (normalCdf(second[j + 1]) - normalCdf(second[j])),
          { atol: ATOL },
          `cell ${i}, ${j}`,
        );
      }
  });

  it('are multiplied with the rate of the rupture and the share of its model', () => {
    const epsilons = [[-1, 0.5, 2], [-2, 0, 1]] as const; // prettier-ignore
    const whole = cells(epsilons, 0.4);
    cells(epsilons, 0.4, 0.002, 0.25).forEach((rate, k) => assertClose(rate, 0.0005 * whole[k], { rtol: 1e-12 }));
  });

  it('add up to the rates of either measure, which may change places', () => {
    const first = [-3, -1, 0, 0.4, 2];
    const wide = [-20, -1, 1, 20];
    const got = cells([first, wide], 0.83);
    const swapped = cells([wide, first], 0.83);
    for (let i = 0; i < 4; i++) {
      const row = got[i * 3] + got[i * 3 + 1] + got[i * 3 + 2];
      assertClose(row, normalCdf(first[i + 1]) - normalCdf(first[i]), { atol: ATOL }, `row ${i}`);
      for (let j = 0; j < 3; j++) assertClose(got[i * 3 + j], swapped[j * 4 + i], { atol: ATOL }, `cell ${i}, ${j}`);
    }
  });
});
