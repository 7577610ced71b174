import { levelAtProbability } from '../../../hazard/statistics/hazard-map';

/** Numbers, times and sizes as people write them. */

/** Significant digits without an exponent where that is short: 0.2314, 12.4, 1,250. */
export function number(value: number, digits = 3): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) return power(value, digits);
  return Number(value.toPrecision(digits)).toLocaleString('en', { maximumSignificantDigits: digits });
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 2.1·10⁻⁶ */
function power(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const raised = [...exponent.replace(/^[+-]/, '')].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `${Number(mantissa)}·10${exponent.startsWith('-') ? '⁻' : ''}${raised}`;
}

/** 1 site, 2 sites */
export function count(size: number, one: string, many = `${one}s`): string {
  return `${size.toLocaleString('en')} ${size === 1 ? one : many}`;
}

/** 12.4 MB */
export function bytes(size: number): string {
  if (size < 1000) return count(Math.round(size), 'byte');
  for (const [unit, factor] of [
    ['kB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
  ] as const)
    if (size < factor * 1000 || unit === 'GB') return `${number(size / factor)} ${unit}`;
  return '';
}

/** 8.2 s, 3 min 20 s, 2 h 5 min */
export function duration(seconds: number): string {
  if (seconds < 60) return `${number(seconds, seconds < 10 ? 2 : 3)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

/** 1 Dec 2026, 11:09, of what the server writes as `2026-12-01, 11:09:49 UTC`; in the time zone of the reader. */
export function moment(text: string): string {
  const time = new Date(text.replace(', ', 'T').replace(' UTC', 'Z'));
  if (Number.isNaN(time.getTime())) return text;
  return time.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** 45.123° N, 71.62° W */
export function place(lon: number, lat: number): string {
  const part = (value: number, positive: string, negative: string): string =>
    `${Number(Math.abs(value).toFixed(4))}° ${value < 0 ? negative : positive}`;
  return `${part(lat, 'N', 'S')}, ${part(lon, 'E', 'W')}`;
}

/** Return period in years of a probability of exceedance in so many years. */
export function returnPeriod(poe: number, years: number): number {
  return -years / Math.log1p(-poe);
}

/** Probability of exceedance in so many years of a return period in years. */
export function probability(period: number, years: number): number {
  return -Math.expm1(-years / period);
}

/** 475 years (10 % in 50 years) */
export function hazardLevel(poe: number, years: number): string {
  const period = returnPeriod(poe, years);
  const rounded = period < 10 ? number(period) : Math.round(period).toLocaleString('en');
  return `${rounded} years (${number(poe * 100)} % in ${count(Number(number(years, 6).replace(/,/g, '')), 'year')})`;
}

/** quantile-0.5 is the median, quantile-0.05 the 5 % quantile. */
export function statisticName(name: string): string {
  const [, share] = /^quantile-([\d.]+)$/.exec(name) ?? [];
  if (share === undefined) return name === 'std' ? 'standard deviation' : name.replace(/^rlz-/, 'realization ');
  return Number(share) === 0.5 ? 'median' : `${number(Number(share) * 100)} % quantile`;
}

/** Unit of a measure in the files, '' where it has none. */
export function unitOf(imt: string): string {
  if (/^(PGA|SA|AvgSA|Sa_avg)/.test(imt)) return 'g';
  if (imt === 'PGV') return 'cm/s';
  if (imt === 'PGD') return 'cm';
  if (/^IA/.test(imt)) return 'm/s';
  if (/^(RSD|CAV)/.test(imt)) return imt.startsWith('CAV') ? 'g·s' : 's';
  return '';
}

/** Period of a spectral ordinate in seconds; PGA counts as 0; undefined for others. */
export function periodOf(imt: string): number | undefined {
  if (imt === 'PGA') return 0;
  const [, period] = /^SA\(([\d.]+)\)$/.exec(imt) ?? [];
  return period === undefined ? undefined : Number(period);
}

/** Level exceeded with probability p, as the engine reads it for maps; undefined where the curve does not reach so far. */
export function levelAt(levels: readonly number[], curve: ArrayLike<number>, p: number): number | undefined {
  if (!(curve[0] >= p && curve[levels.length - 1] <= p)) return undefined;
  return levelAtProbability(Float64Array.from(levels), curve, 0, p);
}
