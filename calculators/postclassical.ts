/**
 * From rates to curves, one site at a time: rates of (source group, model) add up to realizations, realizations to
 * statistics. Nothing of the size sites x realizations is held.
 */
import { WeightedQuantiles, weightedMean, weightedStd } from '../hazard/stats/weighted.js';
import { levelAtProbability } from '../hazard/stats/hazard-map.js';
import type { FullLogicTree } from '../hazard/logictree/logic-tree.js';
import type { Statistic } from './statistics.js';

/** Rates below this count as none, rates above the other as certainty (POSTPROCESSING.md 2). */
export const SMALLEST_RATE = 1e-12;
const LARGEST_NUMBER = 100;

/** A column of rates: a source group with one model of its region. */
export interface RateColumn {
  readonly group: number;
  /** position of the region in the ground-motion tree */
  readonly region: number;
  readonly model: number;
}

export interface CurveRequest {
  readonly logicTree: FullLogicTree;
  /** source-model realizations of each source group, repeated ones counting twice */
  readonly groupSourceModels: readonly (readonly number[])[];
  readonly columns: readonly RateColumn[];
  /** levels of each measure, and their names for weights by measure */
  readonly levels: readonly Float64Array[];
  readonly imts: readonly string[];
  /** years */
  readonly investigationTime: number;
  readonly statistics: readonly Statistic[];
  readonly useRates: boolean;
}

/** Curves of one site: probabilities of exceedance in the investigation time, rows of all levels. */
export interface SiteCurves {
  /** [statistics x levels] */
  readonly statistics: Float32Array;
  /** [realizations x levels]; valid until the next site */
  readonly realizations: Float32Array;
}

/** Combines the rates of one site after another; buffers are made once. */
export class CurveBuilder {
  private readonly size: number;
  private readonly measureOf: Int32Array;
  private readonly weights: Float64Array[];
  private readonly numbers: Float64Array;
  private readonly sums: Float64Array;
  private readonly slots: Int32Array;
  private readonly targets: readonly (readonly number[])[];
  private readonly values: Float64Array;
  private readonly sortedWeights: Float64Array;
  private readonly quantiles: WeightedQuantiles;
  private readonly result: SiteCurves;

  constructor(private readonly request: CurveRequest) {
    const { logicTree, levels, imts, columns, groupSourceModels } = request;
    const { realizations, groundMotion } = logicTree;
    this.size = levels.reduce((sum, row) => sum + row.length, 0);
    this.measureOf = Int32Array.from(levels.flatMap((row, m) => Array.from(row, () => m)));
    this.weights = imts.map((imt) => Float64Array.from(realizations, (r) => r.weightsByImt?.[imt] ?? r.weight));
    // rates are first added by (source-model realization, region, model): a slot; a realization adds one slot per region
    const firstSlot: number[] = [];
    let models = 0;
    for (const set of groundMotion) {
      firstSlot.push(models);
      models += set.branches.length;
    }
    const usedSlots = new Map<number, number>();
    const slotOf = (sourceModel: number, region: number, model: number): number => {
      const key = sourceModel * models + firstSlot[region] + model;
      let slot = usedSlots.get(key);
      if (slot === undefined) usedSlots.set(key, (slot = usedSlots.size));
      return slot;
    };
    this.targets = columns.map(({ group, region, model }) =>
      groupSourceModels[group].map((sourceModel) => slotOf(sourceModel, region, model)),
    );
    this.slots = new Int32Array(realizations.length * groundMotion.length).fill(-1);
    realizations.forEach((realization, r) => {
      realization.models.forEach((model, region) => {
        const slot = usedSlots.get(realization.sourceModel * models + firstSlot[region] + model);
        if (slot !== undefined) this.slots[r * groundMotion.length + region] = slot;
      });
    });
    this.sums = new Float64Array(usedSlots.size * this.size);
    this.numbers = new Float64Array(realizations.length * this.size);
    this.values = new Float64Array(realizations.length);
    this.sortedWeights = new Float64Array(realizations.length);
    this.quantiles = new WeightedQuantiles(realizations.length);
    this.result = {
      statistics: new Float32Array(request.statistics.length * this.size),
      realizations: new Float32Array(realizations.length * this.size),
    };
  }

  /** rates: per column the annual exceedance rates of the site [levels], or undefined where there are none. */
  build(rates: readonly (ArrayLike<number> | undefined)[]): SiteCurves {
    const { size, sums, numbers, slots, request } = this;
    const { logicTree, investigationTime } = request;
    const regions = logicTree.groundMotion.length;
    const count = logicTree.realizations.length;
    sums.fill(0);
    rates.forEach((column, c) => {
      if (!column) return;
      for (const slot of this.targets[c]) {
        const row = slot * size;
        for (let l = 0; l < size; l++) sums[row + l] += column[l];
      }
    });
    for (let r = 0; r < count; r++) {
      const row = r * size;
      numbers.fill(0, row, row + size);
      for (let region = 0; region < regions; region++) {
        const slot = slots[r * regions + region];
        if (slot < 0) continue;
        const from = slot * size;
        for (let l = 0; l < size; l++) numbers[row + l] += sums[from + l];
      }
      for (let l = 0; l < size; l++) {
        const number = numbers[row + l] * investigationTime;
        numbers[row + l] = number < SMALLEST_RATE ? 0 : Math.min(number, LARGEST_NUMBER);
      }
    }
    this.fillRealizations();
    this.fillStatistics(count);
    return this.result;
  }

  private fillRealizations(): void {
    const { numbers, result } = this;
    for (let k = 0; k < numbers.length; k++) result.realizations[k] = numbers[k] === 0 ? 0 : -Math.expm1(-numbers[k]);
  }

  private fillStatistics(count: number): void {
    const { size, numbers, values, sortedWeights, request, result } = this;
    const sorts = request.statistics.some(({ kind }) => kind === 'quantile');
    for (let l = 0; l < size; l++) {
      const weights = this.weights[this.measureOf[l]];
      let total = 0;
      for (let r = 0; r < count; r++) {
        // statistics are taken on probabilities, or on rates where the job says so
        values[r] = request.useRates ? numbers[r * size + l] : result.realizations[r * size + l];
        total += weights[r];
      }
      request.statistics.forEach((statistic, s) => {
        if (statistic.kind === 'quantile') return;
        result.statistics[s * size + l] = this.backToProbability(
          total === 0 ? 0 : plain(statistic.kind, values, weights),
        );
      });
      if (!sorts || total === 0) continue;
      sortedWeights.set(weights);
      this.quantiles.load(values, sortedWeights);
      request.statistics.forEach((statistic, s) => {
        if (statistic.kind === 'quantile')
          result.statistics[s * size + l] = this.backToProbability(this.quantiles.at(statistic.q));
      });
    }
  }

  private backToProbability(value: number): number {
    return this.request.useRates ? -Math.expm1(-value) : value;
  }
}

function plain(kind: 'mean' | 'std' | 'max', values: Float64Array, weights: Float64Array): number {
  if (kind === 'mean') return weightedMean(values, weights);
  if (kind === 'std') return weightedStd(values, weights);
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

/** Map values [measures x poes] of one curve; `curve` holds all levels from `offset` on. */
export function mapValues(
  levels: readonly Float64Array[],
  curve: ArrayLike<number>,
  offset: number,
  poes: readonly number[],
  out: Float32Array,
  outOffset: number,
): void {
  let first = offset;
  let k = outOffset;
  for (const row of levels) {
    for (const poe of poes) out[k++] = levelAtProbability(row, curve, first, poe);
    first += row.length;
  }
}
