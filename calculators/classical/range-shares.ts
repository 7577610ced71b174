/**
 * How much of the hazard comes from where a ground-motion model is not meant to be used. Of the contexts of a run a sample is taken,
 * chosen by their own numbers and so the same whatever the number of workers; the rates of exceedance that the sample adds are
 * summed for each model, all of them and those of contexts outside the range of the model. The share of the second in the
 * first is what a run tells (docs/manual.md).
 */
import type { ContextBatch } from '../../hazard/contexts/context-batch.js';
import { fillExceedance } from '../../hazard/exceedance/accumulate.js';
import type { LevelGrid } from '../../hazard/exceedance/level-grid.js';
import type { ExceedanceTable } from '../../hazard/exceedance/truncated-normal.js';
import type { ModelValidity } from '../../hazard/gmm/model-registry.js';
import { ASPECTS, outsideOf } from '../../hazard/gmm/validity.js';
import type { WeightedMotion } from '../tasks/region-models.js';

/** Sums of one model over sampled contexts; rates in no unit of their own, for only their ratio counts. */
export interface RangeSums {
  readonly model: string;
  /** [watched levels], measure by measure */
  readonly total: Float64Array;
  readonly outside: Float64Array;
  /** [aspects x levels]: of those outside, by what lies outside; a context may count several times */
  readonly aspects: Float64Array;
}

/** Contexts of a run that are taken whole; of more, one in 2, 4, 8 ... */
const TAKEN_WHOLE = 2000;
const SPARSEST = 128;
/** Measures, and levels of each of them, that are looked at: evenly out of those of the job, the first and the last included. */
const MEASURES = 3;
const LEVELS = 7;
/** Rate columns of a row whose mean weighs a context. */
const COLUMNS = 16;

/** Levels of a measure that are looked at, by their numbers. */
export interface WatchedMeasure {
  readonly measure: number;
  readonly levels: readonly number[];
}

/** What is looked at of measures with so many levels each. */
export function watchedLevels(counts: readonly number[]): WatchedMeasure[] {
  return evenly(counts.length, MEASURES).map((measure) => ({ measure, levels: evenly(counts[measure], LEVELS) }));
}

/** At most `most` of the numbers 0 .. count - 1. */
function evenly(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, k) => (taken === 1 ? 0 : Math.round((k * (count - 1)) / (taken - 1))));
}

/** One in how many contexts, a power of two, is sampled in a run of about this many. */
export function samplingOf(contexts: number): number {
  let every = 1;
  while (every < SPARSEST && contexts / every > TAKEN_WHOLE) every *= 2;
  return every;
}

/** The sums of the models of a region while a task runs. */
export class RangeShares {
  private sums = new Map<string, RangeSums>();
  /** measures looked at, and where the logarithms of their levels stand */
  private readonly measures: readonly number[];
  private readonly spans: readonly { readonly ln: Float64Array; readonly first: number; readonly last: number }[];
  private readonly scratch: Float64Array;
  private sampled = new Int32Array(0);
  private ruptures = new Int32Array(0);
  private count = 0;
  private every: number | undefined;
  /** by site of the tile: bits that tell it from others */
  private readonly siteBits: Int32Array;

  /**
   * @param validities of each model of the region, by component; those without a range are passed over
   * @param vs30 [sites of the tile], if known
   * @param sites number of sites of the tile, the first of which is number `firstSite`
   */
  constructor(
    private readonly validities: readonly (readonly ModelValidity[])[],
    { ln, first }: LevelGrid,
    private readonly vs30: Float64Array | undefined,
    sites: number,
    firstSite: number,
  ) {
    this.siteBits = Int32Array.from({ length: sites }, (_, s) => Math.imul(s + firstSite + 1, 0x85ebca6b));
    const counts = Array.from({ length: first.length - 1 }, (_, m) => first[m + 1] - first[m]);
    const watched = watchedLevels(counts);
    this.measures = watched.map(({ measure }) => measure);
    const watchedLn = Float64Array.from(
      watched.flatMap(({ measure, levels }) => levels.map((l) => ln[first[measure] + l])),
    );
    let next = 0;
    this.spans = watched.map(({ levels }) => ({ ln: watchedLn, first: next, last: (next += levels.length) }));
    this.scratch = new Float64Array(watchedLn.length);
  }

  /** Begins a task: with what its part before has summed, one context in `every` (undefined: none). */
  begin(every: number | undefined, before: readonly RangeSums[] = []): void {
    this.every = every;
    this.sums = new Map(before.map((sums) => [sums.model, sums]));
  }

  list(): RangeSums[] {
    return [...this.sums.values()];
  }

  /** Chooses contexts of a batch, for all models. */
  sample(batch: ContextBatch): void {
    this.count = 0;
    if (this.every === undefined || !this.validities.some((list) => list.some(({ validity }) => validity))) return;
    if (this.sampled.length < batch.size) {
      this.sampled = new Int32Array(batch.capacity);
      this.ruptures = new Int32Array(batch.capacity);
    }
    const { every, siteBits, sampled, ruptures } = this;
    const { start, site } = batch;
    const column = batch.distances.values().next().value;
    // the low half of a distance is as good as random
    const halves = column && new Uint32Array(batch[column].buffer, batch[column].byteOffset, 2 * batch.size);
    // of 32 mixed bits the first ones must be 0
    const shift = 32 - Math.log2(every);
    let count = 0;
    for (let r = 0; r < batch.ruptures; r++) {
      const ofRupture = Math.imul(batch.ruptureIndex[r] + 1, 0xc2b2ae35);
      for (let i = start[r]; i < start[r + 1]; i++) {
        const bits = ofRupture ^ siteBits[site[i]] ^ (halves ? halves[2 * i] : 0);
        if (every > 1 && Math.imul(bits, 0x9e3779b1) >>> shift !== 0) continue;
        sampled[count] = i;
        ruptures[count++] = r;
      }
    }
    this.count = count;
  }

  /** Adds the sampled contexts of a batch with the motions that model k gives for it. */
  add(k: number, batch: ContextBatch, motions: readonly WeightedMotion[], table: ExceedanceTable): void {
    const validities = this.validities[k];
    if (this.count === 0 || validities.length !== motions.length) return;
    const { measures, spans, scratch, vs30 } = this;
    const size = scratch.length;
    motions.forEach(({ weight, motion }, c) => {
      const { id, validity } = validities[c];
      if (!validity) return;
      const sums = this.of(id);
      for (let n = 0; n < this.count; n++) {
        const i = this.sampled[n];
        const r = this.ruptures[n];
        const outside = outsideOf(validity, batch, r, i, vs30);
        const rate = weight * rateOf(batch, r);
        for (let w = 0; w < measures.length; w++) {
          const mean = motion.mean[measures[w]][i];
          const end = fillExceedance(table, spans[w], mean, motion.total[measures[w]][i], scratch);
          for (let l = spans[w].first; l < end; l++) {
            const value = rate * scratch[l];
            sums.total[l] += value;
            if (outside === 0) continue;
            sums.outside[l] += value;
            for (let a = 0; a < ASPECTS.length; a++) if (outside & (1 << a)) sums.aspects[a * size + l] += value;
          }
        }
      }
    });
  }

  private of(model: string): RangeSums {
    const known = this.sums.get(model);
    if (known) return known;
    const row = (count: number) => new Float64Array(count * this.scratch.length);
    const sums = { model, total: row(1), outside: row(1), aspects: row(ASPECTS.length) };
    this.sums.set(model, sums);
    return sums;
  }
}

/** What a rupture weighs: its rate (with several columns the mean of some of them), or the probability that it occurs. */
function rateOf(batch: ContextBatch, r: number): number {
  const probabilities = batch.probabilities[r];
  if (probabilities) return 1 - probabilities[0];
  const { rateRows } = batch;
  if (!rateRows) return batch.rates[r];
  const { columns, rates } = rateRows;
  const step = Math.max(1, Math.floor(columns / COLUMNS));
  let sum = 0;
  let count = 0;
  for (let c = 0; c < columns; c += step, count++) sum += rates[batch.row[r] * columns + c];
  return (batch.rates[r] * sum) / count;
}
