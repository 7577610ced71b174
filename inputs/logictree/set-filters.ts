import { UNCERTAINTIES } from '../../hazard/logictree/uncertainties/registry.js';
import type { BranchSetElement } from './branch-sets.js';
import { SOURCE_TYPES, type SourceIndex } from './source-index.js';

/** applyToSources: every branch brings values for several sources. */
export const CORRELATED = '*';

/** What the files read so far hold. */
export interface KnownSources {
  readonly index: SourceIndex;
  readonly regions: readonly string[];
  /** whether they hold all sources that the tree may name */
  readonly complete: boolean;
  /** whether an id is that of a branch of the first set */
  readonly isModelBranch: (id: string) => boolean;
}

/** How many branches a message names. */
const NAMED = 10;

/** Filters that name sources, of which a set takes one; applyToSourceType goes with either. */
const NAMING = ['applyToSources', 'applyToTectonicRegionType'];

/** Reports filters that do not go together, or with source models. */
export function checkCombination({ scope, element, uncertaintyType: type, filters }: BranchSetElement): void {
  const given = Object.keys(filters).filter((key) => key !== 'applyToBranches');
  const naming = given.filter((key) => NAMING.includes(key));
  if (naming.length > 1)
    scope.fault(element, 'a branch set takes one of these filters', {
      code: 'TREE_STRUCTURE',
      key: naming.join(' and '),
      value: naming.map((key) => filters[key]).join(' and '),
      allowed: 'one of them',
    });
  if (given.length > 0 && type === 'sourceModel')
    scope.fault(element, 'a branch set of source models takes no filter', {
      code: 'TREE_STRUCTURE',
      key: given[0],
      value: filters[given[0]],
      allowed: 'applyToBranches',
    });
}

/** Reports filters of a set that do not fit its type or the files read so far. `sources`: the ids that the set is for. */
export function checkFilters(set: BranchSetElement, sources: ReadonlySet<string>, known: KnownSources): void {
  const { scope, element, uncertaintyType: type, filters } = set;
  const required = UNCERTAINTIES.get(type)?.requires ?? 'none';
  const key = 'applyToSources';
  const value = filters.applyToSources;
  const correlated = value?.trim() === CORRELATED;
  const one = required === 'oneSource' || (required === 'oneOfMany' && known.index.size > 1);
  if (one && sources.size !== 1 && !correlated)
    scope.fault(element, `a set of type ${type} is for one source`, {
      code: 'TREE_STRUCTURE',
      key,
      ...(value !== undefined && { value }),
      allowed: 'exactly one id',
    });
  if (required === 'sources' && sources.size === 0)
    scope.fault(element, `a set of type ${type} must name sources`, {
      code: 'MISSING_ATTRIBUTE',
      key,
      allowed: 'ids of sources',
    });
  checkRegion(set, known);
  checkTypes(set, known);
  for (const id of sources) checkSource(set, id, correlated, known);
}

function checkRegion({ scope, element, filters }: BranchSetElement, { regions, complete }: KnownSources): void {
  const region = filters.applyToTectonicRegionType;
  if (region === undefined || regions.includes(region) || !complete) return;
  scope.fault(element, 'no source is of this region', {
    code: 'TREE_REFERENCE',
    key: 'applyToTectonicRegionType',
    value: region,
    allowed: regions.join(', '),
  });
}

function checkTypes({ scope, element, filters }: BranchSetElement, { index, complete }: KnownSources): void {
  const key = 'applyToSourceType';
  const value = filters[key];
  if (value === undefined) return;
  const named = words(value);
  if (named.length === 0)
    scope.fault(element, 'a type of source is needed', {
      code: 'MISSING_ATTRIBUTE',
      key,
      allowed: SOURCE_TYPES.join(', '),
    });
  for (const type of named)
    if (!SOURCE_TYPES.includes(type))
      scope.fault(element, 'unknown type of source', {
        code: 'TREE_REFERENCE',
        key,
        value: type,
        allowed: SOURCE_TYPES.join(', '),
      });
    else if (complete && !(index.types as readonly string[]).includes(type))
      scope.fault(element, 'no source is of this type', {
        code: 'TREE_REFERENCE',
        key,
        value: type,
        allowed: index.types.join(', '),
      });
}

/** A source must exist, and be meant without doubt. */
function checkSource(
  { scope, element, filters }: BranchSetElement,
  id: string,
  correlated: boolean,
  { index, complete, isModelBranch }: KnownSources,
): void {
  const holders = index.branchesOf(id);
  const detail = { key: 'applyToSources', value: id };
  if (holders.size === 0) {
    if (complete)
      scope.fault(element, 'the source models read so far have no such source', { code: 'TREE_REFERENCE', ...detail });
    return;
  }
  const below = words(filters.applyToBranches);
  if (holders.size > 1 && below.length === 0 && !correlated) {
    const some = [...holders].slice(0, NAMED).join(', ');
    const named = holders.size > NAMED ? `${some} and ${holders.size - NAMED} more` : some;
    scope.fault(element, `the source stands below several branches (${named})`, {
      code: 'TREE_REFERENCE',
      ...detail,
      allowed: 'together with applyToBranches',
    });
  }
  const [branch] = below;
  if (below.length === 1 && isModelBranch(branch) && !holders.has(branch))
    scope.fault(element, `branch '${branch}' has no such source`, { code: 'TREE_REFERENCE', ...detail });
}

/** Words of an attribute, separated by white space. */
export function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}
