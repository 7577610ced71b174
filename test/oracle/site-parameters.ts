import { readFileSync } from 'node:fs';
import { referenceZ1 } from '../../hazard/gmm/models/abrahamson-2014.js';
import { medianZ1 } from '../../hazard/gmm/models/abrahamson-silva-2008.js';
import { californiaZ1, japanZ1 } from '../../hazard/gmm/terms/nga-west2.js';
import { z1pt0Global, z1pt0Japan, z2pt5Global, z2pt5Japan } from '../../hazard/site/basin-depths.js';
import { TOLERANCES, type Comparison } from './comparison.js';

/** Every table of the file, by the function that gives it. */
const CONVERSIONS: Readonly<Record<string, (vs30: number) => number>> = {
  z1pt0_m_global: z1pt0Global,
  z1pt0_m_japan: z1pt0Japan,
  z2pt5_km_global: z2pt5Global,
  z2pt5_km_japan: z2pt5Japan,
  cb2014_reference_z2pt5_km_california: z2pt5Global,
  cb2014_reference_z2pt5_km_japan: z2pt5Japan,
  cy2014_reference_z1pt0_m_california: californiaZ1,
  cy2014_reference_z1pt0_m_japan: japanZ1,
  bssa2014_california_basin_model_z1pt0_km: (vs30) => californiaZ1(vs30) / 1000,
  bssa2014_japan_basin_model_z1pt0_km: (vs30) => japanZ1(vs30) / 1000,
  as2008_median_z1pt0_m: medianZ1,
  ask2014_reference_z1pt0_km_global: (vs30) => referenceZ1(null, vs30),
  ask2014_reference_z1pt0_km_japan: (vs30) => referenceZ1('JPN', vs30),
};

/** site_params.json: depths of velocity horizons from vs30. */
export function compareSiteParameters(path: string, comparison: Comparison): Comparison {
  const { vs30, ...tables } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, readonly number[]>;
  for (const [name, expected] of Object.entries(tables)) {
    comparison.numbers(name, vs30.map(CONVERSIONS[name]), expected, TOLERANCES.formula, name);
  }
  return comparison;
}
