import type { SiteParameters } from './site-parameters.js';
import { sitePoints, type SitePoints } from './site-points.js';

/** The sites of a calculation in their order: positions, and the site parameters that ground-motion models read. */
export interface SiteCollection {
  readonly points: SitePoints;
  readonly parameters: SiteParameters;
  /** at most 8 ASCII characters each */
  readonly customIds?: readonly string[];
}

/** The sites numbered first .. last - 1, as views or copies of the columns. */
export function siteTile(sites: SiteCollection, first: number, last: number): SiteCollection {
  const { lon, lat, depth } = sites.points;
  const numeric: Record<string, Float64Array> = {};
  for (const [name, column] of Object.entries(sites.parameters.numeric)) numeric[name] = column.slice(first, last);
  const text: Record<string, string[]> = {};
  for (const [name, column] of Object.entries(sites.parameters.text)) text[name] = column.slice(first, last);
  return {
    points: sitePoints(lon.slice(first, last), lat.slice(first, last), depth.slice(first, last)),
    parameters: { size: last - first, numeric, text },
    customIds: sites.customIds?.slice(first, last),
  };
}
