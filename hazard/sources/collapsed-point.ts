import { dilatedBox, type BoundingBox } from '../geo/bounding-box.js';
import { unitVector } from '../geo/cartesian.js';
import { roundToDecimals } from '../geo/rounding.js';
import { largestMagnitudeOf } from '../mfd/largest-magnitude.js';
import { magnitudeBins, summedBins } from '../mfd/rates.js';
import { ContextWriter } from '../contexts/context-writer.js';
import { largestDistance, magnitudeCounts, sitesInDilatedBox } from '../contexts/distance-filter.js';
import { divideSites, placeSites, sitesWithin } from './place-sites.js';
import { PointRuptures } from './distributed/point-ruptures.js';
import type { PreparedSource, Rupture, SourceKind } from './prepared-source.js';
import type { ContextRequest } from '../contexts/context-request.js';
import { maximumDistance } from '../contexts/distance-filter.js';
import { namingSource } from './refusal.js';
import { MagnitudeShapes, meanDepth, meanPlane, Seismicity } from './distributed/seismicity.js';
import { sizeOfPoints } from './source-size.js';
import type { CollapsedPointSource, Discretization, PointSource } from './source.js';
import { outlineOfPoints } from './source-outline.js';

/** Part of the size of a cell by which its members may lie away from its place. */
const HALF_DIAGONAL = 0.707;
/** Magnitudes nearer than this are one bin. */
const SAME_MAGNITUDE = 1e-9;

/** The point sources of one cell of a grid (ps_grid_spacing). One unit. */
export const collapsedPointSource: SourceKind<CollapsedPointSource> = {
  type: 'collapsedPoint',
  code: 'p',
  outline: ({ members }) => outlineOfPoints(Float64Array.from(members.flatMap(({ lon, lat }) => [lon, lat]))),
  internal: true,
  size({ members }, discretization) {
    const sizes = members.map((member) => sizeOfPoints(member, 1, discretization));
    return {
      meshNodes: 0,
      meshSpacing: 0,
      areaPoints: 0,
      magnitudeBins: sizes.reduce((most, { magnitudeBins: bins }) => Math.max(most, bins), 0),
      ruptures: sizes.reduce((sum, { ruptures }) => sum + ruptures, 0),
    };
  },
  largestMagnitude: ({ members }) => members.reduce((m, { mfd }) => Math.max(m, largestMagnitudeOf(mfd)), -Infinity),
  prepare: (source, discretization, columns) =>
    namingSource(source.id, () => {
      if (columns) throw new RangeError('a cell of point sources has the distributions of its members only');
      return new CollapsedPoints(source, discretization);
    }),
};

/** The source of a cell of a grid. members: points of one region; gridSpacing: km */
export function cellOfPoints(id: string, members: readonly PointSource[], gridSpacing: number): CollapsedPointSource {
  const { tectonicRegionType } = members[0];
  return { type: 'collapsedPoint', id, name: id, tectonicRegionType, members, gridSpacing };
}

/**
 * The mean source of the members of a cell: planes and depths are weighted by their probabilities, those of every member alike;
 * place, layer and aspect ratio by the total rates of the members.
 */
function meanSource(
  members: readonly PointSource[],
  totals: readonly number[],
  discretization: Discretization,
): PointRuptures {
  const total = totals.reduce((a, b) => a + b, 0);
  const mean = (value: (member: PointSource) => number): number =>
    members.reduce((sum, member, i) => sum + totals[i] * value(member), 0) / total;
  const plane = meanPlane(members.flatMap(({ nodalPlanes }) => nodalPlanes));
  const seismicity = new Seismicity({
    magnitudeScalingRelation: members[0].magnitudeScalingRelation,
    ruptureAspectRatio: mean((member) => member.ruptureAspectRatio),
    upperSeismogenicDepth: mean((member) => member.upperSeismogenicDepth),
    lowerSeismogenicDepth: mean((member) => member.lowerSeismogenicDepth),
    nodalPlanes: [plane],
    hypocentralDepths: [
      { probability: 1, depth: meanDepth(members.flatMap(({ hypocentralDepths }) => hypocentralDepths)) },
    ],
  });
  const bins = summedBins(members.map(({ mfd }) => magnitudeBins([mfd], discretization.widthOfMfdBin)));
  const shapes = new MagnitudeShapes(bins, seismicity);
  const lon = roundToDecimals(
    mean((member) => member.lon),
    6,
  );
  const lat = roundToDecimals(
    mean((member) => member.lat),
    6,
  );
  const places = {
    lon: Float64Array.of(lon),
    lat: Float64Array.of(lat),
    shapes: () => shapes,
    share: 1,
    box: [lon, lat, lon, lat] as BoundingBox,
    boxHoldsRuptures: true,
    averages: true,
  };
  return new PointRuptures(seismicity, places, discretization);
}

class CollapsedPoints implements PreparedSource {
  readonly units = 1;
  readonly ruptureCount: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  private readonly members: readonly PointRuptures[];
  /** the source that far sites see */
  readonly mean: PointRuptures;
  private readonly margin: number;

  constructor(source: CollapsedPointSource, discretization: Discretization) {
    let firstIndex = 0;
    this.members = source.members.map((member) => {
      const ruptures = memberRuptures(member, discretization, firstIndex);
      firstIndex += ruptures.ruptureCount;
      return ruptures;
    });
    const totals = this.members.map((member) => member.places.shapes(0).bins.rates.reduce((a, b) => a + b, 0));
    this.mean = meanSource(source.members, totals, discretization);
    this.ruptureCount = firstIndex;
    this.minimumMagnitude = this.mean.minimumMagnitude;
    this.maximumMagnitude = this.mean.maximumMagnitude;
    this.margin = HALF_DIAGONAL * source.gridSpacing;
  }

  countRuptures(first: number, last: number): number {
    return last > first ? this.ruptureCount : 0;
  }

  boundingBox(distance: number): BoundingBox {
    const { places } = this.mean;
    return dilatedBox(places.box, this.reach(distance));
  }

  /** How far (km) from its place sites may lie that the source reaches within a distance. */
  private reach(distance: number): number {
    return distance + Math.min(this.mean.places.shapes(0).largestRadius, distance / 2) + this.margin;
  }

  *ruptures(first = 0, last = 1): Generator<Rupture> {
    if (last > first) for (const member of this.members) yield* member.ruptures();
  }

  contexts(request: ContextRequest, first: number, last: number): void {
    if (last <= first) return;
    const { filter, sites } = request;
    const { places, seismicity } = this.mean;
    const shapes = places.shapes(0);
    const writer = new ContextWriter(request);
    const scratch = placeSites(sites.size);
    const reach = this.reach(largestDistance(filter));
    const boxed = sitesInDilatedBox(places.box, reach, sites, scratch.boxed);
    const [x, y, z] = unitVector(places.lon[0], places.lat[0]);
    const count = sitesWithin(sites, scratch, boxed, { x, y, z, depth: seismicity.meanDepth }, reach);
    const { magnitudes } = shapes.bins;
    for (let bin = 0; bin < magnitudes.length && count > 0; bin++) {
      if (!magnitudeCounts(filter, magnitudes[bin])) continue;
      const limit = maximumDistance(filter, magnitudes[bin]);
      const threshold = request.pointSourceDistance + Math.min(shapes.nearness(bin), limit / 2) + this.margin;
      const near = divideSites(scratch, count, threshold, request.fewSites);
      const seeAll = near === count ? scratch.sites : scratch.near;
      if (near > 0) this.memberContexts(writer, seeAll, near, magnitudes[bin], limit);
      if (near < count) this.mean.meanContexts(writer, scratch.far, count - near, 0, bin, limit);
    }
  }

  private memberContexts(
    writer: ContextWriter,
    candidates: Int32Array,
    count: number,
    magnitude: number,
    limit: number,
  ): void {
    for (const member of this.members) {
      const { magnitudes } = member.places.shapes(0).bins;
      for (let bin = 0; bin < magnitudes.length; bin++) {
        if (Math.abs(magnitudes[bin] - magnitude) > SAME_MAGNITUDE) continue;
        member.fullContexts(writer, candidates, count, 0, bin, limit);
      }
    }
  }
}

function memberRuptures(source: PointSource, discretization: Discretization, firstIndex: number): PointRuptures {
  const seismicity = new Seismicity(source);
  const shapes = new MagnitudeShapes(magnitudeBins([source.mfd], discretization.widthOfMfdBin), seismicity);
  const { lon, lat, negativeBinomial } = source;
  const places = {
    // the reference packs the members of a cell like a multi-point source, in single precision
    lon: Float64Array.of(Math.fround(lon)),
    lat: Float64Array.of(Math.fround(lat)),
    shapes: () => shapes,
    share: 1,
    box: [lon, lat, lon, lat] as BoundingBox,
    boxHoldsRuptures: true,
    averages: true,
  };
  return new PointRuptures(seismicity, places, { ...discretization, negativeBinomial, firstIndex });
}
