import type { Discretization, Source } from '../sources/source.js';
import { contentHash, sameContent } from './content.js';
import { renameDifferent } from './duplicates.js';
import type { Interdependence, SourceGroup } from './logic-tree.js';
import { withRatesOfSlip } from './uncertainties/slip-rate.js';
import type { Uncertainty, UncertaintyValue } from './uncertainties/uncertainty.js';

/** A group of a source-model file. `special`: exclusive or cluster, never merged with others. */
export interface FileGroup {
  readonly name: string;
  readonly tectonicRegionType: string;
  readonly interdependence: Interdependence;
  readonly sources: readonly Source[];
  readonly special: boolean;
}
export interface ModelFile {
  /** the branch that names the file */
  readonly branch: string;
  readonly groups: readonly FileGroup[];
}

/** A branch set that changes sources. */
export interface SourceChange {
  readonly uncertainty: Uncertainty;
  /** number of the set among the choices of a path */
  readonly set: number;
  /** by branch */
  readonly values: readonly UncertaintyValue[];
  readonly concerns: (source: Source) => boolean;
}

/** One source-model realization: its files (numbers; one named twice counts twice) and the branch taken in each set, or -1. */
export interface ModelPath {
  readonly files: readonly number[];
  readonly choices: Int16Array;
}

export function isSpecial({ sources, ruptures, clusterRate }: Interdependence): boolean {
  return sources === 'mutex' || ruptures === 'mutex' || clusterRate !== undefined;
}

/** A source, changed or not, and the realizations it occurs in. */
interface Occurrence {
  source: Source;
  paths: readonly number[];
}

/**
 * Applies the uncertainties to the sources of every realization and gathers equal copies. A source that no uncertainty
 * concerns stays one object; copies that differ share all that did not change; the work grows with the number of different
 * copies, not of realizations.
 * Errors: RangeError naming the source for a change that does not fit it, or ids that cannot be told apart.
 */
export function composeSourceGroups(
  paths: readonly ModelPath[],
  files: readonly ModelFile[],
  changes: readonly SourceChange[],
  discretization: Discretization,
): SourceGroup[] {
  const newIds = renameDifferent(files);
  const regions = new Map<string, Map<string, Occurrence[]>>();
  const special: SourceGroup[] = [];
  for (const number of filesByFirstUse(paths)) {
    const splitter = new PathSplitter(paths, number);
    for (const group of files[number].groups.toSorted(byNumberAndRegion)) {
      if (group.sources.length === 0) continue;
      if (group.special) {
        special.push(...specialGroups(group, splitter, changes, discretization));
        continue;
      }
      const region = group.tectonicRegionType;
      const byId = regions.get(region) ?? new Map<string, Occurrence[]>();
      regions.set(region, byId);
      for (const source of group.sources) {
        const concerning = changes.filter((change) => change.concerns(source));
        const id = newIds.get(source) ?? source.id;
        const named = id === source.id ? source : { ...source, id };
        const occurrences = splitter
          .split(concerning)
          .map(({ paths, choices }) => ({ source: changed(named, concerning, choices, discretization), paths }));
        const known = byId.get(id);
        if (known) known.push(...occurrences);
        else byId.set(id, occurrences);
      }
    }
  }
  const groups = [...regions].flatMap(([region, byId]) => regionGroups(region, byId));
  return numberCopies([...groups, ...special]);
}

/** Groups of a file come by number of sources, then by region. */
function byNumberAndRegion(a: FileGroup, b: FileGroup): number {
  if (a.sources.length !== b.sources.length) return a.sources.length - b.sources.length;
  return a.tectonicRegionType < b.tectonicRegionType ? -1 : a.tectonicRegionType > b.tectonicRegionType ? 1 : 0;
}

function filesByFirstUse(paths: readonly ModelPath[]): Set<number> {
  return new Set(paths.flatMap(({ files }) => files));
}

/** Parts the realizations of a file by the branches taken in some sets. */
class PathSplitter {
  private readonly paths: readonly number[];
  private readonly parts = new Map<string, { paths: readonly number[]; choices: Int16Array }[]>();

  constructor(
    private readonly all: readonly ModelPath[],
    file: number,
  ) {
    this.paths = all.flatMap(({ files }, path) => files.filter((number) => number === file).map(() => path));
  }

  split(changes: readonly SourceChange[]): readonly { paths: readonly number[]; choices: Int16Array }[] {
    const sets = changes.map(({ set }) => set);
    const key = sets.join(' ');
    let parts = this.parts.get(key);
    if (!parts) {
      const byChoice = new Map<string, { paths: number[]; choices: Int16Array }>();
      for (const path of this.paths) {
        const { choices } = this.all[path];
        const taken = sets.map((set) => choices[set]).join(' ');
        const part = byChoice.get(taken);
        if (part) part.paths.push(path);
        else byChoice.set(taken, { paths: [path], choices });
      }
      parts = [...byChoice.values()];
      this.parts.set(key, parts);
    }
    return parts;
  }
}

/** One change after the other; of the changes to a multi-point source only the last counts, as in the reference. */
function changed(
  source: Source,
  changes: readonly SourceChange[],
  choices: Int16Array,
  discretization: Discretization,
): Source {
  let result = source;
  for (const { uncertainty, set, values } of changes) {
    if (choices[set] < 0) continue;
    try {
      const before = source.type === 'multiPoint' ? source : withRatesOfSlip(result, discretization);
      result = uncertainty.apply(before, values[choices[set]], discretization);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`source '${source.id}': ${uncertainty.type} cannot be applied: ${error.message}`, {
        cause: error,
      });
    }
  }
  return result;
}

/** Exclusive and cluster groups stay whole: one copy for each way in which their sources are changed. */
function specialGroups(
  group: FileGroup,
  splitter: PathSplitter,
  changes: readonly SourceChange[],
  discretization: Discretization,
): SourceGroup[] {
  const concerning = changes.filter((change) => group.sources.some((source) => change.concerns(source)));
  return splitter.split(concerning).map(({ paths, choices }) => ({
    tectonicRegionType: group.tectonicRegionType,
    name: group.name,
    sourceModels: paths,
    interdependence: group.interdependence,
    sources: group.sources.map((source) =>
      changed(
        source,
        concerning.filter((change) => change.concerns(source)),
        choices,
        discretization,
      ),
    ),
  }));
}

/** Ordinary groups of one region: sources with the same realizations and the same kind of occurrence together. */
function regionGroups(region: string, byId: ReadonlyMap<string, readonly Occurrence[]>): SourceGroup[] {
  const keys = new PathKeys();
  const groups = new Map<string, { paths: readonly number[]; sources: Source[] }>();
  for (const occurrences of byId.values())
    for (const { source, paths } of mergeEqual(occurrences)) {
      const key = `${keys.of(paths)} ${occurrenceModel(source)}`;
      const group = groups.get(key);
      if (group) group.sources.push(source);
      else groups.set(key, { paths, sources: [source] });
    }
  return [...groups.values()]
    .sort((a, b) => compareLists(a.paths, b.paths))
    .map(({ paths, sources }) => ({
      tectonicRegionType: region,
      name: region,
      sourceModels: paths,
      interdependence: { sources: 'independent', ruptures: 'independent', probability: 1 },
      sources: sources.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    }));
}

function occurrenceModel(source: Source): string {
  if (source.type === 'nonParametric' || source.type === 'multiFault') return 'given probabilities';
  return 'negativeBinomial' in source && source.negativeBinomial ? 'negative binomial' : 'poisson';
}

/** Copies with equal content become one, their realizations together, in ascending order. */
function mergeEqual(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  if (occurrences.length === 1) return occurrences;
  const buckets = new Map<number, { source: Source; lists: (readonly number[])[] }[]>();
  for (const { source, paths } of occurrences) {
    const hash = contentHash(source);
    const bucket = buckets.get(hash) ?? [];
    buckets.set(hash, bucket);
    const same = bucket.find((other) => sameContent(other.source, source));
    if (same) same.lists.push(paths);
    else bucket.push({ source, lists: [paths] });
  }
  return [...buckets.values()].flat().map(({ source, lists }) => ({
    source,
    paths: lists.length === 1 ? lists[0] : lists.flat().sort((a, b) => a - b),
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
