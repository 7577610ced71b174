import type { ContextBatch, DistanceKind } from '../contexts/context-batch.js';
import { DISTANCE_KINDS } from '../contexts/context-batch.js';
import type { Imt } from './imt.js';
import type { Hdf5Tables, ImtRange } from './model.js';
import { refusal } from '../refusal.js';

/**
 * Models given as tables: medians (g; cm/s) and total standard deviations over magnitude, distance and period.
 * Interpolation: log10 of the value linear in log10 T, then in magnitude; then in distance, linear or with both logarithms.
 */
export interface TableData {
  readonly name: string;
  readonly metric: DistanceKind;
  /** [m] ascending */
  readonly magnitudes: ArrayLike<number>;
  /** [d, m] km, ascending in d: each magnitude may have its own distances */
  readonly distances: ArrayLike<number>;
  /** [t] s, ascending */
  readonly periods: ArrayLike<number>;
  readonly medians: TableValues;
  readonly sigmas?: TableValues;
}
/** PGA, PGV [d, m]; SA [d, t, m] */
export interface TableValues {
  readonly PGA?: ArrayLike<number>;
  readonly PGV?: ArrayLike<number>;
  readonly SA: ArrayLike<number>;
}

/** Median below which nothing is felt: given to distances beyond the table. */
const NOTHING = 1e-20;
/** km by which a distance may lie outside the table and still count as its end */
const MARGIN = 0.001;

/** log10 of the values of one measure, [m, d]. */
export type Surface = Float64Array;

/** A table with the distances of each magnitude. */
export class GroundMotionTable {
  readonly metric: DistanceKind;
  readonly magnitudes: Float64Array;
  /** number of distances */
  readonly count: number;
  /** [m, d] */
  readonly distances: Float64Array;

  constructor(
    readonly data: TableData,
    /** distances and medians are interpolated by their logarithms; distances below this are taken as this (km) */
    private readonly logarithmicFrom?: number,
  ) {
    this.metric = data.metric;
    this.magnitudes = Float64Array.from(data.magnitudes);
    const m = this.magnitudes.length;
    this.count = data.distances.length / m;
    this.distances = transpose(data.distances, this.count, 1, 0, m);
  }

  get imts(): ImtRange[] {
    const { medians, periods } = this.data;
    const kinds: ImtRange[] = [];
    if (medians.PGA) kinds.push({ kind: 'PGA' });
    if (medians.PGV) kinds.push({ kind: 'PGV' });
    kinds.push({ kind: 'SA', minimum: rounded(periods[0]), maximum: rounded(periods[periods.length - 1]) });
    return kinds;
  }

  /** log10 of the medians of a measure. Errors: Refusal naming model, measure and range. */
  medians(imt: Imt, model: string): Surface {
    return this.surface(this.data.medians, imt, model);
  }

  /** log10 of the standard deviations of a measure; one number (as it is) where they are all the same. */
  sigmas(imt: Imt, model: string): Surface | number {
    if (!this.data.sigmas)
      throw refusal('MODEL_FILE', `${model}: ${this.data.name} has no standard deviations (group Total)`);
    const surface = this.surface(this.data.sigmas, imt, model);
    return surface.every((value) => value === surface[0]) ? 10 ** surface[0] : surface;
  }

  has(imt: Imt): boolean {
    const { medians, periods } = this.data;
    if (imt.kind === 'PGA' || imt.kind === 'PGV') return medians[imt.kind] !== undefined;
    const period = rounded(imt.period);
    return imt.kind === 'SA' && period >= rounded(periods[0]) && period <= rounded(periods[periods.length - 1]);
  }

  private surface(values: TableValues, imt: Imt, model: string): Surface {
    const m = this.magnitudes.length;
    if (!this.has(imt)) {
      const covered = this.imts.map((r) => (r.minimum === undefined ? r.kind : `SA(${r.minimum} to ${r.maximum} s)`));
      throw refusal(
        'MODEL_MEASURE',
        `${model} does not support ${imt.name}: ${this.data.name} has ${covered.join(', ')}`,
        {
          key: 'imt',
          value: imt.name,
          allowed: covered.join(', '),
        },
      );
    }
    if (imt.kind !== 'SA') return transpose(values[imt.kind as 'PGA' | 'PGV']!, this.count, 1, 0, m).map(log10);
    const { periods } = this.data;
    let upper = 1;
    while (upper < periods.length - 1 && periods[upper] < imt.period) upper++;
    const lower = upper - 1;
    const below = transpose(values.SA, this.count, periods.length, lower, m).map(log10);
    const above = transpose(values.SA, this.count, periods.length, upper, m).map(log10);
    const span = Math.log10(periods[upper]) - Math.log10(periods[lower]);
    const fraction = Math.min(Math.max((Math.log10(imt.period) - Math.log10(periods[lower])) / span, 0), 1);
    return below.map((b, k) => (fraction === 0 ? b : fraction === 1 ? above[k] : b + fraction * (above[k] - b)));
  }

  /** Where the contexts of batches lie in the table; scratch for batches of `capacity`. */
  locator(capacity: number): TableLocator {
    return new TableLocator(this, capacity, this.logarithmicFrom);
  }
}

/** Finds the cell of each context once for all measures, then interpolates surfaces. */
export class TableLocator {
  private readonly magnitudeCell: Int32Array;
  private readonly magnitudeFraction: Float64Array;
  private readonly cell: Int32Array;
  private readonly fraction: Float64Array;
  private readonly log: boolean;
  /** [m, d] distances or, for logarithmic interpolation, log10 of them */
  private readonly nodes: Float64Array;

  constructor(
    private readonly table: GroundMotionTable,
    capacity: number,
    private readonly logarithmicFrom?: number,
  ) {
    this.magnitudeCell = new Int32Array(capacity);
    this.magnitudeFraction = new Float64Array(capacity);
    this.cell = new Int32Array(capacity);
    this.fraction = new Float64Array(capacity);
    this.log = logarithmicFrom !== undefined;
    this.nodes =
      logarithmicFrom === undefined
        ? table.distances
        : table.distances.map((d) => Math.log10(Math.max(d, logarithmicFrom)));
  }

  /**
   * Locates the contexts of a batch. Magnitudes are rounded to two decimals and those above the table set to its last.
   * Errors: Refusal for a magnitude below the table.
   */
  locate(batch: ContextBatch, distance: Float64Array, roundMagnitudes = true): void {
    const { magnitudes, count, distances } = this.table;
    const last = magnitudes.length - 1;
    for (let r = 0; r < batch.ruptures; r++) {
      let m = roundMagnitudes ? Math.round(batch.mag[r] * 100) / 100 : batch.mag[r];
      if (m > magnitudes[last]) m = magnitudes[last];
      if (m < magnitudes[0])
        throw refusal(
          'MODEL_RANGE',
          `magnitude ${m} lies below the table ${this.table.data.name}, which starts at ${magnitudes[0]}`,
          { key: 'mag', value: String(m), allowed: `from ${magnitudes[0]}` },
        );
      let above = 0;
      while (magnitudes[above] < m) above++;
      const lower = above === 0 ? 0 : above - 1;
      this.magnitudeCell[r] = lower;
      this.magnitudeFraction[r] = above === 0 ? 0 : (m - magnitudes[lower]) / (magnitudes[above] - magnitudes[lower]);
      const column = (above === 0 ? last : above - 1) * count;
      const first = distances[column] + MARGIN;
      const end = distances[column + count - 1];
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const d = distance[i];
        if (d < first) this.set(i, 0, 0);
        else if (d > end + MARGIN) this.set(i, count - 1, 0);
        else if (d >= end) this.set(i, count - 2, 1);
        else this.locateDistance(i, column, d);
      }
    }
  }

  private set(i: number, cell: number, fraction: number): void {
    this.cell[i] = cell;
    this.fraction[i] = fraction;
  }

  private locateDistance(i: number, column: number, d: number): void {
    const { distances, count } = this.table;
    let low = 0;
    let high = count - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (distances[column + middle] <= d) low = middle;
      else high = middle;
    }
    const x0 = this.nodes[column + low];
    const x1 = this.nodes[column + low + 1];
    const x = this.log ? Math.log10(Math.max(d, this.logarithmicFrom!)) : d;
    this.set(i, low, (x - x0) / (x1 - x0));
  }

  /** ln of the medians of the located contexts: `out` [size]. */
  lnMedians(batch: ContextBatch, surface: Surface, out: Float64Array): void {
    const { count } = this.table;
    const { cell, fraction } = this;
    for (let r = 0; r < batch.ruptures; r++) {
      const low = this.magnitudeCell[r] * count;
      const g = this.magnitudeFraction[r];
      const high = g === 0 ? low : low + count;
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const k = cell[i];
        if (k === count - 1) {
          out[i] = LN_NOTHING;
          continue;
        }
        const a = surface[low + k] + g * (surface[high + k] - surface[low + k]);
        const b = surface[low + k + 1] + g * (surface[high + k + 1] - surface[low + k + 1]);
        const f = fraction[i];
        if (this.log) out[i] = Math.LN10 * (a + f * (b - a));
        else {
          // y_a + f (y_b - y_a) with y = 10^a, 10^b: the logarithm of the first factor is known
          out[i] = f === 0 ? Math.LN10 * a : Math.LN10 * a + Math.log(1 + f * (Math.exp(Math.LN10 * (b - a)) - 1));
        }
      }
    }
  }

  /** Standard deviations of the located contexts: linear in distance, constant beyond the table. */
  sigmas(batch: ContextBatch, surface: Surface | number, out: Float64Array): void {
    if (typeof surface === 'number') {
      out.fill(surface, 0, batch.size);
      return;
    }
    const { count } = this.table;
    const { cell, fraction } = this;
    for (let r = 0; r < batch.ruptures; r++) {
      const low = this.magnitudeCell[r] * count;
      const g = this.magnitudeFraction[r];
      const high = g === 0 ? low : low + count;
      for (let i = batch.start[r]; i < batch.start[r + 1]; i++) {
        const k = cell[i];
        const last = k === count - 1;
        const a = Math.exp(Math.LN10 * (surface[low + k] + g * (surface[high + k] - surface[low + k])));
        if (last || fraction[i] === 0) out[i] = a;
        else {
          const b = Math.exp(Math.LN10 * (surface[low + k + 1] + g * (surface[high + k + 1] - surface[low + k + 1])));
          out[i] = a + fraction[i] * (b - a);
        }
      }
    }
  }
}

const LN_NOTHING = Math.log(NOTHING);
/** 10 to the power of the floor is 0: a table may have standard deviations of 0. */
const log10 = (x: number) => Math.max(Math.log10(x), -400);
/** Periods of tables in single precision are compared to seven decimals. */
const rounded = (period: number) => Math.round(period * 1e7) / 1e7;

/** Slice t of values [d, t, m] as [m, d]. */
function transpose(values: ArrayLike<number>, d: number, t: number, slice: number, m: number): Float64Array {
  const out = new Float64Array(d * m);
  for (let i = 0; i < d; i++) for (let j = 0; j < m; j++) out[j * d + i] = values[(i * t + slice) * m + j];
  return out;
}

/** A table from the contents of an HDF5 file: Mw, Distances with attribute metric, groups IMLs and (optionally) Total. */
export function tableFromHdf5({ datasets, attributes }: Hdf5Tables, name: string): TableData {
  const values = (path: string): Float64Array | undefined => {
    const found = datasets[path] ?? datasets[path.slice(1)];
    if (!found) return undefined;
    if (!(found.values instanceof Float64Array))
      throw refusal('MODEL_FILE', `${name}: ${path} must be numbers`, { key: path });
    return found.values;
  };
  const needed = (path: string): Float64Array => {
    const found = values(path);
    if (!found) throw refusal('MODEL_FILE', `${name} has no dataset ${path}`, { key: path });
    return found;
  };
  const group = (path: string): TableValues => ({
    PGA: values(`${path}/PGA`),
    PGV: values(`${path}/PGV`),
    SA: needed(`${path}/SA`),
  });
  const metric = (attributes['/Distances'] ?? attributes['Distances'])?.metric;
  const known = DISTANCE_KINDS.find((kind) => kind === metric);
  if (!known)
    throw refusal(
      'MODEL_FILE',
      `${name}: metric of Distances is '${String(metric)}', must be one of ${DISTANCE_KINDS.join(', ')}`,
      { key: 'metric', value: String(metric), allowed: DISTANCE_KINDS.join(', ') },
    );
  return {
    name,
    metric: known,
    magnitudes: needed('/Mw'),
    distances: needed('/Distances'),
    periods: needed('/IMLs/T'),
    medians: group('/IMLs'),
    sigmas: values('/Total/SA') ? group('/Total') : undefined,
  };
}
