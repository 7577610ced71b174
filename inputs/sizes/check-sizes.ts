import type { Discretization, Source, SurfaceGeometry } from '../../hazard/sources/source.js';
import type { InputReport } from '../report.js';
import { countText, type InputLimits, LIMITS_VARIABLE } from './limits.js';
import { sourceKind } from '../../hazard/sources/registry.js';
import { largestMesh, type SourceSize } from '../../hazard/sources/source-size.js';

/** One kind of size: how it is called, how large it may be, and which parameter makes it. */
interface Kind {
  readonly limit: keyof InputLimits;
  readonly count: (size: SourceSize) => number;
  readonly what: string;
  /** part of the limit from which on the job is warned; none: never */
  readonly warnFrom?: number;
  readonly parameter: (source: Source) => string;
}

const KINDS: readonly Kind[] = [
  {
    limit: 'meshNodes',
    count: ({ meshNodes }) => meshNodes,
    what: 'nodes in its mesh',
    warnFrom: 0.25,
    parameter: (source) => sourceKind(source.type).meshParameter ?? 'rupture_mesh_spacing',
  },
  {
    limit: 'areaPoints',
    count: ({ areaPoints }) => areaPoints,
    what: 'points',
    warnFrom: 0.25,
    parameter: () => 'area_source_discretization',
  },
  {
    limit: 'magnitudeBins',
    count: ({ magnitudeBins }) => magnitudeBins,
    what: 'magnitudes',
    parameter: () => 'width_of_mfd_bin',
  },
];

/** Counts sources before anything of them is built, each once. Faults and warnings name the largest of a file and how many more. */
export class SizeCheck {
  private readonly seen = new Set<Source>();
  private ruptures = 0;

  constructor(
    private readonly limits: InputLimits,
    private readonly discretization: Discretization,
    private readonly report: InputReport,
  ) {}

  /** Counts the sources of a file. */
  sources(sources: Iterable<Source>, file: string): void {
    const worst = KINDS.map(() => ({ refused: 0, warned: 0, count: 0, source: undefined as Source | undefined }));
    for (const source of sources) {
      if (this.seen.has(source)) continue;
      this.seen.add(source);
      const size = sourceKind(source.type).size(source, this.discretization);
      this.ruptures += size.ruptures;
      for (let k = 0; k < KINDS.length; k++) {
        const { limit, count, warnFrom } = KINDS[k];
        const number = count(size);
        const own = worst[k];
        if (number > this.limits[limit]) own.refused++;
        else if (warnFrom !== undefined && number > warnFrom * this.limits[limit]) own.warned++;
        if (number > own.count) {
          own.count = number;
          own.source = source;
        }
      }
    }
    KINDS.forEach((kind, k) => {
      const { refused, warned, count, source } = worst[k];
      if (!source || refused + warned === 0) return;
      const others = refused > 0 ? refused - 1 : warned - 1;
      const more = others > 0 ? ` (and ${others} more sources)` : '';
      const message = `source '${source.id}' would have ${countText(count)} ${kind.what}${more}`;
      if (refused > 0) this.tooLarge(file, kind.parameter(source), message, kind.limit);
      else this.report.warn({ file, message: `${message}: ${kind.parameter(source)} makes the job large` });
    });
  }

  /** Counts the sections of a geometry model. */
  sections(ids: readonly string[], surfaces: readonly (readonly SurfaceGeometry[])[], file: string): void {
    const counts = surfaces.map((parts) => largestMesh(parts, this.discretization).meshNodes);
    const most = counts.reduce((a, b) => Math.max(a, b), 0);
    if (most > this.limits.meshNodes)
      this.tooLarge(
        file,
        'rupture_mesh_spacing',
        `section '${ids[counts.indexOf(most)]}' would have ${countText(most)} nodes in its mesh`,
        'meshNodes',
      );
  }

  /** Tells of all ruptures together, once all sources have been counted. */
  total(file: string): void {
    const { limits, ruptures, report } = this;
    const message = `the sources would have up to ${countText(ruptures)} ruptures`;
    if (ruptures > limits.ruptures) this.tooLarge(file, 'sources', message, 'ruptures');
    else if (ruptures > limits.ruptures / 100) report.warn({ file, message: `${message}: this takes long` });
  }

  private tooLarge(file: string, key: string, message: string, limit: keyof InputLimits): void {
    this.report.fault({
      code: 'TOO_LARGE',
      file,
      key,
      message,
      allowed: `up to ${countText(this.limits[limit])}; ${LIMITS_VARIABLE}="${limit}=..." raises the limit`,
    });
  }
}
