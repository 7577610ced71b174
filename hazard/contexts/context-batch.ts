import { DERIVED_DISTANCES, type DerivedDistance } from './derived-distances.js';
import type { RateRows } from './rate-rows.js';
import type { RuptureParameter } from './rupture-parameters.js';

/**
 * Rupture-site contexts, as ground-motion models see them: a batch is a structure of arrays in which the contexts of one
 * rupture are contiguous. Rupture parameters have one value per rupture, distances one per context, and site parameters one
 * per site of the tile, reached through `site`. A model therefore hoists what depends on the rupture into the outer of two
 * loops, and what depends on the site into `prepare`:
 *
 *     for (let r = 0; r < batch.ruptures; r++) {
 *       const magnitudeTerm = ...batch.mag[r]...;
 *       for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
 *         mean[i] = magnitudeTerm + ...batch.rrup[i]... + siteTerm[batch.site[i]];
 *       }
 *     }
 */

/** km; azimuth and azimuthcp degrees; clon, clat degrees: the surface point closest to the site. rx < 0 on the foot wall. */
export const SURFACE_DISTANCES = ['rrup', 'rjb', 'rx', 'ry0', 'azimuth', 'azimuthcp', 'clon', 'clat'] as const;
/** A distance that the surface of a rupture defines: every kind of source computes it. */
export type SurfaceDistance = (typeof SURFACE_DISTANCES)[number];

/** A distance, or another quantity of rupture and site, that models may need. */
export type DistanceKind = SurfaceDistance | DerivedDistance;
/** Every distance: those of surfaces, and those that follow from the parameters of the rupture (derived-distances.ts). */
export const DISTANCE_KINDS: readonly DistanceKind[] = [
  ...SURFACE_DISTANCES,
  ...(Object.keys(DERIVED_DISTANCES) as DerivedDistance[]),
];

/** What a model needs to be evaluated. */
export interface Requirements {
  readonly rupture: readonly RuptureParameter[];
  readonly distances: readonly DistanceKind[];
  readonly site: readonly string[];
}

/** Contents of a batch as plain data: what an unfinished task passes on. */
export interface BatchState {
  readonly size: number;
  readonly start: Int32Array;
  readonly site: Int32Array;
  readonly rates: Float64Array;
  readonly row: Int32Array;
  readonly weights: Float64Array;
  readonly ruptureIndex: Int32Array;
  readonly probabilities: readonly (Float64Array | undefined)[];
  readonly columns: readonly (readonly [RuptureParameter | DistanceKind, Float64Array])[];
}

/** A batch of contexts. Columns that nobody required are empty arrays. */
export class ContextBatch implements Record<RuptureParameter | DistanceKind, Float64Array> {
  /** number of contexts */
  size = 0;
  /** number of ruptures */
  ruptures = 0;
  /** how often the batch has been emptied: contents of one generation only grow */
  generation = 0;
  /** [ruptures + 1]: contexts of rupture r are start[r] .. start[r + 1] - 1 */
  readonly start: Int32Array;
  /** [size]: site number within the tile */
  readonly site: Int32Array;
  /** [ruptures]: annual occurrence rate of the rupture; with rate rows, what the rates of its row are multiplied with */
  readonly rates: Float64Array;
  /** [ruptures]: number of the rupture's row in `rateRows`, 0 without them */
  readonly row: Int32Array;
  /** per rupture: P(0), P(1), ... in the investigation time, where the source is not Poissonian */
  readonly probabilities: (Float64Array | undefined)[] = [];
  /** per rupture: weight among mutually exclusive ruptures (1 elsewhere) */
  readonly weights: Float64Array;
  /** per rupture: number of the rupture within its source */
  readonly ruptureIndex: Int32Array;

  mag: Float64Array = EMPTY;
  rake: Float64Array = EMPTY;
  dip: Float64Array = EMPTY;
  strike: Float64Array = EMPTY;
  ztor: Float64Array = EMPTY;
  width: Float64Array = EMPTY;
  hypoDepth: Float64Array = EMPTY;
  hypoLon: Float64Array = EMPTY;
  hypoLat: Float64Array = EMPTY;
  zbot: Float64Array = EMPTY;
  inCshm: Float64Array = EMPTY;
  rrup: Float64Array = EMPTY;
  rjb: Float64Array = EMPTY;
  rx: Float64Array = EMPTY;
  ry0: Float64Array = EMPTY;
  rhypo: Float64Array = EMPTY;
  repi: Float64Array = EMPTY;
  rvolc: Float64Array = EMPTY;
  azimuth: Float64Array = EMPTY;
  azimuthcp: Float64Array = EMPTY;
  clon: Float64Array = EMPTY;
  clat: Float64Array = EMPTY;
  rcdpp: Float64Array = EMPTY;

  constructor(
    readonly capacity: number,
    readonly rupture: ReadonlySet<RuptureParameter>,
    readonly distances: ReadonlySet<DistanceKind>,
    /** given where ruptures have rates in several columns */
    readonly rateRows?: RateRows,
  ) {
    this.start = new Int32Array(capacity + 1);
    this.site = new Int32Array(capacity);
    this.rates = new Float64Array(capacity);
    this.row = new Int32Array(capacity);
    this.weights = new Float64Array(capacity).fill(1);
    this.ruptureIndex = new Int32Array(capacity);
    for (const name of rupture) this[name] = new Float64Array(capacity);
    for (const name of distances) this[name] = new Float64Array(capacity);
  }

  /** Takes all contexts out; the arrays stay, and so do rate rows. */
  reset(): void {
    this.size = 0;
    this.ruptures = 0;
    this.generation++;
    this.start[0] = 0;
    this.probabilities.length = 0;
  }

  /** Empties the batch and its rate rows; the arrays stay. */
  clear(): void {
    this.reset();
    this.rateRows?.clear();
  }

  /** A copy of the contents: restored in a batch of the same kind, the sums go on as if nothing had happened. */
  state(): BatchState {
    const { size, ruptures } = this;
    const column = (name: RuptureParameter | DistanceKind, length: number) =>
      [name, this[name].slice(0, length)] as const;
    return {
      size,
      start: this.start.slice(0, ruptures + 1),
      site: this.site.slice(0, size),
      rates: this.rates.slice(0, ruptures),
      row: this.row.slice(0, ruptures),
      weights: this.weights.slice(0, ruptures),
      ruptureIndex: this.ruptureIndex.slice(0, ruptures),
      probabilities: this.probabilities.slice(0, ruptures),
      columns: [
        ...[...this.rupture].map((name) => column(name, ruptures)),
        ...[...this.distances].map((name) => column(name, size)),
      ],
    };
  }

  /** Takes up where a batch of the same kind was left; rate rows are the owner's to restore. */
  restore(state: BatchState): void {
    this.reset();
    this.size = state.size;
    this.ruptures = state.rates.length;
    for (const name of ['start', 'site', 'rates', 'row', 'weights', 'ruptureIndex'] as const)
      this[name].set(state[name]);
    this.probabilities.push(...state.probabilities);
    for (const [name, values] of state.columns) this[name].set(values);
  }

  /** Ends the rupture whose parameters stand at `ruptures` and whose `count` contexts stand from `size` on. */
  commitRupture(count: number): void {
    this.size += count;
    this.ruptures++;
    this.start[this.ruptures] = this.size;
  }
}

const EMPTY = new Float64Array(0);
