import { choiceModel, meanCounts, rateColumns } from '../../hazard/logictree/choice-model.js';
import type { Job } from '../../job/job.js';
import type { SourceBlock } from './source-block.js';

/** Weight of each [source group][model of its region] in the mean: the sum over realizations. */
export function meanWeights({ groups, logicTree }: Job): number[][] {
  const columns = rateColumns(logicTree, groups);
  const counts = meanCounts(choiceModel(logicTree, groups, columns));
  const weights = groups.map((): number[] => []);
  columns.forEach(({ group, model }, column) => (weights[group][model] = counts[column]));
  return weights;
}

/** Source groups of a block, ascending. */
export function groupsOf(block: SourceBlock): number[] {
  return [...new Set(block.sources.flatMap((work) => work.groups))].sort((a, b) => a - b);
}

/** Weights of the groups of a block by number of the group, as tasks carry them. */
export function weightsOfBlock(
  block: SourceBlock,
  weights: readonly (readonly number[])[],
): ReadonlyMap<number, readonly number[]> {
  return new Map(groupsOf(block).map((group) => [group, weights[group]]));
}
