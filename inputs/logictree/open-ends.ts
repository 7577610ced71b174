import type { BranchSetElement } from './branch-sets.js';

/**
 * Where the next branch set of a source-model tree may hang, while the tree is read: reports names in applyToBranches that are
 * unknown or have a branch set below them already. The tree itself is made by LogicTreeGraph, by the same rules.
 */
export class OpenEnds {
  /** branches with nothing below */
  private open = new Set<string>();
  /** open ends that stand below branches which a set left out */
  private dummies = false;
  private readonly known = new Set<string>();
  private readonly taken = new Set<string>();
  private faults = 0;

  /** No set was reported. */
  get sound(): boolean {
    return this.faults === 0;
  }

  /** @param below names of branches, none for all open ends */
  attach(set: BranchSetElement, below: readonly string[], branches: readonly { readonly id: string }[]): void {
    for (const name of below) if (!this.known.has(name)) this.fault(set, name, 'no branch before this set has this id');
    const named = new Set(below);
    if (below.length === 0 || (!this.dummies && [...this.open].every((id) => named.has(id)))) {
      for (const id of this.open) this.taken.add(id);
      this.dummies = false;
    } else {
      for (const name of named) {
        if (this.taken.has(name)) this.fault(set, name, 'the branch has a branch set below it already');
        this.taken.add(name);
        this.open.delete(name);
      }
      this.dummies ||= this.open.size > 0;
    }
    this.open = new Set(branches.map(({ id }) => id));
    for (const id of this.open) this.known.add(id);
  }

  private fault({ scope, element }: BranchSetElement, value: string, message: string): void {
    this.faults++;
    scope.fault(element, message, {
      code: 'TREE_REFERENCE',
      key: 'applyToBranches',
      value,
      allowed: 'branches of earlier sets that have no set below them',
    });
  }
}
