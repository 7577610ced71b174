import { type ChoiceCircuit } from './circuit.js';
import { CircuitExtremes, CircuitMoments } from './circuit-moments.js';
import { CircuitNumbers, LARGEST_NUMBER } from './circuit-numbers.js';
import { type CircuitWeights, layWeights } from './circuit-weights.js';
import type { Statistic } from '../stats/statistic.js';

/** Numbers held at once for the bundles of one site: as many levels are worked on together as fit. */
const HELD_NUMBERS = 4_000_000;
const FEWEST_LEVELS = 8;

export interface CircuitStatisticsRequest {
  /** weights by measure, choice and branch; equal arrays of a measure may be shared. Each choice is divided by its sum. */
  readonly weightsByMeasure: readonly (readonly ArrayLike<number>[])[];
  /** years */
  readonly investigationTime: number;
  readonly statistics: readonly Statistic[];
  /** statistics are taken on numbers of occurrences and then turned into probabilities (`use_rates`) */
  readonly useRates: boolean;
}

/**
 * Statistics over all paths of a logic tree at one site after another, without a path ever being looked at. Buffers are made
 * once and grow to what is needed.
 */
export class CircuitStatistics {
  private readonly weights: readonly CircuitWeights[];
  private readonly numbers: CircuitNumbers;
  private readonly moments: CircuitMoments | undefined;
  private readonly largest: CircuitExtremes | undefined;
  private readonly step: number;

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
    const wants = (kind: Statistic['kind']): boolean => statistics.some((statistic) => statistic.kind === kind);
    if (wants('mean') || wants('std')) this.moments = new CircuitMoments(circuit, wants('std'), useRates);
    if (wants('max')) this.largest = new CircuitExtremes(circuit, true);
    this.step = Math.max(FEWEST_LEVELS, Math.floor(HELD_NUMBERS / circuit.bundleStarts.length));
  }

  /**
   * rates: annual exceedance rates of one site by row [levels], undefined where there are none. Levels [first, end) belong to
   * the measure. Writes probabilities of exceedance in the investigation time to out[statistic * stride + level].
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
    for (let from = first; from < end; from += this.step) {
      const width = Math.min(this.step, end - from);
      this.numbers.load(rates, from, width);
      this.evaluateLevels(weights, from, width, out, stride);
    }
  }

  private evaluateLevels(
    weights: CircuitWeights,
    first: number,
    width: number,
    out: Float32Array | Float64Array,
    stride: number,
  ): void {
    const { moments, largest, numbers } = this;
    const { statistics, useRates } = this.request;
    const momentsAt = moments?.evaluate(numbers, weights.total) ?? -1;
    const largestAt = largest?.evaluate(numbers, weights.total) ?? -1;
    statistics.forEach((statistic, s) => {
      const at = s * stride + first;
      for (let l = 0; l < width; l++) {
        if (statistic.kind === 'mean') out[at + l] = this.probability(moments!.mean(momentsAt, l), useRates);
        else if (statistic.kind === 'std')
          out[at + l] = this.probability(Math.sqrt(moments!.variance(momentsAt, l)), useRates);
        else if (statistic.kind === 'max') out[at + l] = this.probability(largest!.value(largestAt, l), true);
      }
    });
  }

  private probability(value: number, isNumber: boolean): number {
    return isNumber ? -Math.expm1(-Math.min(value, LARGEST_NUMBER)) : value;
  }
}
