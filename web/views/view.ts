import type { Calculation } from '../../datastore/calculation.js';
import { refusal } from '../../hazard/refusal.js';

/** What a view answers with: data, or numbers as bytes (little endian), which browsers take without parsing. */
export type ViewAnswer = { readonly json: unknown } | { readonly numbers: Float32Array };

/** A part of the results in the form that the page draws: one file and a line in the registry. */
export interface View {
  /** one sentence for the documentation */
  readonly summary: string;
  /** what may stand in the query, with its meaning */
  readonly parameters?: Readonly<Record<string, string>>;
  /** what it answers with, for the documentation */
  readonly answer: string;
  /** Reads slices only. Errors: Refusal for a wrong query. */
  read(calculation: Calculation, query: URLSearchParams): ViewAnswer;
}

/** Number of the site that the query names: `site`, or the one nearest to `lon` and `lat`. Errors: Refusal. */
export function siteOf(calculation: Calculation, query: URLSearchParams): number {
  const lon = query.get('lon');
  const lat = query.get('lat');
  if (lon !== null && lat !== null) return nearestSite(calculation, numberOf('lon', lon), numberOf('lat', lat));
  const text = query.get('site') ?? '0';
  const site = Number(text);
  if (!/^\d{1,9}$/.test(text) || site >= calculation.siteCount)
    throw refusal('INVALID_QUERY', `site=${text} must be a whole number from 0 to ${calculation.siteCount - 1}`);
  return site;
}

/** Place of the measure among those of the calculation; the first one where the query names none. Errors: Refusal. */
export function measureOf(calculation: Calculation, query: URLSearchParams): number {
  const imt = query.get('imt');
  if (imt === null) return 0;
  const number = calculation.imts.indexOf(imt);
  if (number < 0) throw refusal('INVALID_QUERY', `no measure '${imt}' (there are: ${calculation.imts.join(', ')})`);
  return number;
}

/** A probability of exceedance in the investigation time. Errors: Refusal unless it lies between 0 and 1. */
export function probabilityOf(query: URLSearchParams): number {
  const text = query.get('poe') ?? '';
  const poe = Number(text);
  if (text === '' || !(poe > 0 && poe < 1))
    throw refusal('INVALID_QUERY', `poe=${text} must be a probability between 0 and 1`);
  return poe;
}

/** A finite number. Errors: Refusal. */
function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw refusal('INVALID_QUERY', `${name}=${text} must be a number`);
  return value;
}

/** The site with the shortest way over the sphere to a place; degrees. */
function nearestSite(calculation: Calculation, lon: number, lat: number): number {
  const { columns, size } = calculation.sites();
  const [lons, lats] = [columns.lon as Float64Array, columns.lat as Float64Array];
  const radians = Math.PI / 180;
  let best = 0;
  let least = Infinity;
  for (let site = 0; site < size; site++) {
    const sinLat = Math.sin(((lats[site] - lat) * radians) / 2);
    const sinLon = Math.sin(((lons[site] - lon) * radians) / 2);
    const haversine = sinLat ** 2 + Math.cos(lat * radians) * Math.cos(lats[site] * radians) * sinLon ** 2;
    if (haversine < least) [best, least] = [site, haversine];
  }
  return best;
}
