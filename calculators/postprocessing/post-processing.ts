import type { CalculationFile } from '../../datastore/calculation-file.js';
import type { Job } from '../../job/job.js';
import type { Distributor, Monitor } from '../tasks/distributor.js';
import type { MeasuredBlock, WorkItem } from '../preclassical/preclassical.js';

/** What a post-processing works with: it runs when curves, maps and rates by source are in the file. */
export interface PostProcessingInput {
  readonly job: Job;
  readonly file: CalculationFile;
  readonly blocks: readonly MeasuredBlock[];
  readonly items: readonly WorkItem[];
  /** weight of each [source group][model of its region] in the mean: sum over realizations */
  readonly weights: readonly (readonly number[])[];
  readonly distributor: Distributor;
  readonly monitor: Monitor;
}

/** Weights of the groups of a block, as tasks carry them. */
export function weightsOfBlock(
  { block }: MeasuredBlock,
  weights: readonly (readonly number[])[],
): ReadonlyMap<number, readonly number[]> {
  const groups = new Set(block.sources.flatMap((work) => work.groups));
  return new Map([...groups].map((group) => [group, weights[group]]));
}
