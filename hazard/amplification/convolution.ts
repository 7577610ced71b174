/**
 * Amplification of hazard curves: the curve on rock is cut into small intervals, and each interval is spread over the soil levels
 * by the distribution of the amplification factor there (Bazzurro & Cornell, 2004, BSSA 94(6), 2110-2123, equation 3). Grid and
 * interpolation are those of docs/hazard.md, Site amplification.
 */
import { soilExceedance, type AmplificationCurve } from './functions.js';

/** Points of a curve with smaller probabilities are left out. */
const SMALLEST_PROBABILITY = 1e-100;
/** The fine grid is a geometric series: bounds of its factor, and its share of the finest step between soil levels. */
const FINEST_FACTOR = 1.05;
const COARSEST_FACTOR = 1.1;
const SHARE_OF_SOIL_STEP = 0.9;

/** The convolution of one measure with one amplification curve. What does not depend on the hazard is computed once. */
export class SoilConvolution {
  /** [grid]: g on rock, a geometric series from the lowest level to the highest or beyond */
  private readonly grid: Float64Array;
  /** [grid]: the level of the curve at or below each point of the grid, and how far it is to the next one */
  private readonly below: Int32Array;
  private readonly fraction: Float64Array;
  /** [intervals of the grid x soil levels] */
  private readonly exceedance: Float64Array;
  private readonly lnProbability: Float64Array;

  /** rockLevels and soilLevels: g, ascending, above 0, two at least. */
  constructor(
    private readonly rockLevels: Float64Array,
    private readonly soilLevels: Float64Array,
    curve: AmplificationCurve,
  ) {
    this.grid = fineGrid(rockLevels, soilLevels);
    const { grid } = this;
    this.below = new Int32Array(grid.length);
    this.fraction = new Float64Array(grid.length);
    for (let n = 0; n < grid.length; n++) {
      let k = 0;
      while (k < rockLevels.length - 2 && rockLevels[k + 1] <= grid[n]) k++;
      this.below[n] = k;
      this.fraction[n] = Math.log(grid[n] / rockLevels[k]) / Math.log(rockLevels[k + 1] / rockLevels[k]);
    }
    const middles = Float64Array.from({ length: grid.length - 1 }, (_, n) => (grid[n] + grid[n + 1]) / 2);
    this.exceedance = soilExceedance(curve, middles, soilLevels);
    this.lnProbability = new Float64Array(rockLevels.length);
  }

  /**
   * Writes the probabilities of exceedance of the soil levels to `soil` from `soilOffset` on. `rock` holds those of the rock levels
   * from `rockOffset` on, which do not rise.
   */
  apply(rock: ArrayLike<number>, rockOffset: number, soil: Float64Array | Float32Array, soilOffset: number): void {
    const { grid, rockLevels, lnProbability, exceedance } = this;
    const size = this.soilLevels.length;
    for (let l = 0; l < size; l++) soil[soilOffset + l] = 0;
    let points = 0;
    while (points < rockLevels.length && rock[rockOffset + points] > SMALLEST_PROBABILITY) {
      lnProbability[points] = Math.log(rock[rockOffset + points]);
      points++;
    }
    if (points < 2) return;
    let above = this.probability(0);
    for (let n = 1; n < grid.length && grid[n] <= rockLevels[points - 1]; n++) {
      const probability = this.probability(n);
      const occurrence = above - probability;
      above = probability;
      if (occurrence === 0) continue;
      const row = (n - 1) * size;
      for (let l = 0; l < size; l++) soil[soilOffset + l] += occurrence * exceedance[row + l];
    }
  }

  /** Probability of exceedance of point n of the grid: ln probability is linear in ln level. */
  private probability(n: number): number {
    const k = this.below[n];
    // on the last point of the curve itself there is nothing to interpolate with
    if (this.fraction[n] === 0) return Math.exp(this.lnProbability[k]);
    return Math.exp(this.lnProbability[k] + this.fraction[n] * (this.lnProbability[k + 1] - this.lnProbability[k]));
  }
}

function fineGrid(rockLevels: Float64Array, soilLevels: Float64Array): Float64Array {
  let step = Infinity;
  for (let l = 1; l < soilLevels.length; l++) step = Math.min(step, soilLevels[l] / soilLevels[l - 1]);
  const factor = Math.min(Math.max(SHARE_OF_SOIL_STEP * step, FINEST_FACTOR), COARSEST_FACTOR);
  const grid = [rockLevels[0]];
  while (grid[grid.length - 1] < rockLevels[rockLevels.length - 1]) grid.push(factor * grid[grid.length - 1]);
  return Float64Array.from(grid);
}
