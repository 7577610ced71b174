import type { InputReport } from '../report.js';
import { Scope } from '../nrml/scope.js';
import { parseNumber } from '../nrml/numbers.js';
import { type Element, readXml } from '../nrml/xml.js';

/** A branch as the file has it. */
export interface BranchElement {
  readonly id: string;
  /** <uncertaintyModel> */
  readonly model: Element;
  readonly weight: number;
  /** from the <uncertaintyWeight> with an imt */
  readonly weightsByImt: Readonly<Record<string, number>>;
}
/** A branch set as it stands in the file. */
export interface BranchSetElement {
  readonly id: string;
  readonly uncertaintyType: string;
  /** attributes applyTo...: as in the file, order included */
  readonly filters: Readonly<Record<string, string>>;
  readonly branches: readonly BranchElement[];
  readonly element: Element;
  /** for faults about the set */
  readonly scope: Scope;
}

/** Attributes that say what a branch set of the source-model tree acts on. */
export const FILTERS: readonly string[] = [
  'applyToBranches',
  'applyToSources',
  'applyToSourceType',
  'applyToTectonicRegionType',
];
/** The branch sets of a file; `finish` reports what nothing has read of it, once everything has been. */
export interface BranchSetFile {
  readonly sets: readonly BranchSetElement[];
  finish(): void;
}

const WEIGHT_TOLERANCE = 1.01e-7;

/**
 * The branch sets of a logic-tree file, in order, NRML 0.4 and 0.5. Checked here: what holds for both trees (levels with one
 * set, ids of sets, numbers of branches, sums of weights).
 * Errors: Refusal for a file that is no logic tree; other faults are reported.
 */
export async function readBranchSets(path: string, file: string, report: InputReport): Promise<BranchSetFile> {
  const root = await readXml(path, file);
  const scope = new Scope(report, file);
  const tree = root.name === 'nrml' ? scope.child(root, 'logicTree') : undefined;
  if (!tree)
    throw scope.refusal(root, 'not a logic tree', { code: 'UNKNOWN_ELEMENT', allowed: '<nrml> holding a <logicTree>' });
  scope.labels(tree, 'logicTreeID');
  const elements: Element[] = [];
  for (const child of scope.allChildren(tree)) {
    if (child.name === 'logicTreeBranchSet') elements.push(child);
    else if (child.name === 'logicTreeBranchingLevel') {
      scope.labels(child, 'branchingLevelID');
      const sets = scope.childrenNamed(child, 'logicTreeBranchSet');
      if (sets.length !== 1)
        scope.fault(child, `a branching level with ${sets.length} branch sets`, {
          code: 'TREE_STRUCTURE',
          allowed: 'exactly one',
        });
      elements.push(...sets);
    } else {
      scope.skip(child);
      scope.fault(child, `unknown element <${child.name}>`, {
        code: 'UNKNOWN_ELEMENT',
        allowed: '<logicTreeBranchSet>',
      });
    }
  }
  if (elements.length === 0) throw scope.refusal(tree, 'the logic tree has no branch sets', { code: 'TREE_STRUCTURE' });
  const sets = elements.map((element) => readBranchSet(element, scope));
  const ids = new Set<string>();
  for (const { id, element } of sets) {
    if (ids.has(id))
      scope.fault(element, 'two branch sets have this id', { code: 'REPEATED_ID', key: 'branchSetID', value: id });
    ids.add(id);
  }
  return {
    sets,
    finish: () => {
      scope.finished(root);
      scope.tellUnread();
    },
  };
}

function readBranchSet(element: Element, outer: Scope): BranchSetElement {
  const id = outer.word(element, 'branchSetID') ?? '';
  const uncertaintyType = outer.word(element, 'uncertaintyType') ?? '';
  const scope = outer.about(`branch set '${id}'`);
  if (id === '') outer.fault(element, 'a branch set needs an id', { code: 'MISSING_ATTRIBUTE', key: 'branchSetID' });
  if (uncertaintyType === '')
    scope.fault(element, 'a type is needed', { code: 'MISSING_ATTRIBUTE', key: 'uncertaintyType' });
  const found = scope.childrenNamed(element, 'logicTreeBranch');
  if (found.length === 0)
    throw scope.refusal(element, 'the branch set has no branches', {
      code: 'TREE_STRUCTURE',
      allowed: '<logicTreeBranch>',
    });
  const branches = found.map((branch) => readBranch(branch, scope));
  const sum = branches.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE)
    scope.fault(element, `the weights sum to ${sum}`, {
      code: 'INVALID_WEIGHTS',
      key: 'uncertaintyWeight',
      allowed: 'a sum of 1',
    });
  checkWeightsByImt(element, scope, branches);
  const filters = Object.entries(element.attributes).filter(([key]) => FILTERS.includes(key));
  return { id, uncertaintyType, filters: Object.fromEntries(filters), branches, element, scope };
}

function readBranch(element: Element, scope: Scope): BranchElement {
  const id = scope.word(element, 'branchID') ?? '';
  if (id === '') scope.fault(element, 'a branch needs an id', { code: 'MISSING_ATTRIBUTE', key: 'branchID' });
  const model = scope.need(element, 'uncertaintyModel');
  const weights = scope.childrenNamed(element, 'uncertaintyWeight');
  const [first, ...others] = weights;
  if (!first)
    throw scope.refusal(element, `branch '${id}' has no weight`, { code: 'INVALID_WEIGHTS', key: 'uncertaintyWeight' });
  const firstImt = scope.word(first, 'imt');
  if (firstImt !== undefined)
    scope.fault(first, `branch '${id}': the first weight must be the one without imt`, {
      code: 'INVALID_WEIGHTS',
      key: 'imt',
      value: firstImt,
    });
  const weightsByImt = new Map<string, number>();
  for (const other of others) {
    const imt = scope.word(other, 'imt')?.trim() ?? '';
    if (imt === '' || weightsByImt.has(imt))
      scope.fault(other, `branch '${id}': further weights name an intensity measure type, each once`, {
        code: 'INVALID_WEIGHTS',
        key: 'imt',
        value: imt,
      });
    weightsByImt.set(imt, readWeight(other, scope));
  }
  return { id, model, weight: readWeight(first, scope), weightsByImt: Object.fromEntries(weightsByImt) };
}

function readWeight(element: Element, scope: Scope): number {
  const weight = parseNumber(scope.text(element));
  if (Number.isNaN(weight))
    scope.fault(element, 'not a finite number', {
      code: 'INVALID_VALUE',
      key: 'uncertaintyWeight',
      value: element.text.trim(),
      allowed: 'a number from 0 to 1',
    });
  if (weight < 0)
    scope.warn(
      element,
      `the weight ${weight} is negative, as the OpenQuake engine allows: quantiles mean nothing then`,
    );
  return weight;
}

/** Sums by measure: of the measures that the first branch names; a branch that does not counts with its plain weight. */
function checkWeightsByImt(element: Element, scope: Scope, branches: readonly BranchElement[]): void {
  for (const imt of Object.keys(branches[0].weightsByImt)) {
    const sum = branches.reduce((total, { weight, weightsByImt }) => total + (weightsByImt[imt] ?? weight), 0);
    if (sum !== 0 && Math.abs(sum - 1) > WEIGHT_TOLERANCE)
      scope.fault(element, `the weights for ${imt} sum to ${sum}`, {
        code: 'INVALID_WEIGHTS',
        key: 'uncertaintyWeight',
        allowed: 'a sum of 1 (or 0)',
      });
  }
}
