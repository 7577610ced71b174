import { type ContextBatch, SURFACE_DISTANCES, type SurfaceDistance } from './context-batch.js';
import { DERIVED_DISTANCES, type DerivedDistance } from './derived-distances.js';
import type { WrittenParameters } from './rupture-parameters.js';
import { roundEvenToDecimals } from '../geo/rounding.js';
import type { MagnitudeBins } from '../mfd/rates.js';
import type { ContextRequest } from './context-request.js';

/** Distances that may not fall below the minimum distance of the job. */
const RAISED = ['rrup', 'rjb', 'rhypo', 'repi', 'rx', 'ry0', 'rvolc'] as const;

/**
 * Puts ruptures into a batch. For each rupture: `select` the sites that it reaches, set the rupture's columns and the wanted
 * distances at `batch.size`, then `commit`.
 */
export class ContextWriter {
  readonly batch: ContextBatch;
  /** [sites] numbers and closest distances of the sites kept for the present rupture */
  readonly kept: Int32Array;
  readonly rrup: Float64Array;
  /** wanted distances that the source writes: those of surfaces besides rrup */
  readonly wanted: readonly SurfaceDistance[];
  private readonly derived: readonly DerivedDistance[];
  private written: WrittenParameters | undefined;

  constructor(readonly request: ContextRequest) {
    this.batch = request.batch;
    this.kept = new Int32Array(request.sites.size);
    this.rrup = new Float64Array(request.sites.size);
    const { distances } = request.batch;
    this.wanted = SURFACE_DISTANCES.filter((kind) => kind !== 'rrup' && distances.has(kind));
    this.derived = (Object.keys(DERIVED_DISTANCES) as DerivedDistance[]).filter((kind) => distances.has(kind));
  }

  /**
   * Keeps those of `count` candidate sites whose closest distance (in `rrup`, same order) is below a limit, or equal to it
   * when `inclusive`. Makes room in the batch and writes their numbers and rrup. Returns how many are kept.
   */
  select(candidates: Int32Array, count: number, limit: number, inclusive: boolean): number {
    const { kept, rrup, batch } = this;
    let n = 0;
    for (let i = 0; i < count; i++) {
      const distance = rrup[i];
      if (!(distance < limit || (inclusive && distance === limit))) continue;
      kept[n] = candidates[i];
      rrup[n++] = distance;
    }
    if (n === 0) return 0;
    if (batch.size + n > batch.capacity || batch.rateRows?.isFull) this.request.flush();
    const { size, site } = batch;
    for (let i = 0; i < n; i++) site[size + i] = kept[i];
    if (batch.distances.has('rrup')) for (let i = 0; i < n; i++) batch.rrup[size + i] = rrup[i];
    return n;
  }

  /** Writes the rates of a bin, times a share, to the present rupture. */
  rates(bins: MagnitudeBins, bin: number, share: number): void {
    const { batch } = this;
    const { rateRows, ruptures } = batch;
    if (!rateRows) {
      batch.rates[ruptures] = bins.rates[bin * bins.columns] * share;
      return;
    }
    rateRows.find(bins, bin);
    batch.row[ruptures] = rateRows.row;
    batch.rates[ruptures] = rateRows.factor * share;
  }

  /** Writes the rate of the present rupture, of sources with a single rate column. */
  rate(rate: number): void {
    this.batch.rates[this.batch.ruptures] = rate;
  }

  /** Writes the parameters that are wanted of the present rupture; NaN for what the surface does not define. */
  rupture(parameters: WrittenParameters): void {
    const { batch } = this;
    const wanted = batch.rupture;
    const r = batch.ruptures;
    this.written = parameters;
    if (wanted.has('mag')) batch.mag[r] = roundEvenToDecimals(parameters.mag, 3);
    if (wanted.has('rake')) batch.rake[r] = parameters.rake;
    if (wanted.has('dip')) batch.dip[r] = parameters.dip;
    if (wanted.has('strike')) batch.strike[r] = parameters.strike;
    if (wanted.has('ztor')) batch.ztor[r] = parameters.ztor;
    if (wanted.has('zbot')) batch.zbot[r] = parameters.zbot;
    if (wanted.has('width')) batch.width[r] = parameters.width;
    if (wanted.has('hypoLon')) batch.hypoLon[r] = parameters.hypoLon;
    if (wanted.has('hypoLat')) batch.hypoLat[r] = parameters.hypoLat;
    if (wanted.has('hypoDepth')) batch.hypoDepth[r] = parameters.hypoDepth;
  }

  /** Ends the present rupture: adds the distances that follow from its parameters, raises distances to the minimum, moves on. */
  commit(count: number, index: number, weight = 1, probabilities?: Float64Array): void {
    const { batch, written, kept } = this;
    const { sites } = this.request;
    if (this.derived.length > 0) {
      if (!written) throw new RangeError('the parameters of a rupture are written before it ends');
      for (const kind of this.derived) DERIVED_DISTANCES[kind](written, sites, kept, count, batch[kind], batch.size);
      this.written = undefined;
    }
    const least = this.request.filter.minimumDistance;
    if (least > 0) {
      for (const kind of RAISED) {
        if (!batch.distances.has(kind)) continue;
        const column = batch[kind];
        for (let i = batch.size; i < batch.size + count; i++) if (column[i] < least) column[i] = least;
      }
    }
    batch.ruptureIndex[batch.ruptures] = index;
    batch.weights[batch.ruptures] = weight;
    batch.probabilities[batch.ruptures] = probabilities;
    batch.commitRupture(count);
  }
}
