import type { Comparison } from './comparison.js';
import { compareGeodesy } from './geodesy.js';
import { compareJobFiles } from './job-files.js';
import { compareDistributions } from './distributions.js';
import { compareMagnitudeOfArea, compareAreaOfMagnitude } from './scaling.js';

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
];
