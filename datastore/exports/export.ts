import type { Calculation, CurveKind } from '../calculation.js';

/** An output of a calculation as the API lists it, and how it is written to files. */
export interface Output {
  /** hcurves, hmaps, uhs ... */
  readonly type: string;
  readonly name: string;
  /** formats in the order the API lists them */
  readonly formats: readonly string[];
  /** whether this calculation has it */
  present(calculation: Calculation): boolean;
  /** Writes the output to a folder; returns the paths of the files. Called for the formats listed only. */
  write(calculation: Calculation, format: string, folder: string): string[];
}

/** A format that an output does not have. */
export class ExportError extends Error {
  readonly code = 'EXPORT_ERROR';
  constructor(type: string, format: string, allowed: readonly string[]) {
    super(`Could not export ${type} in ${format}${allowed.length ? ` (formats: ${allowed.join(', ')})` : ''}`);
    this.name = 'ExportError';
  }
}

/** Kinds that are exported: statistics always, single realizations if asked for; with one realization the mean stands for it. */
export function exportedKinds(calculation: Calculation): CurveKind[] {
  const kinds = calculation.kinds();
  const realizations = kinds.filter(({ dataset }) => dataset === 'rlzs');
  const statistics = kinds.filter(({ dataset }) => dataset === 'stats');
  const single = calculation.parameters.individual_rlzs && realizations.length > 1;
  if (single) return [...statistics, ...realizations];
  return statistics.length ? statistics : realizations;
}

/** hazard_curve-mean, quantile_curve-0.5: the start of a file name. */
export function fileStem(what: 'curve' | 'map' | 'uhs', kind: CurveKind): string {
  const quantile = /^quantile-(.*)$/.exec(kind.name);
  return quantile ? `quantile_${what}-${quantile[1]}` : `hazard_${what}-${kind.name}`;
}

/** Sites per slice read from the file. */
export const SITES_PER_SLICE = 1000;

/** Leading columns of tables by site: custom_site_id if there are any, lon, lat, and depth where wanted. */
export function siteCells(calculation: Calculation, depth: 'always' | 'off sea level') {
  const { columns } = calculation.sites();
  const custom = columns.custom_site_id as readonly string[] | undefined;
  const [lon, lat, depths] = [columns.lon, columns.lat, columns.depth] as Float64Array[];
  const withDepth = depth === 'always' || depths.some((value) => value !== 0);
  return {
    header: [...(custom ? ['custom_site_id'] : []), 'lon', 'lat', ...(withDepth ? ['depth'] : [])],
    cells: (site: number, format: (value: number) => string): string[] => [
      ...(custom ? [custom[site]] : []),
      format(lon[site]),
      format(lat[site]),
      ...(withDepth ? [format(depths[site])] : []),
    ],
  };
}
