import { dilatedBox, enclosingBox, unrolledBox } from '../geo/bounding-box.js';
import { greatCircleDistance } from '../geo/distance.js';
import { roundEvenToDecimals } from '../geo/rounding.js';
import type { SitePoints } from '../site/site-points.js';
import { prepareSection, sectionTables, type PreparedSection, type SectionTables } from '../surfaces/fault-sections.js';
import { arrangeTraces, distanceBeyondEnds } from '../surfaces/gc2.js';
import { fillFromClosestPart, MultiSurface } from '../surfaces/multi.js';
import { fillAzimuth } from '../surfaces/node-distances.js';
import { ContextWriter } from '../contexts/context-writer.js';
import { inCanterbury } from '../geo/canterbury-region.js';
import { largestDistance } from '../contexts/distance-filter.js';
import { measureRupture, type RuptureMeasures } from './sections/multi-fault-ruptures.js';
import type { PreparedSource, Rupture, SourceKind } from './prepared-source.js';
import type { ContextRequest } from '../contexts/context-request.js';
import { maximumDistance, type DistanceFilter } from '../contexts/distance-filter.js';
import { namingSource } from './refusal.js';
import { partsByFault } from './sections/fault-parts.js';
import { SectionDistances } from './sections/section-distances.js';
import { withSections } from './sections/with-sections.js';
import { largestMesh, sizeOfMesh } from './source-size.js';
import type { Discretization, FaultSections, MultiFaultSource } from './source.js';
import { refusal, Refusal, refusalAbout } from '../refusal.js';
import { outlineOfSurfaces, type SourceOutline } from './source-outline.js';

/** 1/yr: inferred rate of ruptures that cannot occur, P(0) = 1; ruptures without any rate would be lost from outputs. */
const LEAST_RATE = 1e-30;

/** Ruptures that break several sections of a fault model at once. */
export const multiFault: SourceKind<MultiFaultSource> = {
  type: 'multiFault',
  code: 'F',
  outline: ({ sections }) => outlineOfSections(sections),
  explicitProbabilities: 'ofAnyTime',
  largestMagnitude: ({ magnitudes }) => magnitudes.reduce((a, b) => Math.max(a, b), -Infinity),
  parts: partsByFault,
  withSections,
  size({ sections, magnitudes }, discretization) {
    const mesh = largestMesh(sections.surfaces.flat(), discretization);
    return sizeOfMesh(mesh, 1, magnitudes.length);
  },
  prepare(source, discretization) {
    return namingSource(source.id, () => new MultiFaultRuptures(source, discretization));
  },
};

/** Sections that sources share are prepared once per mesh spacing. */
const PREPARED = new WeakMap<FaultSections, Map<number, (PreparedSection | undefined)[]>>();

/** The tables of the sections that a source names, and the numbers of its ruptures' sections in them. */
function sectionsOf(source: MultiFaultSource, spacing: number): { tables: SectionTables; members: Int32Array } {
  const bySpacing = PREPARED.get(source.sections) ?? new Map<number, (PreparedSection | undefined)[]>();
  PREPARED.set(source.sections, bySpacing);
  const prepared = bySpacing.get(spacing) ?? new Array<PreparedSection | undefined>(source.sections.ids.length);
  bySpacing.set(spacing, prepared);
  const used = Int32Array.from(new Set(source.sectionIndices)).sort();
  const place = new Map(Array.from(used, (section, k) => [section, k]));
  const sections = Array.from(
    used,
    (section) => (prepared[section] ??= namingSection(source, section, () => sectionOf(source, section, spacing))),
  );
  return {
    tables: sectionTables(sections),
    members: source.sectionIndices.map((section) => place.get(section) ?? -1),
  };
}

function namingSection<T>(source: MultiFaultSource, section: number, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw refusalAbout(`section ${source.sections.ids[section]}: `, error);
  }
}

function sectionOf(source: MultiFaultSource, section: number, spacing: number): PreparedSection {
  const [geometry, ...others] = source.sections.surfaces[section];
  if (geometry.kind !== 'kite' || others.length > 0) {
    throw refusal('INVALID_GEOMETRY', 'sections of multi-fault sources must be single kite surfaces');
  }
  return prepareSection(geometry.profiles, geometry.spacing ?? spacing);
}

/** Sections that count for a set of sites, and what follows from them. */
interface CloseSections {
  readonly sites: SitePoints;
  readonly distance: number;
  /** [sections] 1 when close to a site */
  readonly close: Uint8Array;
  /** [ruptures + 1] ruptures with a close section before each one */
  readonly number: Int32Array;
  /** measures that differ from those with all sections, by rupture */
  readonly measures: Map<number, RuptureMeasures>;
}

/** Multi-fault ruptures. A unit is a rupture. */
class MultiFaultRuptures implements PreparedSource {
  readonly units: number;
  readonly ruptureCount: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  private readonly tables: SectionTables;
  private readonly members: Int32Array;
  /** [members] how ruptures run through their sections; filled when a rupture needs it */
  private readonly backwards: Uint8Array;
  private readonly shift: Float64Array;
  private readonly arranged: Uint8Array;
  private readonly measures: (RuptureMeasures | undefined)[];
  /** [ruptures] in single precision */
  private readonly magnitudes: Float64Array;
  /** distinct magnitudes, ascending */
  private readonly bins: Float64Array;
  private closeSections: CloseSections | undefined;
  private distances: SectionDistances | undefined;

  constructor(
    private readonly source: MultiFaultSource,
    private readonly discretization: Discretization,
  ) {
    const { tables, members } = sectionsOf(source, discretization.ruptureMeshSpacing);
    this.tables = tables;
    this.members = members;
    this.magnitudes = source.magnitudes.map((m) => Math.fround(roundEvenToDecimals(m, 2)));
    this.bins = Float64Array.from(new Set(this.magnitudes)).sort();
    this.units = this.magnitudes.length;
    this.ruptureCount = this.units;
    this.minimumMagnitude = this.bins[0];
    this.maximumMagnitude = this.bins[this.bins.length - 1];
    this.backwards = new Uint8Array(members.length);
    this.shift = new Float64Array(members.length);
    this.arranged = new Uint8Array(this.units);
    this.measures = new Array<RuptureMeasures | undefined>(this.units);
  }

  countRuptures(first: number, last: number): number {
    return last - first;
  }

  boundingBox(distance: number): [number, number, number, number] {
    const box = enclosingBox(this.tables.sections.map((section) => section.box));
    return dilatedBox(unrolledBox(box), distance);
  }

  *ruptures(first = 0, last = this.units): Iterable<Rupture> {
    for (let r = first; r < last; r++) {
      const sections = this.sectionsOf(r);
      yield {
        index: r,
        magnitude: this.magnitudes[r],
        magnitudeIndex: this.bins.indexOf(this.magnitudes[r]),
        share: 1,
        rate: this.rateOf(r),
        rake: this.source.rakes[r],
        hypocentre: this.measure(r, sections, false).hypocentre,
        surface: new MultiSurface(Array.from(sections, (section) => this.tables.sections[section])),
        ...(!this.discretization.inferOccurRates && { probabilities: this.probabilitiesOf(r) }),
      };
    }
  }

  contexts(request: ContextRequest, first: number, last: number): void {
    const { sites, filter } = request;
    const close = request.fewSites ? this.closeTo(sites, largestDistance(filter)) : undefined;
    // Calculations ask for ruptures in small portions: distances to sections are kept from one to the next.
    if (this.distances?.sites !== sites) this.distances = new SectionDistances(this.tables, sites);
    const writer = new MultiFaultContexts(request, this.tables, this.distances);
    for (let site = 0; site < sites.size; site += writer.distances.capacity) {
      writer.distances.start(site);
      for (let r = first; r < last; r++) this.addRupture(writer, r, filter, close);
    }
  }

  private addRupture(
    writer: MultiFaultContexts,
    r: number,
    filter: DistanceFilter,
    close: CloseSections | undefined,
  ): void {
    if (close !== undefined && close.number[r + 1] === close.number[r]) return;
    const reach = maximumDistance(filter, this.magnitudes[r]);
    if (reach <= 0) return;
    const sections = this.sectionsOf(r);
    const count = writer.select(sections, reach);
    if (count === 0) return;
    const measures =
      close === undefined ? this.measure(r, sections, writer.wantsRy0) : this.measureClose(r, close, writer);
    const start = this.source.sectionStart[r];
    const end = this.source.sectionStart[r + 1];
    if (writer.wantsCoordinates) this.arrange(r, sections);
    writer.writeDistances(sections, this.backwards.subarray(start, end), this.shift.subarray(start, end), measures);
    writer.writeRupture(this.magnitudes[r], this.source.rakes[r], measures, sections);
    const inferred = this.discretization.inferOccurRates;
    writer.contexts.rate(inferred ? this.rateOf(r) : 0);
    writer.contexts.commit(
      count,
      close === undefined ? r : close.number[r],
      1,
      inferred ? undefined : this.probabilitiesOf(r),
    );
  }

  private sectionsOf(r: number): Int32Array {
    return this.members.subarray(this.source.sectionStart[r], this.source.sectionStart[r + 1]);
  }

  private probabilitiesOf(r: number): Float64Array {
    const { probabilities, terms } = this.source;
    return probabilities.subarray(r * terms, (r + 1) * terms);
  }

  /**
   * Rate inferred from P(0) when the job asks for it, otherwise NaN. It is taken as annual although P(0) belongs to the
   * investigation time of the file, so hazard is right for one year only; the reference does the same.
   */
  private rateOf(r: number): number {
    if (!this.discretization.inferOccurRates) return NaN;
    const rate = -Math.log(this.source.probabilities[r * this.source.terms]);
    return rate > 0 ? rate : LEAST_RATE;
  }

  private measure(r: number, sections: Int32Array, withLargestU: boolean): RuptureMeasures {
    const known = this.measures[r];
    if (known !== undefined && (!withLargestU || !Number.isNaN(known.largestU))) return known;
    return (this.measures[r] = measureRupture(this.tables, sections, withLargestU));
  }

  private arrange(r: number, sections: Int32Array): void {
    if (this.arranged[r] === 1) return;
    this.arranged[r] = 1;
    const { backwards, shift } = arrangeTraces(this.tables.traces, sections);
    this.backwards.set(backwards, this.source.sectionStart[r]);
    this.shift.set(shift, this.source.sectionStart[r]);
  }

  /**
   * With few sites, sections whose top ends are all farther from every site than the largest distance are left out of the
   * measures, and ruptures without any other section are left out and not counted.
   */
  private closeTo(sites: SitePoints, distance: number): CloseSections {
    if (this.closeSections?.sites === sites && this.closeSections.distance === distance) return this.closeSections;
    const { sections } = this.tables;
    const close = Uint8Array.from(sections, ({ ends }) => {
      for (let s = 0; s < sites.size; s++) {
        if (greatCircleDistance(ends[0], ends[1], sites.lon[s], sites.lat[s]) <= distance) return 1;
        if (greatCircleDistance(ends[2], ends[3], sites.lon[s], sites.lat[s]) <= distance) return 1;
      }
      return 0;
    });
    const number = new Int32Array(this.units + 1);
    for (let r = 0; r < this.units; r++) {
      number[r + 1] = number[r] + (this.sectionsOf(r).some((section) => close[section] === 1) ? 1 : 0);
    }
    this.closeSections = { sites, distance, close, number, measures: new Map() };
    return this.closeSections;
  }

  private measureClose(r: number, close: CloseSections, writer: MultiFaultContexts): RuptureMeasures {
    const sections = this.sectionsOf(r);
    const members = sections.filter((section) => close.close[section] === 1);
    if (members.length === sections.length) return this.measure(r, sections, writer.wantsRy0);
    let measures = close.measures.get(r);
    if (measures === undefined || (writer.wantsRy0 && Number.isNaN(measures.largestU))) {
      measures = measureRupture(this.tables, members, writer.wantsRy0);
      close.measures.set(r, measures);
    }
    return measures;
  }
}

/** Selects the sites of a rupture and writes its contexts. */
class MultiFaultContexts {
  readonly contexts: ContextWriter;
  readonly wantsRy0: boolean;
  readonly wantsCoordinates: boolean;
  private readonly candidates: Int32Array;
  /** [sites of the run] */
  private readonly rjb: Float64Array;
  private readonly t: Float64Array;
  private readonly u: Float64Array;
  private readonly weights: Float64Array;
  private count = 0;

  constructor(
    private readonly request: ContextRequest,
    private readonly tables: SectionTables,
    readonly distances: SectionDistances,
  ) {
    this.contexts = new ContextWriter(request);
    const { capacity } = distances;
    this.candidates = new Int32Array(capacity);
    this.rjb = new Float64Array(capacity);
    this.t = new Float64Array(capacity);
    this.u = new Float64Array(capacity);
    this.weights = new Float64Array(capacity);
    const wanted = request.batch.distances;
    this.wantsRy0 = wanted.has('ry0');
    this.wantsCoordinates = wanted.has('rx') || wanted.has('ry0');
  }

  /** Sites of the run within a distance (km) of the sections: how many. */
  select(sections: Int32Array, reach: number): number {
    const { distances, candidates, contexts } = this;
    for (let k = 0; k < distances.count; k++) candidates[k] = distances.first + k;
    distances.leastRrup(sections, reach, contexts.rrup);
    this.count = contexts.select(candidates, distances.count, reach, true);
    return this.count;
  }

  writeDistances(sections: Int32Array, backwards: Uint8Array, shift: Float64Array, measures: RuptureMeasures): void {
    const { contexts, distances, count, rjb, t, u } = this;
    const { batch, kept } = contexts;
    const { size } = batch;
    if (batch.distances.has('rjb')) {
      distances.leastRjb(sections, rjb);
      for (let k = 0; k < count; k++) batch.rjb[size + k] = rjb[kept[k] - distances.first];
    }
    if (this.wantsCoordinates) {
      distances.coordinates(sections, backwards, shift, t, u, this.weights);
      for (let k = 0; k < count; k++) {
        const site = kept[k] - distances.first;
        if (batch.distances.has('rx')) batch.rx[size + k] = t[site];
        if (this.wantsRy0) batch.ry0[size + k] = distanceBeyondEnds(u[site], measures.largestU);
      }
    }
    this.writeRareDistances(sections, measures);
  }

  /** Distances that few models read. */
  private writeRareDistances(sections: Int32Array, { hypocentre, strike }: RuptureMeasures): void {
    const { batch, kept } = this.contexts;
    const { sites } = this.request;
    const { count } = this;
    const { size } = batch;
    if (batch.distances.has('azimuth')) {
      const [lon, lat] = hypocentre;
      fillAzimuth({ lon, lat, strike }, sites, kept, count, batch.azimuth, size);
    }
    for (const kind of ['azimuthcp', 'clon', 'clat'] as const) {
      if (!batch.distances.has(kind)) continue;
      const surfaces = Array.from(sections, (section) => this.tables.sections[section].surface);
      fillFromClosestPart(surfaces, kind, sites, kept, count, batch[kind].subarray(size));
    }
  }

  writeRupture(magnitude: number, rake: number, measures: RuptureMeasures, sections: Int32Array): void {
    const { strike, dip, width, ztor, zbot, hypocentre } = measures;
    const { batch } = this.contexts;
    const [hypoLon, hypoLat, hypoDepth] = hypocentre;
    this.contexts.rupture({ mag: magnitude, rake, dip, strike, ztor, zbot, width, hypoLon, hypoLat, hypoDepth });
    if (batch.rupture.has('inCshm')) {
      const inside = sections.some((section) => {
        const { lon, lat } = this.tables.sections[section].surface.points();
        return inCanterbury(lon, lat);
      });
      batch.inCshm[batch.ruptures] = inside ? 1 : 0;
    }
  }
}

const outlines = new WeakMap<FaultSections, SourceOutline>();

/** All sources over the same sections have the same outline, as one object. */
function outlineOfSections(sections: FaultSections): SourceOutline {
  const known = outlines.get(sections) ?? outlineOfSurfaces(sections.surfaces.flat());
  outlines.set(sections, known);
  return known;
}
