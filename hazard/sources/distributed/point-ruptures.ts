import type { BoundingBox } from '../../geo/bounding-box.js';
import { dilatedBox } from '../../geo/bounding-box.js';
import { unitVector, type Vector } from '../../geo/cartesian.js';
import {
  type AzimuthOrigin,
  azimuthsFromPoint,
  azimuthsToPoints,
  planarClosestPoints,
  planarRjb,
  planarRrup,
  planarRx,
  planarRy0,
} from '../../surfaces/planar-distances.js';
import { FRAME } from '../../surfaces/planar-frame.js';
import { fillRuptureFrame, planarRupture, ruptureCentre } from '../../surfaces/planar-rupture.js';
import { ContextWriter } from '../../contexts/context-writer.js';
import { inCanterbury } from '../../geo/canterbury-region.js';
import { largestDistance, magnitudeCounts, sitesInDilatedBox } from '../../contexts/distance-filter.js';
import { negativeBinomialTerms } from '../negative-binomial.js';
import { divideSites, placeSites, sitesWithin, type PlaceSites } from '../place-sites.js';
import type { PreparedSource, Rupture } from '../prepared-source.js';
import type { ContextRequest } from '../../contexts/context-request.js';
import { maximumDistance } from '../../contexts/distance-filter.js';
import { lonLat, type MagnitudeShapes, type Seismicity } from './seismicity.js';
import type { DistributedSeismicity } from '../source.js';

/** Places with point-like seismicity: one unit per place. */
export interface Places {
  /** degrees [places] */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** magnitudes of a place, with their shapes */
  shapes(place: number): MagnitudeShapes;
  /** share of the rates of the bins that each place carries */
  readonly share: number;
  /** west, south, east, north: what the filter box of the whole source is dilated from */
  readonly box: BoundingBox;
  /** whether the filter box also holds the reach of the largest rupture: of single points */
  readonly boxHoldsRuptures: boolean;
  /** whether far sites may see the mean rupture: not of an area or multi-point that is not split into its points */
  readonly averages: boolean;
}

/** How ruptures of point-like sources occur and where their hypocentres are. */
export interface PointOptions {
  readonly shiftHypo: boolean;
  /** years */
  readonly investigationTime: number;
  readonly negativeBinomial?: DistributedSeismicity['negativeBinomial'];
  /** number of the first rupture, 0 unless given: of members of a cell source */
  readonly firstIndex?: number;
}

/** The ruptures of point, multi-point and area sources: planes around hypocentres below places on the map. */
export class PointRuptures implements PreparedSource {
  readonly units: number;
  readonly ruptureCount: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  private readonly largestRadius: number;
  /** [units + 1] number of the first rupture of each unit */
  private readonly firstRupture: Int32Array;
  private readonly frame = new Float64Array(FRAME.size);
  private readonly centre = new Float64Array(4);
  /** the rupture being written: one object for all of them */
  private readonly present = {
    place: 0,
    bin: 0,
    plane: 0,
    /** number within the source, and the part of the bin's rate that is its own */
    index: 0,
    share: 0,
    x: 0,
    y: 0,
    z: 0,
    depth: 0,
    upperDepth: 0,
    lowerDepth: 0,
  };

  constructor(
    readonly seismicity: Seismicity,
    readonly places: Places,
    readonly options: PointOptions,
  ) {
    this.units = places.lon.length;
    this.firstRupture = new Int32Array(this.units + 1);
    this.firstRupture[0] = options.firstIndex ?? 0;
    let least = Infinity;
    let largest = -Infinity;
    let radius = 0;
    for (let place = 0; place < this.units; place++) {
      const shapes = places.shapes(place);
      const { magnitudes } = shapes.bins;
      for (const magnitude of magnitudes) {
        if (magnitude < least) least = magnitude;
        if (magnitude > largest) largest = magnitude;
      }
      radius = Math.max(radius, shapes.largestRadius);
      this.firstRupture[place + 1] = this.firstRupture[place] + magnitudes.length * seismicity.perMagnitude;
    }
    this.ruptureCount = this.firstRupture[this.units] - this.firstRupture[0];
    this.minimumMagnitude = least;
    this.maximumMagnitude = largest;
    this.largestRadius = radius;
  }

  countRuptures(first: number, last: number): number {
    return this.firstRupture[last] - this.firstRupture[first];
  }

  boundingBox(distance: number): BoundingBox {
    const reach = this.places.boxHoldsRuptures ? Math.min(this.largestRadius, distance / 2) : 0;
    return dilatedBox(this.places.box, distance + reach);
  }

  *ruptures(first = 0, last = this.units): Generator<Rupture> {
    const { planes, depths, perMagnitude } = this.seismicity;
    for (let place = first; place < last; place++) {
      const { bins } = this.places.shapes(place);
      for (let bin = 0; bin < bins.magnitudes.length; bin++) {
        for (let k = 0; k < perMagnitude; k++) {
          const plane = planes[Math.floor(k / depths.length)];
          const { depth, probability } = depths[k % depths.length];
          const index = this.firstRupture[place] + bin * perMagnitude + k;
          yield this.rupture(place, bin, index, plane, depth, plane.probability * probability);
        }
      }
    }
  }

  /** The ruptures of a place that far sites may see: one per magnitude, of the mean plane at the mean depth. */
  *meanRuptures(place: number): Generator<Rupture> {
    const { bins, meanDepth } = this.places.shapes(place);
    const { perMagnitude, meanPlane } = this.seismicity;
    for (let bin = 0; bin < bins.magnitudes.length; bin++) {
      const index = this.firstRupture[place] + bin * perMagnitude;
      yield this.rupture(place, bin, index, meanPlane, meanDepth, 1);
    }
  }

  private rupture(
    place: number,
    bin: number,
    index: number,
    plane: { strike: number; dip: number; rake: number },
    depth: number,
    probability: number,
  ): Rupture {
    const { seismicity, places } = this;
    const { bins } = places.shapes(place);
    const magnitude = bins.magnitudes[bin];
    const location: Vector = [places.lon[place], places.lat[place], depth];
    const size = seismicity.size(magnitude, plane);
    const { strike, dip, rake } = plane;
    const centre = ruptureCentre(location, size, strike, dip, seismicity.upperDepth, seismicity.lowerDepth);
    const share = places.share * probability;
    const rate = bins.rates[bin * bins.columns] * share;
    return {
      index,
      magnitude,
      magnitudeIndex: bin,
      share,
      rate,
      rake,
      hypocentre: this.options.shiftHypo ? centre : location,
      surface: planarRupture(centre, size, strike, dip),
      probabilities: this.probabilities(rate),
    };
  }

  private probabilities(rate: number): Float64Array | undefined {
    const { negativeBinomial, investigationTime } = this.options;
    return negativeBinomial && negativeBinomialTerms(rate, negativeBinomial.alpha, investigationTime);
  }

  contexts(request: ContextRequest, first: number, last: number): void {
    const writer = new ContextWriter(request);
    const { size } = request.sites;
    const scratch = placeSites(size);
    for (let place = first; place < last; place++) this.placeContexts(writer, scratch, place);
  }

  private placeContexts(writer: ContextWriter, scratch: PlaceSites, place: number): void {
    const { request } = writer;
    const { filter, sites } = request;
    const shapes = this.places.shapes(place);
    const { magnitudes } = shapes.bins;
    const [lon, lat] = [this.places.lon[place], this.places.lat[place]];
    const reach = largestDistance(filter) + Math.min(shapes.largestRadius, largestDistance(filter) / 2);
    const boxed = sitesInDilatedBox([lon, lat, lon, lat], reach, sites, scratch.boxed);
    if (boxed === 0) return;
    const [x, y, z] = unitVector(lon, lat);
    const count = sitesWithin(sites, scratch, boxed, { x, y, z, depth: 0 }, reach);
    const averages = this.places.averages && this.seismicity.perMagnitude > 1 && request.pointSourceDistance < Infinity;
    for (let bin = 0; bin < magnitudes.length && count > 0; bin++) {
      const magnitude = magnitudes[bin];
      if (!magnitudeCounts(filter, magnitude)) continue;
      const limit = maximumDistance(filter, magnitude);
      const threshold = averages ? request.pointSourceDistance + Math.min(shapes.nearness(bin), limit / 2) : Infinity;
      const near = divideSites(scratch, count, threshold, request.fewSites);
      const far = count - near;
      const seeAll = near === count ? scratch.sites : scratch.near;
      if (near > 0) this.fullContexts(writer, seeAll, near, place, bin, limit);
      if (far > 0) this.meanContexts(writer, scratch.far, far, place, bin, limit);
    }
  }

  /** Contexts of one magnitude at a place with the mean plane at the mean depth, for candidate sites. */
  meanContexts(
    writer: ContextWriter,
    candidates: Int32Array,
    count: number,
    place: number,
    bin: number,
    limit: number,
  ): void {
    const { present } = this;
    this.begin(place, bin);
    present.plane = this.seismicity.planes.length;
    present.depth = this.places.shapes(place).meanDepth;
    present.share = 1;
    this.ruptureContexts(writer, candidates, count, limit);
  }

  /** Contexts of one magnitude at a place with all planes and depths, for candidate sites. */
  fullContexts(
    writer: ContextWriter,
    candidates: Int32Array,
    count: number,
    place: number,
    bin: number,
    limit: number,
  ): void {
    const { present } = this;
    const { planes, depths } = this.seismicity;
    this.begin(place, bin);
    for (let p = 0; p < planes.length; p++) {
      for (let d = 0; d < depths.length; d++, present.index++) {
        present.plane = p;
        present.depth = depths[d].depth;
        present.share = planes[p].probability * depths[d].probability;
        this.ruptureContexts(writer, candidates, count, limit);
      }
    }
  }

  /** From now on the ruptures of this place and magnitude are written, beginning with the first. */
  private begin(place: number, bin: number): void {
    const { present, seismicity } = this;
    const [x, y, z] = unitVector(this.places.lon[place], this.places.lat[place]);
    present.place = place;
    present.bin = bin;
    present.index = this.firstRupture[place] + bin * seismicity.perMagnitude;
    present.x = x;
    present.y = y;
    present.z = z;
    present.upperDepth = seismicity.upperDepth;
    present.lowerDepth = seismicity.lowerDepth;
  }

  /** Contexts of the present rupture. */
  private ruptureContexts(writer: ContextWriter, candidates: Int32Array, count: number, limit: number): void {
    const { frame, centre, present } = this;
    const { place, bin, plane } = present;
    const shapes = this.places.shapes(place);
    const orientation = this.seismicity.orientations[plane];
    fillRuptureFrame(frame, centre, shapes.table, shapes.at(bin, plane), orientation, present);
    planarRrup(frame, writer.request.sites, candidates, count, writer.rrup, 0);
    const kept = writer.select(candidates, count, limit, false);
    if (kept === 0) return;
    const { bins } = shapes;
    const share = this.places.share * present.share;
    writer.rates(bins, bin, share);
    const moved = this.options.shiftHypo;
    const [lon, lat] = moved
      ? lonLat(centre[0], centre[1], centre[2])
      : [this.places.lon[place], this.places.lat[place]];
    const { rake, dip, strike } = orientation;
    writer.rupture({
      mag: bins.magnitudes[bin],
      rake,
      dip,
      strike,
      ztor: frame[FRAME.ztor],
      zbot: frame[FRAME.zbot],
      width: frame[FRAME.width],
      hypoLon: lon,
      hypoLat: lat,
      hypoDepth: moved ? centre[3] : present.depth,
    });
    if (writer.batch.rupture.has('inCshm')) writer.batch.inCshm[writer.batch.ruptures] = cornersInCanterbury(frame);
    this.distances(writer, kept, { lon, lat, strike });
    writer.commit(kept, present.index, 1, this.probabilities(bins.rates[bin * bins.columns] * share));
  }

  /** Fills the wanted distances of the present rupture. */
  private distances(writer: ContextWriter, kept: number, epicentre: AzimuthOrigin): void {
    const { batch, kept: indices } = writer;
    const { sites } = writer.request;
    const { frame } = this;
    const { size } = batch;
    for (const kind of writer.wanted) {
      const out = batch[kind];
      switch (kind) {
        case 'rjb':
          planarRjb(frame, sites, indices, kept, out, size);
          break;
        case 'rx':
          planarRx(frame, sites, indices, kept, out, size);
          break;
        case 'ry0':
          planarRy0(frame, sites, indices, kept, out, size);
          break;
        case 'azimuth':
          // of the ruptures of point-like sources it is taken at the hypocentre, not at the middle of the plane
          azimuthsFromPoint(epicentre, sites, indices, kept, out, size);
          break;
        case 'azimuthcp':
        case 'clon':
        case 'clat': {
          const closestLon = new Float64Array(kept);
          const closestLat = new Float64Array(kept);
          planarClosestPoints(frame, sites, indices, kept, closestLon, closestLat);
          if (kind === 'azimuthcp')
            azimuthsToPoints({ lon: closestLon, lat: closestLat }, sites, indices, kept, out, size);
          else out.set(kind === 'clon' ? closestLon : closestLat, size);
          break;
        }
        case 'rrup':
          // written when the sites were selected
          break;
        default:
          kind satisfies never;
      }
    }
  }
}

/** 1 when a corner of the plane lies in the Canterbury region of New Zealand, else 0. */
function cornersInCanterbury(frame: Float64Array): number {
  for (let k = FRAME.corners; k < FRAME.corners + 12; k += 3) {
    const [lon, lat] = lonLat(frame[k], frame[k + 1], frame[k + 2]);
    if (inCanterbury([lon], [lat])) return 1;
  }
  return 0;
}
