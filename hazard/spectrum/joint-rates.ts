/**
 * Joint rates of two measures (vector-valued hazard): annual rate of ground motions with ln Y1 and ln Y2 in a cell of two lists of
 * levels, for a bivariate normal distribution of the two (P. Bazzurro, C. A. Cornell, 2002, Vector-valued probabilistic
 * seismic hazard analysis, 7th US National Conference on Earthquake Engineering).
 */
import {
  exceedanceTable,
  SMALLEST_SIGMA,
  tabulatedExceedance,
  type ExceedanceTable,
} from '../exceedance/truncated-normal.js';
import type { ContextBatch } from '../contexts/context-batch.js';
import type { GroundMotion } from '../gmm/model.js';
import { normalDensity } from '../exceedance/normal.js';

/** Nodes and weights of the Gauss-Legendre rule with six points on [-1, 1] (Abramowitz & Stegun 1964, table 25.4). */
const NODES = [
  -0.932469514203152, -0.661209386466265, -0.238619186083197, 0.238619186083197, 0.661209386466265, 0.932469514203152,
];
const WEIGHTS = [
  0.17132449237917, 0.360761573048139, 0.467913934572691, 0.467913934572691, 0.360761573048139, 0.17132449237917,
];
/** Beyond this many sigmas nothing is counted. */
const FURTHEST = 8;
/** Longest step of the integration, in sigmas of the first measure and in conditional sigmas of the second. */
const STEP = 0.5;
const CONDITIONAL_STEP = 1.5;

/** Which joint rates are wanted. */
export interface JointRequest {
  /** numbers of the two measures */
  readonly measures: readonly [number, number];
  /** ascending ln levels of each */
  readonly levels: readonly [Float64Array, Float64Array];
  /** correlation of their epsilons, above 1 in size */
  readonly correlation: number;
}

/** The distribution is not truncated: this is 1 - Phi. Made when first asked for: few jobs need it. */
let untruncated: ExceedanceTable | undefined;

/** Adds the rates of batches of contexts to cells; holds the buffers of the integration. */
export class JointRates {
  private readonly above: Float64Array;
  private readonly cells: Float64Array;
  private readonly spread: number;
  private readonly step: number;
  private readonly table: ExceedanceTable;

  constructor(private readonly request: JointRequest) {
    const { correlation, levels } = request;
    this.table = untruncated ??= exceedanceTable(99);
    this.spread = Math.sqrt(1 - correlation * correlation);
    this.step = Math.min(STEP, CONDITIONAL_STEP * this.spread);
    this.above = new Float64Array(levels[1].length);
    this.cells = new Float64Array(levels[1].length - 1);
  }

  /** rates [ruptures]: 1/yr; factor multiplies; sums [(levels of 1) - 1 x (levels of 2) - 1] is added to. */
  add(batch: ContextBatch, motion: GroundMotion, rates: Float64Array, factor: number, sums: Float64Array): void {
    const { measures, levels } = this.request;
    const [first, second] = measures;
    const rows = levels[0].length - 1;
    const columns = levels[1].length - 1;
    for (let r = 0; r < batch.ruptures; r++) {
      const rate = factor * rates[r];
      if (rate === 0) continue;
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const sigma = Math.max(motion.total[first][i], SMALLEST_SIGMA);
        for (let row = 0; row < rows; row++) {
          const low = Math.max(-FURTHEST, (levels[0][row] - motion.mean[first][i]) / sigma);
          const high = Math.min(FURTHEST, (levels[0][row + 1] - motion.mean[first][i]) / sigma);
          if (!(low < high)) continue;
          this.integrate(low, high, motion.mean[second][i], Math.max(motion.total[second][i], SMALLEST_SIGMA));
          for (let c = 0; c < columns; c++) sums[row * columns + c] += rate * this.cells[c];
        }
      }
    }
  }

  /** Fills `cells` with the probabilities that epsilon of the first measure lies in low .. high and ln Y2 in each interval. */
  private integrate(low: number, high: number, mean: number, sigma: number): void {
    const { above, cells, spread, table, request } = this;
    const { correlation } = request;
    const levels = request.levels[1];
    const pieces = Math.ceil((high - low) / this.step);
    const half = (high - low) / (2 * pieces);
    cells.fill(0);
    for (let piece = 0; piece < pieces; piece++) {
      const middle = low + (2 * piece + 1) * half;
      for (let n = 0; n < NODES.length; n++) {
        const epsilon = middle + half * NODES[n];
        const weight = half * WEIGHTS[n] * normalDensity(epsilon);
        for (let l = 0; l < levels.length; l++)
          above[l] = tabulatedExceedance(table, ((levels[l] - mean) / sigma - correlation * epsilon) / spread);
        for (let c = 0; c < cells.length; c++) cells[c] += weight * (above[c] - above[c + 1]);
      }
    }
  }
}
