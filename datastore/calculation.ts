/** A finished calculation, read a slice at a time: nothing here holds a whole dataset. */
import { basename } from 'node:path';
import { DatastoreError } from '../hdf5/errors.js';
import type { Sequence } from '../hazard/logictree/sequence.js';
import { Hdf5File } from '../hdf5/hdf5.js';
import { type StoredRealization, storedRealizations } from './stored-realizations.js';

/** Parameters under their names in job.ini, as stored. */
export interface StoredParameters {
  readonly [name: string]: unknown;
  readonly description: string;
  readonly calculation_mode: string;
  readonly investigation_time: number;
  readonly hazard_imtls: Readonly<Record<string, readonly number[]>>;
  /** levels of the curves on the soil, after amplification by convolution */
  readonly soil_intensities?: readonly number[];
  readonly poes?: readonly number[];
  readonly hazard_maps?: boolean | number;
  readonly uniform_hazard_spectra?: boolean | number;
  readonly individual_rlzs?: boolean | number;
}

/** A row of curves: a statistic or a realization. */
export interface CurveKind {
  /** mean, std, quantile-0.5, max, rlz-000 */
  readonly name: string;
  readonly dataset: 'stats' | 'rlzs';
  readonly row: number;
}

/** Columns of the site collection in the order of the file; text columns as strings. */
export interface SiteColumns {
  readonly names: readonly string[];
  readonly size: number;
  readonly columns: Readonly<Record<string, Float64Array | readonly string[]>>;
}

/** A finished calculation: its HDF5 file, read a slice at a time. */
export class Calculation {
  readonly parameters: StoredParameters;
  /** names of the measures in the order of the datasets */
  readonly imts: readonly string[];
  /** levels of the curves by measure: those on the soil where curves were amplified */
  readonly levels: readonly Float64Array[];
  /** levels of the rates by measure */
  readonly rateLevels: readonly Float64Array[];
  readonly poes: readonly number[];
  /** name and version of the program that wrote the file */
  readonly engineVersion: string;
  readonly date: string;
  readonly checksum: number;

  private constructor(
    readonly path: string,
    private readonly file: Hdf5File,
  ) {
    this.parameters = JSON.parse(file.readText('oqparam')) as StoredParameters;
    this.imts = Object.keys(this.parameters.hazard_imtls);
    this.rateLevels = this.imts.map((imt) => Float64Array.from(this.parameters.hazard_imtls[imt]));
    const soil = this.parameters.soil_intensities ?? [];
    this.levels = soil.length > 0 ? this.imts.map(() => Float64Array.from(soil)) : this.rateLevels;
    this.poes = this.parameters.poes ?? [];
    const attributes = file.attributes('/');
    this.engineVersion = String(attributes.engine_version);
    this.date = String(attributes.date);
    this.checksum = Number(attributes.checksum32);
  }

  /** Errors: DatastoreError when the file is missing, unfinished or not a calculation. */
  static async open(path: string): Promise<Calculation> {
    const file = await Hdf5File.open(path);
    if (!file.has('oqparam')) {
      file.close();
      throw new DatastoreError(path, 'oqparam', 'is missing: this is not the file of a calculation');
    }
    return new Calculation(path, file);
  }

  /** Job number, read from the name calc_<ID>.hdf5; 0 for other names. */
  get id(): number {
    return Number(/calc_(\d+)\.hdf5$/.exec(basename(this.path))?.[1] ?? 0);
  }

  close(): void {
    this.file.close();
  }

  has(path: string): boolean {
    return this.file.has(path);
  }

  /** The open file, for readers of whole datasets by path (extract). */
  get hdf5(): Hdf5File {
    return this.file;
  }

  get siteCount(): number {
    return this.file.shape('sitecol/sids')[0];
  }

  sites(): SiteColumns {
    const names = String(this.file.attributes('sitecol').__pdcolumns__).split(' ');
    const columns = Object.fromEntries(
      names.map((name) => {
        const dataset = `sitecol/${name}`;
        const text = String(this.file.dtype(dataset)).startsWith('S');
        return [name, text ? this.file.readTexts(dataset) : this.file.readFloats(dataset)];
      }),
    );
    return { names, size: this.siteCount, columns };
  }

  /** All realizations, read or made when they are asked for. */
  realizations(): Sequence<StoredRealization> {
    return storedRealizations(this.file);
  }

  /** Statistics of the file in their order: mean, std, quantiles, max. */
  statistics(): string[] {
    if (!this.file.has('hcurves-stats')) return [];
    const description = JSON.parse(String(this.file.attributes('hcurves-stats').json)) as { stat: string[] };
    return description.stat;
  }

  /** Stored rows of curves: statistics, then single realizations where they were kept. */
  kinds(): CurveKind[] {
    const statistics = this.statistics().map((name, row): CurveKind => ({ name, dataset: 'stats', row }));
    if (!this.file.has('hcurves-rlzs')) return statistics;
    const count = this.file.shape('hcurves-rlzs')[1];
    const single = Array.from({ length: count }, (_, row): CurveKind => ({
      name: realizationName(row),
      dataset: 'rlzs',
      row,
    }));
    return [...statistics, ...single];
  }

  /** Probabilities of exceedance [sites x levels] of one kind and measure, for sites first .. last - 1. */
  curves(kind: CurveKind, imt: number, first: number, last: number): Float64Array {
    return this.read('hcurves', kind, imt, first, last);
  }

  /** Map values [sites x poes]. */
  maps(kind: CurveKind, imt: number, first: number, last: number): Float64Array {
    return this.read('hmaps', kind, imt, first, last);
  }

  private read(what: 'hcurves' | 'hmaps', kind: CurveKind, imt: number, first: number, last: number): Float64Array {
    return this.file.readFloats(`${what}-${kind.dataset}`, [
      [first, last],
      [kind.row, kind.row + 1],
      [imt, imt + 1],
    ]);
  }
}

/** rlz-000: three digits at least. */
export function realizationName(number: number): string {
  return `rlz-${String(number).padStart(3, '0')}`;
}
