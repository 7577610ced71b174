import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SharedParts } from '../../hazard/logictree/content.js';
import { sourceKind } from '../../hazard/sources/registry.js';
import { isSpecial } from '../../hazard/logictree/logic-tree.js';
import type { FileGroup } from '../../hazard/logictree/model-file.js';
import type { Source } from '../../hazard/sources/source.js';
import type { InputReport } from '../report.js';
import type { Scope } from '../nrml/scope.js';
import { resolveSections } from '../sources/resolve-sections.js';
import { type ReadingOptions, readSourceModel } from '../sources/source-model.js';
import type { SourceModel } from '../sources/source-model-data.js';
import type { Element } from '../nrml/xml.js';
import type { SizeCheck } from '../sizes/check-sizes.js';
import { companionOf } from '../sources/companion.js';
import { noSuchFile, resolveInside, shownPath } from '../files/paths.js';

/** A file of sources (or sections) and the branch that names it first. */
export interface NamedModel {
  readonly path: string;
  readonly branch: string;
  readonly model: SourceModel;
}

/** What files of source models are read with. */
export interface ModelFileOptions {
  /** folder of the job: files are named relative to it */
  readonly folder: string;
  /** nothing outside of it is read */
  readonly root: string;
  readonly report: InputReport;
  readonly reading: Pick<ReadingOptions, 'widthOfMfdBin' | 'investigationTime'>;
  /** sources of these regions are left out */
  readonly discardRegions: ReadonlySet<string>;
  /** when not empty, only these sources are kept */
  readonly sourceIds: readonly string[];
  /** results are wanted by source: multi-fault sources are parted by their named faults */
  readonly bySource: boolean;
  /** counts what is read before anything is built of it */
  readonly sizes: SizeCheck;
  /** of geometry models that the job names itself */
  readonly geometryModels: readonly string[];
}

const READ_ALONG = /\.hdf5$/i;
const SOURCE_FILE = /\.(xml|nrml)$/i;

/** The source-model files of a job: each is read once, however many branches name it. */
export class ModelFiles {
  private readonly models: NamedModel[] = [];
  private readonly sourcesOf: (readonly Source[])[] = [];
  private readonly byPath = new Map<string, number>();
  private readonly shared = new SharedParts();
  private readonly regionsFound = new Set<string>();

  constructor(private readonly options: ModelFileOptions) {}

  /**
   * Reads the files that a branch names (separated by white space, relative to the tree's file); returns their numbers.
   * Faults are reported.
   */
  async read(text: string, treePath: string, branch: string, element: Element, scope: Scope): Promise<number[]> {
    const names = text.split(/\s+/).filter((name) => name !== '');
    const detail = { key: 'uncertaintyModel', value: text.trim() };
    const numbers = new Set<number>();
    const seen = new Set<string>();
    for (const name of names) {
      if (seen.has(name))
        scope.fault(element, `branch '${branch}' names a file twice`, {
          code: 'TREE_STRUCTURE',
          ...detail,
          value: name,
        });
      seen.add(name);
      const readAlong = READ_ALONG.test(name);
      if (!readAlong && !SOURCE_FILE.test(name)) {
        scope.fault(element, `branch '${branch}': not the name of a source-model file`, {
          code: 'TREE_REFERENCE',
          ...detail,
          value: name,
          allowed: 'names of .xml, .nrml and .hdf5 files, separated by blanks',
        });
        continue;
      }
      try {
        const { root } = this.options;
        const path = resolveInside(root, dirname(treePath), name);
        const known = this.byPath.get(path);
        if (known !== undefined) numbers.add(known);
        else if (!statSync(path, { throwIfNoEntry: false })?.isFile())
          scope.fault(element, noSuchFile(root, path, name), { code: 'MISSING_FILE', ...detail, value: name });
        else if (readAlong) {
          if (!names.some((other) => SOURCE_FILE.test(other) && companionOf(other) === name))
            scope.fault(element, `branch '${branch}': no source model of the branch is read with this file`, {
              code: 'TREE_REFERENCE',
              ...detail,
              value: name,
              allowed: `the file beside a source model, such as ${companionOf(names.find((other) => SOURCE_FILE.test(other)) ?? 'model.xml')}`,
            });
        } else numbers.add(await this.load(path, branch));
      } catch (error) {
        this.options.report.absorb(error, { file: scope.file, line: element.line, ...detail, value: name });
      }
    }
    return [...numbers];
  }

  /** Reads one file; returns its number. */
  async load(path: string, branch: string): Promise<number> {
    const known = this.byPath.get(path);
    if (known !== undefined) return known;
    const { folder, report, reading } = this.options;
    const model = await readSourceModel(path, {
      file: shownPath(folder, path),
      report,
      ...reading,
      shared: this.shared,
    });
    const filtered = this.filtered(model);
    // a job that keeps several sources keeps the choices of models for all of them
    const { groups } = this.options.sourceIds.length > 1 ? model : filtered;
    for (const { tectonicRegionType: region } of groups)
      if (!this.options.discardRegions.has(region)) this.regionsFound.add(region);
    const number = this.models.push({ path, branch, model: filtered }) - 1;
    const sources = filtered.groups.flatMap((group) => group.sources);
    this.options.sizes.sources(sources, shownPath(folder, path));
    if (model.sections)
      this.options.sizes.sections(model.sections.ids, model.sections.surfaces, shownPath(folder, path));
    this.sourcesOf.push(sources);
    this.byPath.set(path, number);
    return number;
  }

  private filtered(model: SourceModel): SourceModel {
    const { discardRegions, sourceIds } = this.options;
    if (discardRegions.size === 0 && sourceIds.length === 0) return model;
    const keep = (source: Source): boolean =>
      sourceIds.length === 0 || sourceIds.some((id) => source.id === id || isPartOf(source.id, id));
    const groups = model.groups
      .filter(({ tectonicRegionType }) => !discardRegions.has(tectonicRegionType))
      .map((group) => ({ ...group, sources: group.sources.filter(keep) }))
      .filter(({ sources }) => sources.length > 0);
    return { ...model, groups };
  }

  get(number: number): NamedModel {
    return this.models[number];
  }

  get all(): readonly NamedModel[] {
    return this.models;
  }

  /** All sources of a file. */
  sources(number: number): readonly Source[] {
    return this.sourcesOf[number];
  }

  /** Regions of all sources read, sorted. */
  get regions(): string[] {
    return [...this.regionsFound].sort();
  }

  /** Groups of a file, multi-fault sources over the sections of the geometry models of the job. */
  groups(number: number, geometries: readonly SourceModel[]): FileGroup[] {
    const { path, model } = this.models[number];
    const hasSections = this.sources(number).some(({ type }) => sourceKind(type).withSections);
    const { folder, report } = this.options;
    const { groups } = hasSections ? resolveSections(model, geometries, shownPath(folder, path), report) : model;
    const parts = (source: Source): readonly Source[] =>
      (this.options.bySource && sourceKind(source.type).parts?.(source)) || [source];
    return groups.map((group) => ({
      ...group,
      sources: group.sources.flatMap(parts),
      special: isSpecial(group.interdependence),
    }));
  }

  /** Geometry models among the files read and those that the job names. */
  async geometries(): Promise<SourceModel[]> {
    for (const path of this.options.geometryModels) await this.load(path, '');
    return this.models.map(({ model }) => model).filter(({ sections }) => sections !== undefined);
  }
}

/** Whether an id is that of a part or copy of a source: `s:1`, `s!b1`, `s;2`, `s.3` of `s`. */
function isPartOf(id: string, whole: string): boolean {
  return id.startsWith(whole) && /^[:!;.]/.test(id.slice(whole.length));
}
