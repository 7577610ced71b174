import { parseImt } from '../../hazard/gmm/imt.js';
import type { Calculation } from '../calculation.js';
import { commentValue } from './csv.js';

/** Measures of a spectrum: number in the datasets, and s (0 for PGA). A job keeps its measures by ascending period. */
export function periods(calculation: Calculation): { m: number; period: number }[] {
  return calculation.imts.map((name, m) => ({ m, period: parseImt(name).period }));
}

/** site_id, lon and lat of the comment row. */
export function siteComment(calculation: Calculation, site: number): string[] {
  const { columns } = calculation.sites();
  return [`site_id=${site}`, ...['lon', 'lat'].map((name) => `${name}=${commentValue(columns[name][site])}`)];
}
