import { basename } from 'node:path';
import type { SourceModelBranch, SourceModelBranchSet } from '../../hazard/logictree/logic-tree.js';
import type { SourceChange } from '../../hazard/logictree/source-groups.js';
import { LogicTreeGraph, type TreeBranchSet } from '../../hazard/logictree/tree.js';
import { bySource } from '../../hazard/logictree/uncertainties/by-source.js';
import { UNCERTAINTIES, UNSUPPORTED_UNCERTAINTIES } from '../../hazard/logictree/uncertainties/registry.js';
import type { UncertaintyValue } from '../../hazard/logictree/uncertainties/uncertainty.js';
import type { Source } from '../../hazard/sources/source.js';
import type { InputReport } from '../report.js';
import { shownPath } from '../files/paths.js';
import { type BranchSetElement, FILTERS, readBranchSets } from './branch-sets.js';
import type { ModelFiles } from './model-files.js';
import { OpenEnds } from './open-ends.js';
import { checkCombination, checkFilters, CORRELATED, words } from './set-filters.js';
import { SourceIndex } from './source-index.js';
import { readUncertaintyValue, readValuesBySource } from './uncertainty-value.js';
import { refusal } from '../../hazard/refusal.js';

/** A source-model tree with its files read and its rules checked. */
export interface SourceModelTree {
  readonly branchSets: readonly SourceModelBranchSet[];
  readonly graph: LogicTreeGraph;
  readonly changes: readonly SourceChange[];
  /** files (numbers) of each branch, by set; sets that name no files have none */
  readonly files: readonly (readonly (readonly number[])[])[];
}

/** What the source-model tree is read with. */
export interface SourceModelTreeOptions {
  readonly path: string;
  readonly folder: string;
  readonly report: InputReport;
  readonly models: ModelFiles;
  /** text that ids of branches with files must hold to keep them; '' keeps all */
  readonly branchToKeep: string;
  /** when not empty, only these sources are kept */
  readonly sourceIds: readonly string[];
}

/** A set while the tree is read. */
interface OpenSet {
  readonly definition: SourceModelBranchSet;
  readonly tree: TreeBranchSet;
  readonly files: readonly (readonly number[])[];
  readonly change: Omit<SourceChange, 'set'> | undefined;
}

/** What the branches of a set that changes sources say. */
interface ReadSet {
  readonly branches: readonly SourceModelBranch[];
  readonly values: readonly UncertaintyValue[];
  /** ids that the set is for; none: all sources */
  readonly sources: ReadonlySet<string>;
}

/** Reads a source-model logic tree and all files that it names. Faults are reported; undefined if the tree cannot be built. */
export async function readSourceModelTree(options: SourceModelTreeOptions): Promise<SourceModelTree | undefined> {
  const { report, path, folder } = options;
  const file = shownPath(folder, path);
  return report.collect({ file }, async () => {
    const { sets, finish } = await readBranchSets(path, file, report);
    const reader = new TreeReader(options);
    for (const set of sets) {
      const before = report.faults.length;
      await report.collect({ file, line: set.element.line }, () => reader.add(set));
      // what could not be read to its end is not called unknown
      if (report.faults.length > before) for (const { model } of set.branches) set.scope.skip(model);
    }
    finish();
    return reader.finish();
  });
}

/** A tree of one branch for a job that names a source model and no tree. */
export async function singleSourceModel(path: string, models: ModelFiles): Promise<SourceModelTree> {
  const branch = { id: 'br0', weight: 1, position: 0 };
  const number = await models.load(path, branch.id);
  const value = `'${basename(path)}'`;
  return {
    branchSets: [
      { id: 'bs0', uncertaintyType: 'sourceModel', filters: {}, branches: [{ id: branch.id, value, weight: 1 }] },
    ],
    graph: new LogicTreeGraph([{ id: 'bs0', branches: [branch], applyToBranches: [] }]),
    changes: [],
    files: [[[number]]],
  };
}

/** The values of a set that acts on no source of the job. */
function skipValues({ branches, scope }: BranchSetElement): void {
  for (const { model } of branches) scope.skip(model);
}

class TreeReader {
  private readonly sets: OpenSet[] = [];
  private readonly branchIds = new Set<string>();
  /** names of branches that were merged -> the branch they became */
  private readonly merged = new Map<string, string>();
  private readonly index: SourceIndex;
  /** ids of the sources of the base models, once these are read */
  private baseIds: ReadonlySet<string> | undefined;
  /** a set that changes sources has come */
  private extended = false;
  private readonly ends = new OpenEnds();

  constructor(private readonly options: SourceModelTreeOptions) {
    this.index = new SourceIndex((file) => options.models.sources(file));
  }

  async add(set: BranchSetElement): Promise<void> {
    const { scope, uncertaintyType: type } = set;
    for (const name of FILTERS) scope.word(set.element, name);
    for (const { id, model } of set.branches) {
      if (this.branchIds.has(id))
        scope.fault(model, 'two branches of the tree have this id', {
          code: 'REPEATED_ID',
          key: 'branchID',
          value: id,
        });
      this.branchIds.add(id);
    }
    this.checkValues(set);
    this.checkPlace(set);
    checkCombination(set);
    if (type === 'sourceModel')
      for (const { id, model } of set.branches)
        if (model.text.trim() === '')
          scope.fault(model, `branch '${id}' names no source-model file`, {
            code: 'MISSING_FILE',
            key: 'uncertaintyModel',
          });
    if (type === 'sourceModel' || type === 'extendModel') {
      this.sets.push(await this.readModels(set));
      return;
    }
    this.extended = true;
    if (set.filters.applyToSources?.trim() === '') return skipValues(set);
    const read = this.readValues(set);
    const [kept] = this.options.sourceIds;
    if (this.options.sourceIds.length === 1 && read.sources.size > 0 && !read.sources.has(kept)) return skipValues(set);
    checkFilters(set, read.sources, {
      index: this.index,
      regions: this.options.models.regions,
      complete: this.options.sourceIds.length === 0,
      isModelBranch: (id) => this.sets[0]?.definition.branches.some((branch) => branch.id === id) === true,
    });
    this.sets.push(this.openChange(set, read));
  }

  /** The tree; undefined when sets hang below branches that they cannot hang below, which is reported. */
  finish(): SourceModelTree | undefined {
    const trees = this.sets.map(({ tree }) => tree);
    if (trees.length === 0 || this.sets[0].definition.uncertaintyType !== 'sourceModel')
      throw refusal('TREE_STRUCTURE', 'a source-model logic tree begins with a branch set of type sourceModel');
    if (!this.ends.sound) return undefined;
    return {
      branchSets: this.sets.map(({ definition }) => definition),
      graph: new LogicTreeGraph(trees),
      changes: this.sets.flatMap(({ change }, set) => (change ? [{ ...change, set }] : [])),
      files: this.sets.map(({ files }) => files),
    };
  }

  /** Values of a set differ, as texts. */
  private checkValues({ branches, scope }: BranchSetElement): void {
    const texts = new Set<string>();
    for (const { id, model } of branches) {
      const text = model.text.trim();
      if (model.children.length > 0 || text === '') continue;
      if (texts.has(text))
        scope.fault(model, `branch '${id}' repeats the value of another`, {
          code: 'TREE_STRUCTURE',
          key: 'uncertaintyModel',
          value: text,
        });
      texts.add(text);
    }
  }

  /** Which types may stand where. */
  private checkPlace({ scope, element, uncertaintyType: type }: BranchSetElement): void {
    const fault = (message: string, allowed?: string): void =>
      scope.fault(element, message, {
        code: 'TREE_STRUCTURE',
        key: 'uncertaintyType',
        value: type,
        ...(allowed !== undefined && { allowed }),
      });
    const feature = UNSUPPORTED_UNCERTAINTIES.get(type);
    if ((this.sets.length === 0) !== (type === 'sourceModel'))
      fault('the first branch set, and no other, is of type sourceModel');
    else if (type === 'gmpeModel') fault('ground-motion models belong in the ground-motion logic tree');
    else if (type === 'extendModel' && this.extended) fault('extensions of the source model must follow it directly');
    else if (feature !== undefined)
      scope.report.fault({
        code: 'UNSUPPORTED',
        file: scope.file,
        line: element.line,
        key: 'uncertaintyType',
        value: type,
        message: `uncertainties of this type need ${feature}, which are not supported`,
        feature,
      });
    else if (type !== 'sourceModel' && type !== 'extendModel' && !UNCERTAINTIES.has(type))
      fault('unknown type of uncertainty', [...UNCERTAINTIES.keys(), 'sourceModel', 'extendModel'].sort().join(', '));
  }

  /** Source models or extensions; branches that the job does not keep, or that add nothing, become one without files. */
  private async readModels(set: BranchSetElement): Promise<OpenSet> {
    const { branchToKeep, sourceIds, models, path } = this.options;
    const branches: SourceModelBranch[] = [];
    const files: (readonly number[])[] = [];
    const positions: number[] = [];
    const dropped: { id: string; position: number; weight: number; empty: boolean }[] = [];
    for (const [position, { id, model, weight }] of set.branches.entries()) {
      const text = set.scope.text(model).trim();
      const numbers = await models.read(text, path, id, model, set.scope);
      this.index.add(id, numbers);
      if (set.uncertaintyType === 'extendModel') this.checkExtension(set, id, numbers);
      const named = branchToKeep === '' || id.includes(branchToKeep);
      const empty = text === '' && set.uncertaintyType === 'extendModel';
      const holds = sourceIds.length !== 1 || numbers.some((number) => models.sources(number).length > 0);
      if (!named || !holds || empty) {
        dropped.push({ id, position, weight, empty });
        continue;
      }
      branches.push({ id, value: `'${text}'`, weight });
      positions.push(position);
      files.push(numbers);
    }
    const last = dropped.at(-1);
    if (last) {
      for (const { id } of dropped) this.merged.set(id, last.id);
      branches.push({ id: last.id, value: "''", weight: dropped.reduce((sum, { weight }) => sum + weight, 0) });
      // branches without files in the file itself show the code of the first of them; where none is left the set has a single branch
      const first = dropped.length === set.branches.length ? 0 : dropped.find(({ empty }) => empty)?.position;
      positions.push(first ?? last.position);
      files.push([]);
    }
    return this.open(set, branches, positions, { files, change: undefined });
  }

  /** Ids of an extension must be new to the source models. */
  private checkExtension({ scope, element }: BranchSetElement, branch: string, numbers: readonly number[]): void {
    const { models } = this.options;
    this.baseIds ??= new Set(
      this.sets[0]?.files.flat().flatMap((number) => models.sources(number).map(({ id }) => id)),
    );
    const base = this.baseIds;
    const repeated = numbers.flatMap((number) => models.sources(number)).find(({ id }) => base.has(id));
    if (repeated)
      scope.fault(element, `branch '${branch}' adds source '${repeated.id}', which the source model has already`, {
        code: 'REPEATED_ID',
      });
  }

  /** Values of a set that changes sources. Faults of all are reported; a branch at fault stays, for the shape of the tree. */
  private readValues(set: BranchSetElement): ReadSet {
    const { scope, uncertaintyType: type, filters } = set;
    const uncertainty = UNCERTAINTIES.get(type);
    const correlated = filters.applyToSources?.trim() === CORRELATED;
    const values: UncertaintyValue[] = [];
    const branches: SourceModelBranch[] = [];
    const sources = new Set(correlated ? [] : words(filters.applyToSources));
    for (const { id, model, weight } of set.branches) {
      const about = scope.about(`branch '${id}'`);
      let shown = '';
      try {
        if (uncertainty) {
          const read = correlated ? readValuesBySource : readUncertaintyValue;
          const { value, literal } = read(uncertainty, model, about);
          shown = literal;
          values.push(value);
          if (value.kind === 'bySource') for (const source of value.values.keys()) sources.add(source);
        }
      } catch (error) {
        scope.report.absorb(error, { file: scope.file, line: model.line, key: 'uncertaintyModel' });
      }
      branches.push({ id, value: shown, weight });
    }
    return { branches, values, sources };
  }

  private openChange(set: BranchSetElement, { branches, values, sources }: ReadSet): OpenSet {
    const { uncertaintyType: type, filters } = set;
    const uncertainty = UNCERTAINTIES.get(type);
    const region = filters.applyToTectonicRegionType;
    const types = new Set(words(filters.applyToSourceType));
    const concerns = (source: Source): boolean =>
      (region === undefined || source.tectonicRegionType === region) &&
      (types.size === 0 || types.has(source.type)) &&
      (sources.size === 0 || sources.has(source.id));
    const applied = uncertainty && filters.applyToSources?.trim() === CORRELATED ? bySource(uncertainty) : uncertainty;
    const change =
      applied && type !== 'dummy'
        ? { uncertainty: applied, values, concerns, ...(sources.size > 0 && { sourceIds: sources }) }
        : undefined;
    const positions = branches.map((_, position) => position);
    return this.open(set, branches, positions, { files: [], change });
  }

  private open(
    set: BranchSetElement,
    branches: readonly SourceModelBranch[],
    positions: readonly number[],
    { files, change }: Pick<OpenSet, 'files' | 'change'>,
  ): OpenSet {
    const { id, uncertaintyType, filters } = set;
    const below = words(filters.applyToBranches).map((name) => this.merged.get(name) ?? name);
    this.ends.attach(set, uncertaintyType === 'sourceModel' ? [] : below, branches);
    return {
      definition: { id, uncertaintyType, filters, branches },
      tree: {
        id,
        branches: branches.map((branch, i) => ({ id: branch.id, weight: branch.weight, position: positions[i] })),
        applyToBranches: uncertaintyType === 'sourceModel' ? [] : below,
      },
      files,
      change,
    };
  }
}
