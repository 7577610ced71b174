import { readTables } from '../coefficients.js';
import type { Imt } from '../imt.js';
import { refusedArgument } from '../refusals.js';

const { constants } = readTables(import.meta.url, 'parker-2020');

/** Standard deviations of the median at short and long periods, and the periods (s) between which they change. */
type MedianUncertainty = readonly [short: number, long: number, t1: number, t2: number];
const UNCERTAINTY = constants!.medianUncertainty as Readonly<
  Record<string, { readonly interface: MedianUncertainty; readonly slab: MedianUncertainty }>
>;

/** What the uncertainty of the median depends on. */
interface UncertaintyOptions {
  readonly slab: boolean;
  readonly region?: string;
  readonly saturationRegion?: string;
  /** model of New Zealand, 2022 */
  readonly newZealand: boolean;
}

/** Standard deviation (ln) of the median; PGA and PGV count as T = 0. Errors: Refusal for a region of unknown uncertainty. */
export function medianUncertainty(id: string, options: UncertaintyOptions, imt: Imt): number {
  const period = imt.kind === 'SA' ? imt.period : 0;
  const kind = options.slab ? 'slab' : 'interface';
  if (options.newZealand) {
    if (options.region !== undefined) return 0;
    if (!options.slab) return 0.4;
    const f = (Math.log(Math.min(Math.max(period, 0.15), 2)) - Math.log(0.15)) / Math.log(2 / 0.15);
    return 0.35 + f * (0.22 - 0.35);
  }
  const { saturationRegion = 'Global' } = options;
  const row = UNCERTAINTY[saturationRegion.startsWith('TW') ? 'Taiwan' : saturationRegion]?.[kind];
  if (!row)
    throw refusedArgument(
      id,
      'saturation_region',
      `: sigma_mu_epsilon needs a saturation_region with a known uncertainty, not ${saturationRegion} (${Object.keys(UNCERTAINTY).join(', ')})`,
      saturationRegion,
      Object.keys(UNCERTAINTY).join(', '),
    );
  const [short, long, t1, t2] = row;
  if (period < t1) return short;
  return period >= t2 ? long : (long * Math.log(period / t1)) / Math.log(t2 / t1);
}
