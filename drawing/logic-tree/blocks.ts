import { namedBranches, type DescribedBranchSet } from './description.js';

/** A restricted set and the branches it hangs below, as far as they stand in the same block. */
export interface Attachment {
  readonly set: DescribedBranchSet;
  /** ids */
  readonly below: readonly string[];
  /** steps from the first set of the block, 1 at least */
  readonly depth: number;
}

/** A branch set that hangs below everything before it, and the restricted sets that follow it. */
export interface Block {
  readonly root: DescribedBranchSet;
  readonly attachments: readonly Attachment[];
}

/** Cuts the sets, in the order of the file, where one of them hangs below all paths. */
export function blocksOf(sets: readonly DescribedBranchSet[]): Block[] {
  const blocks: { root: DescribedBranchSet; attachments: Attachment[] }[] = [];
  let depthOf = new Map<string, number>();
  for (const set of sets) {
    const below = namedBranches(set);
    const block = blocks.at(-1);
    if (!block || below.length === 0) {
      blocks.push({ root: set, attachments: [] });
      depthOf = new Map(set.branches.map(({ id }) => [id, 0]));
      continue;
    }
    const here = below.filter((id) => depthOf.has(id));
    const depth = 1 + here.reduce((deepest, id) => Math.max(deepest, depthOf.get(id)!), 0);
    block.attachments.push({ set, below: here, depth });
    for (const { id } of set.branches) depthOf.set(id, depth);
  }
  return blocks;
}
