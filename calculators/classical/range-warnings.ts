/** What a run tells of models that are used outside of their range: one line for each model. */
import type { Imt } from '../../hazard/gmm/imt.js';
import { findModel } from '../../hazard/gmm/registry.js';
import { ASPECTS, validityText } from '../../hazard/gmm/validity.js';
import type { Monitor } from '../tasks/distributor.js';
import { watchedLevels, type RangeSums } from './range-shares.js';

/** 1/yr: the level of each measure is that whose rate is nearest to it */
const REFERENCE_RATE = 1 / 475;
/** A smaller share is told as information, not as a warning. */
const WORTH_A_WARNING = 0.001;

interface Measure {
  readonly imt: Imt;
  readonly levels: Float64Array;
}

/** The sums of all tasks of a run, added in their order. */
export class RangeReport {
  private readonly sums = new Map<string, RangeSums>();

  add(parts: readonly RangeSums[]): void {
    for (const part of parts) {
      const whole = this.sums.get(part.model);
      if (!whole) this.sums.set(part.model, part);
      else
        for (const key of ['total', 'outside', 'aspects'] as const)
          for (let l = 0; l < part[key].length; l++) whole[key][l] += part[key][l];
    }
  }

  list(): readonly RangeSums[] {
    return [...this.sums.values()];
  }

  /** Goes on from what `list` has given. */
  restore(sums: readonly RangeSums[]): void {
    this.sums.clear();
    this.add(sums);
  }

  /**
   * Logs a line for each model with contexts outside. `scale` turns sums into mean annual rates of a site: one context in how many
   * was sampled, over the number of sites.
   */
  async write(measures: readonly Measure[], scale: number, monitor: Monitor): Promise<void> {
    for (const model of [...this.sums.keys()].sort()) {
      const worst = largestShare(this.sums.get(model)!, measures, scale);
      if (!worst) continue;
      const found = await findModel(model);
      const validity = found && 'validity' in found ? found.validity : undefined;
      if (!validity) continue;
      const { share, measure, level, aspects } = worst;
      const by = ASPECTS.flatMap((name, a) => (aspects[a] > 0 ? [`${percent(aspects[a])} by ${name}`] : [])).join(', ');
      monitor.log(
        share < WORTH_A_WARNING ? 'INFO' : 'WARNING',
        `${model} is used outside its range (${validityText(validity)}): ${percent(share)} of its rate of exceeding ` +
          `${measure} = ${level} comes from there (${by}); see docs/ground-motion-models.md`,
      );
    }
  }
}

/** At the watched level of each measure that is nearest to the reference rate: the measure with the largest share outside. */
function largestShare({ total, outside, aspects }: RangeSums, measures: readonly Measure[], scale: number) {
  let worst: { share: number; measure: string; level: number; aspects: number[] } | undefined;
  let first = 0;
  for (const { measure, levels } of watchedLevels(measures.map((one) => one.levels.length))) {
    let nearest = -1;
    let distance = Infinity;
    for (let l = first; l < first + levels.length; l++) {
      const away = Math.abs(Math.log((total[l] * scale) / REFERENCE_RATE));
      if (away < distance) [nearest, distance] = [l, away];
    }
    if (nearest >= 0 && outside[nearest] > 0) {
      const share = outside[nearest] / total[nearest];
      const parts = ASPECTS.map((_, a) => aspects[a * total.length + nearest] / total[nearest]);
      const { imt, levels: values } = measures[measure];
      if (!worst || share > worst.share)
        worst = {
          share,
          measure: imt.name,
          level: Number(values[levels[nearest - first]].toPrecision(4)),
          aspects: parts,
        };
    }
    first += levels.length;
  }
  return worst;
}

const percent = (share: number): string =>
  share < 0.0001 ? 'less than 0.01 %' : `${Number((100 * share).toPrecision(2))} %`;
