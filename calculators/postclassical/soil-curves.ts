/**
 * Curves on the soil: the curve of every realization is amplified by convolution, and statistics are taken over what comes out.
 * Amplification bends curves, so that the mean on the soil does not follow from the mean on rock: every realization has to
 * be gone through. They are made in slices, and gathered for as many levels of one site at a time as fit.
 */
import { SoilConvolution } from '../../hazard/amplification/convolution.js';
import type { SiteAmplification } from '../../hazard/amplification/functions.js';
import { WeightedQuantiles, weightedMean, weightedStd } from '../../hazard/statistics/weighted.js';
import type { Statistic } from '../../hazard/statistics/statistic.js';
import { LARGEST_NUMBER, SMALLEST_NUMBER } from './realization-curves.js';

/** Floats held for a slice of realizations, and for what is gathered for the statistics. */
const SLICE_FLOATS = 200_000;
const GATHERED_FLOATS = 8_000_000;

/** What curves on the soil are made of, and which are wanted. */
export interface SoilCurvesRequest {
  readonly amplification: SiteAmplification;
  /** levels on rock of each measure, g */
  readonly levels: readonly Float64Array[];
  /** weights of the realizations by measure, of any sum; all 0: the statistics of the measure are 0 */
  readonly weights: readonly Float64Array[];
  readonly statistics: readonly Statistic[];
  /** statistics of the numbers of occurrences instead of probabilities */
  readonly useRates: boolean;
  /** writes the probabilities on rock of realizations first .. last - 1 of the present site, [realizations x rock levels] */
  readonly rock: (first: number, last: number, out: Float32Array) => void;
}

/** Curves of amplified sites: each realization's curve on rock is convolved with the amplification function of the site. */
export class SoilCurves {
  /** levels of all measures together */
  readonly size: number;
  private readonly rockSize: number;
  private readonly count: number;
  /** [functions][measures], made when a site asks for them */
  private readonly convolutions = new Map<number, SoilConvolution[]>();
  private convolution: readonly SoilConvolution[] = [];
  private readonly rock: Float32Array;
  private readonly soil: Float64Array;
  /** [levels at a time][realizations] */
  private readonly values: readonly Float64Array[];
  private readonly sortedWeights: Float64Array;
  private readonly quantiles: WeightedQuantiles;

  constructor(private readonly request: SoilCurvesRequest) {
    const { amplification, levels, weights } = request;
    this.count = weights[0].length;
    this.rockSize = levels.reduce((sum, row) => sum + row.length, 0);
    this.size = levels.length * amplification.soilLevels.length;
    this.rock = new Float32Array(this.realizationsPerSlice * this.rockSize);
    this.soil = new Float64Array(amplification.soilLevels.length);
    const together = Math.min(this.size, Math.max(1, Math.floor(GATHERED_FLOATS / this.count)));
    this.values = Array.from(
      { length: request.statistics.length > 0 ? together : 0 },
      () => new Float64Array(this.count),
    );
    this.sortedWeights = new Float64Array(this.count);
    this.quantiles = new WeightedQuantiles(this.count);
  }

  private get realizationsPerSlice(): number {
    return Math.min(this.count, Math.max(1, Math.floor(SLICE_FLOATS / this.rockSize)));
  }

  /** Turns to a site, by its number in the calculation. */
  site(number: number): void {
    const { amplification, levels } = this.request;
    const which = amplification.siteFunctions[number];
    let found = this.convolutions.get(which);
    if (!found) {
      const [{ curves }] = amplification.functions[which].classes;
      found = levels.map((row, measure) => new SoilConvolution(row, amplification.soilLevels, curves[measure]));
      this.convolutions.set(which, found);
    }
    this.convolution = found;
  }

  /** Probabilities of exceedance on the soil of realizations first .. last - 1, out [realizations x levels]. */
  probabilities(first: number, last: number, out: Float32Array): void {
    const perMeasure = this.soil.length;
    this.forEachRealization(first, last, (r, row) => {
      let rockOffset = row;
      this.convolution.forEach((convolution, measure) => {
        convolution.apply(this.rock, rockOffset, out, (r - first) * this.size + measure * perMeasure);
        rockOffset += this.request.levels[measure].length;
      });
    });
  }

  /** Statistics on the soil at the present site, out [statistics x levels]: probabilities of exceedance. */
  statistics(out: Float32Array): void {
    const { size, values } = this;
    for (let from = 0; from < size; from += values.length) {
      const to = Math.min(size, from + values.length);
      this.gather(from, to);
      for (let level = from; level < to; level++) this.statisticsOfLevel(level, values[level - from], out);
    }
  }

  /** Fills values[level - from][realization] for the levels from .. to - 1 of all measures. */
  private gather(from: number, to: number): void {
    const { soil, request, values } = this;
    const perMeasure = soil.length;
    this.forEachRealization(0, this.count, (r, row) => {
      let rockOffset = row;
      for (let measure = 0; measure < this.convolution.length; measure++) {
        const begin = measure * perMeasure;
        const low = Math.max(from, begin);
        const high = Math.min(to, begin + perMeasure);
        if (low < high) {
          this.convolution[measure].apply(this.rock, rockOffset, soil, 0);
          for (let level = low; level < high; level++) values[level - from][r] = soil[level - begin];
        }
        rockOffset += request.levels[measure].length;
      }
    });
  }

  /** Calls with the number of each realization and where its rock levels begin in `rock`. */
  private forEachRealization(first: number, last: number, call: (realization: number, row: number) => void): void {
    const { realizationsPerSlice, rockSize } = this;
    for (let begin = first; begin < last; begin += realizationsPerSlice) {
      const end = Math.min(last, begin + realizationsPerSlice);
      this.request.rock(begin, end, this.rock);
      for (let r = begin; r < end; r++) call(r, (r - begin) * rockSize);
    }
  }

  private statisticsOfLevel(level: number, values: Float64Array, out: Float32Array): void {
    const { useRates, statistics } = this.request;
    const weights = this.request.weights[Math.floor(level / this.soil.length)];
    if (useRates) for (let r = 0; r < values.length; r++) values[r] = numberOf(values[r]);
    const write = (s: number, value: number): void => {
      out[s * this.size + level] = useRates ? -Math.expm1(-value) : value;
    };
    const none = weights.every((weight) => weight === 0);
    statistics.forEach((statistic, s) => {
      if (none) write(s, 0);
      else if (statistic.kind === 'mean') write(s, weightedMean(values, weights));
      else if (statistic.kind === 'std') write(s, weightedStd(values, weights));
      else if (statistic.kind === 'max') write(s, largest(values));
    });
    if (none || !statistics.some(({ kind }) => kind === 'quantile')) return;
    // sorting takes the values apart, so quantiles come last
    this.sortedWeights.set(weights);
    this.quantiles.load(values, this.sortedWeights);
    statistics.forEach((statistic, s) => {
      if (statistic.kind === 'quantile') write(s, this.quantiles.at(statistic.q));
    });
  }
}

function numberOf(probability: number): number {
  const number = probability >= 1 ? LARGEST_NUMBER : Math.min(-Math.log1p(-probability), LARGEST_NUMBER);
  return number < SMALLEST_NUMBER ? 0 : number;
}

function largest(values: Float64Array): number {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  return most;
}
