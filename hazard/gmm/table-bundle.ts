import type { DistanceKind } from '../contexts/context-batch.js';
import { readTables } from './coefficients.js';
import type { TableData, TableValues } from './ground-motion-table.js';
import { unpackSurfaces } from './packed-surfaces.js';

/** One table of a bundle: medians as base64 of 32-bit floats, little-endian, PGA, PGV (if any), SA one after the other. */
interface FloatTable {
  readonly grid: string;
  readonly pgv: boolean;
  readonly medians: string;
}
/** One table of a bundle in packed form: surfaces for PGA and PGV (if any), then for each period (packed-surfaces.ts). */
interface PackedTable {
  readonly grid: string;
  readonly pga: boolean;
  readonly pgv: boolean;
  readonly step: number;
  readonly packed: string;
}
type BundledTable = FloatTable | PackedTable;
interface BundledGrid {
  readonly metric: DistanceKind;
  readonly magnitudes: readonly number[];
  /** one for all magnitudes, or one for each */
  readonly distances: readonly (number | readonly number[])[];
  readonly periods: readonly number[];
  /** PGA, PGV, then one for each period */
  readonly sigmas?: readonly number[];
}
interface Bundle {
  readonly grids: Readonly<Record<string, BundledGrid>>;
  readonly tables: Readonly<Record<string, BundledTable>>;
}

/** Tables that come with a publication: `<file>.json` beside the model, read when first asked for. */
export class TableBundle {
  private contents?: Bundle;

  constructor(
    private readonly moduleUrl: string,
    private readonly file: string,
  ) {}

  private get bundle(): Bundle {
    return (this.contents ??= readTables(this.moduleUrl, this.file).constants as unknown as Bundle);
  }

  /** The table of a name, which may be a path; undefined if it is not in the bundle. */
  find(path: string): TableData | undefined {
    const name = path.replace(/^.*[\\/]/, '');
    const table = this.bundle.tables[name];
    if (!table) return undefined;
    const grid = this.bundle.grids[table.grid];
    const m = grid.magnitudes.length;
    const d = grid.distances.length;
    const plane = d * m;
    const spread = (from: number, count: number) => {
      const out = new Float64Array(plane * count);
      for (let i = 0; i < d; i++)
        for (let t = 0; t < count; t++) out.fill(grid.sigmas![from + t], (i * count + t) * m, (i * count + t + 1) * m);
      return out;
    };
    return {
      name,
      metric: grid.metric,
      magnitudes: grid.magnitudes,
      distances: grid.distances.flatMap((at) => (typeof at === 'number' ? grid.magnitudes.map(() => at) : at)),
      periods: grid.periods,
      medians: 'packed' in table ? packedMedians(table, d, m, grid.periods.length) : floatMedians(table, plane),
      sigmas: grid.sigmas && { PGA: spread(0, 1), PGV: spread(1, 1), SA: spread(2, grid.periods.length) },
    };
  }

  get names(): string[] {
    return Object.keys(this.bundle.tables);
  }
}

function floatMedians(table: FloatTable, plane: number): TableValues {
  const values = decodeFloats(table.medians);
  const spectral = plane * (table.pgv ? 2 : 1);
  return {
    PGA: values.subarray(0, plane),
    PGV: table.pgv ? values.subarray(plane, spectral) : undefined,
    SA: values.subarray(spectral),
  };
}

function packedMedians(table: PackedTable, d: number, m: number, periods: number): TableValues {
  const values = unpackSurfaces(table.packed, d, m, table.step);
  const plane = d * m;
  const spectral = plane * (Number(table.pga) + Number(table.pgv));
  const SA = new Float64Array(plane * periods);
  for (let i = 0; i < d; i++)
    for (let t = 0; t < periods; t++)
      for (let j = 0; j < m; j++) SA[(i * periods + t) * m + j] = values[spectral + (t * d + i) * m + j];
  return {
    PGA: table.pga ? values.subarray(0, plane) : undefined,
    PGV: table.pgv ? values.subarray(spectral - plane, spectral) : undefined,
    SA,
  };
}

/** 32-bit floats, little-endian, from base64. */
export function decodeFloats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.byteLength / 4);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(4 * i, true);
  return values;
}
