import { existsSync } from 'node:fs';
import type { Dataset, File } from 'h5wasm';
import { Refusal } from '../../hazard/refusal.js';
import { hdf5Reason, openHdf5, readHdf5 } from '../../hdf5/library.js';

/** Bytes of one dataset: what a job may hold in memory of it. */
const MOST_BYTES = 2 ** 30;

/**
 * The HDF5 file beside a source model (`model.xml`, `model.hdf5`), one group per source id. It is opened when first asked
 * for; h5wasm is loaded only then.
 */
export class Companion {
  private opened: File | undefined;
  private readonly location: string;

  constructor(
    xmlPath: string,
    private readonly xmlFile: string,
  ) {
    this.location = companionOf(xmlPath);
  }

  private get name(): string {
    return companionOf(this.xmlFile);
  }

  get exists(): boolean {
    return existsSync(this.location);
  }

  /** Datasets of a source. Errors: Refusal if the file, the group or a dataset is missing or of another kind. */
  async group(id: string): Promise<CompanionGroup> {
    if (!this.exists)
      throw new Refusal([
        {
          code: 'MISSING_FILE',
          file: this.xmlFile,
          message: `source '${id}': no ruptures, and there is no companion file ${this.name}`,
        },
      ]);
    if (!this.opened) {
      try {
        this.opened = await openHdf5(this.location, 'r');
      } catch (cause) {
        throw new Refusal([{ code: 'BROKEN_FILE', file: this.name, message: 'not an HDF5 file' }], { cause });
      }
    }
    if (!this.opened.keys().includes(id))
      throw new Refusal([
        { code: 'UNKNOWN_SOURCE', file: this.name, message: `source '${id}': the file has no group of that name` },
      ]);
    return new CompanionGroup(this.opened, id, this.name);
  }

  close(): void {
    this.opened?.close();
    this.opened = undefined;
  }
}

/** Name of the HDF5 file beside a source model. */
export function companionOf(xmlPath: string): string {
  return xmlPath.replace(/\.(xml|nrml)$/i, '') + '.hdf5';
}

/** Datasets of one source. */
export class CompanionGroup {
  constructor(
    private readonly opened: File,
    private readonly id: string,
    private readonly file: string,
  ) {}

  private refusal(name: string, message: string): Refusal {
    return new Refusal([
      { code: 'BROKEN_FILE', file: this.file, key: `${this.id}/${name}`, message: `source '${this.id}': ${message}` },
    ]);
  }

  private dataset(name: string): Dataset {
    const entity = this.read(name, () => this.opened.get(`${this.id}/${name}`));
    if (!entity || !('shape' in entity)) throw this.refusal(name, 'the dataset is missing');
    const dataset = entity as Dataset;
    const size = (dataset.shape ?? []).reduce((product, n) => product * n, dataset.metadata.size);
    if (!(size <= MOST_BYTES)) throw this.refusal(name, `holds ${size} bytes, more than ${MOST_BYTES}`);
    return dataset;
  }

  /** Errors: Refusal for what the HDF5 library cannot or must not read. */
  private read<T>(name: string, action: () => T): T {
    try {
      return readHdf5(action);
    } catch (cause) {
      throw this.refusal(name, `the dataset ${hdf5Reason(cause)}`);
    }
  }

  /** Numbers with the length of a row: 1 for one-dimensional datasets. */
  numbers(name: string): { values: Float64Array; columns: number } {
    const dataset = this.dataset(name);
    const value: unknown = this.read(name, () => dataset.value);
    if (!ArrayBuffer.isView(value)) throw this.refusal(name, 'numbers are needed');
    const values = Float64Array.from(value as unknown as ArrayLike<number>, Number);
    const bad = values.findIndex((v) => !Number.isFinite(v));
    if (bad >= 0) throw this.refusal(name, `value ${bad} is not a finite number`);
    return { values, columns: dataset.shape?.[1] ?? 1 };
  }

  texts(name: string): string[] {
    const dataset = this.dataset(name);
    const value: unknown = this.read(name, () => dataset.value);
    if (!Array.isArray(value)) throw this.refusal(name, 'texts are needed');
    return value.map(String);
  }

  /** Reports lengths that do not fit together. */
  mismatch(name: string, got: number, needed: number): Refusal {
    return this.refusal(name, `${got} entries, ${needed} are needed`);
  }
}
