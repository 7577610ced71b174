import { basename } from 'node:path';
import type { SourceModelBranch, SourceModelBranchSet } from '../../hazard/logictree/logic-tree.js';
import type { SourceChange } from '../../hazard/logictree/source-groups.js';
import { LogicTreeGraph, type TreeBranchSet } from '../../hazard/logictree/tree.js';
import type { UncertaintyValue } from '../../hazard/logictree/uncertainties/uncertainty.js';
import { UNCERTAINTIES } from '../../hazard/logictree/uncertainties/registry.js';
import type { Source } from '../../hazard/sources/source.js';
import type { InputReport } from '../errors.js';
import { shownPath } from '../paths.js';
import { type BranchSetElement, readBranchSets } from './branch-sets.js';
import type { ModelFiles } from './model-files.js';
import { readUncertaintyValue } from './uncertainty-value.js';

/** A source-model tree with its files read and its rules checked. */
export interface SourceModelTree {
  readonly branchSets: readonly SourceModelBranchSet[];
  readonly graph: LogicTreeGraph;
  readonly changes: readonly SourceChange[];
  /** files (numbers) of each branch, by set; sets that name no files have none */
  readonly files: readonly (readonly (readonly number[])[])[];
}

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

/** Reads a source-model logic tree and all files that it names. Faults are reported; undefined if the tree cannot be built. */
export async function readSourceModelTree(options: SourceModelTreeOptions): Promise<SourceModelTree | undefined> {
  const { report, path, folder } = options;
  const file = shownPath(folder, path);
  return report.collect({ file }, async () => {
    const elements = await readBranchSets(path, file, report);
    const reader = new TreeReader(options);
    for (const element of elements)
      await report.collect({ file, line: element.element.line }, () => reader.add(element));
    return reader.finish(file);
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

class TreeReader {
  private readonly sets: OpenSet[] = [];
  private readonly branchIds = new Set<string>();
  /** names of branches that were merged -> the branch they became */
  private readonly merged = new Map<string, string>();
  /** files of the branches of source models and extensions */
  private readonly filesOfBranch = new Map<string, readonly number[]>();

  constructor(private readonly options: SourceModelTreeOptions) {}

  async add(set: BranchSetElement): Promise<void> {
    const { scope, element, uncertaintyType: type } = set;
    for (const { id } of set.branches) {
      if (this.branchIds.has(id))
        scope.fault(element, 'two branches of the tree have this id', { key: 'branchID', value: id });
      this.branchIds.add(id);
    }
    this.checkValues(set);
    this.checkPlace(set);
    if (type === 'sourceModel' && set.branches.some(({ model }) => model.text.trim() === ''))
      scope.fault(element, 'a branch names no source-model file', { key: 'uncertaintyModel' });
    if (type === 'sourceModel' || type === 'extendModel') {
      this.sets.push(await this.readModels(set));
      return;
    }
    const sources = words(set.filters.applyToSources);
    if (set.filters.applyToSources !== undefined && sources.length === 0) return;
    const [kept] = this.options.sourceIds;
    if (this.options.sourceIds.length === 1 && sources.length > 0 && !sources.includes(kept)) return;
    this.checkFilters(set, sources);
    this.sets.push(this.readUncertainty(set, sources));
  }

  finish(file: string): SourceModelTree {
    const { report } = this.options;
    const known = this.branchIds;
    const trees = this.sets.map(({ tree }) => tree);
    if (trees.length === 0 || this.sets[0].definition.uncertaintyType !== 'sourceModel')
      throw new RangeError('a source-model logic tree begins with a branch set of type sourceModel');
    for (const { tree } of this.sets)
      for (const name of tree.applyToBranches)
        if (!known.has(name))
          report.fault({
            file,
            key: 'applyToBranches',
            value: name,
            message: `branch set '${tree.id}': no branch has this id`,
          });
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
        scope.fault(model, `branch '${id}' repeats the value of another`, { key: 'uncertaintyModel', value: text });
      texts.add(text);
    }
  }

  /** Which types may stand where. */
  private checkPlace({ scope, element, uncertaintyType: type, filters }: BranchSetElement): void {
    const before = this.sets.map(({ definition }) => definition.uncertaintyType);
    const first = before.length === 0;
    const fault = (message: string, allowed?: string): void =>
      scope.fault(element, message, { key: 'uncertaintyType', value: type, ...(allowed !== undefined && { allowed }) });
    if (first !== (type === 'sourceModel')) fault('the first branch set, and no other, is of type sourceModel');
    else if (type === 'gmpeModel') fault('ground-motion models belong in the ground-motion logic tree');
    else if (type === 'extendModel' && before.slice(1).some((other) => other !== 'extendModel'))
      fault('extensions of the source model must follow it directly');
    else if (type !== 'sourceModel' && type !== 'extendModel' && !UNCERTAINTIES.has(type))
      fault('unknown type of uncertainty', [...UNCERTAINTIES.keys(), 'sourceModel', 'extendModel'].sort().join(', '));
    const narrow = Object.keys(filters).filter((key) => key !== 'applyToBranches');
    if (narrow.length > 1)
      scope.fault(element, 'a branch set takes one of these filters', { key: narrow.join(' and ') });
    if (type === 'sourceModel' && narrow.length > 0)
      scope.fault(element, 'a branch set of source models takes no filter', { key: narrow[0] });
  }

  /** Source models or extensions; branches that the job does not keep, or that add nothing, become one without files. */
  private async readModels(set: BranchSetElement): Promise<OpenSet> {
    const { branchToKeep, sourceIds, models, path } = this.options;
    const branches: SourceModelBranch[] = [];
    const positions: number[] = [];
    const files: (readonly number[])[] = [];
    const dropped: { id: string; position: number; weight: number; empty: boolean }[] = [];
    for (const [position, { id, model, weight }] of set.branches.entries()) {
      const text = model.text.trim();
      const numbers = await models.read(text, path, id, model, set.scope);
      this.filesOfBranch.set(id, numbers);
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
      // branches without files in the file itself show the code of the first of them
      positions.push(dropped.find(({ empty }) => empty)?.position ?? last.position);
      files.push([]);
    }
    return this.open(set, branches, positions, files, undefined);
  }

  /** Ids of an extension must be new to the source models. */
  private checkExtension({ scope, element }: BranchSetElement, branch: string, numbers: readonly number[]): void {
    const { models } = this.options;
    const base = new Set(this.sets[0].files.flat().flatMap((number) => models.sources(number).map(({ id }) => id)));
    const repeated = numbers.flatMap((number) => models.sources(number)).find(({ id }) => base.has(id));
    if (repeated)
      scope.fault(element, `branch '${branch}' adds source '${repeated.id}', which the source model has already`);
  }

  private readUncertainty(set: BranchSetElement, sources: readonly string[]): OpenSet {
    const { scope, uncertaintyType: type } = set;
    const uncertainty = UNCERTAINTIES.get(type);
    const values: UncertaintyValue[] = [];
    const branches: SourceModelBranch[] = [];
    for (const { id, model, weight } of set.branches) {
      const kind = uncertainty?.valueKind ?? 'number';
      const { value, literal } = readUncertaintyValue(type, kind, model, scope.about(`branch '${id}'`));
      values.push(value);
      branches.push({ id, value: literal, weight });
    }
    const region = set.filters.applyToTectonicRegionType;
    const ids = new Set(sources);
    const concerns = (source: Source): boolean =>
      (region === undefined || source.tectonicRegionType === region) && (ids.size === 0 || ids.has(source.id));
    const change = uncertainty && type !== 'dummy' ? { uncertainty, values, concerns } : undefined;
    return this.open(
      set,
      branches,
      branches.map((_, position) => position),
      [],
      change,
    );
  }

  private open(
    set: BranchSetElement,
    branches: readonly SourceModelBranch[],
    positions: readonly number[],
    files: readonly (readonly number[])[],
    change: OpenSet['change'],
  ): OpenSet {
    const { id, uncertaintyType, filters } = set;
    const below = words(filters.applyToBranches).map((name) => this.merged.get(name) ?? name);
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

  /** Filters of a set against its type and the files read so far. */
  private checkFilters(set: BranchSetElement, sources: readonly string[]): void {
    const { scope, element, uncertaintyType: type, filters } = set;
    const required = UNCERTAINTIES.get(type)?.requires ?? 'none';
    const key = 'applyToSources';
    const value = filters.applyToSources;
    if (required === 'oneSource' && sources.length !== 1)
      scope.fault(element, `a set of type ${type} is for one source`, { key, value, allowed: 'exactly one id' });
    if (required === 'sources' && sources.length === 0)
      scope.fault(element, `a set of type ${type} must name sources`, { key, allowed: 'ids of sources' });
    const region = filters.applyToTectonicRegionType;
    const { models } = this.options;
    if (region !== undefined && !models.regions.includes(region) && this.complete)
      scope.fault(element, 'no source is of this region', {
        key: 'applyToTectonicRegionType',
        value: region,
        allowed: models.regions.join(', '),
      });
    for (const id of sources) this.checkSource(set, id);
  }

  /** Whether the files read hold all sources that the tree may name. */
  private get complete(): boolean {
    return this.options.sourceIds.length === 0;
  }

  /** A source must exist, and be meant without doubt. */
  private checkSource({ scope, element, filters }: BranchSetElement, id: string): void {
    const { models } = this.options;
    const holders = [...this.filesOfBranch].filter(([, numbers]) =>
      numbers.some((number) => models.sources(number).some((source) => source.id === id || cut(source.id) === cut(id))),
    );
    const detail = { key: 'applyToSources', value: id };
    if (holders.length === 0) {
      if (this.complete) scope.fault(element, 'the source models read so far have no such source', detail);
      return;
    }
    const below = words(filters.applyToBranches);
    if (holders.length > 1 && below.length === 0)
      scope.fault(
        element,
        `the source stands below several branches (${holders.map(([branch]) => branch).join(', ')})`,
        {
          ...detail,
          allowed: 'together with applyToBranches',
        },
      );
    const [branch] = below;
    if (below.length === 1 && this.isModelBranch(branch) && !holders.some(([holder]) => holder === branch))
      scope.fault(element, `branch '${branch}' has no such source`, detail);
  }

  private isModelBranch(id: string): boolean {
    return this.sets[0].definition.branches.some((branch) => branch.id === id);
  }
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

function cut(id: string): string {
  return id.split(':')[0];
}
