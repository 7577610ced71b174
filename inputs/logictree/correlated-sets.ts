import type { BranchElement, BranchSetElement } from './branch-sets.js';

/** Attribute of a branch set of ground-motion models: an earlier set, whose branch of the same number is taken with it. */
const CORRELATED_WITH = 'correlatedWith';

/**
 * The choice that each correlated branch set is part of, by id of the set: the id of the first set of the chain. Sets that are
 * correlated with no other are left out. An extension of the format: the OpenQuake engine has no such attribute and reads the
 * sets as independent. Faults are reported: correlated sets have as many branches, of the same weights, and stay whole.
 */
export function correlatedChoices(
  sets: readonly BranchSetElement[],
  collapse: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const choices = new Map<string, string>();
  const earlier = new Map<string, BranchSetElement>();
  for (const set of sets) {
    const named = set.scope.word(set.element, CORRELATED_WITH)?.trim();
    if (named !== undefined) {
      const other = earlier.get(named);
      if (other) {
        checkAlike(set, other);
        const choice = choices.get(other.id) ?? other.id;
        choices.set(other.id, choice).set(set.id, choice);
      } else
        set.scope.fault(set.element, 'no branch set of this id stands before', {
          code: 'TREE_REFERENCE',
          key: CORRELATED_WITH,
          value: named,
          ...(earlier.size > 0 && { allowed: [...earlier.keys()].join(', ') }),
        });
    }
    earlier.set(set.id, set);
  }
  for (const { id, scope, element } of sets) {
    if (choices.has(id) && collapse.has(id))
      scope.fault(element, 'a branch set that is correlated with another cannot be collapsed', {
        code: 'TREE_STRUCTURE',
        key: 'collapse_gsim_logic_tree',
        value: id,
      });
  }
  return choices;
}

function checkAlike(set: BranchSetElement, other: BranchSetElement): void {
  const { scope, element, branches } = set;
  if (branches.length !== other.branches.length) {
    scope.fault(element, `${branches.length} branches cannot be taken with those of '${other.id}'`, {
      code: 'TREE_STRUCTURE',
      key: CORRELATED_WITH,
      value: other.id,
      allowed: `as many branches as that has: ${other.branches.length}`,
    });
    return;
  }
  branches.forEach((branch, i) => {
    const [mine, its] = [weightsOf(branch), weightsOf(other.branches[i])];
    if (mine === its) return;
    scope.fault(branch.model, `branch '${branch.id}' and branch '${other.branches[i].id}' are taken together`, {
      code: 'TREE_STRUCTURE',
      key: 'uncertaintyWeight',
      value: mine,
      allowed: `the weights of that: ${its}`,
    });
  });
}

/** Weights as one text: `0.4`, `0.4 PGA 0.3`. */
function weightsOf({ weight, weightsByImt }: BranchElement): string {
  const byImt = Object.entries(weightsByImt).sort(([a], [b]) => (a < b ? -1 : 1));
  return [weight, ...byImt.flat()].join(' ');
}
