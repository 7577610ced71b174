/** Random source-model trees: restricted sets, dummies, files named in several sets. */
import fc from 'fast-check';
import type { TreeBranchSet, TreePath } from '../../../hazard/logictree/tree.js';

export interface RandomTree {
  readonly sets: readonly TreeBranchSet[];
  /** files of each [set][branch] */
  readonly files: readonly (readonly (readonly number[])[])[];
}

export const FILES = 4;

/** Up to five sets; each hangs below all open ends, or below some that bear a name. */
export const randomTree: fc.Arbitrary<RandomTree> = fc
  .array(
    fc.record({
      branches: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), files: fc.subarray([0, 1, 2, 3]) }), {
        minLength: 1,
        maxLength: 4,
      }),
      below: fc.array(fc.nat(20), { maxLength: 3 }),
      restricted: fc.boolean(),
      named: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drafts) => {
    let open: string[] = [];
    const sets = drafts.map(({ branches, below, restricted }, number): TreeBranchSet => {
      const total = branches.reduce((sum, { weight }) => sum + weight, 0);
      const ids = branches.map((_, k) => `${'bcaB'[k]}${number}${k % 2 ? '' : '0'}`);
      const names = number > 0 && restricted ? [...new Set(below.map((pick) => open[pick % open.length]))] : [];
      open = names.length > 0 ? [...ids, ...open.filter((id) => !names.includes(id))] : ids;
      return {
        id: `s${number}`,
        branches: ids.map((id, position) => ({ id, weight: branches[position].weight / total, position })),
        applyToBranches: names,
      };
    });
    // the first set names files always, some others too
    const files = drafts.map(({ branches, named }, number) =>
      number === 0 || named ? branches.map((branch) => branch.files) : [],
    );
    return { sets, files };
  });

/** Files that a path reads; one named twice comes twice. */
export const filesAlong = ({ files }: RandomTree, { choices }: TreePath): number[] =>
  files.flatMap((byBranch, set) => (choices[set] >= 0 ? (byBranch[choices[set]] ?? []) : []));
