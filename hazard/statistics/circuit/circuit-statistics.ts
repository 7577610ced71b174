import type { Statistic } from '../statistic.js';
import { WeightedSelection } from '../weighted-selection.js';
import type { ChoiceCircuit } from './circuit.js';
import { CircuitDistribution, ENUMERATED } from './distribution.js';
import { CircuitExtremes, CircuitMoments } from './moments.js';
import { CircuitNumbers, LARGEST_NUMBER } from './numbers.js';
import { CircuitPoints } from './points.js';
import { type CircuitWeights, layWeights } from './weights.js';

/** Points up to which quantiles are exact unless the request says otherwise. */
const EXACT_LIMIT = 2 ** 20;

/** Error in probability aimed at where quantiles are not exact. */
const QUANTILE_ERROR = 1e-3;

/** Numbers held at once for the bundles of one site: as many levels are worked on together as fit. */
const HELD_NUMBERS = 4_000_000;
const FEWEST_LEVELS = 8;

/** Which statistics of a tree are wanted. */
export interface CircuitStatisticsRequest {
  /** weights by measure, choice and branch; measures may share one array. Each choice is divided by its sum. */
  readonly weightsByMeasure: readonly (readonly ArrayLike<number>[])[];
  /** years */
  readonly investigationTime: number;
  readonly statistics: readonly Statistic[];
  /** statistics are taken on numbers of occurrences and then turned into probabilities (`use_rates`) */
  readonly useRates: boolean;
  /** quantiles are exact where a site has at most so many different sums of rows; default EXACT_LIMIT */
  readonly exactLimit?: number;
  /** bound aimed at for the error in probability of the other quantiles; default QUANTILE_ERROR */
  readonly quantileError?: number;
}

/**
 * Statistics over all paths of a logic tree at one site after another. Mean, standard deviation and maximum come straight from
 * the circuit, whatever the number of paths. Quantiles are exact, by the definition of docs/hazard.md, Statistics: points sorted by
 * (value, weight), linear interpolation on the cumulated weights, where a site has at most `exactLimit` different sums of rows.
 * Beyond, distributions are convolved: what is given for q is then, to 1e-10 of the number of occurrences, a quantile of the true
 * distribution over all paths at some q' with |q' - q| <= `quantileBound` (a step of its distribution function, not interpolated).
 * Buffers are made once and grow to what is needed.
 *
 * With `useRates` a path counts 100 occurrences at most. Mean and standard deviation observe this where a site has at most
 * `exactLimit` different sums; beyond, larger numbers count as they are.
 */
export class CircuitStatistics {
  private readonly weights: readonly CircuitWeights[];
  private readonly numbers: CircuitNumbers;
  private readonly points: CircuitPoints;
  private readonly selection = new WeightedSelection();
  private readonly moments: CircuitMoments | undefined;
  private readonly largest: CircuitExtremes | undefined;
  private readonly quantiles: readonly { readonly row: number; readonly q: number }[];
  private readonly exactLimit: number;
  private readonly step: number;
  private readonly distribution: CircuitDistribution;
  private largestError = 0;

  constructor(
    circuit: ChoiceCircuit,
    private readonly request: CircuitStatisticsRequest,
  ) {
    const { weightsByMeasure, statistics, investigationTime, useRates } = request;
    const laid = new Map<readonly ArrayLike<number>[], CircuitWeights>();
    this.weights = weightsByMeasure.map((weights) => {
      let lie = laid.get(weights);
      if (!lie) laid.set(weights, (lie = layWeights(circuit, weights)));
      return lie;
    });
    this.numbers = new CircuitNumbers(circuit, investigationTime);
    this.points = new CircuitPoints(circuit);
    const wants = (kind: Statistic['kind']): boolean => statistics.some((statistic) => statistic.kind === kind);
    const moments = wants('mean') || wants('std');
    if (moments) this.moments = new CircuitMoments(circuit, wants('std'), useRates);
    if (wants('max') || (moments && useRates)) this.largest = new CircuitExtremes(circuit, true);
    this.quantiles = statistics.flatMap((statistic, row) =>
      statistic.kind === 'quantile' ? [{ row, q: statistic.q }] : [],
    );
    this.exactLimit = request.exactLimit ?? EXACT_LIMIT;
    this.distribution = new CircuitDistribution(
      circuit,
      this.points,
      request.quantileError ?? QUANTILE_ERROR,
      Math.min(ENUMERATED, this.exactLimit),
    );
    this.step = Math.max(FEWEST_LEVELS, Math.floor(HELD_NUMBERS / circuit.bundleStarts.length));
  }

  /** The largest bound on the error in probability of any quantile so far; 0 while all of them were exact. */
  get quantileBound(): number {
    return this.largestError;
  }

  /**
   * rates: annual exceedance rates of one site by row [levels], undefined where there are none. Levels [first, end) belong to
   * the measure. Writes probabilities of exceedance in the investigation time to out[statistic * stride + level]; 0 for measures
   * of which some choice has no weight at all.
   */
  evaluate(
    measure: number,
    rates: readonly (ArrayLike<number> | undefined)[],
    first: number,
    end: number,
    out: Float32Array | Float64Array,
    stride: number,
  ): void {
    const weights = this.weights[measure];
    if (!weights.any) {
      this.request.statistics.forEach((_, s) => out.fill(0, s * stride + first, s * stride + end));
      return;
    }
    this.distribution.reset();
    for (let from = first; from < end; from += this.step) {
      const width = Math.min(this.step, end - from);
      this.numbers.load(rates, from, width);
      this.evaluateMoments(weights, from, width, out, stride);
      if (this.quantiles.length > 0) this.evaluateQuantiles(weights, from, width, out, stride);
    }
  }

  private evaluateMoments(
    weights: CircuitWeights,
    first: number,
    width: number,
    out: Float32Array | Float64Array,
    stride: number,
  ): void {
    const { moments, largest, numbers, points } = this;
    const { statistics, useRates } = this.request;
    const momentsAt = moments?.evaluate(numbers, weights.total) ?? -1;
    const largestAt = largest?.evaluate(numbers, weights.total) ?? -1;
    for (let l = 0; l < width; l++) {
      let mean = moments?.mean(momentsAt, l) ?? 0;
      let variance = moments?.variance(momentsAt, l) ?? 0;
      const most = largest?.value(largestAt, l) ?? 0;
      if (moments && useRates && most > LARGEST_NUMBER && points.countAt(numbers) <= this.exactLimit) {
        points.layWeights(weights);
        points.loadValues(numbers, l);
        mean = this.meanOfPoints();
        variance = this.varianceOfPoints(mean);
      }
      statistics.forEach(({ kind }, s) => {
        const at = s * stride + first + l;
        if (kind === 'mean') out[at] = toProbability(mean, useRates);
        else if (kind === 'std') out[at] = toProbability(Math.sqrt(variance), useRates);
        else if (kind === 'max') out[at] = toProbability(most, true);
      });
    }
  }

  private evaluateQuantiles(
    weights: CircuitWeights,
    first: number,
    width: number,
    out: Float32Array | Float64Array,
    stride: number,
  ): void {
    const { points, numbers, selection, exactLimit } = this;
    const { useRates } = this.request;
    const count = points.countAt(numbers);
    if (count > exactLimit) {
      this.convolve(weights, first, width, out, stride);
      return;
    }
    points.layWeights(weights);
    for (let l = 0; l < width; l++) {
      points.loadValues(numbers, l);
      selection.load(points.values, points.weights, points.smallest, count);
      for (const { row, q } of this.quantiles) {
        selection.find(q);
        const lower = toProbability(selection.lower, !useRates);
        const upper = toProbability(selection.upper, !useRates);
        const value = lower + selection.fraction * (upper - lower);
        out[row * stride + first + l] = toProbability(value, useRates);
      }
    }
  }

  private convolve(
    weights: CircuitWeights,
    first: number,
    width: number,
    out: Float32Array | Float64Array,
    stride: number,
  ): void {
    for (let l = 0; l < width; l++) {
      const distribution = this.distribution.at(this.numbers, weights, l);
      this.largestError = Math.max(this.largestError, distribution.error);
      for (const { row, q } of this.quantiles)
        out[row * stride + first + l] = toProbability(distribution.quantile(q), true);
    }
  }

  private meanOfPoints(): number {
    const { count, values, weights } = this.points;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += weights[k] * Math.min(values[k], LARGEST_NUMBER);
    return sum;
  }
  private varianceOfPoints(mean: number): number {
    const { count, values, weights } = this.points;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += weights[k] * (Math.min(values[k], LARGEST_NUMBER) - mean) ** 2;
    return sum;
  }
}

/** A number of occurrences as probability of at least one; probabilities and numbers otherwise as they are. */
function toProbability(value: number, isNumber: boolean): number {
  return isNumber ? -Math.expm1(-Math.min(value, LARGEST_NUMBER)) : Math.min(value, LARGEST_NUMBER);
}
