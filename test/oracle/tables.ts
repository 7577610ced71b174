import type { Comparison } from './comparison.js';
import { compareGeodesy } from './geodesy.js';
import { compareJobFiles } from './job-files.js';
import { compareDistributions } from './distributions.js';
import { compareGroups } from './groups.js';
import { compareProbabilities, compareTruncatedNormal } from './probabilities.js';
import { compareRejections } from './rejections.js';
import { compareAreaOfMagnitude, compareMagnitudeOfArea } from './scaling.js';
import { compareSiteParameters } from './site-parameters.js';

/** A file of reference figures and what compares it. */
export interface Table {
  readonly file: string;
  run(path: string, comparison: Comparison): Comparison | Promise<Comparison>;
}

export const TABLES: readonly Table[] = [
  { file: 'job-ini-cases.json', run: compareJobFiles },
  { file: 'geodesy.json', run: compareGeodesy },
  { file: 'mfd.json', run: compareDistributions },
  { file: 'msr.csv', run: compareAreaOfMagnitude },
  { file: 'asr.csv', run: compareMagnitudeOfArea },
  { file: 'site_params.json', run: compareSiteParameters },
  { file: 'truncnorm.json', run: compareTruncatedNormal },
  { file: 'probability.json', run: compareProbabilities },
  { file: 'groups.json', run: compareGroups },
  { file: 'rejections.json', run: compareRejections },
];
