import { normalCdf } from './normal.js';

/** A standard deviation of zero means a step at the median; dividing by at least this keeps epsilon finite. */
export const SMALLEST_SIGMA = 1e-10;
/** Beyond this many sigmas the untruncated tail is below 1e-19 and counts as zero. */
const TABLE_LIMIT = 9;
/** Nodes per sigma: linear interpolation then errs by less than h^2/8 max|phi'| = 7.3e-9, divided by the mass kept. */
const NODES_PER_SIGMA = 2048;

/**
 * Probability that ground motion exceeds a level, as a function of epsilon = (ln level - mean) / sigma, for a normal
 * distribution truncated at +-k: clip([Phi(k) - Phi(epsilon)] / [2 Phi(k) - 1], 0, 1) (docs/hazard.md, Exceedance).
 */
export interface ExceedanceTable {
  /** truncation level k */
  readonly truncation: number;
  /** the table covers epsilon in [-limit, limit] */
  readonly limit: number;
  /** nodes per unit of epsilon */
  readonly scale: number;
  /** probabilities at -limit + i / scale; one more node than needed so that i + 1 always exists */
  readonly values: Float64Array;
}

/** Exact value; the plain twin of the table. k in sigmas, above 0; tail: Phi(-k), where the caller knows it. */
export function truncatedExceedance(epsilon: number, k: number, tail = normalCdf(-k)): number {
  if (k < 1e-6) return epsilon <= -k ? 1 : epsilon >= k ? 0 : (k - epsilon) / (2 * k);
  // the difference of upper tails keeps its digits where 1 - Phi would lose them
  const p = (normalCdf(-epsilon) - tail) / (1 - 2 * tail);
  return Math.min(1, Math.max(0, p));
}

/** Builds the table for a truncation level in sigmas. Errors: RangeError for k <= 0. */
export function exceedanceTable(truncation: number): ExceedanceTable {
  if (!(truncation > 0)) throw new RangeError(`truncation level ${truncation} must be above 0`);
  const limit = Math.min(truncation, TABLE_LIMIT);
  // truncation at less than a sigma or so leaves little mass and steep probabilities: finer nodes keep the error
  const mass = Math.max(1 - 2 * normalCdf(-limit), 1e-6);
  const intervals = Math.max(2, Math.ceil((2 * limit * NODES_PER_SIGMA) / Math.sqrt(mass)));
  const scale = intervals / (2 * limit);
  const values = new Float64Array(intervals + 2);
  // the distribution is symmetric: the upper half, where tails keep their digits, gives the lower one
  const tail = normalCdf(-truncation);
  for (let i = 0; 2 * i <= intervals; i++) {
    const p = truncatedExceedance(limit - i / scale, truncation, tail);
    values[intervals - i] = p;
    values[i] = 1 - p;
  }
  if (intervals % 2 === 0) values[intervals / 2] = 0.5;
  values[intervals + 1] = 0;
  return { truncation, limit, scale, values };
}

/** Table look-up with linear interpolation: P(exceedance) for one epsilon. */
export function tabulatedExceedance(table: ExceedanceTable, epsilon: number): number {
  if (epsilon >= table.limit) return 0;
  if (!(epsilon > -table.limit)) return Number.isNaN(epsilon) ? 0.5 : 1;
  const t = (epsilon + table.limit) * table.scale;
  const i = Math.floor(t);
  return table.values[i] + (t - i) * (table.values[i + 1] - table.values[i]);
}
