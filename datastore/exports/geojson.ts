/** GeoJSON (RFC 7946) of values by site: a collection of points, as geographic information systems read it. */
import type { Calculation } from '../calculation.js';
import { coordinate } from './csv.js';
import { writeText } from './text-file.js';

/** Values of one site by name; null where there is none. */
export type Properties = Readonly<Record<string, string | number | null>>;

/**
 * Writes one point for each site, in their order, with its properties; `facts` stand beside the points, for the collection. Longitudes
 * and latitudes have five decimals. A file that cannot be finished is removed.
 */
export function writeGeoJson(
  path: string,
  calculation: Calculation,
  facts: Readonly<Record<string, string | number>>,
  rows: Iterable<Properties>,
): void {
  writeText(path, pieces(calculation, facts, rows));
}

function* pieces(
  calculation: Calculation,
  facts: Readonly<Record<string, string | number>>,
  rows: Iterable<Properties>,
): Generator<string> {
  const { columns } = calculation.sites();
  const [lon, lat, custom] = [columns.lon, columns.lat, columns.custom_site_id] as [
    Float64Array,
    Float64Array,
    readonly string[] | undefined,
  ];
  const head = {
    type: 'FeatureCollection',
    generated_by: `Terrane ${calculation.engineVersion}`,
    start_date: calculation.date,
    checksum: calculation.checksum,
    ...facts,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"features":[`;
  let site = 0;
  for (const row of rows) {
    const name = custom ? { custom_site_id: custom[site] } : {};
    const properties = JSON.stringify({ ...name, ...row });
    const place = `[${Number(coordinate(lon[site]))},${Number(coordinate(lat[site]))}]`;
    yield `${site > 0 ? ',' : ''}\n{"type":"Feature","id":${site},"geometry":{"type":"Point","coordinates":${place}},"properties":${properties}}`;
    site++;
  }
  yield '\n]}\n';
}
