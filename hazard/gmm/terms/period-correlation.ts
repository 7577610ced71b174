import { readTables } from '../coefficients.js';
import { refusal } from '../../refusal.js';

/** Correlation of ln spectral accelerations at two periods (s). */
export type PeriodCorrelation = (first: number, second: number) => number;

const { constants } = readTables(import.meta.url, 'period-correlation');
const AKKAR_PERIODS = constants!.periods as readonly number[];
const AKKAR = constants!.correlation as readonly (readonly number[])[];

/** Models of the correlation between two periods by the names that jobs use. */
export const CORRELATIONS: Readonly<Record<string, PeriodCorrelation>> = {
  none: () => 1,
  akkar: akkar2014,
  baker_jayaram: (a, b) => bakerJayaramForm(a, b, [0.366, 0.105, 0.0099, 0.109, 0.2]),
  // total residuals of the European model of 2020
  eshm20: (a, b) => bakerJayaramForm(a, b, [0.18141134, 0.1555742, -0.10851875, 0.08, 0.2]),
};

/**
 * J. W. Baker, N. Jayaram (2008), Correlation of spectral acceleration values from NGA ground motion models, Earthquake Spectra
 * 24(1), 299-317, doi:10.1193/1.2857544, with its five constants.
 */
function bakerJayaramForm(first: number, second: number, d: readonly number[]): number {
  const [d1, d2, d3, d4, d5] = d;
  const a = Math.min(first, second);
  const b = Math.max(first, second);
  const c1 = 1 - Math.cos(Math.PI / 2 - d1 * Math.log(b / Math.max(a, d4)));
  const c2 = b < d5 ? 1 - d2 * (1 - 1 / (1 + Math.exp(100 * b - 5))) * ((b - a) / (b - d3)) : 0;
  const c3 = b < d4 ? c2 : c1;
  const c4 = c1 + 0.5 * (Math.sqrt(c3) - c3) * (1 + Math.cos((Math.PI * a) / d4));
  if (b <= d4) return c2;
  if (a > d4) return c1;
  return b < d5 ? Math.min(c2, c4) : c4;
}

/**
 * S. Akkar, M. A. Sandikkaya, B. O. Ay (2014), Compatible ground-motion prediction equations for damping scaling factors and
 * vertical-to-horizontal spectral amplitude ratios for the broader Europe region, Bulletin of Earthquake Engineering 12,
 * 517-547: bilinear between the tabulated periods.
 * Errors: Refusal for a period outside 0.01 to 4 s.
 */
function akkar2014(first: number, second: number): number {
  const [i, f] = akkarCell(first);
  const [j, g] = akkarCell(second);
  const at = (k: number, l: number) => (k >= l ? AKKAR[k][l] : AKKAR[l][k]);
  const low = at(i, j) + g * (at(i, j + 1) - at(i, j));
  const high = at(i + 1, j) + g * (at(i + 1, j + 1) - at(i + 1, j));
  return low + f * (high - low);
}

function akkarCell(period: number): [cell: number, fraction: number] {
  const last = AKKAR_PERIODS.length - 1;
  if (!(period >= AKKAR_PERIODS[0] && period <= AKKAR_PERIODS[last]))
    throw refusal(
      'MODEL_MEASURE',
      `the correlation akkar is defined for periods from ${AKKAR_PERIODS[0]} to ${AKKAR_PERIODS[last]} s`,
    );
  let k = 0;
  while (k < last - 1 && AKKAR_PERIODS[k + 1] < period) k++;
  return [k, (period - AKKAR_PERIODS[k]) / (AKKAR_PERIODS[k + 1] - AKKAR_PERIODS[k])];
}
