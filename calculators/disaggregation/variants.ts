/** Realizations that use the same source groups of a block with the same model add the same: they share a variant. */
import { ConditionIndex } from '../../hazard/logictree/conditions.js';
import type { Job } from '../../job/job.js';
import type { Variant } from './disaggregation-task.js';
import { groupsOf, weightsOfBlock } from '../tasks/mean-weights.js';
import type { SourceBlock } from '../tasks/source-block.js';

interface BlockVariants {
  readonly variants: readonly Variant[];
  /** numbers of the variants that matter at each site */
  readonly variantsOfSite: readonly (readonly number[])[];
  /** by site and column of the tables: position among the variants of the site, -1 where the block adds nothing */
  readonly columnsOfSite: readonly (readonly number[])[];
}

/** What ruptures of a block are kept apart by: realizations shown, or their mean. */
export interface Variants {
  of(block: SourceBlock): BlockVariants;
}

/** kept: numbers of the realizations shown at each site. */
export function realizationVariants({ logicTree, groups }: Job, kept: readonly (readonly number[])[]): Variants {
  const index = new ConditionIndex(groups.map(({ where }) => where));
  const countsOf = new Map<number, ReadonlyMap<number, number>>();
  const groupCounts = (sourceModel: number): ReadonlyMap<number, number> => {
    let counts = countsOf.get(sourceModel);
    if (!counts) {
      const made = new Map<number, number>();
      for (const group of index.holding(logicTree.choicesOf(sourceModel))) made.set(group, (made.get(group) ?? 0) + 1);
      countsOf.set(sourceModel, (counts = made));
    }
    return counts;
  };
  return remembered((block) => {
    const inBlock = groupsOf(block);
    const models = logicTree.groundMotion[block.region].branches.length;
    const numberOf = new Map<string, number>();
    const variants: Variant[] = [];
    const variantOf = (realization: number): number => {
      const { sourceModel, models: choice } = logicTree.realizations.at(realization);
      const counts = groupCounts(sourceModel);
      const used = inBlock.filter((group) => counts.has(group));
      if (used.length === 0) return -1;
      const model = choice[block.region];
      const key = `${model}:${used.map((group) => `${group}x${counts.get(group)}`).join()}`;
      let number = numberOf.get(key);
      if (number === undefined) {
        number = variants.length;
        numberOf.set(key, number);
        variants.push(
          new Map(
            used.map((group) => [
              group,
              Array.from({ length: models }, (_, k) => (k === model ? counts.get(group)! : 0)),
            ]),
          ),
        );
      }
      return number;
    };
    const ofRealizations = kept.map((numbers) => numbers.map(variantOf));
    const variantsOfSite = ofRealizations.map((row) => [...new Set(row.filter((variant) => variant >= 0))]);
    const columnsOfSite = ofRealizations.map((row, site) =>
      row.map((variant) => variantsOfSite[site].indexOf(variant)),
    );
    return { variants, variantsOfSite, columnsOfSite };
  });
}

/** One variant: the mean over all realizations. weights: [source group][model of its region]. */
export function meanVariant(weights: readonly (readonly number[])[], sites: number): Variants {
  return remembered((block) => ({
    variants: [weightsOfBlock(block, weights)],
    variantsOfSite: Array.from({ length: sites }, () => [0]),
    columnsOfSite: Array.from({ length: sites }, () => [0]),
  }));
}

function remembered(make: (block: SourceBlock) => BlockVariants): Variants {
  const known = new Map<SourceBlock, BlockVariants>();
  return {
    of: (block) => {
      let variants = known.get(block);
      if (!variants) known.set(block, (variants = make(block)));
      return variants;
    },
  };
}
