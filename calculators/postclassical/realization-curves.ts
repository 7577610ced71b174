import { type RateColumn } from '../../hazard/logictree/choice-model.js';
import { ConditionIndex } from '../../hazard/logictree/conditions.js';
import type { FullLogicTree, SourceGroup } from '../../hazard/logictree/logic-tree.js';

/** Numbers of occurrences below the one count as none, above the other as certainty (docs/hazard.md, Statistics). */
export const SMALLEST_NUMBER = 1e-12;
/** Larger numbers of occurrences count as this one, as in the reference: 1 - exp(-100) is 1 in double precision. */
export const LARGEST_NUMBER = 100;

/**
 * Single realizations of one site after another: the rates of the source groups on the path and of the models chosen add up.
 * Realizations are made in slices; what is held is the sum of each (region, model) for one source-model realization.
 */
export class RealizationCurves {
  private readonly columnsOfGroup: readonly (readonly { readonly column: number; readonly slot: number }[])[];
  private readonly groups: ConditionIndex;
  private readonly firstSlot: readonly number[];
  private readonly sums: Float64Array;
  /** source-model realization of the sums; -1: none */
  private summed = -1;
  private rates: readonly (ArrayLike<number> | undefined)[] = [];

  /** @param size levels of all measures together */
  constructor(
    private readonly tree: FullLogicTree,
    groups: readonly SourceGroup[],
    columns: readonly RateColumn[],
    private readonly size: number,
    private readonly investigationTime: number,
  ) {
    this.groups = new ConditionIndex(groups.map(({ where }) => where));
    const firstSlot: number[] = [];
    let slots = 0;
    for (const { branches } of tree.groundMotion) {
      firstSlot.push(slots);
      slots += branches.length;
    }
    this.firstSlot = firstSlot;
    this.sums = new Float64Array(slots * size);
    const columnsOfGroup = groups.map((): { column: number; slot: number }[] => []);
    columns.forEach(({ group, region, model }, column) =>
      columnsOfGroup[group].push({ column, slot: firstSlot[region] + model }),
    );
    this.columnsOfGroup = columnsOfGroup;
  }

  /** @param rates by column the annual exceedance rates of the site [levels], undefined where there are none */
  site(rates: readonly (ArrayLike<number> | undefined)[]): void {
    this.rates = rates;
    this.summed = -1;
  }

  /** Probabilities of exceedance of realizations first .. last - 1 of the site, [realizations x levels]. */
  probabilities(first: number, last: number, out: Float32Array): void {
    const { size, sums, investigationTime } = this;
    for (let r = first; r < last; r++) {
      const { sourceModel, models } = this.tree.realizations.at(r);
      if (sourceModel !== this.summed) this.sum(sourceModel);
      const row = (r - first) * size;
      for (let level = 0; level < size; level++) {
        let number = 0;
        for (let region = 0; region < models.length; region++)
          number += sums[(this.firstSlot[region] + models[region]) * size + level];
        number *= investigationTime;
        out[row + level] = number < SMALLEST_NUMBER ? 0 : -Math.expm1(-Math.min(number, LARGEST_NUMBER));
      }
    }
  }

  private sum(sourceModel: number): void {
    const { sums, size, rates } = this;
    const taken = this.tree.choicesOf(sourceModel);
    sums.fill(0);
    for (const group of this.groups.holding(taken))
      for (const { column, slot } of this.columnsOfGroup[group]) {
        const row = rates[column];
        if (!row) continue;
        const from = slot * size;
        for (let level = 0; level < size; level++) sums[from + level] += row[level];
      }
    this.summed = sourceModel;
  }
}
