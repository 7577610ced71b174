import type { InputReport } from './report.js';
import type { Parameters } from './parameters/parameters.js';

/** What a value may be, and what it usually is: beyond the first it is refused, beyond the second the job is warned. */
export interface Plausible {
  readonly most: number;
  readonly usual: number;
  readonly unit: string;
}

/** Limits for values that no measurement gives; docs/jobs.md lists them. */
export const PLAUSIBLE = {
  /** deepest earthquakes lie at some 700 km */
  depth: { most: 1000, usual: 800, unit: 'km' },
  /** earthquakes of one source per year */
  annualRate: { most: 1e6, usual: 1e4, unit: '1/yr' },
  rigidity: { most: 1000, usual: 200, unit: 'GPa' },
  slipRate: { most: 10_000, usual: 500, unit: 'mm/yr' },
  vs30: { most: 10_000, usual: 4000, unit: 'm/s' },
  z1pt0: { most: 100_000, usual: 10_000, unit: 'm' },
  z2pt5: { most: 100, usual: 30, unit: 'km' },
  /** of any measure, in its unit: g, cm/s, intensity ... */
  level: { most: 1e6, usual: 1e4, unit: 'in the unit of the measure' },
  /** from one point of a fault to the next */
  pointsApart: { most: 2500, usual: 1000, unit: 'km' },
  investigationTime: { most: 1e9, usual: 1e6, unit: 'years' },
} as const satisfies Readonly<Record<string, Plausible>>;

/** Refuses or warns of numbers of the job file that no measurement gives. */
export function checkPlausibleParameters(parameters: Parameters, report: InputReport): void {
  const check = (name: string, value: number, { most, usual, unit }: Plausible, what = ''): void => {
    if (value > most)
      report.fault({
        code: 'INVALID_VALUE',
        ...parameters.where(name),
        message: `${what}${value} is beyond all that occurs`,
        allowed: `up to ${most} ${unit}`,
      });
    else if (value > usual) {
      const { file, line } = parameters.where(name);
      report.warn({ file, line, message: `${name}: ${what}${value} is unusually large (${unit})` });
    }
  };
  const single: readonly (readonly [name: string, limit: Plausible])[] = [
    ['reference_vs30_value', PLAUSIBLE.vs30],
    ['override_vs30', PLAUSIBLE.vs30],
    ['reference_depth_to_1pt0km_per_sec', PLAUSIBLE.z1pt0],
    ['reference_depth_to_2pt5km_per_sec', PLAUSIBLE.z2pt5],
    ['investigation_time', PLAUSIBLE.investigationTime],
  ];
  for (const [name, limit] of single) {
    const value = parameters.number(name);
    if (value !== undefined) check(name, value, limit);
  }
  for (const name of ['intensity_measure_types_and_levels', 'iml_disagg'])
    for (const [imt, levels] of parameters.entries(name)) {
      const most = [levels].flat().reduce<number>((a, b) => Math.max(a, Number(b)), 0);
      check(name, most, PLAUSIBLE.level, `the level of ${imt} `);
    }
}

/** Columns of a site model with limits of their own. */
export const PLAUSIBLE_COLUMNS: Readonly<Record<string, Plausible>> = {
  vs30: PLAUSIBLE.vs30,
  z1pt0: PLAUSIBLE.z1pt0,
  z2pt5: PLAUSIBLE.z2pt5,
};
