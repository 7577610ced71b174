import type { Interdependence } from '../../hazard/logictree/logic-tree.js';
import type { SharedParts } from '../../hazard/logictree/content.js';
import type { Source, SourceBase, SurfaceGeometry } from '../../hazard/sources/source.js';
import { InputReport } from '../report.js';
import { Companion } from './companion.js';
import { INDEPENDENT, readInterdependence, readSourceWeights } from './interdependence.js';
import { sourceKind } from '../../hazard/sources/registry.js';
import { SOURCE_READERS } from './registry.js';
import { resolveSections } from './resolve-sections.js';
import type { SourceModel, SourceModelGroup } from './source-model-data.js';
import { Scope } from '../nrml/scope.js';
import type { ReadingContext, SourceBuilder } from './source-reader.js';
import { readSurfaces } from './elements/surface-geometry.js';
import { type Element, streamXml, type XmlVisitor } from '../nrml/xml.js';

/** How a source model is read. */
export interface ReadingOptions {
  /** name of the file in faults; the path unless given */
  readonly file?: string;
  /** takes faults and warnings; without it faults are thrown as Refusal */
  readonly report?: InputReport;
  /** of the job: what distributions are checked against */
  readonly widthOfMfdBin?: number;
  /** years, of the job: non-parametric sources must have been made for it */
  readonly investigationTime?: number;
  /** parts of sources known from other files, and those of this one */
  readonly shared?: SharedParts;
  /** paths of the geometry models that multi-fault sources refer to */
  readonly geometryModels?: readonly string[];
}

/** Region of sources that state none, which NRML 0.4 allows: any branch set of ground-motion models will do. */
export const ANY_REGION = '*';

/**
 * Reads a source model or a geometry model in NRML 0.4 or 0.5, streaming: what is held at a time is one source as elements,
 * and the sources as read. Multi-fault sources get the sections of `geometryModels`; without these they keep names only.
 * Errors: Refusal with every fault found, if no report was given to take them.
 */
export async function readSourceModel(path: string, options: ReadingOptions = {}): Promise<SourceModel> {
  const report = options.report ?? new InputReport();
  const file = options.file ?? path;
  const reading = new ModelReading(path, file, report, options);
  let model: SourceModel = { name: '', groups: [] };
  await report.collect({ file }, async () => {
    try {
      await streamXml(path, file, reading);
      model = await reading.finish();
    } finally {
      reading.tellUnread();
      reading.companion.close();
    }
  });
  if (options.geometryModels && options.geometryModels.length > 0) {
    const geometries: SourceModel[] = [];
    for (const geometry of options.geometryModels) geometries.push(await readSourceModel(geometry, { report }));
    model = resolveSections(model, geometries, file, report);
  }
  if (!options.report) report.throwIfAny();
  return model;
}

const SOURCE_ID = /^[\w:-]+$/;
const MUTEX_SUM_TOLERANCE = 5e-6;

/** A group while it is read. */
interface OpenGroup {
  readonly element: Element | undefined;
  readonly name: string;
  readonly tectonicRegionType: string | undefined;
  readonly interdependence: Interdependence;
  readonly weights: Float64Array | undefined;
  readonly sources: (Source | undefined)[];
}

class ModelReading implements XmlVisitor {
  readonly companion: Companion;
  private readonly scope: Scope;
  private version = '';
  private name = '';
  private investigationTime: number | undefined;
  private readonly groups: OpenGroup[] = [];
  private group: OpenGroup | undefined;
  private builder: { readonly builder: SourceBuilder; readonly scope: Scope } | undefined;
  private readonly pending: (() => Promise<void>)[] = [];
  private sectionIds: Set<string> | undefined;
  private readonly sectionSurfaces: (readonly SurfaceGeometry[])[] = [];
  private modelElement: Element | undefined;

  constructor(
    path: string,
    private readonly file: string,
    private readonly report: InputReport,
    private readonly options: ReadingOptions,
  ) {
    this.scope = new Scope(report, file, '', options.shared);
    this.companion = new Companion(path, file);
  }

  open(element: Element, parents: readonly Element[]): boolean {
    switch (parents.length) {
      case 0:
        this.openRoot(element);
        return false;
      case 1:
        return this.openModel(element);
      case 2:
        if (element.name === 'sourceGroup' && !this.sectionIds) return this.openGroup(element);
        return this.openSource(element);
      case 3:
        return this.builder ? true : this.openSource(element);
      default:
        return true;
    }
  }

  gathered(element: Element): void {
    if (this.builder) {
      const { builder, scope } = this.builder;
      if (this.attempt(element, () => builder.child(element))) scope.finished(element);
    } else if (this.sectionIds) this.attempt(element, () => this.readSection(element));
    else this.readSource(element);
  }

  close(element: Element): void {
    if (this.builder && SOURCE_READERS[element.name]) {
      this.builder.scope.finishedOwn(element);
      this.builder = undefined;
      return;
    }
    this.scope.finishedOwn(element);
    if (element.name === 'sourceGroup') this.group = undefined;
  }

  /** Tells what nothing has read, once the file is through. */
  tellUnread(): void {
    this.scope.tellUnread();
  }

  async finish(): Promise<SourceModel> {
    for (const step of this.pending) await step();
    const common = {
      name: this.name,
      ...(this.investigationTime !== undefined && { investigationTime: this.investigationTime }),
    };
    if (this.sectionIds)
      return { ...common, groups: [], sections: { ids: [...this.sectionIds], surfaces: this.sectionSurfaces } };
    this.checkInvestigationTime();
    return { ...common, groups: this.version === '0.4' ? this.groupsByRegion() : this.groups.map(closeGroup) };
  }

  private openRoot(element: Element): void {
    const namespaces = Object.entries(element.attributes).filter(([key]) => key.startsWith('xmlns'));
    const version = namespaces.map(([, uri]) => /\/nrml\/(0\.\d)$/.exec(uri)?.[1]).find((found) => found !== undefined);
    const allowed = '<nrml xmlns="http://openquake.org/xmlns/nrml/0.5"> (or 0.4)';
    if (element.name !== 'nrml' || version === undefined)
      throw this.scope.refusal(element, `<${element.name}> is not the root of an NRML file`, {
        code: 'UNKNOWN_ELEMENT',
        allowed,
      });
    if (version !== '0.4' && version !== '0.5')
      throw this.scope.refusal(element, `NRML ${version} is not read`, { code: 'INVALID_VALUE', allowed });
    this.version = version;
  }

  private openModel(element: Element): boolean {
    if (element.name !== 'sourceModel' && element.name !== 'geometryModel')
      throw this.scope.refusal(element, `<${element.name}> is not a source model`, {
        code: 'UNKNOWN_ELEMENT',
        allowed: '<sourceModel>, <geometryModel>',
      });
    if (element.name === 'geometryModel') this.sectionIds = new Set();
    this.name = this.scope.word(element, 'name') ?? '';
    this.modelElement = element;
    this.investigationTime = this.scope.optionalAttribute(element, 'investigation_time');
    return false;
  }

  private openGroup(element: Element): boolean {
    const name = this.scope.word(element, 'name') ?? '';
    const scope = this.scope.about(`group '${name}'`);
    const region = scope.word(element, 'tectonicRegion');
    if (region === undefined)
      scope.fault(element, 'a tectonic region type is needed', { code: 'MISSING_ATTRIBUTE', key: 'tectonicRegion' });
    this.group = {
      element,
      name,
      tectonicRegionType: region,
      interdependence: readInterdependence(element, scope),
      weights: readSourceWeights(element, scope),
      sources: [],
    };
    this.groups.push(this.group);
    this.pending.push(this.groupCheck(this.group, scope));
    return false;
  }

  /** What can be said of a group once all its sources are known. */
  private groupCheck(group: OpenGroup, scope: Scope): () => Promise<void> {
    return async () => {
      const { element, weights, sources, interdependence } = group;
      if (!element) return;
      if (weights && weights.length !== sources.length)
        scope.fault(element, `${weights.length} weights for ${sources.length} sources`, {
          code: 'INVALID_WEIGHTS',
          key: 'srcs_weights',
        });
      if (interdependence.sources !== 'mutex') return;
      if (!weights)
        scope.fault(element, 'sources that exclude one another need weights', {
          code: 'INVALID_WEIGHTS',
          key: 'srcs_weights',
        });
      const sum = weights?.reduce((total, weight) => total + weight, 0) ?? 1;
      if (Math.abs(sum - 1) > MUTEX_SUM_TOLERANCE)
        scope.fault(element, `the weights of the sources sum to ${sum}`, {
          code: 'INVALID_WEIGHTS',
          key: 'srcs_weights',
          allowed: 'a sum of 1',
        });
    };
  }

  /** Sources outside groups are for NRML 0.4, which makes a group of each region. */
  private openSource(element: Element): boolean {
    if (this.sectionIds) return true;
    const entry = SOURCE_READERS[element.name];
    if (!entry)
      throw this.scope.refusal(element, `unknown source <${element.name}>`, {
        code: 'UNKNOWN_SOURCE_TYPE',
        allowed: Object.keys(SOURCE_READERS).join(', '),
      });
    if (!this.group && this.version !== '0.4')
      throw this.scope.refusal(element, 'sources of NRML 0.5 stand in groups', {
        code: 'MISSING_ELEMENT',
        allowed: '<sourceGroup>',
      });
    if ('read' in entry) return true;
    const context = this.context(element);
    const { group } = context;
    const builder = entry.build(element, context);
    this.builder = { builder, scope: context.scope };
    const place = group.sources.push(undefined) - 1;
    this.pending.push(() =>
      this.report.collect({ file: this.file, line: element.line }, async () => {
        group.sources[place] = await builder.finish();
      }),
    );
    return false;
  }

  private readSource(element: Element): void {
    const entry = SOURCE_READERS[element.name];
    if (!('read' in entry)) return;
    const context = this.context(element);
    const place = context.group.sources.push(undefined) - 1;
    const read = this.attempt(element, () => {
      context.group.sources[place] = entry.read(element, context);
    });
    if (read) context.scope.finished(element);
  }

  private context(element: Element): ReadingContext & { readonly group: OpenGroup } {
    const id = this.scope.word(element, 'id') ?? '';
    const scope = this.scope.about(`source '${id}'`);
    const name = scope.word(element, 'name') ?? '';
    const tectonicRegion = scope.word(element, 'tectonicRegion');
    const group = this.group ?? this.regionGroup(tectonicRegion ?? ANY_REGION);
    if (!SOURCE_ID.test(id))
      scope.fault(element, 'the id of a source', {
        code: 'INVALID_VALUE',
        key: 'id',
        value: id,
        allowed: 'letters, digits, _ - :',
      });
    const tectonicRegionType = group.tectonicRegionType ?? '';
    if (tectonicRegion !== undefined && tectonicRegion !== tectonicRegionType)
      scope.fault(element, 'not the region of the group', {
        code: 'CONFLICTING_PARAMETERS',
        key: 'tectonicRegion',
        value: tectonicRegion,
        allowed: tectonicRegionType,
      });
    const mutex = group.interdependence.sources === 'mutex';
    if (mutex && !id.includes(':'))
      scope.fault(element, 'sources that exclude one another have ids of the form base:tag', {
        code: 'INVALID_VALUE',
        key: 'id',
        value: id,
      });
    const mutexRuptures = group.interdependence.ruptures === 'mutex';
    if (mutexRuptures && element.name !== 'nonParametricSeismicSource')
      scope.fault(element, 'only ruptures of non-parametric sources can exclude one another', {
        code: 'INVALID_SOURCE',
        key: 'rup_interdep',
        value: 'mutex',
      });
    const mutexWeight = group.weights?.[group.sources.length];
    const base: SourceBase = { id, name, tectonicRegionType, ...(mutexWeight !== undefined && { mutexWeight }) };
    return {
      scope,
      base,
      widthOfMfdBin: this.options.widthOfMfdBin,
      investigationTime: this.investigationTime,
      group,
      companion: this.companion,
      mutexRuptures,
    };
  }

  private regionGroup(region: string): OpenGroup {
    let group = this.groups.find(({ tectonicRegionType }) => tectonicRegionType === region);
    if (group) return group;
    group = {
      element: undefined,
      name: '',
      tectonicRegionType: region,
      interdependence: INDEPENDENT,
      weights: undefined,
      sources: [],
    };
    this.groups.push(group);
    return group;
  }

  private readSection(element: Element): void {
    const id = this.scope.word(element, 'id') ?? '';
    const scope = this.scope.about(`section '${id}'`);
    scope.labels(element, 'name');
    if (element.name !== 'section')
      throw scope.refusal(element, `unknown element <${element.name}> of a geometry model`, {
        code: 'UNKNOWN_ELEMENT',
        allowed: '<section>',
      });
    if (id === '' || this.sectionIds?.has(id))
      scope.fault(element, 'the id of a section must be its own', { code: 'REPEATED_ID', key: 'id', value: id });
    this.sectionIds?.add(id);
    this.sectionSurfaces.push(readSurfaces(element, scope));
    scope.finished(element);
  }

  /** Runs a step whose faults must not hide later ones; false when it ended with one. */
  private attempt(element: Element, step: () => void): boolean {
    try {
      step();
      return true;
    } catch (error) {
      this.report.absorb(error, { file: this.file, line: element.line });
      return false;
    }
  }

  private checkInvestigationTime(): void {
    const { investigationTime: wanted } = this.options;
    if (wanted === undefined || wanted === this.investigationTime) return;
    const sources = this.groups.flatMap((group) => group.sources);
    const stated = this.investigationTime !== undefined;
    const source = sources.find((found) => {
      const given = found && sourceKind(found.type).explicitProbabilities;
      return given === 'ofStatedTime' || (stated && given === 'ofAnyTime');
    });
    if (!source) {
      if (stated && this.modelElement)
        this.scope.warn(
          this.modelElement,
          `investigation_time = ${this.investigationTime}: not used: no source of the model has probabilities, and rates are annual`,
        );
      return;
    }
    this.report.fault({
      code: 'CONFLICTING_PARAMETERS',
      file: this.file,
      line: this.modelElement?.line,
      key: 'investigation_time',
      value: this.investigationTime === undefined ? '' : String(this.investigationTime),
      message: `source '${source.id}' has probabilities for another time than the job asks for`,
      allowed: `${wanted} years`,
    });
  }

  /** NRML 0.4: one group per region, by number of sources, then by name. */
  private groupsByRegion(): SourceModelGroup[] {
    return this.groups
      .map(closeGroup)
      .sort((a, b) => a.sources.length - b.sources.length || (a.tectonicRegionType < b.tectonicRegionType ? -1 : 1));
  }
}

function closeGroup({ name, tectonicRegionType, interdependence, sources }: OpenGroup): SourceModelGroup {
  const read = sources.filter((source) => source !== undefined);
  return { name, tectonicRegionType: tectonicRegionType ?? '', interdependence, sources: read };
}
