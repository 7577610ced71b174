import type { Discretization, Source } from '../sources/source.js';
import type { Condition } from './choices.js';
import { conditionsKey, joined } from './conditions.js';
import { contentHash, sameContent } from './content.js';
import { renameDifferent } from './duplicates.js';
import type { SourceGroup } from './logic-tree.js';
import type { FileGroup, ModelFile } from './model-file.js';
import type { PathSplitter } from './path-splitter.js';
import { withRatesOfSlip } from './uncertainties/slip-rate.js';
import type { Uncertainty, UncertaintyValue } from './uncertainties/uncertainty.js';
import { Refusal, refusalAbout } from '../refusal.js';
import { sourceKind } from '../sources/registry.js';

/** A branch set that changes sources. */
export interface SourceChange {
  readonly uncertainty: Uncertainty;
  /** number of the set in the tree */
  readonly set: number;
  /** by branch */
  readonly values: readonly UncertaintyValue[];
  /** sources named by the set, if it names any */
  readonly sourceIds?: ReadonlySet<string>;
  /** whether all filters let the source pass */
  readonly concerns: (source: Source) => boolean;
}

/** A source, changed or not, and the paths it occurs on. */
interface Occurrence {
  readonly source: Source;
  readonly where: readonly Condition[];
}

/**
 * Applies the uncertainties to the sources of every path and gathers equal copies. A source that no uncertainty concerns stays
 * one object; copies that differ share all that did not change; the work grows with the number of different copies, not of
 * paths.
 * Errors: Refusal naming the source for a change that does not fit it, or ids that cannot be told apart.
 */
export function composeSourceGroups(
  splitter: PathSplitter,
  files: readonly ModelFile[],
  changes: readonly SourceChange[],
  discretization: Discretization,
): SourceGroup[] {
  const newIds = renameDifferent(files);
  const changesOf = new ChangesBySource(changes);
  const regions = new Map<string, Map<string, Occurrence[]>>();
  const special: SourceGroup[] = [];
  for (const number of splitter.files) {
    for (const group of files[number].groups.toSorted(byNumberAndRegion)) {
      if (group.sources.length === 0) continue;
      if (group.special) {
        for (const copy of specialGroups(group, number, splitter, changesOf, discretization)) special.push(copy);
        continue;
      }
      const region = group.tectonicRegionType;
      const byId = regions.get(region) ?? new Map<string, Occurrence[]>();
      regions.set(region, byId);
      for (const source of group.sources) {
        const concerning = changesOf.of(source);
        const id = newIds.get(source) ?? source.id;
        const named = id === source.id ? source : { ...source, id };
        const occurrences = splitter
          .split(number, setsOf(concerning))
          .map(({ taken, where }) => ({ source: changed(named, concerning, taken, discretization), where }));
        const known = byId.get(id);
        if (known) for (const occurrence of occurrences) known.push(occurrence);
        else byId.set(id, occurrences);
      }
    }
  }
  const groups = [...regions].flatMap(([region, byId]) => regionGroups(region, byId, splitter));
  return numberCopies([...groups, ...special]);
}

/** Finds the changes of a source without looking at all of them: most sets of large trees name their sources. */
class ChangesBySource {
  private readonly general: SourceChange[] = [];
  private readonly byId = new Map<string, SourceChange[]>();

  constructor(changes: readonly SourceChange[]) {
    for (const change of changes) {
      if (!change.sourceIds) this.general.push(change);
      for (const id of change.sourceIds ?? []) {
        const known = this.byId.get(id);
        if (known) known.push(change);
        else this.byId.set(id, [change]);
      }
    }
  }

  /** In the order of the sets. */
  of(source: Source): SourceChange[] {
    return [...this.general, ...(this.byId.get(source.id) ?? [])]
      .filter((change) => change.concerns(source))
      .sort((a, b) => a.set - b.set);
  }
}

function setsOf(changes: readonly SourceChange[]): number[] {
  return changes.map(({ set }) => set);
}

/** Groups of a file come by number of sources, then by region. */
function byNumberAndRegion(a: FileGroup, b: FileGroup): number {
  if (a.sources.length !== b.sources.length) return a.sources.length - b.sources.length;
  return a.tectonicRegionType < b.tectonicRegionType ? -1 : a.tectonicRegionType > b.tectonicRegionType ? 1 : 0;
}

/**
 * One change after the other, each by the branch taken (-1: none); of the changes to the distributions of a multi-point source
 * only the last counts, as in the reference.
 */
function changed(
  source: Source,
  changes: readonly SourceChange[],
  taken: readonly number[],
  discretization: Discretization,
): Source {
  let result = source;
  for (const [k, { uncertainty, values }] of changes.entries()) {
    if (taken[k] < 0) continue;
    try {
      const restarted = uncertainty.ofDistribution === true ? withDistributionOf(result, source) : result;
      const before = withRatesOfSlip(restarted, discretization);
      const after = uncertainty.apply(before, values[taken[k]], discretization);
      if (after !== restarted || restarted === result) result = after;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw refusalAbout(`source '${source.id}': ${uncertainty.type} cannot be applied: `, error);
    }
  }
  return result;
}

/** A changed source of a kind whose distributions keep the last change only, with those that it had at first; others as they are. */
function withDistributionOf(changed: Source, first: Source): Source {
  if (!sourceKind(changed.type).lastDistributionOnly || !first.mfd) return changed;
  return changed.mfd === first.mfd ? changed : { ...changed, mfd: first.mfd };
}

/** Exclusive and cluster groups stay whole: one copy for each way in which their sources are changed. */
function specialGroups(
  group: FileGroup,
  file: number,
  splitter: PathSplitter,
  changesOf: ChangesBySource,
  discretization: Discretization,
): SourceGroup[] {
  const bySource = group.sources.map((source) => ({ source, concerning: changesOf.of(source) }));
  const sets = [...new Set(bySource.flatMap(({ concerning }) => setsOf(concerning)))].sort((a, b) => a - b);
  return splitter.split(file, sets).map(({ taken, where }) => ({
    tectonicRegionType: group.tectonicRegionType,
    name: group.name,
    where,
    sourceModels: splitter.numbers(where),
    interdependence: group.interdependence,
    sources: bySource.map(({ source, concerning }) =>
      changed(
        source,
        concerning,
        concerning.map(({ set }) => taken[sets.indexOf(set)]),
        discretization,
      ),
    ),
  }));
}

/** Ordinary groups of one region: sources with the same realizations and the same kind of occurrence together. */
function regionGroups(
  region: string,
  byId: ReadonlyMap<string, readonly Occurrence[]>,
  splitter: PathSplitter,
): SourceGroup[] {
  const keys = new PathKeys();
  interface Group {
    readonly where: readonly Condition[];
    readonly sourceModels: readonly number[] | undefined;
    readonly sources: Source[];
  }
  const groups = new Map<string, Group>();
  for (const occurrences of byId.values())
    for (const { source, where } of mergeEqual(occurrences, splitter)) {
      const sourceModels = splitter.numbers(where);
      const key = `${sourceModels ? keys.of(sourceModels) : conditionsKey(where)} ${occurrenceModel(source)}`;
      const group = groups.get(key);
      if (group) group.sources.push(source);
      else groups.set(key, { where, sourceModels, sources: [source] });
    }
  return [...groups.values()]
    .sort((a, b) => compareLists(a.sourceModels ?? [], b.sourceModels ?? []))
    .map(({ where, sourceModels, sources }) => ({
      tectonicRegionType: region,
      name: region,
      where,
      sourceModels,
      interdependence: { sources: 'independent', ruptures: 'independent', probability: 1 },
      sources: sources.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    }));
}

function occurrenceModel(source: Source): string {
  if (sourceKind(source.type).explicitProbabilities) return 'given probabilities';
  return source.negativeBinomial ? 'negative binomial' : 'poisson';
}

/** Copies with equal content become one, their paths together. */
function mergeEqual(occurrences: readonly Occurrence[], { sizes }: PathSplitter): readonly Occurrence[] {
  if (occurrences.length === 1) return occurrences;
  const buckets = new Map<number, { source: Source; conditions: (readonly Condition[])[] }[]>();
  for (const { source, where } of occurrences) {
    const hash = contentHash(source);
    const bucket = buckets.get(hash) ?? [];
    buckets.set(hash, bucket);
    const same = bucket.find((other) => sameContent(other.source, source));
    if (same) same.conditions.push(where);
    else bucket.push({ source, conditions: [where] });
  }
  return [...buckets.values()].flat().map(({ source, conditions }) => ({
    source,
    where: conditions.length === 1 ? conditions[0] : joined(conditions.flat(), sizes),
  }));
}

/** Numbers for lists, equal for equal lists; each array is looked at once. */
class PathKeys {
  private readonly byArray = new Map<readonly number[], number>();
  private readonly byText = new Map<string, number>();

  of(paths: readonly number[]): number {
    let key = this.byArray.get(paths);
    if (key === undefined) {
      const text = paths.join(' ');
      key = this.byText.get(text) ?? this.byText.size;
      this.byText.set(text, key);
      this.byArray.set(paths, key);
    }
    return key;
  }
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

/** Copies of one id get `;0`, `;1`, ... in the order of the groups. */
function numberCopies(groups: readonly SourceGroup[]): SourceGroup[] {
  const counts = new Map<string, number>();
  for (const { sources } of groups) for (const { id } of sources) counts.set(id, (counts.get(id) ?? 0) + 1);
  const next = new Map<string, number>();
  return groups.map((group) => ({
    ...group,
    sources: group.sources.map((source) => {
      if (counts.get(source.id) === 1) return source;
      const copy = next.get(source.id) ?? 0;
      next.set(source.id, copy + 1);
      return { ...source, id: `${source.id};${copy}` };
    }),
  }));
}
